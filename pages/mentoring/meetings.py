"""Which meetings has this pair had?"""

from __future__ import annotations

import streamlit as st

from core.accounts.rules import Right
from core.mentoring import actions, queries
from core.store import database
from pages.mentoring import parts_meetings as parts
from pages.mentoring.parts_pair import published, sentence
from pages.shared import memory
from pages.shared.act import acting
from pages.shared.staff import require_staff
from pages.shared.words import t

staff = require_staff(Right.MEETINGS)
st.title(t("mentoring.meetings.title"))
rules, pairs = published(staff)
st.caption(t("mentoring.meetings.lead", n=sum(len(one.meetings) for one in pairs), pairs=len(pairs)))

chosen = parts.choose_pair(pairs)
if chosen is None:
    st.info(t("mentoring.meetings.choose_first"), icon=":material/left_click:")
    st.stop()
with database.reading() as session:
    held = queries.meetings(session, staff.edition.id, chosen.pair.id, by=staff.actor)
left, right = st.columns(2, gap="large")
with left:
    sentence(chosen, rules)
    kind = f"meetings {chosen.pair.id}"
    opened = parts.table(held, key=f"{kind} {memory.generation(kind)}") if held else None
    if not held:
        st.info(t("mentoring.meetings.none"), icon=":material/event:")
with right:
    form = f"{kind} {opened.id if opened else 'new'}"
    key = f"{form} {memory.generation(kind)}"
    seen = memory.seen(form, opened.version if opened else 0, field=f"{key}.day")
    st.subheader(t("mentoring.meetings.correct" if opened else "mentoring.meetings.new"))
    with st.form(key):
        build = parts.fields(opened, rules, key)
        saved = st.form_submit_button(
            t("mentoring.meetings.save" if opened else "mentoring.meetings.log"), key=f"{key}.save", type="primary"
        )
    struck = opened is not None and st.button(t("mentoring.meetings.strike"), icon=":material/delete:", key=f"{key}.x")
if saved and opened is None:
    with acting(t("mentoring.meetings.logged", pair=parts.called(chosen)), form=kind) as act:
        actions.log(
            act.session,
            edition_id=staff.edition.id,
            pair_id=chosen.pair.id,
            report=build(),
            by=act.by,
            at=act.at,
        )
if saved and opened is not None:
    with acting(t("mentoring.meetings.corrected", day=opened.held_on), form=kind) as act:
        actions.correct(
            act.session,
            edition_id=staff.edition.id,
            meeting_id=opened.id,
            report=build(),
            seen=seen,
            by=act.by,
            at=act.at,
        )
if struck and opened is not None:
    with acting(t("mentoring.meetings.struck", day=opened.held_on), form=kind) as act:
        actions.strike(act.session, edition_id=staff.edition.id, meeting_id=opened.id, seen=seen, by=act.by, at=act.at)
