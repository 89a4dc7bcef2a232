"""My programme: what can I do now, and what have I answered?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.language.text import Language
from core.people import actions
from core.people.rules import NothingChosen
from pages.participants import calendar, consent, contact, event, place, training
from pages.participants.cards import Card, State

if TYPE_CHECKING:
    from starlette.responses import Response

    from pages.participants.asked import Asked

MATTERS = (place, training, event, calendar, consent, contact)
"""In the order of the year; a matter with the same urgency as another stands where it stands here."""


def show(asked: Asked) -> Response:
    """One card for each matter, what is to be done first on top."""
    edition = asked.edition
    cards = _worth_showing([card for matter in MATTERS for card in matter.cards(asked)])
    done = asked.query.get("done")
    received = [card for card in cards if card.matter == done and card.state is not State.TODO]
    cards.sort(key=lambda card: card.rank)
    return asked.page(
        "programme.html",
        name=asked.visit.name,
        edition=edition,
        closed=edition.closed_at is not None,
        todo=[card for card in cards if card.state is State.TODO],
        other=[card for card in cards if card.state is not State.TODO],
        receipt=[told for card in received for told in card.told],
    )


def _worth_showing(cards: list[Card]) -> list[Card]:
    """A calendar is offered to whoever has dates in it, so not to who has given up the place."""
    dated = any(card.matter in {training.MATTER, event.MATTER} for card in cards)
    return [card for card in cards if dated or card.matter != calendar.MATTER]


def choose_language(asked: Asked) -> str:
    """Speak this language from now on, on the pages and in letters; back to the page that it was asked on."""
    said = asked.form.get("language", "")
    if said not in (Language.ITALIAN, Language.ENGLISH):
        raise NothingChosen
    actions.choose_language(asked.session, language=Language(said), by=asked.visit.by, at=asked.at)
    back = asked.form.get("back", "")
    return f"{asked.address}/{back}" if back in {matter.MATTER for matter in MATTERS} else asked.address
