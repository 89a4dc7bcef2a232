"""What do our letters say?"""

from __future__ import annotations

import streamlit as st

from core.accounts.rules import Right
from core.messages import actions, queries
from core.messages.rules import Occasion
from core.office import queries as office
from core.store import clock, database
from pages.messages import parts_texts
from pages.shared.act import acting
from pages.shared.staff import require_staff
from pages.shared.words import plain, t

staff = require_staff(Right.MESSAGES)
st.title(t("messages.texts.title"))
with database.reading() as session:
    changed = queries.changed_texts(session, staff.edition.id, by=staff.actor)
st.caption(t("messages.texts.lead", edition=staff.edition.name, n=len(changed)))
occasion, language = parts_texts.choose(changed)
with database.reading() as session:
    kept = queries.texts(session, staff.edition.id, occasion, by=staff.actor)[language]
    people = office.recipients(session, staff.edition.id, occasion, today=clock.today(), by=staff.actor)

name = plain(f"messages.occasion.{occasion}")
form = f"text {staff.edition.id} {occasion} {language}"
left, right = st.columns(2, gap="large")
with left:
    if occasion is Occasion.FREE and kept.own:
        st.info(t("messages.texts.free"), icon=":material/edit:")
    else:
        st.caption(t("messages.texts.is_own" if kept.own else "messages.texts.is_changed"))
    wording, seen = parts_texts.typed(form, kept)
    buttons = st.container(horizontal=True)
    saves = buttons.button(t("messages.texts.save"), key="texts.save", type="primary", icon=":material/save:")
    resets = not kept.own and buttons.button(t("messages.texts.reset"), key="texts.reset", icon=":material/undo:")
    buttons.button(t("messages.texts.show"), key="texts.show", type="tertiary", icon=":material/visibility:")
with right:
    parts_texts.preview(occasion, language, wording, people)
parts_texts.fields(occasion)

if saves:
    with left, acting(t("messages.texts.saved", name=name), form=form) as act:
        actions.save_text(
            act.session,
            edition_id=staff.edition.id,
            occasion=occasion,
            language=language,
            subject=wording.subject,
            body=wording.body,
            seen=seen,
            by=act.by,
            at=act.at,
        )
if resets:
    with left, acting(t("messages.texts.was_reset", name=name), form=form) as act:
        actions.reset_text(
            act.session,
            edition_id=staff.edition.id,
            occasion=occasion,
            language=language,
            seen=seen,
            by=act.by,
            at=act.at,
        )
