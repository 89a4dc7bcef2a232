"""Who is paired with whom?"""

from __future__ import annotations

import streamlit as st

from core.accounts.rules import Right
from core.matching import queries
from core.store import database
from pages.shared import tables
from pages.shared.downloads import offer_sheet
from pages.shared.staff import require_staff
from pages.shared.words import plain, t

LONG, TALL = 20, 700
WIDTHS = (132, 250, 132, 212)

staff = require_staff(Right.PAIRS)
st.title(t("matching.pairs.title"))
with database.reading() as session:
    progress = queries.progress(session, staff.edition.id, by=staff.actor)
if progress.at is None:
    st.info(t("matching.pairs.none"))
    st.stop()

st.caption(t("matching.pairs.state", n=progress.pairs, at=progress.at))
search = st.text_input(
    plain("matching.pairs.search"), key="matching.search", icon=":material/search:", live=True, width=420
)
with database.reading() as session:
    pairs = queries.pairs(session, staff.edition.id, search=search or "", by=staff.actor)
if search:
    st.caption(t("matching.pairs.found", n=len(pairs)))
table = {
    plain("matching.proposal.mentee"): [one.mentee for one in pairs],
    plain("matching.pairs.mentee_mail"): [one.mentee_mail for one in pairs],
    plain("matching.proposal.mentor"): [one.mentor for one in pairs],
    plain("matching.pairs.mentor_mail"): [one.mentor_mail for one in pairs],
}
st.dataframe(
    table,
    hide_index=True,
    height="content" if len(pairs) <= LONG else TALL,
    column_config=tables.at_least(table, WIDTHS),
)
offer_sheet(t("matching.pairs.sheet"), plain("matching.pairs.sheet_name"), table)
