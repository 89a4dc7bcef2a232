"""From the draft on: read and approved, let go, stopped, sent another way, settled; and what is refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from core.accounts.rules import SYSTEM, Actor
from core.messages import actions, queries
from core.messages.actions import (
    MailNotSetUp,
    NotAsShown,
    NothingChosen,
    NothingOnTheWay,
    NothingSaid,
    NothingWritten,
    StateMovedOn,
    TooManyAtOnce,
    Wording,
)
from core.messages.models import Message, MessageText
from core.messages.rules import NEXT, PARTS, READ_AT_ONCE, Channel, MessageState, Occasion, Part, pause_after
from core.office import actions as office
from core.office.undoing import NeverUndone
from core.people.models import Person
from core.people.names import search_key
from core.store import database
from core.store.audit import AuditEntry
from core.store.errors import Changed, Refused
from tests.make import AT, a_message, an_edition, reachable, staff, writing
from tests.messages.post import mailing

DRAFT, APPROVED, QUEUED, SENDING, SENT, FAILED, UNSURE, RETURNED = MessageState


@pytest.fixture
def edition(store: database.Store) -> int:
    return an_edition()


@pytest.fixture
def me(edition: int) -> Actor:
    reachable(**mailing())
    return staff(name="Anna Bianchi")


def do(act: Any, edition: int, by: Actor, **facts: Any) -> None:
    with database.writing() as session:
        act(session, edition_id=edition, by=by, at=AT, **facts)


def row(message: int) -> Message:
    with database.reading() as session:
        return session.get_one(Message, message)


def says(message: int) -> tuple[str, str]:
    with database.reading() as session:
        text = session.exec(select(MessageText).where(MessageText.message_id == message)).one()
        return text.subject, text.body


def prints(edition: int, by: Actor, *messages: int) -> dict[int, str]:
    with database.reading() as session:
        config = database.current().config
        shown = queries.in_full(session, edition, messages=messages, settings=config, by=by)
    return {one.id: one.fingerprint for one in shown}


def approve(edition: int, by: Actor, seen: dict[int, str]) -> None:
    do(actions.approve, edition, by, seen=seen, settings=database.current().config)


def queue(edition: int, by: Actor, *messages: int) -> None:
    do(actions.queue, edition, by, messages=messages, settings=database.current().config)


def settle(edition: int, by: Actor, *messages: int, went_out: bool) -> None:
    do(actions.settle, edition, by, messages=messages, went_out=went_out, settings=database.current().config)


def entries() -> list[str]:
    with database.reading() as session:
        return [one.act for one in session.exec(select(AuditEntry).order_by(AuditEntry.id))]  # type: ignore[arg-type]


# ---- reading and approving


def test_what_was_read_is_approved_with_who_and_when_in_one_entry(edition: int, me: Actor) -> None:
    first, second, unread = (a_message(edition) for _ in range(3))
    before = len(entries())
    approve(edition, me, prints(edition, me, first, second))
    assert [row(one).state for one in (first, second, unread)] == [APPROVED, APPROVED, DRAFT]
    assert (row(first).approved_at, row(first).approved_by) == (AT, me.account_id)
    assert entries()[before:] == ["messages.approve"]


def test_a_text_that_changed_after_it_was_shown_is_not_approved_nor_are_the_others(edition: int, me: Actor) -> None:
    first, second = a_message(edition), a_message(edition)
    seen = prints(edition, me, first, second)
    old = Wording(*says(second))
    do(actions.edit_draft, edition, me, message=second, seen=old, wanted=Wording("Altro", "Altro"))
    with pytest.raises(NotAsShown):
        approve(edition, me, seen)
    assert (row(first).state, row(second).state) == (DRAFT, DRAFT)
    approve(edition, me, prints(edition, me, first, second))


def test_an_edit_that_was_undone_after_the_text_was_shown_is_noticed(edition: int, me: Actor) -> None:
    message = a_message(edition)
    wanted = Wording("Altro", "Altro")
    do(actions.edit_draft, edition, me, message=message, seen=Wording(*says(message)), wanted=wanted)
    seen = prints(edition, me, message)
    with database.reading() as session:
        last = session.exec(select(AuditEntry.id).order_by(AuditEntry.id.desc())).first()  # type: ignore[union-attr]
    with database.writing() as session:
        office.undo_act(session, entry_id=last or 0, by=me, at=AT)
    assert says(message)[0] == "Esito della selezione"
    with pytest.raises(NotAsShown):
        approve(edition, me, seen)


def test_nobody_approves_more_than_can_be_read(edition: int, me: Actor) -> None:
    many = [a_message(edition) for _ in range(READ_AT_ONCE + 1)]
    with pytest.raises(TooManyAtOnce):
        approve(edition, me, prints(edition, me, *many))
    approve(edition, me, prints(edition, me, *many[1:]))


def test_a_second_click_and_a_message_of_another_edition_are_told_apart_from_the_first(edition: int, me: Actor) -> None:
    message, elsewhere = a_message(edition), a_message(an_edition(2027, "2027/28"))
    seen = prints(edition, me, message)
    approve(edition, me, seen)
    with pytest.raises(StateMovedOn) as told:
        approve(edition, me, seen)
    assert told.value.values == {"n": 1}
    with pytest.raises(StateMovedOn):
        approve(edition, me, {elsewhere: "x"})
    with pytest.raises(NothingChosen):
        approve(edition, me, {})
    assert row(elsewhere).state is DRAFT


def test_an_approved_message_becomes_a_draft_again_to_be_read_anew(edition: int, me: Actor) -> None:
    message = a_message(edition, state=APPROVED)
    do(actions.back_to_draft, edition, me, messages=[message])
    assert (row(message).state, row(message).approved_at, row(message).approved_by) == (DRAFT, None, None)


def test_drafts_and_approved_ones_are_thrown_away_what_left_is_not(edition: int, me: Actor) -> None:
    draft, approved, sent = (a_message(edition, state=state) for state in (DRAFT, APPROVED, SENT))
    do(actions.discard, edition, me, messages=[draft, approved])
    with pytest.raises(StateMovedOn):
        do(actions.discard, edition, me, messages=[sent])
    with database.reading() as session:
        assert [one.id for one in session.exec(select(Message))] == [sent]
        assert [one.message_id for one in session.exec(select(MessageText))] == [sent]


# ---- correcting a draft


def test_a_draft_is_corrected(edition: int, me: Actor) -> None:
    message = a_message(edition)
    wanted = Wording("  Nuovo \n oggetto ", "Riga\r\nAltra\n\n")
    do(actions.edit_draft, edition, me, message=message, seen=Wording(*says(message)), wanted=wanted)
    assert says(message) == ("Nuovo oggetto", "Riga\nAltra")
    assert row(message).prepared_by == me.account_id


@pytest.mark.parametrize("wanted", [Wording("", "x"), Wording(" \n", "x"), Wording("x", " \n ")])
def test_a_draft_that_says_nothing_is_refused(edition: int, me: Actor, wanted: Wording) -> None:
    message = a_message(edition)
    with pytest.raises(NothingWritten):
        do(actions.edit_draft, edition, me, message=message, seen=Wording(*says(message)), wanted=wanted)


def test_two_who_correct_the_same_draft_do_not_overwrite_each_other(edition: int, me: Actor) -> None:
    message = a_message(edition)
    seen = Wording(*says(message))
    do(actions.edit_draft, edition, me, message=message, seen=seen, wanted=Wording("Primo", seen.body))
    with pytest.raises(Changed) as told:
        do(actions.edit_draft, edition, me, message=message, seen=seen, wanted=Wording("Secondo", seen.body))
    assert says(message)[0] == "Primo"
    assert told.value.values["who"] == "Anna Bianchi"
    assert told.value.differences[0] == ("subject", seen.subject, "Primo", "Secondo")


def test_what_was_approved_is_not_corrected(edition: int, me: Actor) -> None:
    message = a_message(edition, state=APPROVED)
    with pytest.raises(StateMovedOn):
        do(actions.edit_draft, edition, me, message=message, seen=Wording(*says(message)), wanted=Wording("x", "x"))


# ---- letting go


def test_approved_ones_are_queued_and_stopped_and_go_on_later(edition: int, me: Actor) -> None:
    messages = [a_message(edition, state=APPROVED) for _ in range(3)]
    queue(edition, me, *messages)
    assert [row(one).state for one in messages] == [QUEUED] * 3
    with pytest.raises(StateMovedOn):
        queue(edition, me, *messages)
    do(actions.stop, edition, me)
    assert [row(one).state for one in messages] == [APPROVED] * 3
    with pytest.raises(NothingOnTheWay):
        do(actions.stop, edition, me)
    queue(edition, me, *messages)


def test_without_a_mail_server_nothing_is_queued(edition: int, me: Actor) -> None:
    message = a_message(edition, state=APPROVED)
    reachable(smtp_host="")
    with pytest.raises(MailNotSetUp):
        queue(edition, me, message)


def test_stopping_keeps_other_editions_going(edition: int, me: Actor) -> None:
    other = an_edition(2027, "2027/28")
    here, there = a_message(edition, state=QUEUED), a_message(other, state=QUEUED)
    do(actions.stop, edition, me)
    assert (row(here).state, row(there).state) == (APPROVED, QUEUED)


@pytest.mark.parametrize("channel", [Channel.MERGE, Channel.FILES])
def test_what_staff_have_sent_another_way_is_marked_with_who_and_when(
    edition: int, me: Actor, channel: Channel
) -> None:
    message = a_message(edition, state=APPROVED)
    do(actions.mark_sent, edition, me, messages=[message], channel=channel)
    sent = row(message)
    assert (sent.state, sent.channel, sent.sent_at, sent.sent_by) == (SENT, channel, AT, me.account_id)
    with pytest.raises(StateMovedOn):
        do(actions.mark_sent, edition, me, messages=[message], channel=channel)


# ---- what went wrong


def test_a_message_that_came_back_keeps_what_it_said_and_goes_again_to_the_new_address(edition: int, me: Actor) -> None:
    message = a_message(edition, state=SENT)
    with pytest.raises(NothingSaid):
        do(actions.mark_returned, edition, me, message=message, said=" ")
    do(actions.mark_returned, edition, me, message=message, said=" 550 sconosciuto ")
    assert (row(message).state, row(message).trouble, row(message).sent_at) == (RETURNED, "550 sconosciuto", AT)
    with pytest.raises(StateMovedOn):
        settle(edition, me, message, went_out=True)
    with writing() as session:
        person = session.get_one(Person, row(message).person_id)
        person.mail, person.mail_key = "nuovo@unimi.example", "nuovo@unimi.example"
        person.search_key = search_key("nuovo@unimi.example")
    settle(edition, me, message, went_out=False)
    again = row(message)
    assert (again.state, again.mail, again.sent_at, again.channel) == (QUEUED, "nuovo@unimi.example", None, None)


@pytest.mark.parametrize("state", [FAILED, UNSURE])
def test_a_person_says_what_became_of_it(edition: int, me: Actor, state: MessageState) -> None:
    out, again = (a_message(edition, state=state, tries=6, trouble="x") for _ in range(2))
    settle(edition, me, out, went_out=True)
    assert (row(out).state, row(out).channel, row(out).sent_by, row(out).trouble) == (
        SENT,
        Channel.MAIL,
        me.account_id,
        None,
    )
    settle(edition, me, again, went_out=False)
    assert (row(again).state, row(again).tries, row(again).try_after) == (QUEUED, 0, None)
    with pytest.raises(StateMovedOn):
        settle(edition, me, out, again, went_out=True)


def test_an_approval_is_not_undone_by_undo_since_links_may_serve_already(edition: int, me: Actor) -> None:
    message = a_message(edition)
    approve(edition, me, prints(edition, me, message))
    with database.reading() as session:
        last = session.exec(select(AuditEntry.id).order_by(AuditEntry.id.desc())).first()  # type: ignore[union-attr]
    with pytest.raises(NeverUndone), database.writing() as session:
        office.undo_act(session, entry_id=last or 0, by=me, at=AT)


# ---- lists


def test_the_outbox_is_counted_searched_and_filtered(edition: int, me: Actor) -> None:
    anna = a_message(edition, name="Anna Àlfa", mail="anna@x.example")
    zoe = a_message(edition, name="Zoe Zeta", occasion=Occasion.WAITING)
    a_message(edition, state=SENT)
    a_message(an_edition(2027, "2027/28"))
    with database.reading() as session:
        tally = queries.tally(session, edition, by=me)

        def found(**facts: Any) -> list[int]:
            return queries.found(session, edition, part=Part.TO_READ, by=me, **facts)

        assert {part: tally.part(part) for part in Part if tally.part(part)} == {Part.TO_READ: 2, Part.SENT: 1}
        assert list(tally.occasions(Part.TO_READ).items()) == [(Occasion.SELECTED_MENTEE, 1), (Occasion.WAITING, 1)]
        assert found() == [anna, zoe]
        assert found(search="alfa ANNA") == found(search="anna@x") == [anna]
        assert found(search="%") == []
        assert found(occasion=Occasion.WAITING) == [zoe]
        (line,) = queries.lines(session, edition, messages=[zoe], by=me)
        assert (line.listed, line.occasion, line.state, line.when) == ("Zeta Zoe", Occasion.WAITING, DRAFT, AT)


def test_what_was_sent_last_stands_first(edition: int, me: Actor) -> None:
    first, last = (a_message(edition, state=SENT, sent_at=AT + timedelta(hours=hour)) for hour in (1, 2))
    with database.reading() as session:
        assert queries.found(session, edition, part=Part.SENT, by=me) == [last, first]


def test_a_person_is_told_what_was_written_in_which_edition(edition: int, me: Actor) -> None:
    first = a_message(edition, state=SENT, sent_at=AT + timedelta(hours=1))
    person = row(first).person_id
    second = a_message(an_edition(2027, "2027/28"), person_id=person, subject="Altro")
    a_message(edition)
    with database.reading() as session:
        told = queries.of_person(session, person, by=me)
    assert [(one.id, one.subject, one.state) for one in told] == [
        (first, "Esito della selezione", SENT),
        (second, "Altro", DRAFT),
    ]


# ---- the table of what may follow what


def test_every_state_is_in_one_part_and_says_what_follows() -> None:
    assert set(NEXT) == set(MessageState)
    assert sorted(state for states in PARTS.values() for state in states) == sorted(MessageState)
    assert set(PARTS) == set(Part)


def test_waiting_grows_and_ends_after_six_tries() -> None:
    minutes = [pause_after(tries) for tries in range(1, 7)]
    assert [pause and pause.total_seconds() / 60 for pause in minutes] == [1, 5, 15, 60, 60, None]


ACTS = ("approve", "back_to_draft", "queue", "stop", "mark_sent", "mark_returned", "out", "again", "take_up",
        "delivered", "refused", "postponed", "leave_open")  # fmt: skip
LED: dict[MessageState, dict[str, MessageState]] = {
    DRAFT: {"approve": APPROVED},
    APPROVED: {"back_to_draft": DRAFT, "queue": QUEUED, "mark_sent": SENT},
    QUEUED: {"stop": APPROVED, "take_up": SENDING, "leave_open": UNSURE},
    SENDING: {"delivered": SENT, "refused": FAILED, "postponed": QUEUED, "leave_open": UNSURE},
    SENT: {"mark_returned": RETURNED},
    FAILED: {"out": SENT, "again": QUEUED},
    UNSURE: {"out": SENT, "again": QUEUED},
    RETURNED: {"again": QUEUED},
}


@pytest.mark.parametrize("state", MessageState)
def test_from_each_state_each_act_leads_where_the_table_says_or_changes_nothing(
    edition: int, me: Actor, state: MessageState
) -> None:
    led = {}
    for act in ACTS:
        message = a_message(edition, state=state, tries=1)
        try:
            carry_out(act, edition, message)
        except Refused:
            assert row(message).state is state
        else:
            led[act] = row(message).state
        with writing() as session:  # out of the way of the next
            session.delete(session.exec(select(MessageText).where(MessageText.message_id == message)).one())
            session.flush()
            session.delete(session.get_one(Message, message))
    assert led == LED[state]
    assert set(led.values()) == NEXT[state]


def carry_out(act: str, edition: int, message: int) -> None:
    here: dict[str, Any] = {"edition_id": edition}
    one, many, set_up = {"message": message}, {"messages": [message]}, {"settings": database.current().config}
    calls: dict[str, tuple[Any, dict[str, Any]]] = {
        "approve": (actions.approve, {"seen": prints(edition, SYSTEM, message), **set_up, **here}),
        "back_to_draft": (actions.back_to_draft, {**many, **here}),
        "queue": (actions.queue, {**many, **set_up, **here}),
        "stop": (actions.stop, here),
        "mark_sent": (actions.mark_sent, {**many, "channel": Channel.MERGE, **here}),
        "mark_returned": (actions.mark_returned, {**one, "said": "x", **here}),
        "out": (actions.settle, {**many, "went_out": True, **set_up, **here}),
        "again": (actions.settle, {**many, "went_out": False, **set_up, **here}),
        "take_up": (actions.take_up, {**one, **set_up}),
        "delivered": (actions.delivered, one),
        "refused": (actions.refused, {**one, "said": "x"}),
        "postponed": (actions.postponed, {**one, "said": "x"}),
        "leave_open": (actions.leave_open, {**many, "said": "x"}),
    }
    call, facts = calls[act]
    with database.writing() as session:
        call(session, by=SYSTEM, at=AT, **facts)
