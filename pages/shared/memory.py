"""What one browser tab remembers: the only place that names things in the session state but the navigation."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

import streamlit as st

from core.language.text import OFFERED, Language

if TYPE_CHECKING:
    from core.accounts.rules import Actor
    from core.edition.queries import EditionSummary
    from core.store.errors import Changed

    Done = tuple[int, str, str | None]
    Seen = dict[str, tuple[object, str]]

V = TypeVar("V")
LANGUAGE = "language"
EDITION = "edition"
FLASH = "flash"
SEEN = "seen"
GENERATION = "generation"
CHANGE = "change"
SHOWN = "shown"
ASKED = "asked"
DONE = "done"
ALL = "*"
"""Stands for every form among the generations."""


def language() -> Language:
    """The language of this tab: the one chosen in it, else the address's, else Italian."""
    chosen = st.session_state.get(LANGUAGE)
    if chosen is None:
        asked = st.query_params.get("lang", "")
        chosen = st.session_state[LANGUAGE] = Language(asked) if asked in OFFERED else Language.ITALIAN
    return Language(chosen)


def remember_language(chosen: Language) -> None:
    """Speak this language from now on."""
    st.session_state[LANGUAGE] = chosen


def knows_language() -> bool:
    """Whether a language was chosen in this tab."""
    return LANGUAGE in st.session_state


def edition_id() -> int | None:
    """The edition chosen in this tab."""
    return cast("int | None", st.session_state.get(EDITION))


def remember_edition(chosen: int) -> None:
    """Work in this edition from now on."""
    st.session_state[EDITION] = chosen


def hand_over(asked: tuple[Actor, list[EditionSummary]]) -> None:
    """Keep what the dashboard has just asked the store, for the page that it runs next."""
    st.session_state[ASKED] = asked


def take_asked() -> tuple[Actor, list[EditionSummary]] | None:
    """What the dashboard asked in this very run, once; a page run by itself has to ask."""
    return cast("tuple[Actor, list[EditionSummary]] | None", st.session_state.pop(ASKED, None))


def flash(message: str) -> None:
    """Show a toast on the next run."""
    st.session_state[FLASH] = message


def take_flash() -> str | None:
    """The toast to show now, once."""
    return cast("str | None", st.session_state.pop(FLASH, None))


def seen(thing: str, version: V, *, field: str) -> V:
    """The version that the form of `thing` was drawn with; it lives as long as the form's `field` (a widget key).

    The script runs again when the form is sent, and by then the store may have moved on: what was typed must
    travel with the version that the person looked at. Where there is no version, with what itself was looked at.
    """
    held: Seen = st.session_state.setdefault(SEEN, {})
    if thing not in held or field not in st.session_state:
        held[thing] = (version, field)
    return cast("V", held[thing][0])


def last_shown(thing: str, now: str, *, pressed: bool) -> str:
    """What stood on the screen when the button was pressed; else what stands there now.

    For what is worked out anew at each run, such as a preview: the run that handles the press already sees more.
    """
    shown: dict[str, str] = st.session_state.setdefault(SHOWN, {})
    before = shown.get(thing, now)
    shown[thing] = now
    return before if pressed else now


def generation(form: str) -> int:
    """How often this form was drawn anew; in the keys of its fields it lets them begin from the store again."""
    generations: dict[str, int] = st.session_state.get(GENERATION, {})
    return generations.get(form, 0) + generations.get(ALL, 0)


def renew(form: str) -> None:
    """Draw this form anew: it was kept, or the store has moved on. Things whose name begins so are forgotten."""
    held: Seen = st.session_state.get(SEEN, {})
    st.session_state[SEEN] = {thing: seen for thing, seen in held.items() if not thing.startswith(form)}
    generations: dict[str, int] = st.session_state.setdefault(GENERATION, {})
    generations[form] = generations.get(form, 0) + 1


def renew_all() -> None:
    """Draw every form anew, its field too: an act was taken back, and any of them may show what it left."""
    for _, field in st.session_state.pop(SEEN, {}).values():
        st.session_state.pop(field, None)
    renew(ALL)


def remember_change(changed: Changed) -> None:
    """Show on the next run what somebody else has changed in between."""
    st.session_state[CHANGE] = changed


def take_change() -> Changed | None:
    """What somebody else has changed, to be shown once."""
    return cast("Changed | None", st.session_state.pop(CHANGE, None))


def remember_done(entry: int | None, message: str) -> None:
    """Offer the act with this entry in the record for undoing; None: what was done cannot be taken back."""
    st.session_state[DONE] = entry and (entry, message, None)


def done_on(page: str) -> tuple[int, str] | None:
    """What was done last on this page; on another page it is forgotten."""
    held = cast("Done | None", st.session_state.get(DONE))
    if held is None or held[2] not in (None, page):
        st.session_state.pop(DONE, None)
        return None
    st.session_state[DONE] = (*held[:2], page)
    return held[:2]
