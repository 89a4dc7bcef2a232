"""Who has answered, and who is silent?"""

from __future__ import annotations

import streamlit as st

from core.accounts.rules import Right
from core.people import queries as people
from core.people.rules import Side
from core.selection import actions as selection
from core.selection.rules import Outcome
from core.speeddate import actions as speeddate
from core.store import database
from core.training import actions as training
from pages.messages import parts_answers as parts
from pages.messages.parts_asked import Matter
from pages.messages.parts_matters import READ
from pages.shared import memory
from pages.shared.act import acting
from pages.shared.contact import settle
from pages.shared.sides import choose_side
from pages.shared.staff import require_staff
from pages.shared.words import t
from pages.shared.writing import offer_to_write

WRITES = {
    Matter.PLACES: (selection.write_place, "accepted"),
    Matter.DATES: (training.place_on_date, "number"),
    Matter.EVENT: (speeddate.write_reply, "coming"),
}
"""By which act an answer is written down, and what it calls the answer."""

staff = require_staff(Right.MESSAGES)
st.title(t("messages.answers.title"))
lead = st.empty()
matter = parts.choose_matter()
if matter is Matter.CONTACTS:
    with database.reading() as session:
        changes = people.contact_changes(session, by=staff.actor)
    lead.caption(t("messages.answers.contacts_line", n=len(changes)))
    if not changes:
        st.info(t("messages.answers.empty_contacts"), icon=":material/done_all:")
    for change in changes[: parts.MOST_CARDS]:
        settle(change)
    st.stop()

side = choose_side() if matter is Matter.PLACES else Side.MENTEE
with database.reading() as session:
    asked = READ[matter](session, staff, side)
if not asked.people or not asked.options:
    parts.nobody(matter)
    st.stop()
lead.caption(asked.lead)
silent = [one.person_id for one in asked.people if one.silent]
offer_to_write(t("messages.answers.write", n=len(silent)), asked.occasion, silent, key="messages.write")

left, right = st.columns([3, 2], gap="large")
with left:
    chosen = parts.table(parts.choose_people(asked, matter), matter)
with right:
    if asked.free and asked.next is not None:
        waiting = asked.next
        form = f"offer {waiting.application_id}"
        key = f"{form} {memory.generation(form)}"
        with st.container(border=True):
            seen = memory.seen(form, waiting.version, field=key)
            reason = parts.next_one(waiting, asked.free, key)
            offered = st.button(t("messages.answers.offer", name=waiting.listed), key=f"{key}.go")
        if offered:
            with acting(t("messages.answers.offered", name=waiting.listed), form=form) as act:
                selection.decide(
                    act.session,
                    edition_id=staff.edition.id,
                    seen={waiting.application_id: seen},
                    outcome=Outcome.SELECTED,
                    reason=reason,
                    by=act.by,
                    at=act.at,
                )
    if chosen is None:
        st.info(t("messages.answers.choose"), icon=":material/left_click:")
        st.stop()
    parts.person(chosen)
    form = f"answer {matter} {chosen.application_id}"
    key = f"{form} {memory.generation(form)}"
    seen = memory.seen(form, chosen.version, field=f"{key}.said")
    with st.form(key):
        said = parts.what_was_said(chosen, asked, key)
        saved = st.form_submit_button(t("messages.answers.write_down"), key=f"{key}.save", type="primary")
    taken_back = bool(chosen.version) and st.button(
        t("messages.answers.take_back"), icon=":material/backspace:", key=f"{key}.back"
    )
if saved and said is None:
    st.warning(t("messages.answers.nothing_picked"), icon=":material/edit:")
elif saved or taken_back:
    write, name = WRITES[matter]
    done = "messages.answers.taken_back" if taken_back else "messages.answers.written"
    with acting(t(done, name=chosen.spoken), form=form) as act:
        write(
            act.session,
            edition_id=staff.edition.id,
            application_id=chosen.application_id,
            seen=seen,
            by=act.by,
            at=act.at,
            **{name: None if taken_back else said},
        )
