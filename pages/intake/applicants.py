"""Who has applied, and what did each of them say?"""

from __future__ import annotations

import streamlit as st

from core.accounts.rules import Right
from core.intake import actions, queries
from core.people.names import search_key
from core.people.rules import Side
from core.store import database
from pages.intake import parts_applicant
from pages.shared import memory
from pages.shared.act import acting
from pages.shared.registry import page_of
from pages.shared.staff import require_staff
from pages.shared.words import plain, t

staff = require_staff(Right.APPLICANTS)
st.title(t("intake.applicants.title"))
with database.reading() as session:
    counts = queries.counts(session, staff.edition.id, by=staff.actor)
st.caption(
    t("intake.applicants.lead", edition=staff.edition.name, mentees=counts[Side.MENTEE], mentors=counts[Side.MENTOR])
)

choice, search = st.columns([1, 2], vertical_alignment="bottom")
side = Side(
    choice.segmented_control(
        plain("intake.applicants.side"),
        list(Side),
        default=Side.MENTEE,
        required=True,
        format_func=lambda one: plain(f"intake.side.{one}"),
        key="side",
    )
)
text = search.text_input(plain("intake.applicants.search"), icon=":material/search:", bind="query-params", key="search")
with database.reading() as session:
    everybody = queries.applicants(session, staff.edition.id, side=side, by=staff.actor)
found = [one for one in everybody if search_key(text) in one.search_key]

if not everybody:
    st.info(t("intake.applicants.empty"), icon=":material/inbox:")
    if st.button(t("intake.applicants.go_upload"), type="primary"):
        st.switch_page(page_of("upload").path)
    st.stop()
if not found:
    st.info(t("intake.applicants.none_found", text=text), icon=":material/search_off:")
    st.stop()

left, right = st.columns([3, 2])
with left:
    st.caption(t("intake.applicants.found", n=len(found)))
    chosen = parts_applicant.table(found, side, key=f"applicants {side} {text}".strip())
with right:
    if chosen is None:
        st.info(t("intake.applicants.choose"), icon=":material/left_click:")
    else:
        with database.reading() as session:
            opened = queries.opened(session, chosen.application_id, by=staff.actor)
        parts_applicant.card(opened)
        if st.button(t("people.person.open"), icon=":material/person:", key=f"open {chosen.person_id}"):
            st.switch_page(page_of("person").path, query_params={"person": str(chosen.person_id)})
        application, form = opened.application, f"withdrawal {chosen.application_id}"
        seen = memory.seen(form, application.version, field=form)
        if application.withdrawn_at is None and st.button(t("intake.applicants.withdraw"), key=form):
            with acting(t("intake.applicants.has_withdrawn", name=chosen.spoken), form=form) as act:
                actions.withdraw(act.session, chosen.application_id, seen=seen, by=act.by, at=act.at)
        if application.withdrawn_at is not None and st.button(t("intake.applicants.readmit"), key=form):
            with acting(t("intake.applicants.readmitted", name=chosen.spoken), form=form) as act:
                actions.take_back_withdrawal(act.session, chosen.application_id, seen=seen, by=act.by, at=act.at)
