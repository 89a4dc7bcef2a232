"""Is the year over, and what stays of it?"""

from __future__ import annotations

import streamlit as st

from core.accounts.rules import Right
from core.office import actions, queries
from core.store import clock, database
from pages.edition import parts_closing as parts
from pages.shared import memory
from pages.shared.act import acting
from pages.shared.staff import require_staff
from pages.shared.undo_line import take_back
from pages.shared.words import t

staff = require_staff(Right.EDITION)
st.title(t("edition.closing.title"))
if staff.edition.closed_at is not None:
    with database.reading() as session:
        kept = queries.kept(session, staff.edition.id, by=staff.actor)
        closed_by = queries.closing_act(session, staff.edition.id, by=staff.actor)
    st.caption(t("edition.closing.was", edition=staff.edition.name, at=staff.edition.closed_at, n=len(kept)))
    parts.people(kept)
    if closed_by is not None and st.button(t("edition.closing.reopen"), icon=":material/lock_open:"):
        take_back(closed_by, t("edition.closing.closing_of", edition=staff.edition.name))
    st.stop()

today = clock.today()
with database.reading() as session:
    found = queries.closing(session, staff.edition.id, today=today, by=staff.actor)
st.caption(t("edition.closing.lead", edition=staff.edition.name))
parts.table(found)
st.markdown(t("edition.closing.what"))
if today <= found.from_day:
    st.info(t("edition.closing.not_yet", day=found.from_day), icon=":material/event:")
    st.stop()
parts.unfinished(found)
box = f"closing {memory.generation('closing')}"
checked = st.checkbox(t("edition.closing.checked"), key=box)
pressed = st.button(t("edition.closing.act", edition=staff.edition.name), type="primary", icon=":material/lock:")
if pressed and not checked:
    st.warning(t("edition.closing.unchecked"), icon=":material/check_box_outline_blank:")
elif pressed:
    with acting(t("edition.closing.done", edition=staff.edition.name), form="closing") as act:
        actions.close_edition(act.session, edition_id=staff.edition.id, by=act.by, at=act.at)
