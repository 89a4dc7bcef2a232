"""The outbox as a whole: where the messages are, the list of one part, and how far the sending is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.language.text import known
from core.messages import queries
from core.messages.rules import MessageState, Occasion, Part
from core.store import database
from pages.shared import memory, tables
from pages.shared.registry import page_of
from pages.shared.words import plain, short_moment, t

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.messages.queries import Line, Tally
    from pages.shared.staff import Staff

MOST, LONG, TALL = 200, 9, 340
"""Rows that are sent to the browser; those that are shown without scrolling; pixels of a longer table."""
PART, WAY, EVERY = "outbox.part", "outbox way", "every"
SECONDS = 3
WIDTHS = {"trouble": 260, "about": 200, "subject": 300}
"""Pixels of columns whose texts may be long."""
ICONS = {
    Part.TO_READ: ":material/done_all:",
    Part.APPROVED: ":material/mark_email_read:",
    Part.ON_THE_WAY: ":material/schedule_send:",
    Part.SENT: ":material/outbox:",
    Part.TROUBLE: ":material/done_all:",
}


def choose_part(tally: Tally) -> Part:
    """The part that is looked at; at first the first one in which something is to be done, trouble before all."""
    first = next((part for part in (Part.TROUBLE, *Part) if tally.part(part)), Part.TO_READ)
    chosen = st.segmented_control(
        plain("messages.outbox.part"),
        list(Part),
        default=memory.seen("outbox first", first, field=PART),
        required=True,
        format_func=lambda part: plain(f"messages.part.{part}", n=tally.part(part)),
        label_visibility="collapsed",
        key=PART,
    )
    return Part(chosen)


def filters(tally: Tally, part: Part) -> tuple[Occasion | None, str]:
    """What the messages are about, and whom they are for."""
    first, second = st.columns(2, vertical_alignment="bottom")
    called = {EVERY: plain("messages.outbox.every")}
    called |= {one: f"{plain(f'messages.occasion.{one}')} ({n})" for one, n in tally.occasions(part).items()}
    occasion = first.selectbox(
        plain("messages.outbox.occasion"),
        list(called),
        format_func=called.__getitem__,
        key=f"outbox.occasion {part}",
    )
    search = second.text_input(plain("messages.outbox.search"), icon=":material/search:", key="outbox.search")
    return None if occasion == EVERY else Occasion(occasion), search or ""


def nothing(part: Part, *, filtered: bool) -> None:
    """Why nothing is shown, and what to do."""
    key = "messages.outbox.none_found" if filtered else f"messages.none.{part}"
    st.info(t(key), icon=":material/search_off:" if filtered else ICONS[part])


def nothing_prepared() -> None:
    """That there is no message yet, and the page on which they are prepared."""
    st.info(t("messages.outbox.empty"), icon=":material/outbox:")
    page = page_of("prepare")
    if st.button(t(page.title), type="primary", icon=page.icon):
        st.switch_page(page.path)


def table(lines: Sequence[Line], part: Part, *, of: int, key: str) -> int | None:
    """The messages of a part; gives the number of the chosen one. Another key begins with nothing chosen."""
    states = {one: plain(f"messages.state.{one}") for one in {line.state for line in lines}}
    occasions = {one: plain(f"messages.occasion.{one}") for one in {line.occasion for line in lines}}
    shown = {
        "person": [one.listed for one in lines],
        "state": [states[one.state] for one in lines],
        "trouble": [said(one.trouble) for one in lines],
        "about": [occasions[one.occasion] for one in lines],
        "when": [short_moment(one.when) for one in lines],
        "subject": [one.subject for one in lines],
    }
    if part not in (Part.ON_THE_WAY, Part.TROUBLE):
        del shown["state"]
    if not any(shown["trouble"]):
        del shown["trouble"]
    if Occasion.FREE not in occasions:  # elsewhere the occasion says it in a width that there is
        del shown["subject"]
    event = st.dataframe(
        tables.table({plain(f"messages.column.{name}"): values for name, values in shown.items()}),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        height=TALL if len(lines) > LONG else "content",
        key=key,
        column_config={
            plain(f"messages.column.{name}"): st.column_config.Column(width=wide) for name, wide in WIDTHS.items()
        },
        alt=plain("messages.outbox.title"),
    )
    if of > len(lines):
        st.caption(t("messages.outbox.cut", shown=len(lines), n=of))
    rows = event["selection"]["rows"]
    return lines[rows[0]].id if rows and rows[0] < len(lines) else None


def said(trouble: str | None) -> str:
    """What went wrong in words: the mail server's own, or the programme's."""
    return plain(trouble) if trouble and known(trouble) else trouble or ""


def progress(staff: Staff, tally: Tally) -> None:
    """How far the sending is, asked again every few seconds while something is on the way."""
    if tally.part(Part.ON_THE_WAY):
        st.fragment(_progress, run_every=SECONDS)(staff)
    else:
        memory.renew(WAY)


def _progress(staff: Staff) -> None:
    with database.reading() as session:
        tally = queries.tally(session, staff.edition.id, by=staff.actor)
    left = tally.part(Part.ON_THE_WAY)
    if not left:
        st.rerun()
    most = max(left, memory.seen(WAY, left, field=PART))
    trouble = tally.of(MessageState.FAILED, MessageState.UNSURE)
    st.progress((most - left) / most, text=t("messages.outbox.progress", n=left, trouble=trouble))
