"""Which dates, seats and rules does this edition have?"""

from __future__ import annotations

import streamlit as st

from core.accounts.rules import Right
from core.certificates.rules import Settings as Certificates
from core.edition import actions, queries
from core.intake.rules import Settings as Intake
from core.matching.rules import Settings as Matching
from core.mentoring.rules import Settings as Mentoring
from core.mentoring.rules import latest_first_meeting
from core.office import actions as office
from core.selection.rules import Settings as Selection
from core.speeddate.rules import Settings as SpeedDate
from core.store import clock, database
from core.training.actions import set_sessions
from core.training.rules import Settings as Training
from pages.edition import parts_certificates, parts_new, parts_rules, parts_selection, parts_training
from pages.shared import fields, memory
from pages.shared.act import acting
from pages.shared.staff import every_edition, require_staff
from pages.shared.words import plain, t

SECTIONS = {
    "intake": (Intake, parts_rules.intake, actions.save_settings),
    "selection": (Selection, parts_selection.selection, actions.save_settings),
    "training": (Training, parts_training.training, set_sessions),
    "speeddate": (SpeedDate, parts_rules.speed_date, actions.save_settings),
    "matching": (Matching, parts_rules.matching, actions.save_settings),
    "mentoring": (Mentoring, parts_rules.mentoring, actions.save_settings),
    "certificates": (Certificates, parts_certificates.certificates, actions.save_settings),
}

staff = require_staff(Right.ENTER)
may_change = staff.actor.may(Right.EDITION)
st.title(t("edition.year.heading", name=staff.edition.name))
st.caption(t("edition.year.lead") if may_change else t("edition.year.read_only"))

section = st.segmented_control(
    plain("edition.year.section"),
    list(SECTIONS),
    default="intake",
    required=True,
    format_func=lambda name: plain(f"edition.year.section_{name}"),
    label_visibility="collapsed",
)
kind, filled, save = SECTIONS[section]
with database.reading() as session:
    now, version = queries.settings_with_version(session, staff.edition.id, kind, by=staff.actor)
    meetings = queries.settings(session, staff.edition.id, Mentoring, by=staff.actor)
form = f"{section} {staff.edition.id}"
key = f"{form} {memory.generation(form)}"
seen = memory.seen(form, version, field=f"{key}.save")

with st.form(key):
    build = filled(now, key)
    if section == "mentoring":
        st.info(
            t(
                "edition.year.first_meeting",
                least=meetings.least_meetings,
                fast=meetings.least_days_between,
                fast_day=latest_first_meeting(meetings, every=meetings.least_days_between),
                slow=meetings.most_days_between,
                slow_day=latest_first_meeting(meetings, every=meetings.most_days_between),
            )
        )
    saved = st.form_submit_button(t("edition.year.save"), key=f"{key}.save", type="primary", disabled=not may_change)
if saved:
    with acting(t("edition.year.saved"), form=form) as act:
        save(act.session, edition_id=staff.edition.id, settings=build(), seen=seen, by=act.by, at=act.at)

if may_change:
    st.divider()
    name_form = f"name {staff.edition.id}"
    name_key = f"{name_form} {memory.generation(name_form)}"
    rename, new = st.columns(2)
    name_seen = memory.seen(name_form, staff.edition.version, field=name_key)
    rename.subheader(t("edition.year.own_name"))
    new.subheader(t("edition.year.new"))
    with rename.form("rename"):
        name = st.text_input(plain("edition.year.name"), staff.edition.name, key=name_key)
        renamed = st.form_submit_button(t("edition.year.rename"))
    with new.form("new"):
        year = fields.whole(st.container(), "edition.year.field", clock.today().year + 1, key="edition.new_year")
        like = parts_new.choose_model(every_edition(staff.actor), staff.edition)
        made = st.form_submit_button(t("edition.year.create"))
    if renamed:
        with acting(t("edition.year.renamed", name=name), form=name_form) as act:
            actions.rename(act.session, staff.edition.id, name=name, seen=name_seen, by=act.by, at=act.at)
    if made:
        with acting(t("edition.year.created")) as act:
            made_id = office.begin_edition(act.session, year=year(), like=like, by=act.by, at=act.at)
            act.afterwards.append(lambda: memory.remember_edition(made_id))
