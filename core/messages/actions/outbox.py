"""What staff do with messages from the draft on: read, approve, let them go, and settle what went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from core.accounts.guard import act
from core.accounts.models import Account
from core.accounts.rules import Actor, Right
from core.messages.models import Message
from core.messages.moving import held, lead, texts
from core.messages.outgoing import fingerprint, make_links
from core.messages.rules import DISCARDABLE, OUTSIDE, READ_AT_ONCE, Channel, MessageState
from core.messages.templating import Wording
from core.people.models import Person
from core.store.errors import Changed, Difference, Refused

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from core.store.config import Config

SENT, AGAIN = MessageState.SENT, MessageState.QUEUED
TO_SETTLE = (MessageState.FAILED, MessageState.UNSURE)


class TooManyAtOnce(Refused):
    """More messages than a person reads in one go."""


class NotAsShown(Refused):
    """A text has changed since it was shown."""


class NothingWritten(Refused):
    """The subject or the text is empty."""


class MailNotSetUp(Refused):
    """No mail server is set."""


class NothingOnTheWay(Refused):
    """No message waits to be sent."""


class NothingSaid(Refused):
    """What the returned mail said is missing."""


@act(Right.MESSAGES, final=True)
def approve(
    session: Session, *, edition_id: int, seen: Mapping[int, str], settings: Config, by: Actor, at: datetime
) -> None:
    """Let these drafts go, each as it was read: `seen` holds the fingerprint of the text that was shown.

    The personal addresses in them are made now and serve from then on, so it is final; `back_to_draft` is the way
    back. Raises `NothingChosen`, `StateMovedOn`, `TooManyAtOnce`, `NotAsShown`, `NotReachable`.
    """
    if len(seen) > READ_AT_ONCE:
        raise TooManyAtOnce(most=READ_AT_ONCE)
    drafts = held(session, seen.keys(), states={MessageState.DRAFT}, edition_id=edition_id)
    says = texts(session, drafts)
    for draft in drafts:
        text = says[draft.id or 0]
        if fingerprint(draft, text) != seen[draft.id or 0]:
            raise NotAsShown(name=draft.name)
        make_links(session, draft, text.body, settings)
        lead(draft, MessageState.APPROVED)
        draft.approved_at, draft.approved_by = at, by.account_id


@act(Right.MESSAGES, final=True)
def back_to_draft(session: Session, *, edition_id: int, messages: Collection[int], by: Actor, at: datetime) -> None:
    """Take the approval back; raises `NothingChosen`, `StateMovedOn`. Final: approved again is what is read again."""
    for one in held(session, messages, states={MessageState.APPROVED}, edition_id=edition_id):
        lead(one, MessageState.DRAFT)
        one.approved_at = one.approved_by = None


@act(Right.MESSAGES)
def discard(session: Session, *, edition_id: int, messages: Collection[int], by: Actor, at: datetime) -> None:
    """Throw drafts and approved messages away; raises `NothingChosen`, `StateMovedOn`."""
    rows = held(session, messages, states=DISCARDABLE, edition_id=edition_id)
    for text in texts(session, rows).values():
        session.delete(text)
    session.flush()
    for one in rows:
        session.delete(one)


@act(Right.MESSAGES)
def edit_draft(
    session: Session, *, edition_id: int, message: int, seen: Wording, wanted: Wording, by: Actor, at: datetime
) -> None:
    """Change what one draft says; raises `StateMovedOn`, `NothingWritten`, `Changed` when it no longer says `seen`."""
    subject, body = " ".join(wanted.subject.split()), wanted.body.replace("\r\n", "\n").strip()
    if not subject or not body:
        raise NothingWritten
    (draft,) = held(session, [message], states={MessageState.DRAFT}, edition_id=edition_id)
    text = texts(session, [draft])[message]
    now = Wording(text.subject, text.body)
    if now != seen:
        raise _changed(session, draft, seen, now, wanted)
    if now != (subject, body):
        text.subject, text.body = subject, body
        draft.prepared_at, draft.prepared_by = at, by.account_id


@act(Right.MESSAGES)
def queue(
    session: Session, *, edition_id: int, messages: Collection[int], settings: Config, by: Actor, at: datetime
) -> None:
    """Let the programme send approved messages by mail; raises `MailNotSetUp`, `NothingChosen`, `StateMovedOn`."""
    if not settings.mails:
        raise MailNotSetUp
    for one in held(session, messages, states={MessageState.APPROVED}, edition_id=edition_id):
        _send_anew(one)


@act(Right.MESSAGES)
def stop(session: Session, *, edition_id: int, by: Actor, at: datetime) -> int:
    """Keep back all that has not left yet; the number of them. What is being handed over goes out.

    Raises `NothingOnTheWay`.
    """
    waiting = session.exec(
        select(Message).where(Message.edition_id == edition_id, Message.state == MessageState.QUEUED)
    ).all()
    if not waiting:
        raise NothingOnTheWay
    for one in waiting:
        lead(one, MessageState.APPROVED)
        one.try_after = None
    return len(waiting)


@act(Right.MESSAGES)
def mark_sent(
    session: Session, *, edition_id: int, messages: Collection[int], channel: Channel, by: Actor, at: datetime
) -> None:
    """Write down that staff have sent these approved messages another way; raises `NothingChosen`, `StateMovedOn`."""
    if channel not in OUTSIDE:
        raise ValueError(channel)
    for one in held(session, messages, states={MessageState.APPROVED}, edition_id=edition_id):
        _sent(one, channel, by, at)


@act(Right.MESSAGES)
def mark_returned(session: Session, *, edition_id: int, message: int, said: str, by: Actor, at: datetime) -> None:
    """Write down that a sent message came back, and what it said; raises `NothingSaid`, `StateMovedOn`."""
    if not said.strip():
        raise NothingSaid
    (one,) = held(session, [message], states={MessageState.SENT}, edition_id=edition_id)
    lead(one, MessageState.RETURNED)
    one.trouble = said.strip()


@act(Right.MESSAGES)
def settle(
    session: Session,
    *,
    edition_id: int,
    messages: Collection[int],
    went_out: bool,
    settings: Config,
    by: Actor,
    at: datetime,
) -> None:
    """Decide on messages that failed, that may have gone out, or (to send them again) that came back.

    Sent again, a message goes to the person's present address. Raises `MailNotSetUp`, `NothingChosen`,
    `StateMovedOn`.
    """
    if not went_out and not settings.mails:
        raise MailNotSetUp
    states = TO_SETTLE if went_out else (*TO_SETTLE, MessageState.RETURNED)
    rows = held(session, messages, states=states, edition_id=edition_id)
    people = {one.id: one for one in session.exec(select(Person).where(col(Person.id).in_(_people(rows))))}
    for one in rows:
        if went_out:
            _sent(one, Channel.MAIL, by, at)
        else:
            _send_anew(one)
            one.mail = people[one.person_id].mail
        one.trouble = None


def _people(rows: Collection[Message]) -> set[int]:
    return {one.person_id for one in rows}


def _send_anew(message: Message) -> None:
    lead(message, MessageState.QUEUED)
    message.tries, message.try_after = 0, None
    message.sent_at = message.sent_by = message.channel = None


def _sent(message: Message, channel: Channel, by: Actor, at: datetime) -> None:
    lead(message, MessageState.SENT)
    message.channel, message.sent_at, message.sent_by = channel, at, by.account_id


def _changed(session: Session, draft: Message, seen: Wording, now: Wording, wanted: Wording) -> Changed:
    account = session.get(Account, draft.prepared_by) if draft.prepared_by else None
    told = (
        Difference(name, getattr(seen, name), getattr(now, name), getattr(wanted, name)) for name in Wording._fields
    )
    return Changed(who=account.name if account else "–", when=draft.prepared_at, differences=tuple(told))
