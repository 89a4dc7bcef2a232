"""A correction that a person asks for: old and new beside each other, and the two buttons that settle it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.people import actions
from pages.shared import memory
from pages.shared.act import acting
from pages.shared.words import plain, t

if TYPE_CHECKING:
    from core.people.queries import Wanted

NOTHING = "—"


def settle(change: Wanted) -> None:
    """Show what is asked for; take it over or leave it, as it was seen."""
    form = f"contact {change.id}"
    key = f"{form} {memory.generation(form)}"
    seen = memory.seen(form, change.version, field=f"{key} yes")
    with st.container(border=True):
        st.subheader(t("people.contact.heading", name=change.spoken))
        st.caption(t("people.contact.asked", at=change.asked_at))
        asked = {name: value for name, value in change.asked.items() if value is not None}
        st.dataframe(
            {
                plain("people.contact.field"): [plain(f"people.contact.{name}") for name in asked],
                plain("people.contact.now"): [change.now.named()[name] or NOTHING for name in asked],
                plain("people.contact.wanted"): [value or NOTHING for value in asked.values()],
            },
            hide_index=True,
        )
        with st.container(horizontal=True):
            taken = st.button(t("people.contact.take"), type="primary", key=f"{key} yes")
            left = st.button(t("people.contact.leave"), key=f"{key} no")
    if taken or left:
        done = "people.contact.taken" if taken else "people.contact.left"
        with acting(t(done, name=change.spoken), form=form) as act:
            actions.settle_contact_change(
                act.session, change_id=change.id, accepted=taken, seen=seen, by=act.by, at=act.at
            )
