"""Stores with staff signed in, made before the measured server opens its door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import schema
from core.accounts import door
from core.accounts.actions import add_account
from core.accounts.rules import SYSTEM, Role
from core.demo.building import build
from core.edition import actions as editions
from core.store import clock, database
from core.store.config import Config

if TYPE_CHECKING:
    from pathlib import Path

    from sqlmodel import Session

    from core.demo.dates import Until

MAIL, PASSWORD = "anna@unimi.example", "una frase lunga davvero"
QUICK = 4
"""The cost of a password's hash where it is not measured."""


def environment(folder: Path) -> dict[str, str]:
    """What tells the server to keep its store in this folder."""
    return {"MENTORING_DATA": str(folder), "MENTORING_BCRYPT_ROUNDS": str(QUICK)}


def sign_in(folder: Path) -> str:
    """Make a store with an edition and a member of staff of all roles; returns the Cookie header that opens it.

    The store is let go of again, for the server to open.
    """
    database.use(schema.open_store(Config(data=folder)))
    with database.writing() as session:
        cookie = come_in(session, "Anna Bianchi", MAIL)
        editions.create(session, name="2026/27", year=2026, by=SYSTEM, at=clock.now())
    database.use(None)
    return cookie


def sign_in_many(folder: Path, until: Until, people: int) -> list[str]:
    """Make the demo's store as it is in this phase, with so many members of staff of all roles.

    Returns the Cookie header of each. The first one's password is hashed as dearly as in earnest: coming in by it
    is measured.
    """
    database.use(schema.open_store(Config(data=folder)))
    build(until, seed=1, now=clock.now(), rounds=QUICK)
    with database.writing() as session:
        first = come_in(session, "Anna Bianchi", MAIL, rounds=Config().bcrypt_rounds)
        others = [come_in(session, f"Person {n}", f"person{n}@unimi.example") for n in range(1, people)]
    database.use(None)
    return [first, *others]


def come_in(
    session: Session, name: str, mail: str, *, roles: frozenset[Role] = frozenset(Role), rounds: int = QUICK
) -> str:
    """Make an account, of all roles unless told otherwise, and sign it in; returns the Cookie header."""
    at = clock.now()
    add_account(session, name=name, mail=mail, password=PASSWORD, roles=roles, rounds=rounds, by=SYSTEM, at=at)
    ticket = door.mint_ticket(session, mail=mail, browser="bench", at=at)
    session.flush()
    return f"mentoring={door.enter(session, ticket=ticket, browser='bench', at=at)}"
