"""Will you take the place? Accepted at once; given up only after what that means was read."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from core.selection import actions, queries
from core.selection.rules import PlaceState
from pages.participants.cards import Answer, Card, Question, State

if TYPE_CHECKING:
    from starlette.responses import Response

    from core.selection.queries import MyPlace
    from pages.participants.asked import Asked

MATTER = "place"


class Said(StrEnum):
    """What the form says."""

    YES = "yes"
    NO = "no"


def cards(asked: Asked) -> list[Card]:
    """A card for each place that was given."""
    return [_card(asked, one) for one in _mine(asked)]


def show(asked: Asked) -> Response:
    """The places with what can be answered."""
    closed = asked.edition.closed_at is not None
    questions = [_question(asked, one, closed=closed) for one in _mine(asked)]
    return asked.questions(MATTER, asked.t("people.mine.place.title"), questions)


def show_decline(asked: Asked) -> Response:
    """What giving up means, asked once more."""
    wanted = asked.query.get("application", "")
    one = next((one for one in _mine(asked) if str(one.application_id) == wanted), None)
    if one is None or not _can_give_up(asked, one):
        return show(asked)
    yes = Answer(asked.t("people.mine.place.decline_sure"), _fields(one, Said.NO), strong=True)
    no = Answer(asked.t("people.mine.place.keep"), href=f"{asked.address}/place")
    told = (asked.t("people.mine.place.decline_means", side=_side(asked, one)),)
    return asked.questions(MATTER, asked.t("people.mine.place.decline_title"), [Question("", told, (yes, no))])


def act(asked: Asked) -> str:
    """Keep the answer."""
    actions.answer_place(
        asked.session,
        edition_id=asked.visit.edition_id,
        application_id=asked.number("application"),
        accepted=asked.choice("accepted", Said) is Said.YES,
        by=asked.visit.by,
        at=asked.at,
    )
    return f"{asked.address}?done={MATTER}"


def _mine(asked: Asked) -> list[MyPlace]:
    return queries.my_places(asked.session, asked.visit.edition_id, by=asked.visit.by)


def _side(asked: Asked, one: MyPlace) -> str:
    return asked.t(f"people.mine.side.{one.side}")


def _in_time(asked: Asked, one: MyPlace) -> bool:
    return one.answer_by is None or asked.today <= one.answer_by


def _can_give_up(asked: Asked, one: MyPlace) -> bool:
    return one.state in {PlaceState.SILENT, PlaceState.ACCEPTED} and _in_time(asked, one)


def _stands(asked: Asked, one: MyPlace) -> str:
    if one.state is PlaceState.SILENT and one.answer_by is None:
        return asked.t("people.mine.place.silent")
    if one.state is PlaceState.SILENT:
        key = "until" if _in_time(asked, one) else "too_late"
        return asked.t(f"people.mine.place.{key}", last=one.answer_by)
    if one.answered_at is None:
        return asked.t("people.mine.place.withdrawn")
    return asked.t(f"people.mine.place.{one.state}", when=one.answered_at)


def _card(asked: Asked, one: MyPlace) -> Card:
    todo = one.state is PlaceState.SILENT and _in_time(asked, one)
    accepted = one.state is PlaceState.ACCEPTED
    state = State.TODO if todo else State.DONE if accepted or one.state is PlaceState.DECLINED else State.INFO
    key = "people.mine.place.answer" if todo else "people.mine.look"
    title = asked.t("people.mine.place.card", side=_side(asked, one))
    below, label = ("/place", asked.t(key)) if todo or _can_give_up(asked, one) else ("", "")
    return Card(MATTER, state, title, (_stands(asked, one),), below, label, one.answer_by if todo else None)


def _question(asked: Asked, one: MyPlace, *, closed: bool) -> Question:
    silent = one.state is PlaceState.SILENT
    offered = silent and _in_time(asked, one)
    told = [asked.t("people.mine.place.lead", side=_side(asked, one))] if offered else []
    told.append(_stands(asked, one))
    answers: list[Answer] = []
    if offered and not closed:
        answers.append(Answer(asked.t("people.mine.place.accept"), _fields(one, Said.YES), strong=True))
    if _can_give_up(asked, one) and not closed:
        href = f"{asked.address}/place/decline?application={one.application_id}"
        answers.append(Answer(asked.t("people.mine.place.decline"), href=href))
    elif not silent:
        told.append(asked.t("people.mine.place.ask_office"))
    return Question("", tuple(told), tuple(answers))


def _fields(one: MyPlace, said: Said) -> dict[str, str]:
    return {"application": str(one.application_id), "accepted": said}
