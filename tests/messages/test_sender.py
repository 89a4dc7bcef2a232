"""The one who sends: in which order, at which pace, what each answer means, and never twice by accident."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from sqlmodel import select

from core.accounts.rules import SYSTEM
from core.edition.models import Passed
from core.edition.rules import Milestone
from core.messages import actions
from core.messages.models import Message
from core.messages.rules import Channel, MessageState
from core.messages.sender import BROKEN_OFF, NO_ADDRESS, NO_LINK, Sender
from core.office.schedule import Job, Schedule, running
from core.store import clock, database
from tests.make import AT, a_message, a_store, an_edition, let_go, reachable, writing
from tests.messages.post import Ended, Fate, Story, a_sender, mailing

if TYPE_CHECKING:
    from core.messages.outgoing import Letter
    from core.messages.smtp import Outcome

DRAFT, APPROVED, QUEUED, SENDING, SENT, FAILED, UNSURE, RETURNED = MessageState
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)


@pytest.fixture
def edition(store: database.Store) -> int:
    reachable(**mailing())
    return an_edition()


def row(message: int) -> Message:
    with database.reading() as session:
        return session.get_one(Message, message)


def states() -> Counter[MessageState]:
    with database.reading() as session:
        return Counter(one.state for one in session.exec(select(Message)))


# ---- what goes out


def test_what_was_queued_goes_out_once_with_its_addresses(edition: int) -> None:
    waiting = a_message(edition, state=QUEUED, mail="anna@x.example")
    a_message(edition, state=APPROVED)
    sender, story = a_sender()
    sender.turn(AT)
    sender.turn(AT + MINUTE)
    assert story.kept == {"anna@x.example": 1}
    sent = row(waiting)
    assert (sent.state, sent.channel, sent.sent_at, sent.sent_by, sent.tries) == (SENT, Channel.MAIL, AT, None, 1)


def test_no_more_go_out_in_a_minute_than_are_allowed_even_after_a_restart(edition: int) -> None:
    reachable(**mailing(mails_per_minute=3))
    for _ in range(8):
        a_message(edition, state=QUEUED)
    sender, story = a_sender(*[Fate.REJECTED] * 2)
    for turn in range(10):
        sender.turn(AT + turn * 10 * SECOND)
    assert [(moment - AT).total_seconds() for moment in story.moments] == [0, 0, 0, 60, 60, 60]
    another, more = a_sender()
    another.turn(AT + 100 * SECOND)
    assert more.moments == []
    another.turn(AT + 120 * SECOND)
    assert len(more.moments) == 2


def test_without_a_mail_server_nothing_moves_but_what_was_left_half_way(edition: int) -> None:
    reachable(smtp_host="")
    waiting, left = a_message(edition, state=QUEUED), a_message(edition, state=SENDING)
    sender, story = a_sender()
    sender.turn(AT)
    assert (row(waiting).state, row(left).state, story.handed) == (QUEUED, UNSURE, [])


def test_a_closed_edition_sends_nothing_and_stops_no_other(edition: int) -> None:
    closed = an_edition(2025, "2025/26")
    waiting, left = a_message(closed, state=QUEUED), a_message(closed, state=SENDING)
    open_one = a_message(edition, state=QUEUED)
    with writing() as session:
        session.add(Passed(edition_id=closed, milestone=Milestone.CLOSED, at=AT))
    a_sender()[0].turn(AT)
    assert [row(one).state for one in (waiting, left, open_one)] == [QUEUED, SENDING, SENT]


# ---- what the answers mean


def test_a_refused_one_stays_with_the_servers_sentence_and_the_others_go_on(edition: int) -> None:
    first, second = (a_message(edition, state=QUEUED) for _ in range(2))
    a_sender(Fate.REJECTED)[0].turn(AT)
    assert (row(first).state, row(first).trouble) == (FAILED, "550 5.1.1 nessuno con questo nome")
    assert row(second).state is SENT


def test_a_put_off_one_waits_longer_each_time_and_fails_in_the_end(edition: int) -> None:
    message = a_message(edition, state=QUEUED)
    sender, story = a_sender(*[Fate.PUT_OFF] * 6)
    at = AT
    while row(message).state is QUEUED:
        sender.turn(at)
        at += MINUTE
    assert [(moment - AT) / MINUTE for moment in story.moments] == [0, 1, 6, 21, 81, 141]
    assert (row(message).state, row(message).tries) == (FAILED, 6)


def test_without_a_connection_one_waits_for_all(edition: int) -> None:
    messages = [a_message(edition, state=QUEUED) for _ in range(3)]
    sender, story = a_sender(Fate.NO_CONNECTION)
    for turn in range(6):
        sender.turn(AT + turn * 10 * SECOND)
    assert [row(one).tries for one in messages] == [1, 0, 0]
    sender.turn(AT + MINUTE)
    assert [row(one).state for one in messages] == [SENT] * 3
    assert len(story.moments) == 4


@pytest.mark.parametrize("fate", [Fate.BROKEN_BEFORE, Fate.BROKEN_AFTER])
def test_where_the_connection_broke_under_way_a_person_looks(edition: int, fate: Fate) -> None:
    message = a_message(edition, state=QUEUED)
    sender, _ = a_sender(fate)
    sender.turn(AT)
    sender.turn(AT + MINUTE)
    assert (row(message).state, row(message).trouble, row(message).tries) == (UNSURE, "connection lost", 1)


def test_what_was_left_half_way_is_never_sent_by_itself(edition: int) -> None:
    message = a_message(edition, state=QUEUED)
    sender, _ = a_sender(Fate.KILLED_AFTER)
    with pytest.raises(Ended):
        sender.turn(AT)
    assert row(message).state is SENDING
    another, story = a_sender()
    another.turn(AT)
    assert (row(message).state, row(message).trouble, story.handed) == (UNSURE, BROKEN_OFF, [])


def test_an_address_that_cannot_be_and_a_link_that_leads_nowhere_are_told(edition: int) -> None:
    reachable(**mailing(public_url=""))
    linked = a_message(edition, state=QUEUED)
    sender, story = a_sender()
    sender.turn(AT)
    assert (row(linked).state, row(linked).trouble, story.handed) == (FAILED, NO_LINK, [])
    nowhere = a_message(edition, state=QUEUED, mail="nessuno", body="x")
    Sender().turn(AT)  # the real way: it asks for no connection before it has an address
    assert (row(nowhere).state, row(nowhere).trouble) == (FAILED, NO_ADDRESS)


# ---- in the middle of it


class Meddling(Story):
    """At the first letter, somebody else does something."""

    def __init__(self, meddle) -> None:
        super().__init__()
        self.meddle = meddle

    def hand_over(self, letter: Letter, *, at: datetime) -> Outcome:
        if not self.handed:
            self.meddle()
        return super().hand_over(letter, at=at)


def test_stopped_half_way_the_rest_stays(edition: int) -> None:
    messages = [a_message(edition, state=QUEUED) for _ in range(3)]

    def stop() -> None:
        with database.writing() as session:
            actions.stop(session, edition_id=edition, by=SYSTEM, at=AT)

    Sender(Meddling(stop)).turn(AT)
    assert [row(one).state for one in messages] == [SENT, APPROVED, APPROVED]


def test_told_to_end_the_server_finishes_the_mail_under_way(edition: int) -> None:
    messages = [a_message(edition, state=QUEUED) for _ in range(3)]
    under_way, may_go_on = threading.Event(), threading.Event()

    def wait() -> None:
        under_way.set()
        assert may_go_on.wait(10)

    sender = Sender(Meddling(wait))

    async def serve() -> None:
        async with running(Schedule([Job("mail", lambda _: True, sender.turn, end=sender.end)]), every=0):
            assert await asyncio.to_thread(under_way.wait, 10)
            asyncio.get_running_loop().call_later(0.05, may_go_on.set)

    asyncio.run(serve())
    assert [row(one).state for one in messages] == [SENT, QUEUED, QUEUED]


# ---- never twice by accident


FATES = some.lists(some.sampled_from(Fate), max_size=12)


@pytest.mark.slow
@settings(max_examples=20)
@given(people=some.integers(1, 4), fates=FATES, ends=some.lists(some.booleans(), max_size=12))
def test_whatever_fails_each_gets_one_at_most_and_exactly_one_once_the_open_ones_are_settled(
    people: int, fates: list[Fate], ends: list[bool]
) -> None:
    with TemporaryDirectory() as folder:
        a_store(Path(folder))
        try:
            reachable(**mailing())
            edition = an_edition()
            mails = {a_message(edition, state=QUEUED, mail=f"p{n}@x.example"): f"p{n}@x.example" for n in range(people)}
            story = Story(fates)
            settle_truthfully(edition, mails, story, run_down(story, ends))
        finally:
            let_go()


def run_down(story: Story, ends: list[bool]) -> datetime:
    """Turns until nothing waits, the programme started anew wherever it ended, and where `ends` says so."""
    sender, at, restarts = Sender(story), AT, iter(ends)
    while set(states()) & {QUEUED, SENDING}:
        try:
            sender.turn(at)
        except Ended:
            sender = Sender(story)
        if next(restarts, False):
            sender = Sender(story)
        at += 15 * MINUTE
    return at


def settle_truthfully(edition: int, mails: dict[int, str], story: Story, at: datetime) -> None:
    assert all(times <= 1 for times in story.kept.values())
    assert set(states()) <= {SENT, FAILED, UNSURE}
    assert all(story.kept[mails[one]] == 1 for one in mails if row(one).state is SENT)
    assert all(story.kept[mails[one]] == 0 for one in mails if row(one).state is FAILED)
    for message, mail in mails.items():
        if row(message).state in (UNSURE, FAILED):
            with database.writing() as session:
                actions.settle(
                    session,
                    edition_id=edition,
                    messages=[message],
                    went_out=story.kept[mail] == 1,
                    settings=database.current().config,
                    by=SYSTEM,
                    at=at,
                )
    truthful = Story()
    truthful.kept = story.kept
    while set(states()) & {QUEUED}:
        Sender(truthful).turn(at)
        at += MINUTE
    assert set(states()) == {SENT}
    assert story.kept == dict.fromkeys(mails.values(), 1)


def test_a_moment_is_the_clocks_own_when_a_batch_takes_long(edition: int) -> None:
    messages = [a_message(edition, state=QUEUED) for _ in range(2)]
    Sender(Meddling(lambda: clock.use(lambda: AT + 20 * SECOND))).turn(AT)
    assert [row(one).sent_at for one in messages] == [AT, AT + 20 * SECOND]
