"""One pair in words, and the pairs that there are to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.accounts.rules import Right
from core.edition.queries import settings
from core.mentoring import queries
from core.mentoring.reach import State
from core.mentoring.rules import Settings
from core.store import clock, database
from pages.shared.registry import page_of
from pages.shared.words import day, number, short_day, t

if TYPE_CHECKING:
    from core.mentoring.queries import Followed
    from pages.shared.staff import Staff


def published(staff: Staff) -> tuple[Settings, list[Followed]]:
    """The rules of the meetings and the pairs with how each stands; the page ends here when there are none yet."""
    with database.reading() as session:
        rules = settings(session, staff.edition.id, Settings, by=staff.actor)
        pairs = queries.followed(session, staff.edition.id, today=clock.today(), by=staff.actor)
    if not pairs:
        st.info(t("mentoring.none"), icon=":material/handshake:")
        if staff.actor.may(Right.MATCH) and st.button(t("mentoring.to_proposal"), type="primary"):
            st.switch_page(page_of("proposal").path)
        st.stop()
    return rules, pairs


def card(chosen: Followed, rules: Settings) -> None:
    """The chosen pair: names, addresses, and its state in a sentence."""
    st.subheader(t("mentoring.pair", mentee=chosen.pair.mentee, mentor=chosen.pair.mentor))
    st.text(f"{chosen.pair.mentee_mail}\n{chosen.pair.mentor_mail}")
    sentence(chosen, rules)
    if chosen.meetings:
        days = tuple(short_day(one.on) for one in chosen.meetings)
        st.markdown(t("mentoring.held_on", days=days, n=chosen.hours, hours=number(chosen.hours, decimals=1)))


def sentence(chosen: Followed, rules: Settings) -> None:
    """What the state means for this pair, with its days."""
    stands = chosen.outlook
    told = t(
        f"mentoring.means.{stands.state}",
        n=stands.held,
        least=rules.least_meetings,
        reachable=min(stands.reachable, rules.most_meetings),
        last_call=day(stands.last_call) if stands.last_call else "",
        last_day=rules.last_day,
    )
    show = st.warning if stands.state in {State.TIGHT, State.OUT_OF_REACH} else st.info
    show(told)
    if stands.late and stands.due is not None:
        st.warning(t("mentoring.is_late", due=stands.due), icon=":material/schedule:")
