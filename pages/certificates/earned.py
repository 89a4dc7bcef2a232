"""Who has earned a certificate, and what do the others lack?"""

from __future__ import annotations

import streamlit as st

from core.accounts.rules import Right
from core.certificates import pdf, queries
from core.certificates.rules import Settings
from core.edition import queries as editions
from core.matching import queries as matching
from core.store import clock, database
from pages.certificates import parts_papers, parts_standings
from pages.shared.act import explained
from pages.shared.registry import page_of
from pages.shared.staff import require_staff
from pages.shared.words import t

staff = require_staff(Right.CERTIFICATES)
st.title(t("certificates.earned.title"))
with database.reading() as session:
    pairs = matching.progress(session, staff.edition.id, by=staff.actor)
    settings = editions.settings(session, staff.edition.id, Settings, by=staff.actor)
    everybody = queries.standings(session, staff.edition.id, by=staff.actor)
if pairs.at is None:
    st.info(t("certificates.earned.no_pairs"), icon=":material/hourglass_empty:")
    if st.button(t("certificates.earned.go_matching"), type="primary"):
        st.switch_page(page_of("proposal").path)
    st.stop()

earned = [one for one in everybody if one.earned]
st.caption(t("certificates.earned.lead", edition=staff.edition.name, earned=len(earned), all=len(everybody)))
parts_standings.figures(everybody, settings)
side, found, key = parts_standings.choose(everybody)

columns = parts_standings.columns(found)
chosen = parts_standings.table(found, columns, key=key)
parts_standings.offer(found, columns)

left, right = st.columns(2, gap="large")
issued = {"edition": staff.edition.name, "issued_on": clock.today()}
with left:
    parts_standings.card(chosen)
with right:
    st.subheader(t("certificates.earned.papers"))
    language = parts_papers.choose_language()
    with explained():
        logo = pdf.picture(database.current().config.logo)
    parts_papers.offer_all([one.paper(**issued) for one in earned if side in (None, one.side)], side, language, logo)
if chosen is not None and chosen.earned:
    with left:
        parts_papers.offer_one(chosen.paper(**issued), language, logo)
