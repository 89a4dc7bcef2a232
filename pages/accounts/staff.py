"""Who works with the programme, and in which roles?"""

from __future__ import annotations

import streamlit as st

from core.accounts import queries
from core.accounts.rules import Right
from core.store import clock, database
from pages.accounts import parts_account, parts_colleagues
from pages.shared.act import acting
from pages.shared.staff import require_staff
from pages.shared.words import t

staff = require_staff(Right.ACCOUNTS)
config = database.current().config
with database.reading() as session:
    colleagues = queries.colleagues(session, secret=config.secret(), now=clock.now(), by=staff.actor)

st.title(t("accounts.staff.title"))
st.caption(t("accounts.staff.lead", n=sum(one.state is queries.State.ACTIVE for one in colleagues)))
left, right = st.columns([3, 2], gap="large")
with left:
    chosen = parts_colleagues.chosen(colleagues)
    new = parts_account.new(rounds=config.bcrypt_rounds)
with right:
    asked = parts_account.changed(chosen, staff.actor) if chosen else parts_account.none_chosen()
wanted = new or asked
if wanted:
    with acting(wanted.done, form=wanted.form) as act:
        wanted.act(act.session, by=act.by, at=act.at)
