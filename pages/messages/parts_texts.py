"""Choosing a text, typing it, and the fields that it may hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.language.text import OFFERED as LANGUAGES
from core.language.text import Language
from core.messages.example import example
from core.messages.fields import OFFERED
from core.messages.rules import Occasion
from core.messages.templating import BODY_LENGTH, SUBJECT_LENGTH, Wording, attempt
from pages.messages.parts_preview import letter
from pages.shared import memory, tables
from pages.shared.words import plain, t

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from core.messages.queries import Kept
    from core.office.queries import Addressee

HEIGHT = 420
MOST = 200
EXAMPLE = -1
"""Stands for the person who does not exist."""


def choose(changed: Collection[tuple[Occasion, Language]]) -> tuple[Occasion, Language]:
    """The occasion and the language; texts that staff have written themselves are marked."""
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    asked = st.query_params.get("occasion", "")
    own = {one for one, _ in changed}
    occasion = left.selectbox(
        plain("messages.occasion_label"),
        list(Occasion),
        index=[*map(str, Occasion)].index(asked) if asked in list(Occasion) else 0,
        format_func=lambda one: _called(one, changed=one in own),
        key=f"texts.occasion {memory.language()}",
    )
    tongue = memory.language().tongue
    language = right.segmented_control(
        plain("messages.texts.language"),
        list(LANGUAGES),
        default=Language(tongue),
        required=True,
        format_func=lambda one: plain(f"messages.texts.in_{one}"),
        key="texts.language",
    )
    st.query_params["occasion"] = occasion
    return Occasion(occasion), Language(language)


def typed(form: str, kept: Kept) -> tuple[Wording, int]:
    """What stands in the fields now, and the version that they were drawn with."""
    key = f"{form} {memory.generation(form)}"
    subject = st.text_input(
        plain("store.field.subject"), kept.wording.subject, max_chars=SUBJECT_LENGTH, key=f"{key} subject"
    )
    body = st.text_area(
        plain("store.field.body"), kept.wording.body, height=HEIGHT, max_chars=BODY_LENGTH, key=f"{key} body"
    )
    return Wording(subject, body), memory.seen(form, kept.version, field=f"{key} subject")


def preview(occasion: Occasion, language: Language, wording: Wording, people: Sequence[Addressee]) -> None:
    """The text as it stands, for a person of the audience who reads this language, or for an example."""
    there = [one.recipient for one in people if one.recipient.language is language][:MOST]
    names = {EXAMPLE: plain("messages.texts.example"), **{at: one.listed for at, one in enumerate(there)}}
    chosen = st.selectbox(
        plain("messages.texts.preview_for"),
        [*range(len(there)), EXAMPLE],
        format_func=names.__getitem__,
        filter_mode="contains",
        key=f"texts.person {occasion} {language}",
    )
    if chosen == EXAMPLE:
        letter(names[EXAMPLE], "–", attempt(occasion, *wording, example(occasion, language)))
    else:
        to = there[chosen]
        letter(to.spoken, to.mail, attempt(occasion, *wording, to.fields))


def fields(occasion: Occasion) -> None:
    """What may be put in, each with its meaning."""
    st.subheader(t("messages.texts.fields"))
    st.caption(t("messages.texts.how"))
    offered = OFFERED[occasion]
    st.dataframe(
        tables.table(
            {
                plain("messages.texts.field"): [f"{{{{ {one} }}}}" for one in offered],
                plain("messages.texts.meaning"): [plain(f"messages.field.{one}") for one in offered],
            }
        ),
        hide_index=True,
        height="content",
        column_config={plain("messages.texts.field"): st.column_config.Column(width=190)},
    )


def _called(occasion: Occasion, *, changed: bool) -> str:
    name = plain(f"messages.occasion.{occasion}")
    return plain("messages.texts.changed_one", name=name) if changed else name
