"""Which mentors may be thanked on the website?"""

from __future__ import annotations

import streamlit as st

from core.accounts.rules import Right
from core.certificates import queries
from core.matching import queries as matching
from core.people import actions
from core.people.rules import ConsentKind
from core.store import database
from pages.certificates import parts_thanks
from pages.shared import memory
from pages.shared.act import acting
from pages.shared.registry import page_of
from pages.shared.staff import require_staff
from pages.shared.words import t

staff = require_staff(Right.CERTIFICATES)
st.title(t("certificates.thanks.title"))
with database.reading() as session:
    pairs = matching.progress(session, staff.edition.id, by=staff.actor)
    mentors = queries.thanks(session, staff.edition.id, by=staff.actor)
if pairs.at is None:
    st.info(t("certificates.thanks.no_pairs"), icon=":material/hourglass_empty:")
    if st.button(t("certificates.earned.go_matching"), type="primary"):
        st.switch_page(page_of("proposal").path)
    st.stop()

agreed = [one for one in mentors if one.consents]
st.caption(t("certificates.thanks.lead", given=len(agreed), n=len(mentors)))
form = f"thanks {staff.edition.id}"
chosen = parts_thanks.choose(mentors, key=f"{form} {memory.generation(form)}")
may_give = [one.person_id for one in chosen if not one.consents]
may_take = [one.person_id for one in chosen if one.consents]
buttons = st.container(horizontal=True)
kind = ConsentKind.ACKNOWLEDGEMENT
if may_give and buttons.button(t("certificates.thanks.give", n=len(may_give)), key="thanks.give", type="primary"):
    with acting(t("certificates.thanks.given", n=len(may_give)), form=form) as act:
        actions.give_consent(act.session, may_give, kind=kind, by=act.by, at=act.at)
if may_take and buttons.button(t("certificates.thanks.withdraw", n=len(may_take)), key="thanks.withdraw"):
    with acting(t("certificates.thanks.withdrawn", n=len(may_take)), form=form) as act:
        actions.withdraw_consent(act.session, may_take, kind=kind, by=act.by, at=act.at)
parts_thanks.offer(mentors)

st.subheader(t("certificates.thanks.website"))
parts_thanks.website(mentors)
