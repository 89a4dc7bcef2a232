"""What has happened with this person?"""

from __future__ import annotations

import streamlit as st

from core.accounts.rules import Right
from core.office import actions as office
from core.office import queries
from core.people import actions
from core.store import database
from pages.people import parts_happened, parts_person
from pages.shared.act import acting, explained
from pages.shared.contact import settle
from pages.shared.registry import page_of
from pages.shared.staff import require_staff
from pages.shared.words import plain, t

staff = require_staff(Right.APPLICANTS)
st.title(t("people.person.title"))
text = st.text_input(plain("people.person.search"), icon=":material/search:", key="people.search", autocomplete="off")
if text.strip():
    with database.reading() as session:
        found = queries.people_called(session, text, by=staff.actor)
    parts_person.choose(found)
chosen = parts_person.asked_for()
if chosen is None:
    st.info(t("people.person.choose_first"), icon=":material/person_search:")
    if st.button(t("people.person.go_applicants"), icon=":material/group:"):
        st.switch_page(page_of("applicants").path)
    st.stop()
with explained(), database.reading() as session:
    config = database.current().config
    one = queries.opened_person(session, chosen, edition_id=staff.edition.id, settings=config, by=staff.actor)

parts_person.who(one)
left, right = st.columns([3, 2], gap="large")
with left:
    parts_happened.timeline(one)
with right:
    if one.change is not None:
        settle(one.change)
    parts_person.parts(one)
    parts_person.consents(one)
    st.subheader(t("people.person.links"))
    parts_person.links(one, staff.edition.name, public=bool(config.public_url))
    lacks = one.here and not parts_person.has_programme(one)
    if lacks and staff.actor.may(Right.MESSAGES) and st.button(t("people.person.make_link"), key="people.make_link"):
        with acting(t("people.person.link_made", name=one.spoken)) as act:
            office.make_link(act.session, edition_id=staff.edition.id, person_id=chosen, by=act.by, at=act.at)
    if one.links and staff.actor.may(Right.MESSAGES) and parts_person.confirms_renewal(one):
        with acting(t("people.person.links_renewed", name=one.spoken), form="people.renew") as act:
            actions.renew_links(act.session, edition_id=staff.edition.id, person_id=chosen, by=act.by, at=act.at)
