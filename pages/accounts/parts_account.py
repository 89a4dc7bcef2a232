"""One account: making it, changing it, its link; each returns what the person asks for, if anything."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from core.accounts import actions
from core.accounts.queries import State
from core.accounts.rules import Role
from core.store import database
from pages.door.paths import SET_PASSWORD, outward
from pages.shared import memory
from pages.shared.words import escape, plain, short_moment, t

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from core.accounts.queries import Colleague
    from core.accounts.rules import Actor


@dataclass(frozen=True, slots=True)
class Wanted:
    """An act that a button asks for, what to say when it is done, and the form that begins anew then."""

    act: Callable[..., Any]
    done: str
    form: str


def none_chosen() -> None:
    """Say how an account is opened."""
    st.info(t("accounts.staff.choose"), icon=":material/touch_app:")


def new(*, rounds: int) -> Wanted | None:
    """The form for a new account; the person sets the password by a link."""
    form = "new account"
    with st.expander(t("accounts.staff.new"), icon=":material/person_add:"), st.form(form):
        name, mail, roles = _fields(form, "", "", ())
        if not st.form_submit_button(t("accounts.staff.add"), type="primary"):
            return None
    act = partial(actions.add_account, name=name, mail=mail, password=None, roles=frozenset(roles), rounds=rounds)
    return Wanted(act, t("accounts.staff.added", name=name), form)


def changed(one: Colleague, me: Actor) -> Wanted | None:
    """The account as it stands, to be changed, with its link while one is open."""
    form = f"account {one.id}"
    st.subheader(escape(one.name))
    st.caption(t(f"accounts.staff.told.{one.state}", until=short_moment(one.link_until) if one.link_until else ""))
    if one.link:
        _link(one.link)
    with st.form(form):
        name, mail, roles = _fields(form, one.name, one.mail, one.roles)
        seen = memory.seen(form, one.version, field=f"{form} {memory.generation(form)} name")
        saved = st.form_submit_button(t("accounts.staff.save"), type="primary")
    act = partial(actions.change_account, account_id=one.id, name=name, mail=mail, roles=frozenset(roles), seen=seen)
    change = Wanted(act, t("accounts.staff.saved", name=name), form) if saved else None
    return _doors(one, form, own=one.id == me.account_id) or change


def _doors(one: Colleague, form: str, *, own: bool) -> Wanted | None:
    """The buttons that let a person in or keep them out; what ends sessions says so before it is pressed."""
    if own:
        st.caption(t("accounts.staff.own"))
        return None
    with st.container(horizontal=True):
        if one.state is State.CLOSED:
            if st.button(t("accounts.staff.open"), icon=":material/lock_open:"):
                return _on(actions.open_account, one, "opened", form)
            return None
        if one.state is State.ACTIVE:
            new_link = _told_before("reset", one)
        else:
            new_link = st.button(t("accounts.staff.link_again"), icon=":material/link:")
        if new_link:
            return _on(actions.make_link, one, "link_made", form)
        if _told_before("close", one):
            return _on(actions.close_account, one, "closed", form)
    return None


def _told_before(what: str, one: Colleague) -> bool:
    """A button behind a sentence that says what it brings about."""
    with st.popover(t(f"accounts.staff.{what}"), icon=":material/key:" if what == "reset" else ":material/lock:"):
        st.caption(t(f"accounts.staff.{what}_told"))
        return st.button(t(f"accounts.staff.{what}_now", name=one.name), type="primary")


def _on(act: Callable[..., Any], one: Colleague, done: str, form: str) -> Wanted:
    return Wanted(
        partial(act, account_id=one.id, seen=one.version), t(f"accounts.staff.done.{done}", name=one.name), form
    )


def _link(token: str) -> None:
    """The link to hand over; without a public address it opens on this machine only."""
    public = database.current().config.public_url
    here = public.rstrip("/") if public else (st.context.url or "").rsplit("/", 1)[0]
    path = SET_PASSWORD if public else outward(SET_PASSWORD)
    st.code(f"{here}{path}?token={token}", language=None, wrap_lines=True)
    st.caption(t("accounts.staff.link_public" if public else "accounts.staff.link_here"))


def _fields(form: str, name: str, mail: str, roles: Sequence[Role]) -> tuple[str, str, list[Role]]:
    key = f"{form} {memory.generation(form)}"
    return (
        st.text_input(plain("accounts.name"), name, key=f"{key} name"),
        st.text_input(plain("accounts.mail"), mail, key=f"{key} mail"),
        st.pills(
            plain("accounts.staff.choose_roles"),
            list(Role),
            selection_mode="multi",
            default=list(roles),
            format_func=lambda role: plain(f"accounts.role.{role}"),
            key=f"{key} roles",
        ),
    )
