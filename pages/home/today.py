"""Where does the programme stand today, and what comes next?"""

from __future__ import annotations

import streamlit as st

from core.accounts.rules import Right
from core.office import queries
from core.reporting import queries as figures
from core.store import clock, database
from pages.home import parts_today
from pages.shared.safety import line, warn
from pages.shared.staff import require_staff
from pages.shared.words import t

staff = require_staff(Right.ENTER)
today = clock.today()
with database.reading() as session:
    ahead = queries.days_ahead(session, staff.edition.id, today=today, by=staff.actor)
    may_see = staff.actor.may(Right.FIGURES)
    funnel = figures.funnel(session, staff.edition.id, by=staff.actor) if may_see else []
    folder = database.current().config.backups
    may_copy = staff.actor.may(Right.BACKUPS)
    safety = queries.copies_safety(session, folder, by=staff.actor, at=clock.now()) if may_copy else None

st.title(t("office.today.heading", edition=staff.edition.name))
lead = t("office.today.lead", day=today)
if safety is None:
    st.caption(lead)
else:
    st.caption(f"{lead} · {line(safety)}")
    warn(safety)
left, right = st.columns([3, 2], gap="large")
with left:
    st.subheader(t("office.today.work"))
    parts_today.work(staff.actor, funnel)
with right:
    st.subheader(t("office.today.ahead"))
    parts_today.calendar(ahead, today)
