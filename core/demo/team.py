"""Who works with the demo: one account for each role, four who read, and how they are signed in while it is built."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.accounts import door
from core.accounts.actions import add_account, add_first_account
from core.accounts.models import SignIn
from core.accounts.rules import SYSTEM, Actor, Role
from core.language.text import Language
from core.people.rules import Side
from core.store import clock, database

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from random import Random

    from core.demo.people import Register

DOMAIN = "career.example"
ROLES: dict[str, frozenset[Role]] = {
    "admin": frozenset({Role.ADMIN, Role.COORDINATOR}),
    "coordinator": frozenset({Role.COORDINATOR}),
    "reviewer1": frozenset({Role.REVIEWER}),
    "reviewer2": frozenset({Role.REVIEWER}),
    "reviewer3": frozenset({Role.REVIEWER}),
    "reviewer4": frozenset({Role.REVIEWER}),
    "helper": frozenset({Role.HELPER}),
    "viewer": frozenset({Role.VIEWER}),
}
REVIEWERS = tuple(name for name in ROLES if name.startswith("reviewer"))
SYLLABLES = ("ba", "co", "di", "fa", "gu", "le", "mi", "no", "pe", "ra", "so", "tu", "va", "ze")


@dataclass(frozen=True, slots=True)
class Access:
    """How one of them signs in."""

    name: str
    mail: str
    password: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Team:
    """The members of staff as actors, by the part before the @ of their addresses."""

    actors: Mapping[str, Actor]
    accesses: tuple[Access, ...]

    def __getitem__(self, who: str) -> Actor:
        """The actor of this name."""
        return self.actors[who]


def hire(rng: Random, register: Register, *, rounds: int, at: datetime) -> Team:
    """Make the accounts, with passwords that nobody can guess, and sign everybody in."""
    accesses: list[Access] = []
    actors: dict[str, Actor] = {}
    for who, roles in ROLES.items():
        name = register.person(rng, Side.MENTOR, rng.choice("fm")).full_name
        one = Access(name, f"{who}@{DOMAIN}", new_password(), tuple(sorted(roles)))
        actors[who] = _signed_in(_account(one, roles, actors.get("admin"), rounds, at))
        accesses.append(one)
    return Team(actors, tuple(accesses))


def sign_out(team: Team) -> None:
    """End the sessions of the building: nobody has ever had their cookies."""
    with database.writing() as session:
        for actor in team.actors.values():
            door.end_all(session, actor.account_id or 0, at=clock.now())


def new_password() -> str:
    """Three words that can be said and typed; about 45 bits."""
    return " ".join("".join(secrets.choice(SYLLABLES) for _ in range(4)) for _ in range(3))


def _account(one: Access, roles: frozenset[Role], admin: Actor | None, rounds: int, at: datetime) -> int:
    facts = {"name": one.name, "mail": one.mail, "password": one.password}
    italian = Language.ITALIAN
    with database.writing() as session:
        if admin is None:
            return add_first_account(session, **facts, rounds=rounds, language=italian, by=SYSTEM, at=at)
        return add_account(session, **facts, roles=roles, rounds=rounds, language=italian, by=admin, at=at)


def _signed_in(account: int) -> Actor:
    """A session of these minutes, as the guard wants one; the acts are dated in the story, the session is now."""
    now = clock.now()
    with database.writing() as session:
        sign_in = SignIn(
            account_id=account,
            cookie_hash=secrets.token_hex(32),
            begun_at=now,
            seen_at=now,
            browser="core.demo",
            address="",
        )
        session.add(sign_in)
        session.flush()
        actor = door.actor_of(session, session_id=sign_in.id or 0, at=now)
    if actor is None:
        raise RuntimeError("a session that has just begun is over")
    return actor
