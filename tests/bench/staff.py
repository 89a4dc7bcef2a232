"""How the bench comes in: the store that the measured server works on, and a cookie that opens its door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import schema
from core.accounts import door
from core.accounts.actions import add_account
from core.accounts.rules import SYSTEM, Role
from core.edition import actions as editions
from core.intake.rules import SECTORS
from core.people.rules import Side
from core.speeddate.actions import number_mentors, save_ballot
from core.speeddate.rules import Wishes
from core.store import clock, database
from core.store.config import Config
from tests.make import AT, a_participant, an_applicant

if TYPE_CHECKING:
    from pathlib import Path

    from sqlmodel import Session

MAIL, PASSWORD = "anna@unimi.example", "una frase lunga davvero"
APPLIED, SELECTED, WISHES = {Side.MENTEE: 150, Side.MENTOR: 80}, 60, 5


def environment(folder: Path) -> dict[str, str]:
    """What tells the server to keep its store in this folder."""
    return {"MENTORING_DATA": str(folder), "MENTORING_BCRYPT_ROUNDS": "4"}


def sign_in(folder: Path, *, filled: bool = False, rounds: int = 4) -> str:
    """Make a store with an edition and a member of staff of all roles; returns the Cookie header that opens it.

    A filled one has the applicants, the participants and the ballots of a usual year. The store is let go of
    again, for the server to open.
    """
    database.use(schema.open_store(Config(data=folder)))
    with database.writing() as session:
        cookie = come_in(session, "Anna Bianchi", MAIL, rounds=rounds)
        edition = editions.create(session, name="2026/27", year=2026, by=SYSTEM, at=clock.now())
    if filled:
        _fill(edition)
    database.use(None)
    return cookie


def sign_in_many(folder: Path, people: int) -> list[str]:
    """As a filled `sign_in`, by so many members of staff; the Cookie header of each.

    The first one's password is hashed as dearly as in earnest: coming in by it is measured.
    """
    first = sign_in(folder, filled=True, rounds=Config().bcrypt_rounds)
    database.use(schema.open_store(Config(data=folder)))
    with database.writing() as session:
        others = [come_in(session, f"Person {n}", f"person{n}@unimi.example") for n in range(1, people)]
    database.use(None)
    return [first, *others]


def come_in(
    session: Session, name: str, mail: str, *, roles: frozenset[Role] = frozenset(Role), rounds: int = 4
) -> str:
    """Make an account, of all roles unless told otherwise, and sign it in; returns the Cookie header."""
    at = clock.now()
    add_account(session, name=name, mail=mail, password=PASSWORD, roles=roles, rounds=rounds, by=SYSTEM, at=at)
    ticket = door.mint_ticket(session, mail=mail, browser="bench", at=at)
    session.flush()
    return f"mentoring={door.enter(session, ticket=ticket, browser='bench', at=at)}"


def _fill(edition: int) -> None:
    people: dict[Side, list[int]] = {}
    for side, applied in APPLIED.items():
        made = [a_participant if number < SELECTED else an_applicant for number in range(applied)]
        people[side] = [make(edition, side, **_facts(side, number)) for number, make in enumerate(made)][:SELECTED]
    with database.writing() as session:
        number_mentors(session, edition_id=edition, by=SYSTEM, at=AT)
    for number, mentee in enumerate(people[Side.MENTEE]):
        wished = [people[Side.MENTOR][(number * 7 + step * step) % SELECTED] for step in range(WISHES)]
        wishes = Wishes(tuple((mentor,) for mentor in dict.fromkeys(wished)))
        with database.writing() as session:
            save_ballot(session, edition_id=edition, mentee=mentee, wishes=wishes, seen=0, by=SYSTEM, at=AT)


def _facts(side: Side, number: int) -> dict[str, object]:
    sector = SECTORS[number % len(SECTORS)]
    if side is Side.MENTEE:
        return {"mean_30": 18 + number % 13, "sectors": [sector], "motivation": "Vorrei capire. " * 40}
    return {"years_experience": number % 40, "sector": sector, "motivation": "Vorrei restituire. " * 40}
