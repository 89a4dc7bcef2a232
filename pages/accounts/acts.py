"""Who did what, and when?"""

from __future__ import annotations

import streamlit as st

from core.accounts.rules import Right
from core.edition.queries import editions
from core.office import queries
from core.store import database
from pages.accounts import parts_acts
from pages.shared import record
from pages.shared.downloads import offer_sheet
from pages.shared.staff import require_staff
from pages.shared.words import plain, t

SHOWN = 3

staff = require_staff(Right.AUDIT)
st.title(t("accounts.acts.title"))
st.caption(t("accounts.acts.lead"))
with database.reading() as session:
    people = queries.colleagues(session, by=staff.actor)
    names = {one.id: one.name for one in editions(session, by=staff.actor)}
wanted = parts_acts.filters(people, names)
left, right = st.columns([3, 2], gap="medium")
with left, database.reading() as session:
    number = queries.number_of_acts(session, wanted=wanted, by=staff.actor)
    if not number:
        st.info(t("accounts.acts.none"), icon=":material/search_off:")
        st.stop()
    page = parts_acts.page_of(number, wanted)
    acts = queries.acts(session, wanted=wanted, page=page, by=staff.actor)
with left:
    st.caption(parts_acts.found(number, page))
    shown = record.columns(acts, of_all=True)
    # The edition and the number of rows stand in the file and beside the list: in it there is no room for them.
    chosen = record.choose(acts, {name: shown[name] for name in list(shown)[:SHOWN]}, key=f"acts {wanted} {acts[0].id}")
    with st.container(horizontal=True):
        offer_sheet(t("accounts.acts.sheet"), plain("accounts.acts.title"), shown)
        asked = st.button(t("accounts.acts.verify"), icon=":material/verified_user:", key="verify")
    if asked:
        with database.reading() as session:
            verdict = queries.verified(session, by=staff.actor)
        parts_acts.verdict(verdict)
with right:
    record.card(chosen, staff.actor)
