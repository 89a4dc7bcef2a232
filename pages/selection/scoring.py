"""How convincing is this motivation, whoever wrote it?"""

from __future__ import annotations

import streamlit as st

from core.accounts.rules import Right
from core.selection import actions, queries
from core.store import database
from pages.selection import parts_application
from pages.shared import memory
from pages.shared.act import acting, explained
from pages.shared.sides import choose_side
from pages.shared.staff import require_staff
from pages.shared.words import plain, t

staff = require_staff(Right.SCORE)
st.title(t("selection.scoring.title"))
lead = st.empty()
side = choose_side()
with database.reading() as session:
    queue = queries.queue(session, staff.edition.id, side=side, by=staff.actor)
lead.caption(t("selection.scoring.lead", edition=staff.edition.name, done=len(queue.scored), all=len(queue.everything)))
if not queue.everything:
    st.info(t("selection.scoring.empty"), icon=":material/inbox:")
    st.stop()
st.progress(queue.share)
if not queue.waiting:
    st.success(t("selection.scoring.finished"), icon=":material/task_alt:")

chosen = parts_application.choose(queue, key=f"scoring {side} {len(queue.scored)}")
if chosen is None:
    st.stop()
with explained(), database.reading() as session:
    application = queries.blind(session, staff.edition.id, chosen, by=staff.actor)
seen = memory.seen(f"review {chosen}", application.version, field=f"points {chosen}")

left, right = st.columns([3, 2], gap="large")
with left:
    parts_application.motivation(application)
    parts_application.background(application)
with right, st.form(f"review {chosen}", enter_to_submit=False):
    points = parts_application.points(application)
    note = st.text_area(plain("selection.scoring.note"), application.note or "", key=f"note {chosen}", height=80)
    saved = st.form_submit_button(
        t("selection.scoring.save_change" if application.version else "selection.scoring.save"),
        type="primary",
        shortcut="mod+enter",
    )
if saved:
    with acting(t("selection.scoring.saved"), form="review ") as act:
        actions.review(
            act.session,
            edition_id=staff.edition.id,
            application_id=chosen,
            points=points,
            note=note,
            seen=seen,
            by=act.by,
            at=act.at,
        )
