"""Do the phones in the hall reach us?"""

from __future__ import annotations

import streamlit as st

from core.accounts.rules import Right
from core.people.links import reachable
from core.store import database
from pages.door.paths import PHONE
from pages.shared.staff import require_staff
from pages.shared.words import t
from pages.speeddate import parts_phone

staff = require_staff(Right.CHECK_IN)
st.title(t("speeddate.phone.title"))
st.caption(t("speeddate.phone.lead"))
settings = database.current().config
if not settings.public_url:
    st.warning(t("people.refused.NotReachable"), icon=":material/link_off:")
    st.stop()
address = reachable(settings) + PHONE
parts_phone.shown(address)
parts_phone.how_to_test()
