"""Which applications does this file hold, and what would taking them over do?"""

from __future__ import annotations

import hashlib

import streamlit as st

from core.accounts.rules import Right
from core.edition import queries as editions
from core.intake import actions, queries
from core.intake.reading import open_table, read_rows
from core.intake.reading.results import NeedKind
from core.intake.rules import Settings
from core.people.rules import Side
from core.store import database
from pages.intake import parts_file, parts_plan
from pages.shared import memory
from pages.shared.act import acting, explained
from pages.shared.staff import require_staff
from pages.shared.words import day, plain, t

staff = require_staff(Right.IMPORT)
with database.reading() as session:
    settings = editions.settings(session, staff.edition.id, Settings, by=staff.actor)

st.title(t("intake.upload.title"))
st.caption(
    t("intake.upload.window", edition=staff.edition.name, first=day(settings.opens_on), last=day(settings.closes_on))
)
side = Side(
    st.segmented_control(
        plain("intake.upload.side"),
        list(Side),
        default=Side.MENTEE,
        required=True,
        format_func=lambda one: plain(f"intake.side.{one}"),
    )
)
file = st.file_uploader(plain("intake.upload.file"), type=None, help=plain("intake.upload.file_help"))
if file is None:
    st.info(t("intake.upload.empty"), icon=":material/upload_file:")
    st.stop()

data = file.getvalue()
key = f"{side} {hashlib.sha256(data).hexdigest()[:16]}"
offered = {"sectors": settings.sectors, "sector": settings.sectors}
with explained():
    table = open_table(data, file.name)
    meant = parts_file.side_is_meant(table, side, key=key)
    mapping = parts_file.columns(table, side, key=key)
    reading = read_rows(table, side, mapping, options=offered)
    parts_file.unknown_columns(reading)
    if any(need.kind is NeedKind.DATE_ORDER for need in reading.needs):
        order = parts_file.date_order(key=key)
        reading = read_rows(table, side, mapping, options=offered, date_order=order)
parts_file.asked(reading)

with database.reading() as session:
    plan = queries.preview(session, staff.edition.id, side=side, rows=reading.rows, by=staff.actor)
parts_plan.counts(plan)
parts_plan.rows(plan, key=key)
parts_plan.problems(plan)

if not plan.to_take:
    st.info(t("intake.upload.nothing"), icon=":material/task_alt:")
    st.stop()
pressed = st.button(
    t("intake.upload.take", n=len(plan.to_take)),
    type="primary",
    disabled=bool(reading.needs) or not meant,
    icon=":material/playlist_add_check:",
)
if reading.needs or not meant:
    st.caption(t("intake.upload.answer_first"))
shown = memory.last_shown(f"upload {key}", plan.digest, pressed=pressed)
if pressed:
    with acting(t("intake.upload.taken", n=len(plan.to_take))) as act:
        actions.take_over(
            act.session, edition_id=staff.edition.id, side=side, rows=reading.rows, seen=shown, by=act.by, at=act.at
        )
