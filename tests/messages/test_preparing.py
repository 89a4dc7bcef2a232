"""Preparing drafts: one a person, once; who cannot be written to is left out, and the others go on."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from core.accounts.rules import Role
from core.language.text import Language
from core.messages import actions
from core.messages.actions import NobodyToWrite, Prepared
from core.messages.fields import Field
from core.messages.letters import FreeTextMissing
from core.messages.models import Message, MessageText
from core.messages.recipients import Recipient
from core.messages.rules import MessageState, Occasion
from core.people.links import NotReachable
from core.people.models import Person, PersonalLink
from core.people.rules import Purpose, Side
from core.store import database
from core.store.audit import AuditEntry
from core.store.config import Config
from core.store.errors import NotAllowed
from tests import make

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.accounts.rules import Actor

PUBLIC = Config(public_url="https://mentoring.example.it")
UNTIL = datetime(2027, 6, 29, 21, 59, tzinfo=UTC)
FIELDS = {
    Field.FIRST_NAME: "Giulia",
    Field.FULL_NAME: "Giulia Rossi",
    Field.EDITION: "2026/27",
    Field.SIGNATURE: "Career Service",
}


@pytest.fixture
def edition(store) -> int:
    return make.an_edition()


@pytest.fixture
def actor(edition) -> Actor:
    return make.staff(Role.COORDINATOR)


def people(edition: int, number: int, **facts) -> list[Recipient]:
    for _ in range(number):
        make.an_applicant(edition, Side.MENTEE)
    with database.reading() as session:
        rows = session.exec(select(Person).order_by(col(Person.id))).all()[-number:]
    usual = {"language": Language.ITALIAN, "about": "application 1", "fields": FIELDS}
    return [Recipient(one.id or 0, one.first_name, one.last_name, one.mail, **{**usual, **facts}) for one in rows]


def prepare(
    edition: int, recipients: Sequence[Recipient], *, by: Actor, occasion: Occasion = Occasion.CONFIRM, settings=PUBLIC
) -> Prepared:
    with database.writing() as session:
        return actions.prepare(
            session,
            edition_id=edition,
            occasion=occasion,
            recipients=recipients,
            settings=settings,
            links_until=UNTIL,
            by=by,
            at=make.AT,
        )


def rows(kind) -> list:
    with database.reading() as session:
        return list(session.exec(select(kind).order_by(kind.id)).all())


def acts() -> list[str]:
    return [one.act for one in rows(AuditEntry)]


def test_each_person_gets_a_draft_with_what_it_says(edition: int, actor: Actor) -> None:
    one, other = people(edition, 2)
    english = replace(other, language=Language.ENGLISH, calendar="BEGIN:VCALENDAR")
    assert prepare(edition, [one, english], by=actor) == Prepared(2, 0)
    drafts = rows(Message)
    assert [(row.person_id, row.name, row.mail, row.language, row.state, row.about) for row in drafts] == [
        (to.person_id, to.spoken, to.mail, to.language, MessageState.DRAFT, "application 1") for to in (one, english)
    ]
    assert [(row.prepared_at, row.prepared_by, row.approved_at) for row in drafts] == [
        (make.AT, actor.account_id, None)
    ] * 2
    texts = rows(MessageText)
    assert [row.calendar for row in texts] == [None, "BEGIN:VCALENDAR"]
    assert texts[0].subject == "Programma di mentoring 2026/27: manca la conferma del posto"
    assert texts[1].body.startswith("Dear Giulia Rossi,\n\na place in the mentoring programme 2026/27")
    assert "\n[[programme]]\n" in texts[0].body
    assert acts()[-1] == "messages.prepare"


def test_the_links_of_a_text_are_made_with_their_end(edition: int, actor: Actor) -> None:
    recipients = people(edition, 2)
    prepare(edition, recipients, by=actor)
    prepare(edition, [replace(one, about="application 2") for one in recipients], by=actor)
    links = rows(PersonalLink)
    assert [(one.person_id, one.purpose, one.until) for one in links] == [
        (to.person_id, Purpose.PROGRAMME, UNTIL) for to in recipients
    ]


def test_the_link_to_a_consent_has_no_end(edition: int, actor: Actor) -> None:
    prepare(edition, people(edition, 1), by=actor, occasion=Occasion.THANKS)
    assert [(one.purpose, one.until) for one in rows(PersonalLink)] == [(Purpose.CONSENT, None)]


def test_a_link_that_would_lead_nowhere_is_not_prepared(edition: int, actor: Actor) -> None:
    recipients = people(edition, 1)
    with pytest.raises(NotReachable):
        prepare(edition, recipients, by=actor, settings=Config())
    assert (rows(Message), rows(PersonalLink)) == ([], [])
    assert prepare(edition, recipients, by=actor, occasion=Occasion.WAITING, settings=Config()) == Prepared(1, 0)


def test_nobody_is_told_the_same_twice(edition: int, actor: Actor) -> None:
    recipients = people(edition, 3)
    prepare(edition, recipients[:2], by=actor)
    assert prepare(edition, [*recipients, recipients[2]], by=actor) == Prepared(1, 3)
    before = acts()
    with pytest.raises(NobodyToWrite):
        prepare(edition, recipients, by=actor)
    assert (len(rows(Message)), acts()) == (3, before)


def test_who_cannot_be_written_to_is_left_out_and_the_others_go_on(edition: int, actor: Actor) -> None:
    good, nameless, lost = people(edition, 3)
    nameless = replace(nameless, fields={Field.EDITION: "2026/27", Field.SIGNATURE: "Career Service"})
    lost = replace(lost, mail="rossi@", fields=FIELDS)
    assert prepare(edition, [nameless, good, lost], by=actor) == Prepared(1, 2)
    assert [row.person_id for row in rows(Message)] == [good.person_id]


def test_nobody_at_all_is_refused(edition: int, actor: Actor) -> None:
    with pytest.raises(NobodyToWrite):
        prepare(edition, [], by=actor)


def test_a_message_of_ones_own_wants_a_text(edition: int, actor: Actor) -> None:
    recipients = people(edition, 1)
    with pytest.raises(FreeTextMissing):
        prepare(edition, recipients, by=actor, occasion=Occasion.FREE)
    with database.writing() as session:
        actions.save_text(
            session,
            edition_id=edition,
            occasion=Occasion.FREE,
            language=Language.ITALIAN,
            subject="Avviso",
            body="Ciao {{ first_name }}",
            seen=0,
            by=actor,
            at=make.AT,
        )
    prepare(edition, recipients, by=actor, occasion=Occasion.FREE)
    assert [(row.subject, row.body) for row in rows(MessageText)] == [("Avviso", "Ciao Giulia")]


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.COORDINATOR}))
def test_other_roles_prepare_nothing(edition: int, role: Role) -> None:
    recipients = people(edition, 1)
    with pytest.raises(NotAllowed):
        prepare(edition, recipients, by=make.staff(role))
    assert rows(Message) == []


def test_three_hundred_drafts_take_two_seconds_at_most_and_are_not_asked_for_one_by_one(
    edition: int, actor: Actor
) -> None:
    with make.writing() as session:
        session.add_all(
            Person(first_name="Nome", last_name=f"C{n}", mail=f"p{n}@x.it", mail_key=f"p{n}@x.it", search_key=f"c{n}")
            for n in range(300)
        )
    recipients = [
        Recipient(one.id, one.first_name, one.last_name, one.mail, Language.ITALIAN, "application 1", FIELDS)
        for one in rows(Person)
    ]
    statements: list[str] = []

    def note(connection, cursor, statement, *_) -> None:
        statements.append(statement)

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    begun = time.process_time()
    assert prepare(edition, recipients, by=actor) == Prepared(300, 0)
    spent = time.process_time() - begun
    sa.event.remove(sa.Engine, "before_cursor_execute", note)
    assert spent < 2
    assert len([one for one in statements if not one.startswith("INSERT")]) < 25
