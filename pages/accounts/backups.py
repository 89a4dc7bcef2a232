"""Is there a good copy of everything, and can it be put back?"""

from __future__ import annotations

import streamlit as st

from core.accounts.rules import Right
from core.office import actions, queries
from core.store import clock, database
from pages.accounts import parts_backups
from pages.shared import memory
from pages.shared.act import explained
from pages.shared.safety import line, warn
from pages.shared.staff import require_staff
from pages.shared.words import t

staff = require_staff(Right.BACKUPS)
folder = database.current().config.backups
with database.reading() as session:
    copies = queries.copies(session, folder, by=staff.actor)
    safety = queries.copies_safety(session, folder, by=staff.actor, at=clock.now())

st.title(t("accounts.backups.title"))
warn(safety)
if copies:
    st.caption(line(safety))
    parts_backups.listed(copies)
else:
    st.info(t("accounts.backups.empty"), icon=":material/database:")
parts_backups.way_back(folder, copies)

if st.button(t("accounts.backups.make"), type="primary", icon=":material/add:"):
    with explained(), st.spinner(t("accounts.backups.making")), database.reading() as session:
        made = actions.make_copy(session, folder, by=staff.actor, at=clock.now())
    memory.flash(t("accounts.backups.made", megabytes=parts_backups.megabytes(made)))
    st.rerun()
