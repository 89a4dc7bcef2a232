"""Where does the programme stand today, and what comes next?"""

from __future__ import annotations

import streamlit as st

from core.accounts.rules import Right
from core.office import queries
from core.store import clock, database
from pages.home import parts_today as parts
from pages.shared.safety import line, warn
from pages.shared.staff import require_staff
from pages.shared.words import t

staff = require_staff(Right.ENTER)
now = clock.now()
with database.reading() as session:
    today = queries.today(session, staff.edition.id, by=staff.actor, at=now)
    folder = database.current().config.backups
    may_copy = staff.actor.may(Right.BACKUPS)
    safety = queries.copies_safety(session, folder, by=staff.actor, at=now) if may_copy else None

st.title(t("office.today.heading", edition=staff.edition.name))
lead = t("office.today.lead", day=clock.today())
if safety is None:
    st.caption(lead)
else:
    st.caption(f"{lead} · {line(safety)}")
    warn(safety)
parts.phase(today, clock.today())
parts.cards(today, staff.actor)
parts.year(today.phase)
if len(today.ahead) > 1:
    st.subheader(t("office.today.ahead"))
    parts.calendar(today.ahead, clock.today())
