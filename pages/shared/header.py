"""The line above every page: edition, language, and the way out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from core.accounts import actions
from core.accounts.rules import Right
from core.certificates.pdf import LogoNotReadable, picture
from core.language.text import OFFERED, Language
from core.store import clock, database
from core.store.clock import ROME
from pages.door.paths import outward
from pages.shared import memory
from pages.shared.registry import page_of
from pages.shared.staff import chosen_edition, keep_in_address
from pages.shared.words import begin, escape, plain, t

if TYPE_CHECKING:
    from core.accounts.rules import Actor
    from core.edition.queries import EditionSummary

SIGN_OUT = """
<form method="post" action="{action}" style="margin:0">
<button type="submit" style="font:inherit;color:inherit;background:none;border:1px solid currentColor;
border-radius:.4rem;padding:.35rem .8rem;cursor:pointer;width:100%">{label}</button></form>
"""


def for_strangers() -> None:
    """Only the language can be chosen."""
    with st.container(horizontal=True, horizontal_alignment="right"):
        choose_language(None)


def for_staff(actor: Actor, all_editions: list[EditionSummary]) -> None:
    """Edition, language, who is signed in, and sign-out."""
    with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
        if all_editions:
            keep_in_address(all_editions)
            _choose_edition(all_editions)
        choose_language(actor)
        with st.popover(escape(actor.name), icon=":material/account_circle:"):
            st.caption(", ".join(t(f"accounts.role.{role}") for role in sorted(actor.roles)))
            if st.button(t("accounts.me.title"), icon=":material/manage_accounts:", width="stretch", key="header me"):
                st.switch_page(page_of("me").path)
            st.html(SIGN_OUT.format(action=outward("/auth/leave"), label=plain("accounts.sign_out")))
    if all_editions and (closed := chosen_edition(all_editions).closed_at):
        way = t("edition.reopens" if actor.may(Right.EDITION) else "edition.reopened_by")
        st.info(f"{t('edition.is_closed', day=closed.astimezone(ROME).date())} {way}", icon=":material/lock:")


def logo() -> None:
    """The installation's own logo above the navigation, when there is one."""
    file = database.current().config.logo
    if file is not None and _readable(str(file), file.stat().st_mtime):
        st.logo(str(file), size="large")


@st.cache_data(max_entries=4, show_spinner=False)
def _readable(file: str, changed: float) -> bool:  # noqa: ARG001 - a file that was changed is looked at anew
    """Whether the logo is a picture; the page of the certificates says why when it is none."""
    try:
        return picture(Path(file)) is not None
    except LogoNotReadable:
        return False


def _choose_edition(all_editions: list[EditionSummary]) -> None:
    names = {one.id: one.name for one in all_editions}
    chosen = chosen_edition(all_editions)
    picked = st.selectbox(
        plain("edition.choose"),
        list(names),
        index=list(names).index(chosen.id),
        format_func=names.__getitem__,
        label_visibility="collapsed",
        width=180,
    )
    if picked != chosen.id:
        memory.remember_edition(picked)
        st.rerun()


def choose_language(actor: Actor | None, *, key: str = "header") -> None:
    """The languages beside each other; the choice is kept with the account."""
    now = memory.language()
    picked = st.segmented_control(
        plain("language.choose"),
        list(OFFERED),
        default=now if now in OFFERED else None,
        format_func=lambda one: str(one).upper(),
        label_visibility="collapsed",
        required=True,
        key=f"language {key} {now}",
    )
    if picked is not None and picked != now:
        memory.remember_language(picked)
        begin()  # what is said from here on, a refusal too, is said in it
        if actor is not None:
            _keep_language(actor, picked)
        st.rerun()


def _keep_language(actor: Actor, picked: Language) -> None:
    with database.writing() as session:
        actions.choose_language(session, language=picked, by=actor, at=clock.now())
