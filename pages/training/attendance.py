"""Who was at which training session, and who still has to complete it?"""

from __future__ import annotations

import streamlit as st

from core.accounts.rules import Right
from core.store import clock, database
from core.training import actions, queries
from pages.shared import memory
from pages.shared.act import acting
from pages.shared.registry import page_of
from pages.shared.sides import choose_side
from pages.shared.staff import require_staff
from pages.shared.words import t
from pages.training import parts_attendance, parts_figures, parts_ticks

staff = require_staff(Right.TRAINING)
st.title(t("training.attendance.title"))
lead = st.empty()
form = f"attendance {staff.edition.id}"
table = f"{form} {memory.generation(form)} "
locked = parts_attendance.unsaved(table)
side = choose_side(locked=locked)
with database.reading() as session:
    roll = queries.attendance(session, staff.edition.id, side=side, by=staff.actor)
lead.caption(t(f"training.attendance.lead_{side}", edition=staff.edition.name, n=len(roll.sessions)))
if not roll.people:
    st.info(t(f"training.attendance.nobody_{side}"), icon=":material/inbox:")
    if st.button(t("training.attendance.go_ranking"), type="primary"):
        st.switch_page(page_of("ranking").path)
    st.stop()
if not roll.sessions:
    st.info(t(f"training.attendance.no_sessions_{side}"), icon=":material/event_busy:")
    if st.button(t("training.attendance.go_year"), type="primary"):
        st.switch_page(page_of("year").path)
    st.stop()

parts_figures.figures(side, roll, clock.now())
text, todo = parts_attendance.search(locked=locked)
found = [one for one in roll.people if one.answers_to(text) and not (todo and one.completed)]
if not found and not locked:
    done = todo and not text
    st.info(
        t("training.attendance.all_done" if done else "training.attendance.none_found"), icon=":material/search_off:"
    )
    parts_figures.offer_list(side, roll)
    st.stop()

page = parts_attendance.choose_page(found, f"{side} {todo} {text}", locked=locked)
key = f"{table}{side} {todo} {page} {text}"
fresh = parts_ticks.drawn(side, roll.sessions, parts_attendance.on_page(found, page), clock.now())
changes = parts_ticks.editor(memory.seen(key, fresh, field=key), key)
if locked and not changes.n:
    memory.renew(form)  # ticked and unticked again: nothing is left to save, so nothing is locked
    st.rerun()
parts_ticks.told(changes)
with st.container(horizontal=True):
    save = t("training.attendance.save", n=changes.n) if changes.n else t("training.attendance.nothing_to_save")
    saved = st.button(save, type="primary", key="attendance.save", disabled=not changes.n)
    if changes.n and st.button(t("training.attendance.discard"), key="attendance.discard"):
        memory.renew(form)
        st.rerun()
    parts_figures.offer_list(side, roll)
if saved:
    with acting(t("training.attendance.saved", n=changes.n), form=form) as act:
        actions.tick(
            act.session,
            edition_id=staff.edition.id,
            added=changes.added,
            removed=changes.removed,
            by=act.by,
            at=act.at,
        )
