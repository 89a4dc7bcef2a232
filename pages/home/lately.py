"""What have I done last, and can it be taken back?"""

from __future__ import annotations

import streamlit as st

from core.accounts.rules import Right
from core.office import queries
from core.store import database
from pages.shared import record
from pages.shared.registry import HOME
from pages.shared.staff import require_staff
from pages.shared.words import t

staff = require_staff(Right.ENTER)
with database.reading() as session:
    acts = queries.own_acts(session, by=staff.actor)

st.title(t("office.lately.title"))
if not acts:
    st.info(t("office.lately.empty"), icon=":material/inbox:")
    if st.button(t("office.lately.begin"), type="primary"):
        st.switch_page(HOME.path)
    st.stop()
st.caption(t("office.lately.lead", most=queries.OWN))
left, right = st.columns([3, 2], gap="large")
with left:
    chosen = record.choose(acts, record.columns(acts, of_all=False), key=f"lately {acts[0].id}")
with right:
    record.card(chosen, staff.actor)
