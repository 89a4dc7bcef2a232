"""How many came how far, from the application to the certificate?"""

from __future__ import annotations

import streamlit as st

from core.accounts.rules import Right
from core.people.rules import Side
from core.reporting import queries
from core.reporting.queries import Stage
from core.store import clock, database
from pages.shared.charts import bars
from pages.shared.downloads import offer_sheet
from pages.shared.staff import require_staff
from pages.shared.words import number, plain, t

staff = require_staff(Right.FIGURES)
st.title(t("reporting.cohort.title"))
st.caption(t("reporting.cohort.state", edition=staff.edition.name, at=clock.now()))
with database.reading() as session:
    steps = queries.funnel(session, staff.edition.id, by=staff.actor)
people = {(step.side, step.stage): step.people for step in steps}
outside = {(step.side, step.stage): step.outside for step in steps}
if all(people[side, Stage.APPLIED] == 0 for side in Side):
    st.info(t("reporting.cohort.none"))
    st.stop()

hidden = plain("reporting.cohort.hidden")
told = {key: hidden if count is None else number(count) for key, count in people.items()}
stages = [plain(f"reporting.stage.{stage}") for stage in Stage]
ends = {"": Side.MENTEE, "mentors_": Side.MENTOR}
stages_told = (Stage.APPLIED, Stage.SELECTED, Stage.PAIRED, Stage.COMPLETED)
st.markdown(
    t(
        "reporting.cohort.sentence",
        **{f"{end}{stage}": told[side, stage] for end, side in ends.items() for stage in stages_told},
    )
)
chart, figures = st.columns([3, 2], gap="large")
with chart:
    names = {side: plain(f"reporting.side.{side}") for side in Side}
    counts = {names[side]: [people[side, stage] for stage in Stage] for side in Side}
    bars(stages, counts, alt=plain("reporting.cohort.chart"))
with figures:
    first = {plain("reporting.cohort.stage"): stages}
    st.dataframe(
        first | {names[side]: [told[side, stage] for stage in Stage] for side in Side},
        hide_index=True,
        column_config={names[side]: st.column_config.TextColumn(alignment="right") for side in Side},
    )
    if None in people.values():
        st.caption(t("reporting.cohort.hidden_why"))
    st.caption(t("reporting.cohort.stages_mean"))
    leaving = {
        names[side]: [hidden if outside[side, stage] is None else outside[side, stage] for stage in Stage]
        for side in Side
    }
    offer_sheet(t("reporting.cohort.sheet"), plain("reporting.cohort.sheet_name"), first | leaving)
    st.caption(t("reporting.cohort.sheet_hides"))
