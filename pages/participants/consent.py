"""May the programme name and thank you in public? Given and taken back at any time; the lasting link leads here too."""

from __future__ import annotations

import hashlib
from enum import StrEnum
from typing import TYPE_CHECKING

from core.language.text import OFFERED, say
from core.people import actions, queries
from core.people.rules import ConsentKind, NothingChosen, Side, WordingChanged
from core.selection import queries as selection
from pages.participants.cards import Answer, Card, Question, State

if TYPE_CHECKING:
    from starlette.responses import Response

    from core.people.queries import MyConsent
    from pages.participants.asked import Asked

MATTER = "consent"
KIND = ConsentKind.ACKNOWLEDGEMENT
WORDING = "people.mine.consent.wording"
MARK = 6
"""Signs of the digest by which two versions of the text are told apart."""


class Said(StrEnum):
    """What the form says."""

    GIVE = "give"
    WITHDRAW = "withdraw"


def cards(asked: Asked) -> list[Card]:
    """For mentors, and for whoever has ever said something: only mentors are thanked in public."""
    held = _held(asked)
    if held is None and not _mentors(asked):
        return []
    state = State.DONE if _given(held) else State.INFO
    title, link = asked.t("people.mine.consent.title"), asked.t("people.mine.consent.open")
    return [Card(MATTER, state, title, (_stands(asked, held),), "/consent", link)]


def show(asked: Asked) -> Response:
    """Below one's programme: the text and how one's consent stands."""
    return _page(asked, post=f"{asked.address}/consent", back=asked.address)


def show_lasting(asked: Asked) -> Response:
    """The same behind the link that lasts."""
    return _page(asked, post=asked.address, back="")


def act(asked: Asked) -> str:
    """Give the consent to the text that was shown, or take it back."""
    _do(asked)
    return f"{asked.address}?done={MATTER}"


def mark(wording: str) -> str:
    """A short name of a version of the text."""
    return hashlib.sha256(wording.encode()).hexdigest()[:MARK]


def _do(asked: Asked) -> None:
    if asked.form.get("consent") == Said.WITHDRAW:
        actions.withdraw_own_consent(asked.session, kind=KIND, by=asked.visit.by, at=asked.at)
        return
    if asked.form.get("consent") != Said.GIVE:
        raise NothingChosen
    shown = next((text for one in OFFERED if mark(text := say(WORDING, one)) == asked.form.get("version")), None)
    if shown is None:
        raise WordingChanged
    actions.give_own_consent(asked.session, kind=KIND, wording=shown, by=asked.visit.by, at=asked.at)


def _held(asked: Asked) -> MyConsent | None:
    return queries.my_consent(asked.session, kind=KIND, by=asked.visit.by)


def _mentors(asked: Asked) -> bool:
    places = selection.my_places(asked.session, asked.visit.edition_id, by=asked.visit.by)
    return Side.MENTOR in {one.side for one in places}


def _given(held: MyConsent | None) -> bool:
    return held is not None and held.withdrawn_at is None


def _stands(asked: Asked, held: MyConsent | None) -> str:
    if held is None:
        return asked.t("people.mine.consent.never")
    if held.withdrawn_at is not None:
        return asked.t("people.mine.consent.withdrawn", given=held.given_at, when=held.withdrawn_at)
    return asked.t("people.mine.consent.given", when=held.given_at)


def _page(asked: Asked, *, post: str, back: str) -> Response:
    held = _held(asked)
    now = asked.t(WORDING)
    told = [_stands(asked, held)]
    if _given(held):
        text = held.wording if held else None
        answer = Answer(asked.t("people.mine.consent.withdraw"), {"consent": Said.WITHDRAW})
        told.append(asked.t("people.mine.consent.any_time"))
    else:
        text = now
        fields = {"consent": Said.GIVE, "version": mark(now)}
        answer = Answer(asked.t("people.mine.consent.give"), fields, strong=True)
        told.append(asked.t("people.mine.consent.optional"))
    if text is None:
        told.append(asked.t("people.mine.consent.by_office"))
    else:
        told.append(asked.t("people.mine.consent.version", mark=mark(text)))
    question = Question("", tuple(told), (answer,), quoted=text or "")
    receipt = [_stands(asked, held)] if asked.query.get("done") == MATTER and held else []
    return asked.page(
        "question.html",
        title=asked.t("people.mine.consent.title"),
        questions=[question],
        post=post,
        receipt=receipt,
        back=back,
        matter=MATTER if back else "",
    )
