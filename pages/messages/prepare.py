"""Whom do we write to, and about what?"""

from __future__ import annotations

import streamlit as st

from core.accounts.rules import Right
from core.messages import actions, queries
from core.office import queries as office
from core.store import clock, database
from core.store.errors import Told
from pages.messages import parts_draft, parts_occasion
from pages.messages import parts_people as parts
from pages.shared.act import acting
from pages.shared.registry import page_of
from pages.shared.staff import require_staff
from pages.shared.words import t

staff = require_staff(Right.MESSAGES)
config, today = database.current().config, clock.today()
st.title(t("messages.prepare.title"))
lead = st.empty()
with database.reading() as session:
    counts = office.waiting(session, staff.edition.id, today=today, by=staff.actor)
occasion = parts_occasion.choose_occasion(counts)
with database.reading() as session:
    people = office.recipients(session, staff.edition.id, occasion, today=today, by=staff.actor)
    texts = queries.texts(session, staff.edition.id, occasion, by=staff.actor)
lead.caption(t("messages.prepare.lead", edition=staff.edition.name, who=Told(f"messages.prepare.who.{occasion}")))
if not people:
    parts_occasion.nobody(occasion)
    st.stop()

parts_occasion.go_outbox(people)
left, right = st.columns([3, 2], gap="large")
with left:
    shown = parts.narrowed(people)
    rows = parts.rows_of(occasion, texts, shown)
    ticked = parts.table(rows, occasion)
    parts.remarks(rows, ticked, len(shown))
with right:
    parts.preview(rows, ticked)
    if st.button(t("messages.prepare.go_texts"), icon=":material/edit_document:"):
        st.switch_page(page_of("texts").path, query_params={"occasion": occasion})

able = [one.who.recipient for one in ticked if one.can]
parts_draft.warn_unreachable((one.read for one in ticked), public=bool(config.public_url))
go = t("messages.prepare.go", n=len(able))
if st.button(go, key="prepare.go", type="primary", icon=":material/draft:", disabled=not able):
    with acting(t("messages.prepare.done", n=len(able)), form="prepare") as act:
        actions.prepare(
            act.session,
            edition_id=staff.edition.id,
            occasion=occasion,
            recipients=able,
            settings=config,
            links_until=office.links_end(act.session, staff.edition.id, today=today, by=act.by),
            by=act.by,
            at=act.at,
        )
