"""Who somebody is: found by name or address, with the applications, the consents and the personal links."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.people.rules import Purpose
from core.store.clock import ROME
from pages.shared import memory
from pages.shared.words import escape, plain, t

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.office.known import Part
    from core.office.queries import Agreed, Found, OpenedPerson

PERSON = "person"
LIFE = 2_147_483_647


def asked_for() -> int | None:
    """The person that the address asks for; None where it asks for nobody, or for what can be nobody's number."""
    said = st.query_params.get(PERSON, "")
    number = int(said) if said.isascii() and said.isdecimal() else 0
    return number if 0 < number <= LIFE else None


def choose(found: Sequence[Found]) -> None:
    """Those who answer to the text, to choose one from; the choice stands in the address from then on."""
    if not found:
        st.info(t("people.person.none_found"), icon=":material/search_off:")
        return
    event = st.dataframe(
        {
            plain("people.person.name"): [one.listed for one in found],
            plain("people.contact.mail"): [one.mail for one in found],
        },
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key=f"people.found {hash(tuple(one.person_id for one in found))}",
    )
    rows = event["selection"]["rows"]
    if rows and rows[0] < len(found):
        st.query_params[PERSON] = str(found[rows[0]].person_id)


def who(one: OpenedPerson) -> None:
    """Name, address, telephone and the language of the letters."""
    st.header(escape(one.spoken))
    said = [one.mail, *filter(None, [one.phone]), plain(f"people.person.language_{one.language or 'none'}")]
    st.text(" · ".join(said))


def parts(one: OpenedPerson) -> None:
    """The applications over the years, each with what came of it."""
    st.subheader(t("people.person.parts"))
    st.dataframe(
        {
            plain("people.person.edition"): [part.edition for part in one.parts],
            plain("people.person.side"): [plain(f"intake.side.{part.side}") for part in one.parts],
            plain("people.person.outcome"): [_outcome(part) for part in one.parts],
        },
        hide_index=True,
    )


def consents(one: OpenedPerson) -> None:
    """What the person has consented to, since when, and to which text."""
    st.subheader(t("people.person.consents"))
    if not one.consents:
        st.caption(t("people.person.no_consent"))
    for agreed in one.consents:
        st.markdown(_consent(agreed))
        if agreed.wording is None:
            st.caption(t("people.person.by_office"))
        else:
            with st.expander(t("people.person.wording")):
                st.text(agreed.wording)


def has_programme(one: OpenedPerson) -> bool:
    """Whether there is a link to the own pages."""
    return any(link.purpose is Purpose.PROGRAMME for link in one.links)


def links(one: OpenedPerson, edition: str, *, public: bool) -> None:
    """The personal links of this edition to copy, or why there is none."""
    st.caption(t("people.person.links_lead", edition=edition))
    if not public:
        st.warning(t("people.refused.NotReachable"), icon=":material/link_off:")
    if not one.here:
        st.caption(t("people.person.not_here"))
    elif not has_programme(one):
        st.caption(t("people.person.no_link"))
    for link in one.links:
        until = "" if link.until is None else " · " + t("people.person.until", day=link.until.astimezone(ROME).date())
        st.markdown(t(f"people.purpose.{link.purpose}") + until)
        if link.address is not None:
            st.code(link.address, language=None, wrap_lines=True)


def confirms_renewal(one: OpenedPerson) -> bool:
    """Say what making the links worthless does, before the button that does it."""
    with st.popover(t("people.person.renew"), icon=":material/link_off:"):
        st.markdown(t("people.person.renew_means", name=one.spoken))
        return st.button(
            t("people.person.renew_now"), type="primary", key=f"people.renew {memory.generation('people.renew')}"
        )


def _consent(agreed: Agreed) -> str:
    kind = plain(f"people.consent.{agreed.kind}")
    if agreed.withdrawn_at is None:
        return t("people.person.consents_since", kind=kind, at=agreed.given_at)
    return t("people.person.consented_until", kind=kind, given=agreed.given_at, at=agreed.withdrawn_at)


def _outcome(part: Part) -> str:
    if part.result is not None:
        return plain(f"people.result.{part.result}")
    if part.withdrawn:
        return plain("people.result.withdrawn")
    return plain(f"selection.outcome.{part.outcome or 'none'}")
