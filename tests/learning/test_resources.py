"""The resources of the self-learning area in the store: what is taken, in which order, and by whom."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.accounts.rules import Role
from core.language.text import Language, sentence
from core.learning import actions, queries
from core.learning.models import Resource
from core.learning.rules import (
    Audience,
    Draft,
    LinkNotValid,
    LinkTooLong,
    NothingInside,
    TextTooLong,
    TextWithoutTitle,
    TitleMissing,
    TitleTooLong,
    reaches,
    rising,
)
from core.store import database
from core.store.errors import Changed, Difference, NotFound, Refused
from tests import make
from tests.store.images import last_entry, take_back

LINK = "https://www.unimi.it/it/mentoring?anno=2026#guida"
GUIDE = Draft(Audience.MENTEES, "Guida", "Guide", "Prima riga\nseconda", "First line", LINK, shown=True)


@pytest.fixture
def edition(store) -> int:
    return make.an_edition()


def add(edition: int, draft: Draft, *, by) -> int:
    with database.writing() as session:
        return actions.add(session, edition_id=edition, draft=draft, by=by, at=make.AT)


def save(edition: int, number: int, draft: Draft, *, seen: int, by) -> None:
    with database.writing() as session:
        actions.save(session, number, edition_id=edition, draft=draft, seen=seen, by=by, at=make.AT)


def remove(edition: int, number: int, *, seen: int, by) -> None:
    with database.writing() as session:
        actions.remove(session, number, edition_id=edition, seen=seen, by=by, at=make.AT)


def move(edition: int, number: int, *, up: bool, by) -> None:
    with database.writing() as session:
        actions.move(session, number, edition_id=edition, up=up, by=by, at=make.AT)


def titles(edition: int, by) -> list[str]:
    with database.reading() as session:
        return [one.title("it") for one in queries.resources(session, edition, by=by)]


def opened(edition: int, number: int, by) -> queries.Opened:
    with database.reading() as session:
        return queries.opened(session, edition, number, by=by)


# ---- What can be put in


def test_a_draft_is_cleaned_and_kept_otherwise() -> None:
    typed = replace(GUIDE, title_it="  Guida\t al  programma ", text_it="\r\nPrima\r\nseconda\n\n", link=f" {LINK}\n")
    assert typed.checked() == replace(GUIDE, title_it="Guida al programma", text_it="Prima\nseconda", link=LINK)


@pytest.mark.parametrize(
    ("draft", "refused"),
    [
        (replace(GUIDE, title_it=" ", title_en=""), TitleMissing),
        (replace(GUIDE, title_en="x" * 121), TitleTooLong),
        (replace(GUIDE, text_it="x" * 20_001), TextTooLong),
        (replace(GUIDE, title_en=""), TextWithoutTitle),
        (replace(GUIDE, title_it=""), TextWithoutTitle),
        (Draft(title_it="Guida", text_it=" \n", link=" "), NothingInside),
        (replace(GUIDE, link="https://x.example/" + "x" * 2_000), LinkTooLong),
    ],
)
def test_what_is_incomplete_or_too_long_is_refused(draft: Draft, refused: type[Refused]) -> None:
    with pytest.raises(refused):
        draft.checked()


@pytest.mark.parametrize(
    "link",
    [
        "www.unimi.it",
        "//www.unimi.it",
        "https://",
        "https:///guida",
        "https://www.unimi.it/una guida",
        "https://www.unimi.it/\nx",
        "https://[::1",
        "https://x.example:porta/",
        "https://www.unimi.it@tracker.example/",
        "https://x.example\\@tracker.example/",
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://x.example/guida",
        "mailto:anna@unimi.example",
        "http://x",
        "http://localhost:8501/",
        "https://.it",
        "https://unimi..it",
        "https://[::1]/",
    ],
)
def test_a_link_leads_to_a_host_of_the_web_or_is_refused(link: str) -> None:
    with pytest.raises(LinkNotValid):
        replace(GUIDE, link=link).checked()


@pytest.mark.parametrize(
    "link", ["", "http://x.example", "HTTPS://X.example:8443/è?a=b&c=%20#d", "https://x.example./"]
)
def test_other_links_and_none_are_taken(link: str) -> None:
    assert replace(GUIDE, link=link).checked().link == link


def test_a_draft_at_its_limits_is_taken() -> None:
    longest = Draft(
        title_it="x" * 120, text_it="x" * 20_000, link="https://x.example/" + "x" * (2_000 - len("https://x.example/"))
    )
    assert longest.checked() == longest


def test_a_refusal_names_the_language_and_the_lengths() -> None:
    with pytest.raises(TitleTooLong) as refused:
        replace(GUIDE, title_en="x" * 1_121).checked()
    assert sentence(refused.value, Language.ITALIAN).startswith(
        "Il titolo in inglese ha 1.121 caratteri, al massimo 120."
    )


def test_a_resource_for_both_is_seen_by_each_side_and_one_for_a_side_by_that_side() -> None:
    seen = [(of, side) for of in Audience for side in (Audience.MENTEES, Audience.MENTORS) if reaches(of, side)]
    assert seen == [
        (Audience.BOTH, Audience.MENTEES),
        (Audience.BOTH, Audience.MENTORS),
        (Audience.MENTEES, Audience.MENTEES),
        (Audience.MENTORS, Audience.MENTORS),
    ]
    assert all(reaches(of, Audience.BOTH) for of in Audience)


@given(st.lists(st.integers(0, 50), max_size=20))
def test_positions_rise_and_those_that_rise_already_stay(positions: list[int]) -> None:
    found = rising(positions)
    assert found == sorted(set(found))
    assert len(found) == len(positions)
    assert rising(found) == found
    if len(set(positions)) == len(positions):
        assert found == sorted(positions)


# ---- In the store


def test_what_is_added_stands_at_the_end_and_is_read_back(edition: int) -> None:
    actor = make.staff(Role.COORDINATOR)
    add(edition, replace(GUIDE, title_it="Prima"), by=actor)
    number = add(edition, Draft(title_en=" Second ", link=LINK), by=actor)
    add(make.an_edition(2027, "2027/28"), GUIDE, by=actor)
    with database.reading() as session:
        first, second = queries.resources(session, edition, by=actor)
    assert (first.title("it"), first.title("en"), first.languages) == ("Prima", "Guide", ("it", "en"))
    assert (second.title("it"), second.languages, second.shown) == ("Second", ("en",), False)
    assert opened(edition, number, actor) == queries.Opened(Draft(title_en="Second", link=LINK), 1)


def test_what_is_refused_writes_nothing(edition: int) -> None:
    actor = make.staff(Role.COORDINATOR)
    number = add(edition, GUIDE, by=actor)
    before = last_entry()
    with pytest.raises(TitleMissing):
        add(edition, Draft(link=LINK), by=actor)
    with pytest.raises(NothingInside):
        save(edition, number, Draft(title_it="Guida"), seen=1, by=actor)
    assert last_entry() == before
    assert opened(edition, number, actor).draft == GUIDE


def test_who_saves_second_is_told_what_changed_in_words(edition: int) -> None:
    anna, other = make.staff(Role.COORDINATOR), make.staff(Role.COORDINATOR, name="Carla Neri")
    number = add(edition, GUIDE, by=anna)
    save(edition, number, replace(GUIDE, audience=Audience.BOTH, shown=False), seen=1, by=other)
    with pytest.raises(Changed) as changed:
        save(edition, number, replace(GUIDE, link="https://x.example"), seen=1, by=anna)
    assert changed.value.values["who"] == "Carla Neri"
    assert changed.value.differences == (
        Difference("audience", "Mentee", "Mentee e mentor", "Mentee"),
        Difference("link", LINK, LINK, "https://x.example"),
        Difference("shown", "Sì", "No", "Sì"),
    )
    assert opened(edition, number, anna).draft == replace(GUIDE, audience=Audience.BOTH, shown=False)


def test_that_it_was_moved_keeps_nobody_from_saving(edition: int) -> None:
    actor = make.staff(Role.COORDINATOR)
    number = add(edition, GUIDE, by=actor)
    add(edition, replace(GUIDE, title_it="Seconda"), by=actor)
    move(edition, number, up=False, by=actor)
    save(edition, number, replace(GUIDE, title_it="Prima"), seen=1, by=actor)
    assert titles(edition, actor) == ["Seconda", "Prima"]


def test_a_resource_that_somebody_changed_meanwhile_is_not_removed(edition: int) -> None:
    actor = make.staff(Role.COORDINATOR)
    number = add(edition, GUIDE, by=actor)
    save(edition, number, replace(GUIDE, title_it="Altra"), seen=1, by=actor)
    with pytest.raises(Changed):
        remove(edition, number, seen=1, by=actor)
    remove(edition, number, seen=2, by=actor)
    assert titles(edition, actor) == []
    with pytest.raises(NotFound):
        save(edition, number, GUIDE, seen=2, by=actor)


def test_two_change_places_and_nobody_else_is_touched(edition: int) -> None:
    actor = make.staff(Role.COORDINATOR)
    a, b, c = (add(edition, replace(GUIDE, title_it=name), by=actor) for name in "ABC")
    move(edition, c, up=True, by=actor)
    assert titles(edition, actor) == ["A", "C", "B"]
    assert [opened(edition, one, actor).version for one in (a, b, c)] == [1, 2, 2]
    move(edition, a, up=False, by=actor)
    assert titles(edition, actor) == ["C", "A", "B"]
    take_back()
    assert titles(edition, actor) == ["A", "C", "B"]


def test_at_the_ends_nothing_moves(edition: int) -> None:
    actor = make.staff(Role.COORDINATOR)
    a, b = (add(edition, replace(GUIDE, title_it=name), by=actor) for name in "AB")
    for one, up in ((a, True), (b, False)):
        with pytest.raises(actions.AtTheEnd):
            move(edition, one, up=up, by=actor)
    assert titles(edition, actor) == ["A", "B"]


def test_resources_that_share_a_position_part_when_one_is_moved(edition: int) -> None:
    actor = make.staff(Role.COORDINATOR)
    a, b, c = (add(edition, replace(GUIDE, title_it=name), by=actor) for name in "ABC")
    with make.writing() as session:
        for one in (a, b, c):
            session.get_one(Resource, one).position = 0
    move(edition, b, up=False, by=actor)
    assert titles(edition, actor) == ["A", "C", "B"]


def test_a_resource_of_another_edition_is_not_found(edition: int) -> None:
    actor = make.staff(Role.COORDINATOR)
    number, other = add(edition, GUIDE, by=actor), make.an_edition(2027, "2027/28")
    with pytest.raises(NotFound), database.reading() as session:
        queries.opened(session, other, number, by=actor)
    with pytest.raises(NotFound):
        save(other, number, GUIDE, seen=1, by=actor)
    with pytest.raises(NotFound):
        remove(other, number, seen=1, by=actor)
    with pytest.raises(NotFound):
        move(other, number, up=True, by=actor)
    assert titles(edition, actor) == ["Guida"]
