"""`acting`: one act of a page, in one transaction, with a sentence whatever comes of it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import streamlit as st

from core.accounts import door
from core.accounts.guard import act_named
from core.store import audit, clock, database
from core.store.errors import Changed, NotAllowed, Refused
from pages.shared import memory
from pages.shared.words import field_name, plain, refusal, short

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from datetime import datetime

    from sqlmodel import Session

    from core.accounts.rules import Actor


@dataclass(frozen=True, slots=True)
class Act:
    """What an action needs: the transaction, the person with the roles of this moment, the moment."""

    session: Session
    by: Actor
    at: datetime
    afterwards: list[Callable[[], None]] = field(default_factory=list)
    """What to remember once the act is kept; nothing of Streamlit's belongs into the transaction."""


@contextmanager
def acting(done: str, *, form: str = "") -> Generator[Act]:
    """Run one action of the core; then show `done` and draw the page anew, or say why it was refused.

    `form` names the form that the act belongs to (the beginning of what `memory.seen` was told): kept or
    outdated, it is drawn anew from the store. Outdated, the differences stand above the page.
    """
    try:
        with database.writing() as session:
            at = clock.now()
            by = door.actor_of(session, session_id=int(str(st.user.get("session", 0))), at=at)
            if by is None:
                raise NotAllowed
            act = Act(session, by, at)
            yield act
    except Changed as changed:
        memory.remember_change(changed)
    except Refused as error:
        st.error(refusal(error), icon=":material/block:")
        return
    else:
        for remember in act.afterwards:
            remember()
        memory.flash(done)
        memory.remember_done(_to_undo(session), done)
    if form:
        memory.renew(form)
    st.rerun()


@contextmanager
def explained() -> Generator[None]:
    """Say why something cannot be read, and end the page there."""
    try:
        yield
    except Refused as error:
        st.error(refusal(error), icon=":material/block:")
        st.stop()


def show_change() -> None:
    """Say once, above the page, what somebody else has changed and what one had wanted oneself."""
    changed = memory.take_change()
    if changed is None:
        return
    st.warning(refusal(changed), icon=":material/difference:")
    told = changed.differences
    columns = {
        plain("store.difference.field"): [field_name(one.field) for one in told],
        plain("store.difference.then"): [short(one.then) for one in told],
        plain("store.difference.now"): [short(one.now) for one in told],
    }
    if any(one.yours is not None for one in told):
        columns[plain("store.difference.yours")] = [short(one.yours) for one in told]
    st.dataframe(columns, hide_index=True)


def _to_undo(session: Session) -> int | None:
    """The entry of an act that was kept, if its kind can be taken back."""
    entry = audit.written(session)
    call = act_named(entry.act) if entry else None
    return entry.id if entry and call and not call.final else None
