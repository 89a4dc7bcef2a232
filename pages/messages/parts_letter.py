"""One message in full, with what can be done about it; and the drafts that are read and approved together."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from core.messages.outgoing import MARKS, purposes
from core.messages.rules import MessageState, Part
from core.messages.templating import Wording
from pages.messages.parts_outbox import said
from pages.shared import memory
from pages.shared.words import escape, plain, t

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.messages.queries import Shown
    from core.store.config import Config

FORM = "letter "
TALL = 320
BODY, LINES, WIDE = 320, 12, 800
"""Pixels of a text of more lines, which then scrolls; how wide texts are that are read one after another."""


class Correction(NamedTuple):
    """What a draft said when the person began to type, and what it is to say."""

    seen: Wording
    wanted: Wording


def card(message: Shown | None, part: Part) -> None:
    """The chosen message as it leaves, and what has become of it; how to choose one while none is chosen."""
    if message is None:
        st.info(t(f"messages.choose.{part}"), icon=":material/left_click:")
        return
    st.subheader(escape(message.subject))
    st.caption(_addressed(message))
    if message.trouble:
        st.warning(t(f"messages.trouble_of.{message.state}", said=said(message.trouble)), icon=":material/report:")
    with st.container(border=True, height=BODY if message.body.count("\n") > LINES else "content"):
        st.text(_text(message))
    for line in _history(message):
        st.caption(line)


def read(batch: Sequence[Shown], *, of: int, settings: Config) -> dict[int, str] | None:
    """The full texts of these drafts; once approved, each with the fingerprint of what was on the screen."""
    st.subheader(t("messages.outbox.read"))
    st.caption(t("messages.outbox.read_how", n=len(batch), of=of))
    if not settings.public_url and any(purposes(one.body) for one in batch):
        st.warning(t("people.refused.NotReachable"), icon=":material/link_off:")
    for one in batch:
        with st.container(border=True, width=WIDE):
            st.text(_whole(one))
    pressed = st.button(
        t("messages.outbox.approve", n=len(batch)), type="primary", icon=":material/done_all:", key="outbox.approve"
    )
    now = " ".join(f"{one.id}:{one.fingerprint}" for one in batch)
    on_screen = memory.last_shown("outbox read", now, pressed=pressed)
    return _prints(on_screen) if pressed else None


def correct(message: Shown) -> Correction | None:
    """The draft's subject and text to be typed over; what was seen and what is wanted once it is saved."""
    key = f"{FORM}{message.id} {memory.generation(FORM)}"
    with st.expander(t("messages.outbox.correct"), icon=":material/edit:"):
        subject = st.text_input(plain("store.field.subject"), message.subject, key=f"{key} subject")
        body = st.text_area(
            plain("store.field.body"),
            message.body,
            height=TALL,
            key=f"{key} body",
            help=t("messages.outbox.marks", marks=", ".join(MARKS.values())),
        )
        before = memory.seen(key, Wording(message.subject, message.body), field=f"{key} subject")
        if st.button(t("messages.outbox.save"), key="outbox.save"):
            return Correction(before, Wording(subject, body))
    return None


def came_back() -> str | None:
    """What a mail that came back says, once it is written down."""
    with st.expander(t("messages.outbox.came_back"), icon=":material/keyboard_return:"):
        text = st.text_area(
            plain("messages.outbox.came_back_said"), key=f"{FORM}returned {memory.generation(FORM)}", height="content"
        )
        return text if st.button(t("messages.outbox.mark_returned"), key="outbox.returned") else None


def settle(message: Shown, settings: Config) -> bool | None:
    """Whether it went out after all (True), or is sent again (False)."""
    went_out = message.state is not MessageState.RETURNED and st.button(
        t("messages.outbox.went_out"), icon=":material/check:", key="outbox.out"
    )
    again = settings.mails and st.button(
        t("messages.outbox.again", mail=message.mail_now), icon=":material/refresh:", key="outbox.again"
    )
    return True if went_out else False if again else None


def _addressed(message: Shown) -> str:
    letter = message.letter
    about = {"name": letter.name, "mail": letter.mail, "about": plain(f"messages.occasion.{message.occasion}")}
    line = t("messages.outbox.addressed", tongue=letter.language.upper(), **about)
    file = f"{plain('messages.mail.calendar')}.ics"
    return f"{line} · {t('messages.outbox.attached', file=file)}" if letter.calendar else line


def _whole(message: Shown) -> str:
    """The message as it would be printed, head and text, in one piece: twenty are shown at once."""
    letter = message.letter
    head = plain("messages.outbox.head", subject=letter.subject, name=letter.name, mail=letter.mail)
    if letter.calendar:
        head += "\n" + plain("messages.outbox.head_attached", file=f"{plain('messages.mail.calendar')}.ics")
    return f"{head}\n\n{_text(message)}"


def _text(message: Shown) -> str:
    """The text as it leaves; for an address that is not made yet, what will stand there."""
    text = message.letter.text
    for purpose, mark in MARKS.items():
        text = text.replace(mark, plain("messages.outbox.link_here", what=plain(f"people.purpose.{purpose}")))
    return text


def _history(message: Shown) -> list[str]:
    """Who let it go, how it left, and when it is tried again."""
    lines: list[str] = []
    if message.approved_at:
        lines.append(t("messages.history.approved", at=message.approved_at, who=message.approved_by or "—"))
    if message.try_after:
        lines.append(t("messages.history.try_after", n=message.tries, at=message.try_after))
    if message.sent_at and message.channel:
        how = {"at": message.sent_at, "way": plain(f"messages.channel.{message.channel}")}
        who = message.sent_by
        lines.append(t("messages.history.marked", who=who, **how) if who else t("messages.history.sent", **how))
    return lines


def _prints(on_screen: str) -> dict[int, str]:
    pairs = (one.split(":") for one in on_screen.split())
    return {int(number): mark for number, mark in pairs}
