"""The ways on which approved messages leave: by mail, by a mail merge, as files."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from zlib import crc32

import streamlit as st

from core.messages import parcels, queries
from core.messages.rules import Channel, MessageState
from core.store import clock, database, sheets
from pages.messages.parts_outbox import said
from pages.shared import memory
from pages.shared.words import plain, t

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from core.language.text import Language
    from core.messages.outgoing import Letter
    from core.messages.queries import Line
    from core.store.config import Config
    from pages.shared.staff import Staff

NEEDED = ("MENTORING_SMTP_HOST", "MENTORING_MAIL_FROM")


def choose(settings: Config) -> Channel:
    """By which way the messages leave, at first by mail where that is set up; what is missing where it is not."""
    st.subheader(t("messages.ways.title"))
    chosen = st.segmented_control(
        plain("messages.ways.title"),
        list(Channel),
        default=Channel.MAIL if settings.mails else Channel.MERGE,
        required=True,
        format_func=lambda one: plain(f"messages.channel.{one}"),
        label_visibility="collapsed",
        key="outbox.channel",
    )
    return Channel(chosen)


def leave(channel: Channel, found: Sequence[int], lines: Sequence[Line], staff: Staff) -> list[int]:
    """What this way needs, and its button; the messages that leave by it, as they were on the screen when pressed."""
    settings = database.current().config
    if channel is Channel.MAIL and not settings.mails:
        missing(settings)
        return []
    with database.reading() as session:
        nowhere = queries.lead_nowhere(session, staff.edition.id, messages=found, settings=settings, by=staff.actor)
    if nowhere:
        st.warning(t("people.refused.NotReachable"), icon=":material/link_off:")
        return []
    st.caption(t(f"messages.ways.{channel}", n=len(found), pace=settings.mails_per_minute))
    if channel is not Channel.MAIL:
        _downloads(channel, found, lines, staff)
    label = "messages.ways.send" if channel is Channel.MAIL else "messages.ways.mark"
    pressed = st.button(t(label, n=len(found)), type="primary", icon=":material/send:", key="outbox.leave")
    on_screen = memory.last_shown("outbox approved", " ".join(map(str, found)), pressed=pressed)
    return [int(number) for number in on_screen.split()] if pressed else []


def missing(settings: Config) -> None:
    """Which settings the operator has to make before the programme can send."""
    held = (settings.smtp_host, settings.mail_from)
    names = [name for name, value in zip(NEEDED, held, strict=True) if not value]
    st.info(t("messages.ways.missing", names=names), icon=":material/settings:")


def stop(lines: Sequence[Line], waiting: int, settings: Config) -> bool:
    """What holds the sending up, and whether it is stopped."""
    if not settings.mails:
        missing(settings)
    put_off = [said(one.trouble) for one in lines if one.trouble]
    if put_off:
        st.warning(t("messages.ways.put_off", n=len(put_off), said=put_off[0]), icon=":material/hourglass_top:")
    return waiting > 0 and st.button(
        t("messages.ways.stop"), icon=":material/pause_circle:", key="outbox.stop", help=t("messages.ways.stop_help")
    )


def all_again(lines: Sequence[Line], settings: Config) -> list[int]:
    """All that the mail server refused, when they are sent again together."""
    failed = [one.id for one in lines if one.state is MessageState.FAILED]
    several = settings.mails and len(failed) > 1
    pressed = several and st.button(
        t("messages.ways.all_again", n=len(failed)), icon=":material/refresh:", key="outbox.all_again"
    )
    on_screen = memory.last_shown("outbox failed", " ".join(map(str, failed)), pressed=pressed)
    return [int(number) for number in on_screen.split()] if pressed else []


def _downloads(channel: Channel, found: Sequence[int], lines: Sequence[Line], staff: Staff) -> None:
    """The files of a way; they are made when they are asked for."""
    name = f"{plain('messages.ways.file_name')}-{crc32(repr([(one.id, one.when) for one in lines]).encode()):08x}"
    made = partial(_made, found, staff, memory.language())
    with st.container(horizontal=True):
        if channel is Channel.MERGE:
            sheet = partial(made, _sheet)
            _offer(t("messages.ways.sheet", n=len(found)), sheet, f"{name}.xlsx", sheets.XLSX)
            _offer(t("messages.ways.guide"), partial(made, parcels.merge_guide), f"{name}.txt", "text/plain")
        else:
            _offer(t("messages.ways.zip", n=len(found)), partial(made, _bundle), f"{name}.zip", "application/zip")


def _offer(label: str, made: Callable[[], bytes], name: str, kind: str) -> None:
    st.download_button(label, data=made, file_name=name, mime=kind, icon=":material/download:", on_click="ignore")


def _made(
    found: Sequence[int], staff: Staff, language: Language, how: Callable[[Sequence[Letter], Language], bytes]
) -> bytes:
    settings = database.current().config
    with database.reading() as session:
        letters = queries.letters(session, staff.edition.id, messages=found, settings=settings, by=staff.actor)
    return how(letters, language)


def _sheet(letters: Sequence[Letter], language: Language) -> bytes:
    return sheets.workbook(parcels.sheet_name(language), parcels.merge_columns(letters, language))


def _bundle(letters: Sequence[Letter], language: Language) -> bytes:
    return parcels.bundle(letters, database.current().config, language, at=clock.now())
