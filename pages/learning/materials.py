"""What can both sides read and watch by themselves, and who sees it?"""

from __future__ import annotations

import streamlit as st

from core.accounts.rules import Right
from core.learning import actions, queries
from core.learning.rules import Audience, Draft
from core.store import database
from pages.learning import parts_material
from pages.learning.parts_preview import preview
from pages.shared import memory
from pages.shared.act import acting, explained
from pages.shared.staff import require_staff
from pages.shared.words import escape, t

staff = require_staff(Right.LEARNING)
with database.reading() as session:
    resources = queries.resources(session, staff.edition.id, by=staff.actor)
st.title(t("learning.materials.title"))
shown = sum(one.shown for one in resources)
st.caption(t("learning.materials.lead", edition=staff.edition.name, n=len(resources), shown=shown))

chosen = None
opened_id = parts_material.on_screen(staff.edition.id)
if opened_id is not None and all(one.id != opened_id for one in resources):
    st.warning(t("learning.materials.gone"), icon=":material/person_remove:")
left, right = st.columns([6, 5], gap="medium")
with left:
    if not resources:
        st.info(t("learning.materials.empty"), icon=":material/menu_book:")
    else:
        side = parts_material.choose_audience()
        listed = parts_material.seen_by(side, resources)
        if listed:
            chosen = parts_material.choose(listed, opened_id)
        else:
            st.info(t("learning.materials.none_for"), icon=":material/filter_alt_off:")
        if chosen:
            buttons = st.container(horizontal=True)
            with buttons:
                up = parts_material.asked_to_move(resources, chosen, all_shown=side is Audience.BOTH)
            if up is not None:
                with acting(t("learning.materials.moved", title=parts_material.name(chosen))) as act:
                    actions.move(act.session, chosen.id, edition_id=staff.edition.id, up=up, by=act.by, at=act.at)
            if buttons.button(t("learning.materials.new"), icon=":material/add:", key="learning.begin"):
                memory.renew(parts_material.LIST)
                memory.renew(parts_material.form_of(staff.edition.id, chosen.id))
                st.rerun()

with right:
    if chosen is None:
        form = parts_material.NEW
        st.subheader(t("learning.materials.new"))
        if resources:
            st.caption(t("learning.materials.how"))
        draft = parts_material.typed(form, Draft())
        preview(draft)
        if st.button(t("learning.materials.add"), type="primary", key="learning.add"):
            with acting(t("learning.materials.added", title=parts_material.name(draft)), form=form) as act:
                actions.add(act.session, edition_id=staff.edition.id, draft=draft, by=act.by, at=act.at)
    else:
        form = parts_material.form_of(staff.edition.id, chosen.id)
        with explained(), database.reading() as session:
            opened = queries.opened(session, staff.edition.id, chosen.id, by=staff.actor)
        st.subheader(escape(parts_material.name(chosen)))
        draft = parts_material.typed(form, opened.draft)
        seen = parts_material.version(form, opened)
        preview(draft, link=opened.draft.link)
        saves, removes = st.columns([3, 2])
        if saves.button(t("learning.materials.save"), type="primary", key="learning.save"):
            with acting(t("learning.materials.saved", title=parts_material.name(draft)), form=form) as act:
                actions.save(
                    act.session, chosen.id, edition_id=staff.edition.id, draft=draft, seen=seen, by=act.by, at=act.at
                )
        if removes.button(t("learning.materials.remove"), icon=":material/delete:", key="learning.remove"):
            with acting(t("learning.materials.removed", title=parts_material.name(chosen)), form=form) as act:
                actions.remove(act.session, chosen.id, edition_id=staff.edition.id, seen=seen, by=act.by, at=act.at)
