"""The texts of an edition: changed, kept apart, taken back, and never saved over."""

from __future__ import annotations

import pytest

from core.accounts.rules import Role
from core.language.text import OFFERED, Language
from core.messages import actions, queries
from core.messages.models import Template
from core.messages.own_texts import own_text
from core.messages.queries import Kept
from core.messages.rules import Occasion
from core.messages.templating import CodeNotAllowed, Wording
from core.office.actions import begin_edition
from core.store import database
from core.store.errors import Changed, NotAllowed, NotFound
from core.store.images import columns
from tests import make

IT, EN = OFFERED
WAITING = Occasion.WAITING
MINE = Wording("Ecco", "Ciao {{ first_name }}")


@pytest.fixture
def edition(store) -> int:
    return make.an_edition()


@pytest.fixture
def actor(edition):
    return make.staff(Role.COORDINATOR)


def save(edition: int, wording: Wording, *, seen: int, by, language: Language = IT) -> None:
    with database.writing() as session:
        actions.save_text(
            session,
            edition_id=edition,
            occasion=WAITING,
            language=language,
            subject=wording.subject,
            body=wording.body,
            seen=seen,
            by=by,
            at=make.AT,
        )


def reset(edition: int, *, seen: int, by) -> None:
    with database.writing() as session:
        actions.reset_text(session, edition_id=edition, occasion=WAITING, language=IT, seen=seen, by=by, at=make.AT)


def kept(edition: int, by, language: Language = IT) -> Kept:
    with database.reading() as session:
        return queries.texts(session, edition, WAITING, by=by)[language]


def test_the_programmes_own_text_serves_until_it_is_changed(edition: int, actor) -> None:
    assert kept(edition, actor) == Kept(own_text(WAITING, IT), 0, own=True)
    save(edition, MINE, seen=0, by=actor)
    assert kept(edition, actor) == Kept(MINE, 1, own=False)
    assert kept(edition, actor, EN) == Kept(own_text(WAITING, EN), 0, own=True)
    with database.reading() as session:
        assert queries.changed_texts(session, edition, by=actor) == {(WAITING, IT)}


def test_the_own_text_comes_back_and_an_old_form_saves_over_nothing(edition: int, actor) -> None:
    save(edition, MINE, seen=0, by=actor)
    reset(edition, seen=1, by=actor)
    assert kept(edition, actor) == Kept(own_text(WAITING, IT), 2, own=True)
    with database.reading() as session:
        assert queries.changed_texts(session, edition, by=actor) == frozenset()
    for stale in (0, 1):
        with pytest.raises(Changed):
            save(edition, MINE, seen=stale, by=actor)
    save(edition, MINE, seen=2, by=actor)
    assert kept(edition, actor) == Kept(MINE, 3, own=False)


def test_what_is_the_own_text_already_is_not_taken_back(edition: int, actor) -> None:
    with pytest.raises(NotFound):
        reset(edition, seen=0, by=actor)


def test_who_saves_second_is_told_what_the_other_wrote(edition: int, actor) -> None:
    save(edition, MINE, seen=0, by=actor)
    with pytest.raises(Changed) as refused:
        save(edition, Wording("Mio", "Altro"), seen=0, by=make.staff(Role.COORDINATOR))
    told = {one.field: (one.then, one.now, one.yours) for one in refused.value.differences}
    own = own_text(WAITING, IT)
    assert told == {"subject": (own.subject, "Ecco", "Mio"), "body": (own.body, MINE.body, "Altro")}
    assert kept(edition, actor).wording == MINE


def test_a_text_with_code_in_it_is_not_kept(edition: int, actor) -> None:
    with pytest.raises(CodeNotAllowed):
        save(edition, Wording("Ecco", "{{ first_name.upper() }}"), seen=0, by=actor)
    assert kept(edition, actor).own


def test_changed_texts_go_along_into_the_next_edition(edition: int, actor) -> None:
    save(edition, MINE, seen=0, by=actor)
    with database.writing() as session:
        following = begin_edition(session, year=2027, like=edition, by=actor, at=make.AT)
    assert kept(following, actor) == Kept(MINE, 1, own=False)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.COORDINATOR}))
def test_other_roles_neither_read_nor_write_texts(edition: int, role: Role) -> None:
    other = make.staff(role)
    with pytest.raises(NotAllowed):
        kept(edition, other)
    with pytest.raises(NotAllowed):
        save(edition, MINE, seen=0, by=other)
    with database.reading() as session:
        assert session.connection().execute(columns(Template).select()).all() == []
