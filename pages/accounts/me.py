"""Which password and which language have I, and where am I signed in?"""

from __future__ import annotations

import streamlit as st

from core.accounts import actions, queries
from core.accounts.rules import Right
from core.store import clock, database
from pages.accounts import parts_me
from pages.door.routes import PASSWORD
from pages.door.ticket import keep_and_enter
from pages.shared.act import acting
from pages.shared.header import choose_language
from pages.shared.staff import require_staff
from pages.shared.words import t

staff = require_staff(Right.ENTER)
with database.reading() as session:
    devices = queries.own_devices(session, now=clock.now(), by=staff.actor)

st.title(t("accounts.me.title"))
if st.query_params.get("told") == PASSWORD:
    st.success(t("accounts.me.changed"), icon=":material/check:")
    del st.query_params["told"]
st.caption(t("accounts.me.lead", n=len(devices)))
left, right = st.columns(2, gap="large")
with left:
    st.subheader(t("accounts.me.password"))
    changed = parts_me.new_password(staff.actor)
    st.subheader(t("accounts.me.language"))
    choose_language(staff.actor, key="me")
with right:
    st.subheader(t("accounts.me.devices"))
    ended = parts_me.ended_device(devices)
    everywhere = st.button(t("accounts.me.everywhere"), icon=":material/logout:")

if changed:
    keep_and_enter(changed, told=PASSWORD)
if ended is not None:
    with acting(t("accounts.me.ended")) as act:
        actions.end_own_sign_in(act.session, ended, by=act.by, at=act.at)
if everywhere:
    with acting(t("accounts.me.ended_everywhere")) as act:
        actions.end_own_sign_ins(act.session, by=act.by, at=act.at)
