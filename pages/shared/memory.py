"""What one browser tab remembers: the only place that names things in the session state."""

from __future__ import annotations

from typing import cast

import streamlit as st

from core.language.text import OFFERED, Language

LANGUAGE = "language"
EDITION = "edition"
FLASH = "flash"
SEEN = "seen"
GENERATION = "generation"


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


def flash(message: str) -> None:
    """Show a toast on the next run."""
    st.session_state[FLASH] = message


def take_flash() -> str | None:
    """The toast to show now, once."""
    return cast("str | None", st.session_state.pop(FLASH, None))


def seen(thing: str, version: int, *, field: str) -> int:
    """The version that the form of `thing` was drawn with; it lives as long as the form's first `field` (a widget key).

    The script runs again when the form is sent, and by then the store may have moved on: what was typed must
    travel with the version that the person looked at.
    """
    versions: dict[str, int] = st.session_state.setdefault(SEEN, {})
    if field not in st.session_state:
        versions[thing] = version
    return versions.setdefault(thing, version)


def forget_seen() -> None:
    """What was seen is outdated: an act has been done, or the differences have been shown."""
    st.session_state.pop(SEEN, None)


def generation() -> int:
    """How many acts this tab has done; in the key of an editor it starts the editor anew after each."""
    return cast("int", st.session_state.get(GENERATION, 0))


def count_act() -> None:
    """An act has been done: what editors hold on top of the old rows is kept now."""
    st.session_state[GENERATION] = generation() + 1
