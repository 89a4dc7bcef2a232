"""Which pairs come of the ballots, and are they the ones to publish?"""

from __future__ import annotations

import streamlit as st

from core.accounts.rules import Right
from core.matching import actions, queries
from core.matching.proposal import proposed
from core.matching.rules import Infeasible, LockKind
from core.store import clock, database
from pages.matching import parts_locks, parts_policies
from pages.matching import parts_proposal as parts
from pages.shared import memory
from pages.shared.act import acting
from pages.shared.staff import require_staff
from pages.shared.words import t

FORM = "matching.proposal"

staff = require_staff(Right.MATCH)
st.title(t("matching.proposal.title"))
with database.reading() as session:
    published = queries.publication(session, staff.edition.id, by=staff.actor)
    if published is not None:
        parts.publication(published, queries.progress(session, staff.edition.id, by=staff.actor).pairs)
        st.stop()
    inputs = queries.inputs(session, staff.edition.id, by=staff.actor)
if not inputs.mentees or not inputs.mentors:
    st.info(t("matching.proposal.nobody"))
    st.stop()
st.caption(
    t(
        "matching.proposal.state",
        edition=staff.edition.name,
        ballots=inputs.ballots,
        mentees=len(inputs.mentees),
        mentors=len(inputs.mentors),
        at=clock.now(),
        seed=str(inputs.settings.seed),
    )
)

results = parts_policies.solved(inputs.digest, inputs)
proposal = None
if isinstance(results, Infeasible):
    parts_locks.conflict(inputs, results)
else:
    figures = st.container()
    policy = parts_policies.choose_policy(results, inputs.settings.policy)
    proposal = proposed(inputs, policy, results[policy])
    with figures:
        parts.figures(proposal.counts)
    parts.pairs(inputs, proposal)
    parts.left_over(inputs, proposal)

with st.expander(parts_locks.locks_title(inputs), icon=":material/lock:", expanded=proposal is None):
    st.caption(t("matching.locks.how"))
    mentee, mentor, kind = parts_locks.choose_two(inputs)
    if st.button(t("matching.locks.add"), key="matching.add", disabled=mentee is None or mentor is None):
        with acting(t("matching.locks.added")) as act:
            actions.lock(
                act.session,
                edition_id=staff.edition.id,
                mentee=mentee or 0,
                mentor=mentor or 0,
                kind=kind or LockKind.YES,
                by=act.by,
                at=act.at,
            )
    held = parts_locks.choose_lock(inputs)
    if held is not None and st.button(t("matching.locks.remove"), key="matching.remove"):
        with acting(t("matching.locks.removed")) as act:
            actions.unlock(act.session, edition_id=staff.edition.id, lock_id=held, by=act.by, at=act.at)

if proposal is not None and proposal.pairs:
    # The tick is for these pairs: others have a box of their own, so nobody publishes what was not on the screen.
    box = f"matching.checked.{proposal.fingerprint}"
    shown = memory.seen(FORM, proposal.fingerprint, field=box)
    st.subheader(t("matching.publish.title"))
    parts.check(inputs, proposal)
    checked = st.checkbox(t("matching.publish.checked"), key=box)
    pressed = st.button(t("matching.publish.act", n=len(proposal.pairs)), key="matching.publish", type="primary")
    if pressed and checked:
        with acting(t("matching.publish.done", n=len(proposal.pairs)), form=FORM) as act:
            actions.publish(
                act.session, edition_id=staff.edition.id, policy=proposal.policy, seen=shown, by=act.by, at=act.at
            )
    elif pressed:
        st.warning(t("matching.publish.unchecked"), icon=":material/check_box_outline_blank:")
