"""Who has come to the speed date, and who is still missing?"""

from __future__ import annotations

import streamlit as st

from core.accounts.rules import Right
from core.edition import queries as editions
from core.speeddate import actions, queries
from core.speeddate.rules import Settings
from core.store import database
from pages.shared.act import acting
from pages.shared.registry import page_of
from pages.shared.staff import require_staff
from pages.shared.words import t
from pages.speeddate import parts_arrivals, parts_at_door

staff = require_staff(Right.CHECK_IN)
st.title(t("speeddate.arrivals.title"))
with database.reading() as session:
    settings = editions.settings(session, staff.edition.id, Settings, by=staff.actor)
    everybody = queries.arrivals(session, staff.edition.id, by=staff.actor)
if not everybody:
    st.info(t("speeddate.arrivals.nobody"), icon=":material/group_off:")
    if staff.actor.may(Right.DECIDE) and st.button(t("speeddate.arrivals.go_ranking"), type="primary"):
        st.switch_page(page_of("ranking").path)
    st.stop()

parts_at_door.state(everybody, settings)
with st.container(width=parts_at_door.DOOR):
    people = parts_at_door.choose_side(everybody)
    found = parts_at_door.look_for(people, narrowed=len(people) < len(everybody))
    one = parts_at_door.tapped(found)
if one is not None and one.at is None:
    with acting(t("speeddate.arrivals.checked_in", name=one.spoken), form=parts_at_door.FORM) as act:
        actions.check_in(
            act.session, edition_id=staff.edition.id, applications=[one.application_id], by=act.by, at=act.at
        )
elif one is not None:
    with acting(t("speeddate.arrivals.checked_out", name=one.spoken)) as act:
        actions.check_out(
            act.session, edition_id=staff.edition.id, applications=[one.application_id], by=act.by, at=act.at
        )

st.subheader(t("speeddate.arrivals.list"))
st.caption(t("speeddate.arrivals.tick_rows"))
marked = parts_arrivals.choose_rows(people)
with st.container(horizontal=True):
    pressed = marked and st.button(
        t("speeddate.arrivals.check_in_many", n=len(marked)), type="primary", key="speeddate.arrivals.many"
    )
    if staff.actor.may(Right.APPLICANTS):
        parts_arrivals.offer(people)
if pressed:
    with acting(t("speeddate.arrivals.checked_in_many", n=len(marked)), form=parts_at_door.FORM) as act:
        actions.check_in(
            act.session,
            edition_id=staff.edition.id,
            applications=[one.application_id for one in marked],
            by=act.by,
            at=act.at,
        )
