"""How do the pairs meet, month by month and pair by pair?"""

from __future__ import annotations

import streamlit as st

from core.accounts.rules import Right
from core.edition.queries import settings
from core.mentoring.rules import Settings
from core.reporting import queries
from core.store import clock, database
from pages.reporting import parts_pace as parts
from pages.shared.registry import page_of
from pages.shared.staff import require_staff
from pages.shared.words import t

staff = require_staff(Right.FIGURES)
knows_pairs = staff.actor.may(Right.MEETINGS)
st.title(t("reporting.pace.title"))
with database.reading() as session:
    rules = settings(session, staff.edition.id, Settings, by=staff.actor)
    months = queries.months(session, staff.edition.id, by=staff.actor)
    today = clock.today()
    lanes = queries.lanes(session, staff.edition.id, today=today, by=staff.actor) if knows_pairs else []
if not months:
    st.info(t("reporting.pace.none"), icon=":material/handshake:")
    if knows_pairs and st.button(t("reporting.pace.to_proposal"), type="primary"):
        st.switch_page(page_of("proposal").path)
    st.stop()

st.caption(t("reporting.cohort.state", edition=staff.edition.name, at=clock.now()))
st.markdown(parts.in_words(months))
chart, figures = st.columns([3, 2], gap="large")
with chart:
    parts.by_month(months)
with figures:
    parts.table(months)
if lanes:
    st.subheader(t("reporting.pace.lanes"))
    st.caption(t("reporting.pace.lanes_how", least=rules.least_meetings, most=rules.most_meetings))
    parts.by_pair(lanes, rules, today)
    parts.offer_lanes(lanes)
