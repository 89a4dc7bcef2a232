"""Do you come to the speed date: in person, from afar, or not?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.speeddate import actions, queries
from core.speeddate.rules import Coming
from core.store.clock import ROME
from pages.participants.cards import Answer, Card, Question, State

if TYPE_CHECKING:
    from starlette.responses import Response

    from core.speeddate.queries import MyEvent
    from pages.participants.asked import Asked

MATTER = "event"


def cards(asked: Asked) -> list[Card]:
    """A card for each side on which one takes part."""
    return [_card(asked, one) for one in _mine(asked)]


def show(asked: Asked) -> Response:
    """The day, and the three answers."""
    closed = asked.edition.closed_at is not None
    questions = [_question(asked, one, closed=closed) for one in _mine(asked)]
    return asked.questions(MATTER, asked.t("people.mine.event.title"), questions)


def act(asked: Asked) -> str:
    """Keep the reply."""
    actions.reply(
        asked.session,
        edition_id=asked.visit.edition_id,
        application_id=asked.number("application"),
        coming=asked.choice("coming", Coming),
        by=asked.visit.by,
        at=asked.at,
    )
    return f"{asked.address}?done={MATTER}"


def _mine(asked: Asked) -> list[MyEvent]:
    return queries.my_events(asked.session, asked.visit.edition_id, by=asked.visit.by)


def _over(asked: Asked, one: MyEvent) -> bool:
    return one.starts_at is not None and one.starts_at.astimezone(ROME).date() < asked.today


def _stands(asked: Asked, one: MyEvent) -> tuple[str, ...]:
    if one.starts_at is None:
        return (asked.t("people.mine.event.no_day"),)
    when = asked.t("people.mine.event.over" if _over(asked, one) else "people.mine.event.at", when=one.starts_at)
    if one.coming is None or one.answered_at is None:
        return (when,)
    return when, asked.t(f"people.mine.event.said.{one.coming}", when=one.answered_at)


def _card(asked: Asked, one: MyEvent) -> Card:
    title = asked.t("people.mine.event.card", side=asked.t(f"people.mine.side.{one.side}"))
    told = _stands(asked, one)
    if one.starts_at is None or _over(asked, one):
        return Card(MATTER, State.INFO, title, told)
    if one.coming is None:
        return Card(MATTER, State.TODO, title, told, "/event", asked.t("people.mine.event.answer"), one.starts_at)
    return Card(MATTER, State.DONE, title, told, "/event", asked.t("people.mine.event.change"))


def _question(asked: Asked, one: MyEvent, *, closed: bool) -> Question:
    told = _stands(asked, one)
    if closed or one.starts_at is None or _over(asked, one):
        return Question("", told)
    answers = tuple(
        Answer(
            asked.t(f"people.mine.event.choose.{coming}"),
            {"application": str(one.application_id), "coming": coming},
            note=asked.t("people.mine.current") if coming is one.coming else "",
            current=coming is one.coming,
            open=coming is not one.coming,
        )
        for coming in Coming
    )
    return Question(asked.t("people.mine.event.which"), told, answers)
