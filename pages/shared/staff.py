"""`require_staff`: who asks for this page, and in which edition; the first thing that every page does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

import streamlit as st

from core.accounts import door
from core.edition import queries as editions
from core.language.text import Language
from core.store import clock, database
from pages.shared import memory
from pages.shared.words import t

if TYPE_CHECKING:
    from core.accounts.rules import Actor, Right
    from core.edition.queries import EditionSummary


ADDRESS = "edition"
"""What the address calls the edition's first year."""


@dataclass(frozen=True, slots=True)
class Staff:
    """The signed-in person and the edition that the tab works in."""

    actor: Actor
    edition: EditionSummary


def signed_in_with_editions() -> tuple[Actor | None, list[EditionSummary]]:
    """Who is signed in, asked from the store anew at each run, and all editions, the newest first."""
    said = st.user.get("session")
    if not isinstance(said, str) or not said.isdecimal():
        return None, []
    with database.reading() as session:
        actor = door.actor_of(session, session_id=int(said), at=clock.now())
        if actor is None:
            return None, []
        all_editions = editions.editions(session, by=actor)
    if not memory.knows_language():
        memory.remember_language(Language(actor.language))
    return actor, all_editions


def require_staff(right: Right) -> Staff:
    """The person, when signed in with the right; else the page ends here with a sentence."""
    actor, all_editions = memory.take_asked() or signed_in_with_editions()
    if actor is None:
        _end("accounts.gate.signed_out")
    if not actor.may(right):
        _end("accounts.gate.not_yours")
    if not all_editions:
        _end("edition.none")
    return Staff(actor, chosen_edition(all_editions))


def every_edition(actor: Actor) -> list[EditionSummary]:
    """All editions, the newest first."""
    with database.reading() as session:
        return editions.editions(session, by=actor)


def chosen_edition(all_editions: list[EditionSummary]) -> EditionSummary:
    """The edition that this tab works in: the one chosen in it, else the one whose year the address names.

    Where neither is one of them it is the newest that has begun, so that next year's waits.
    """
    wanted, named = memory.edition_id(), st.query_params.get(ADDRESS)
    if wanted is None:
        wanted = next((one.id for one in all_editions if str(one.year) == named), None)
    return next((one for one in all_editions if one.id == wanted), _usual(all_editions))


def keep_in_address(all_editions: list[EditionSummary]) -> None:
    """Name the edition in the address unless it is the usual one: so a page loaded anew, or a link, opens it again."""
    chosen = chosen_edition(all_editions)
    if chosen == _usual(all_editions):
        st.query_params.pop(ADDRESS, None)
        return
    memory.remember_edition(chosen.id)  # the next page's address does not name it
    if st.query_params.get(ADDRESS) != str(chosen.year):
        st.query_params[ADDRESS] = str(chosen.year)


def _usual(all_editions: list[EditionSummary]) -> EditionSummary:
    return next((one for one in all_editions if one.year <= clock.today().year), all_editions[-1])


def _end(key: str) -> NoReturn:
    st.info(t(key))
    st.stop()
