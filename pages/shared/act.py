"""`acting`: one act of a page, in one transaction, with a sentence whatever comes of it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from core.accounts import door
from core.language.text import known
from core.store import clock, database
from core.store.errors import Changed, NotAllowed, Refused
from pages.shared import memory
from pages.shared.words import plain, refusal, short

if TYPE_CHECKING:
    from collections.abc import Generator
    from datetime import datetime

    from sqlmodel import Session

    from core.accounts.rules import Actor


@dataclass(frozen=True, slots=True)
class Act:
    """What an action needs: the transaction, the person with the roles of this moment, the moment."""

    session: Session
    by: Actor
    at: datetime


@contextmanager
def acting(done: str) -> Generator[Act]:
    """Run one action of the core; then show `done` and draw the page anew, or say why it was refused."""
    try:
        with database.writing() as session:
            at = clock.now()
            by = door.actor_of(session, session_id=int(str(st.user.get("session", 0))), at=at)
            if by is None:
                raise NotAllowed
            yield Act(session, by, at)
    except Changed as changed:
        memory.forget_seen()
        _show_differences(changed)
        return
    except Refused as error:
        st.error(refusal(error), icon=":material/block:")
        return
    memory.forget_seen()
    memory.count_act()
    memory.flash(done)
    st.rerun()


@contextmanager
def explained() -> Generator[None]:
    """Say why something cannot be read, and end the page there."""
    try:
        yield
    except Refused as error:
        st.error(refusal(error), icon=":material/block:")
        st.stop()


def _show_differences(changed: Changed) -> None:
    st.warning(refusal(changed), icon=":material/difference:")
    st.dataframe(
        {
            plain("store.difference.field"): [_named(one.field) for one in changed.differences],
            plain("store.difference.then"): [short(one.then) for one in changed.differences],
            plain("store.difference.now"): [short(one.now) for one in changed.differences],
        },
        hide_index=True,
    )


def _named(field: str) -> str:
    """The field in words: its own, or those of the rules of the year."""
    keys = (f"store.field.{field}", f"edition.year.{field}", f"intake.field.{field}")
    return next((plain(key) for key in keys if known(key)), field)
