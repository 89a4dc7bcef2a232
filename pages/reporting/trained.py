"""Who came to the training, by sector?"""

from __future__ import annotations

import streamlit as st

from core.accounts.rules import Right
from core.people.rules import Side
from core.reporting import queries
from core.store import clock, database
from pages.reporting import parts_trained as parts
from pages.shared.registry import page_of
from pages.shared.sides import choose_side
from pages.shared.staff import require_staff
from pages.shared.words import t

staff = require_staff(Right.FIGURES)
st.title(t("reporting.trained.title"))
side = choose_side(first=Side.MENTOR)
with database.reading() as session:
    lessons, people, groups = queries.trained(session, staff.edition.id, side=side, by=staff.actor, at=clock.now())
if not people:
    st.info(t("reporting.trained.nobody"), icon=":material/group:")
    if staff.actor.may(Right.DECIDE) and st.button(t("reporting.trained.to_ranking"), type="primary"):
        st.switch_page(page_of("ranking").path)
    st.stop()
if not lessons:
    st.info(t("reporting.trained.no_lessons"), icon=":material/school:")
    st.stop()
if not groups:
    st.info(t("reporting.trained.too_few"), icon=":material/visibility_off:")
    st.stop()

st.caption(t("reporting.cohort.state", edition=staff.edition.name, at=clock.now()))
st.markdown(parts.in_words(lessons, groups))
parts.chart(lessons, groups)
parts.table(lessons, groups)
st.caption(t("reporting.trained.groups", people=people, shown=sum(one.people for one in groups)))
