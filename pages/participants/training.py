"""When are you trained? Mentees choose one of the dates, and may want another later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.training import actions, queries
from pages.participants.cards import Answer, Card, Question, State

if TYPE_CHECKING:
    from starlette.responses import Response

    from core.training.queries import Dated, MyTraining
    from core.training.rules import Session
    from pages.participants.asked import Asked

MATTER = "training"


def cards(asked: Asked) -> list[Card]:
    """A card for the training of each side on which one takes part."""
    return [_card(asked, one) for one in _mine(asked)]


def show(asked: Asked) -> Response:
    """The dates, and what can be chosen."""
    closed = asked.edition.closed_at is not None
    questions = [_question(asked, one, closed=closed) for one in _mine(asked)]
    return asked.questions(MATTER, asked.t("people.mine.training.title"), questions)


def act(asked: Asked) -> str:
    """Take the date, or ask for it."""
    actions.choose_date(
        asked.session,
        edition_id=asked.visit.edition_id,
        application_id=asked.number("application"),
        number=asked.number("date"),
        by=asked.visit.by,
        at=asked.at,
    )
    return f"{asked.address}?done={MATTER}"


def _mine(asked: Asked) -> list[MyTraining]:
    return queries.my_trainings(asked.session, asked.visit.edition_id, by=asked.visit.by)


def _stands(asked: Asked, one: MyTraining) -> list[str]:
    """Where and when one is expected, and what one waits for."""
    if not one.dates:
        return [asked.t("people.mine.training.no_dates")]
    if one.session is None and one.choice:
        return [asked.t("people.mine.training.choose_one" if _ahead(asked, one) else "people.mine.training.all_over")]
    told = [asked.t("people.mine.training.at", when=session.starts_at, n=session.minutes) for session in one.mine]
    if one.choice and one.answered_at:
        told.append(asked.t("people.mine.training.chosen", when=one.answered_at))
    wanted = next((date.session for date in one.dates if date.session.number == one.wants), None)
    if wanted is not None:
        told.append(asked.t("people.mine.training.wants", when=wanted.starts_at))
    return told


def _ahead(asked: Asked, one: MyTraining) -> list[Session]:
    return [date.session for date in one.dates if not date.session.begun(asked.at)]


def _fixed(asked: Asked, one: MyTraining) -> bool:
    """Whether the date that one has has begun, so that nothing changes any more."""
    return bool(one.choice and one.session is not None and any(mine.begun(asked.at) for mine in one.mine))


def _card(asked: Asked, one: MyTraining) -> Card:
    ahead = _ahead(asked, one)
    todo = one.choice and one.session is None and bool(ahead)
    state = State.TODO if todo else State.WAITING if one.wants else State.INFO
    if state is State.INFO and one.choice and one.session is not None:
        state = State.DONE
    title = asked.t("people.mine.training.card", side=asked.t(f"people.mine.side.{one.side}"))
    link = "choose" if todo else "change"
    may = one.choice and bool(ahead) and not _fixed(asked, one)
    due = min((session.starts_at for session in ahead), default=None) if todo else None
    below, label = ("/training", asked.t(f"people.mine.training.{link}")) if may else ("", "")
    return Card(MATTER, state, title, tuple(_stands(asked, one)), below, label, due)


def _question(asked: Asked, one: MyTraining, *, closed: bool) -> Question:
    told = tuple(_stands(asked, one))
    if not one.choice:
        return Question("", told)
    if _fixed(asked, one):
        return Question("", (*told, asked.t("people.mine.training.fixed")))
    answers = tuple(_answer(asked, one, date, fixed=closed) for date in one.dates)
    return Question(asked.t("people.mine.training.which"), told, answers)


def _answer(asked: Asked, one: MyTraining, date: Dated, *, fixed: bool) -> Answer:
    session, mine = date.session, date.session.number == one.session
    full = date.left == 0 and not mine
    begun = session.begun(asked.at)
    may = not (fixed or begun) and not (full and one.session is None) and not (mine and one.wants is None)
    return Answer(
        asked.moment(session.starts_at),
        {"application": str(one.application_id), "date": str(session.number)},
        note=_note(asked, one, date, begun=begun),
        current=mine,
        open=may,
    )


def _note(asked: Asked, one: MyTraining, date: Dated, *, begun: bool) -> str:
    if date.session.number == one.session:
        return asked.t("people.mine.training.yours_keep" if one.wants else "people.mine.training.yours")
    if begun:
        return asked.t("people.mine.training.begun")
    if date.session.number == one.wants:
        return asked.t("people.mine.training.asked_for")
    if date.left is None:
        return ""
    if date.left:
        return asked.t("people.mine.training.left", n=date.left)
    return asked.t("people.mine.training.full" if one.session is None else "people.mine.training.full_swap")
