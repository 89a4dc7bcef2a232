"""Who has handed a ballot in, and what does it say?"""

from __future__ import annotations

import streamlit as st

from core.accounts.rules import Right
from core.edition import queries as editions
from core.edition.rules import Milestone
from core.intake.reading import open_table
from core.speeddate import actions, queries
from core.speeddate.rules import Settings
from core.store import database
from pages.shared import memory
from pages.shared.act import acting, explained
from pages.shared.staff import require_staff
from pages.shared.words import t
from pages.speeddate import parts_entry, parts_import, parts_overview

staff = require_staff(Right.BALLOTS)
coordinates = staff.actor.may(Right.VETOES)
st.title(t("speeddate.ballots.title"))
with database.reading() as session:
    published = editions.passed(session, staff.edition.id, Milestone.PAIRS_PUBLISHED, by=staff.actor)
    settings = editions.settings(session, staff.edition.id, Settings, by=staff.actor)
    mentors = queries.mentors(session, staff.edition.id, by=staff.actor)
    ballots = queries.ballots(session, staff.edition.id, by=staff.actor)
    turn = queries.turn(session, staff.edition.id, by=staff.actor)
if turn is None or not mentors:
    st.info(t("speeddate.ballots.nobody"))
    st.stop()
st.caption(parts_overview.state(ballots, settings, published=published is not None))
number_of = {one.application_id: one.number for one in mentors if one.number}
if published is not None:
    st.info(t("speeddate.ballots.published", at=published), icon=":material/lock:")
    parts_overview.overview(ballots, number_of, vetoes=coordinates)
    st.subheader(t("speeddate.ballots.list"))
    parts_overview.numbers(mentors)
    st.stop()

if new := [one for one in mentors if one.number is None]:
    st.info(t("speeddate.ballots.unnumbered", n=len(new)), icon=":material/tag:")
    if st.button(t("speeddate.ballots.number"), key="speeddate.number", type="secondary" if number_of else "primary"):
        with acting(t("speeddate.ballots.numbered")) as act:
            actions.number_mentors(act.session, edition_id=staff.edition.id, by=act.by, at=act.at)

if number_of:
    left, right = st.columns([3, 2], gap="large")
    with right:
        st.subheader(t("speeddate.ballots.list"))
        parts_overview.numbers(mentors)
    with left:
        st.subheader(t("speeddate.ballots.enter"))
        ballot = parts_entry.choose_mentee(ballots, turn)
        name, mentee = ballot.person.listed, ballot.person.application_id
        seen = parts_entry.fill(ballot, number_of)
        wishes = parts_entry.type_wishes(mentors, most=settings.most_choices)
        if ballot.hides:
            st.info(t("speeddate.ballots.hidden"), icon=":material/lock:")
        saves, removes = st.columns([3, 2])
        pressed = saves.button(
            t("speeddate.ballots.save"),
            key="speeddate.save",
            type="primary",
            shortcut="mod+enter",
            help=t("speeddate.ballots.save_help"),
        )
        if pressed and wishes is not None:
            with acting(t("speeddate.ballots.saved", name=name), form=parts_entry.FORM) as act:
                actions.save_ballot(
                    act.session,
                    edition_id=staff.edition.id,
                    mentee=mentee,
                    wishes=wishes,
                    seen=seen,
                    by=act.by,
                    at=act.at,
                )
        if (
            coordinates
            and ballot.wishes is not None
            and removes.button(t("speeddate.ballots.remove"), key="speeddate.remove", icon=":material/delete:")
        ):
            with acting(t("speeddate.ballots.removed", name=name), form=parts_entry.FORM) as act:
                actions.remove_ballot(
                    act.session, edition_id=staff.edition.id, mentee=mentee, seen=seen, by=act.by, at=act.at
                )

st.subheader(t("speeddate.ballots.overview"))
parts_overview.overview(ballots, number_of, vetoes=coordinates)

if coordinates:
    st.subheader(t("speeddate.import.title"))
    st.caption(t("speeddate.import.how"))
    parts_import.offer_template(ballots, settings.most_choices)
    upload = parts_import.choose_file()
    if upload is not None:
        with explained(), database.reading() as session:
            table = open_table(upload.getvalue(), upload.name)
            plan = queries.preview(session, staff.edition.id, table, by=staff.actor)
        shown = memory.seen(f"{parts_import.FORM}{upload.file_id}", plan.fingerprint, field=parts_import.FILE)
        parts_import.preview(plan, mentors)
        if not plan.taken:
            st.caption(t("speeddate.import.nothing"))
        elif st.button(t("speeddate.import.take_over", n=len(plan.taken)), key="speeddate.take_over"):
            with acting(t("speeddate.import.taken_over", n=len(plan.taken)), form=parts_import.FORM) as act:
                actions.take_over(
                    act.session, edition_id=staff.edition.id, table=table, seen=shown, by=act.by, at=act.at
                )
