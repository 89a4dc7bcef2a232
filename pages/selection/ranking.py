"""Who stands where, and who is selected, waits, or is not?"""

from __future__ import annotations

import streamlit as st

from core.accounts.rules import Right
from core.edition.queries import settings
from core.selection import actions, queries
from core.selection.rules import Settings
from core.store import database
from pages.selection import parts_decision, parts_ranking
from pages.shared import memory
from pages.shared.act import acting
from pages.shared.registry import page_of
from pages.shared.sides import choose_side
from pages.shared.staff import require_staff
from pages.shared.words import t

staff = require_staff(Right.DECIDE)
st.title(t("selection.ranking.title"))
lead = st.empty()
side = choose_side()
with database.reading() as session:
    rules = settings(session, staff.edition.id, Settings, by=staff.actor)
    counts = queries.counts(session, staff.edition.id, by=staff.actor)[side]
    ranking = queries.ranking(session, staff.edition.id, side=side, by=staff.actor)
seats = rules.of(side).seats
lead.caption(
    t(
        "selection.ranking.lead",
        edition=staff.edition.name,
        seats=seats,
        given=counts.reviews_given,
        wanted=counts.reviews_wanted,
    )
)
if not ranking:
    st.info(t("selection.empty"), icon=":material/inbox:")
    if st.button(t("selection.go_upload"), type="primary"):
        st.switch_page(page_of("upload").path)
    st.stop()

parts_ranking.figures(counts)
if counts.reviews_given < counts.reviews_wanted:
    st.warning(
        t("selection.ranking.few_reviews", given=counts.reviews_given, wanted=counts.reviews_wanted),
        icon=":material/rate_review:",
    )
if counts.selected > seats:
    st.warning(t("selection.ranking.over", selected=counts.selected, seats=seats), icon=":material/event_seat:")
shown = parts_ranking.choose_part(ranking)
versions: dict[int, int] = memory.seen(f"decision {side}", {}, field=f"outcome {side}")
seen = {one.application_id: versions.setdefault(one.application_id, one.version) for one in shown}
ticked = parts_ranking.table(shown, side, seen, wanted=rules.reviews)

st.subheader(t("selection.ranking.decide"))
outcome = parts_decision.choose_outcome(key=f"outcome {side}")
reason = parts_decision.ask_reason(outcome)
if not ticked:
    st.caption(t("selection.ranking.nobody"))
if st.button(parts_decision.to_record(outcome, len(ticked)), type="primary", key="record"):
    with acting(parts_decision.recorded(outcome, len(ticked)), form="decision ") as act:
        actions.decide(
            act.session,
            edition_id=staff.edition.id,
            seen={application: seen[application] for application in ticked},
            outcome=outcome,
            reason=reason,
            by=act.by,
            at=act.at,
        )
