"""How the bench comes in: the store that the measured server works on, and a cookie that opens its door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import schema
from core.accounts import door
from core.accounts.actions import add_account
from core.accounts.rules import SYSTEM, Role
from core.edition import actions as editions
from core.store import clock, database
from core.store.config import Config

if TYPE_CHECKING:
    from pathlib import Path

MAIL, PASSWORD = "anna@unimi.example", "una frase lunga davvero"


def environment(folder: Path) -> dict[str, str]:
    """What tells the server to keep its store in this folder."""
    return {"MENTORING_DATA": str(folder), "MENTORING_BCRYPT_ROUNDS": "4"}


def sign_in(folder: Path) -> str:
    """Make a store with an edition and a member of staff of all roles; returns the Cookie header that opens it.

    The store is let go of again, for the server to open.
    """
    database.use(schema.open_store(Config(data=folder)))
    at = clock.now()
    with database.writing() as session:
        add_account(
            session,
            name="Anna Bianchi",
            mail=MAIL,
            password=PASSWORD,
            roles=frozenset(Role),
            rounds=4,
            by=SYSTEM,
            at=at,
        )
        editions.create(session, name="2026/27", year=2026, by=SYSTEM, at=at)
        ticket = door.mint_ticket(session, mail=MAIL, browser="bench", at=at)
        session.flush()
        cookie = door.enter(session, ticket=ticket, browser="bench", at=at)
    database.use(None)
    return f"mentoring={cookie}"
