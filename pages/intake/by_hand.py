"""Who applied outside the form, and what did they say?"""

from __future__ import annotations

import streamlit as st

from core.accounts.rules import Right
from core.edition import queries as editions
from core.intake import actions
from core.intake.by_hand import typed
from core.intake.reading.problems import Severity
from core.intake.rules import Settings
from core.people.rules import Side
from core.store import database
from pages.intake import parts_form, parts_plan
from pages.shared import memory
from pages.shared.act import acting
from pages.shared.staff import require_staff
from pages.shared.words import plain, t

staff = require_staff(Right.IMPORT)
with database.reading() as session:
    settings = editions.settings(session, staff.edition.id, Settings, by=staff.actor)

st.title(t("intake.by_hand.title"))
st.caption(t("intake.by_hand.lead", edition=staff.edition.name))
side = Side(
    st.segmented_control(
        plain("intake.upload.side"),
        list(Side),
        default=Side.MENTEE,
        required=True,
        format_func=lambda one: plain(f"intake.side.{one}"),
    )
)
form = f"by hand {side}"
with st.form(form, enter_to_submit=False):
    answers = parts_form.answers(side, settings.sectors, key=f"{form} {memory.generation(form)}")
    sent = st.form_submit_button(t("intake.by_hand.add"), type="primary")
if sent:
    row = typed(side, answers, options={"sectors": settings.sectors, "sector": settings.sectors})
    for problem in row.problems:
        show = st.error if problem.severity is Severity.ERROR else st.info
        show(
            t(
                "intake.by_hand.problem",
                field=plain(f"intake.field.{problem.field}"),
                sentence=parts_plan.sentence(problem, typed=True),
            )
        )
    with acting(t("intake.by_hand.added", name=f"{answers['first_name']} {answers['last_name']}"), form=form) as act:
        actions.add_by_hand(act.session, edition_id=staff.edition.id, side=side, row=row, by=act.by, at=act.at)
