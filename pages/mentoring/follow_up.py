"""How do the pairs stand, and which of them need a word?"""

from __future__ import annotations

import streamlit as st

from core.accounts.rules import Right
from pages.mentoring import parts_pair
from pages.mentoring import parts_pairs as parts
from pages.shared.registry import page_of
from pages.shared.staff import require_staff
from pages.shared.words import plain, t

staff = require_staff(Right.MEETINGS)
st.title(t("mentoring.follow_up.title"))
rules, pairs = parts_pair.published(staff)
st.caption(
    t(
        "mentoring.follow_up.lead",
        n=len(pairs),
        least=rules.least_meetings,
        most=rules.most_meetings,
        first=rules.first_day,
        last=rules.last_day,
    )
)
parts.figures(pairs)
choice, search = st.columns([3, 2], vertical_alignment="bottom")
with choice:
    wanted = parts.choose_states(pairs)
text = search.text_input(plain("mentoring.search"), icon=":material/search:", bind="query-params", key="search")
found = parts.found(pairs, wanted, text)
if not found:
    st.info(t("mentoring.none_found"), icon=":material/search_off:")
    st.stop()

card = st.container()
chosen = parts.table(found, key=f"pairs {wanted} {text}")
parts.offer(found)
with card:
    if chosen is None:
        st.caption(f"{t('mentoring.found', n=len(found))} {t('mentoring.follow_up.how')}")
    else:
        parts_pair.card(chosen, rules)
        if st.button(t("mentoring.follow_up.log"), type="primary", icon=":material/add:"):
            st.switch_page(page_of("meetings").path, query_params={"pair": str(chosen.pair.id)})
