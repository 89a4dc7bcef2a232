"""The main job by the core's own acts, each of which gives its number in the record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlmodel import select

from core.intake import actions as intake
from core.intake import queries as applications
from core.intake.models import Application
from core.intake.reading import guess_mapping, open_table, read_rows
from core.intake.rules import SECTORS
from core.matching import actions as matching
from core.matching import queries as inputs
from core.matching.proposal import proposed, results
from core.matching.rules import Infeasible, LockKind, Policy
from core.office import actions as office
from core.people.rules import Side
from core.selection import actions as selection
from core.selection.rules import Outcome
from core.speeddate import actions as speeddate
from core.store import database
from tests.make import AT
from tests.store.images import last_entry

if TYPE_CHECKING:
    from core.accounts.rules import Actor
    from core.speeddate.rules import Wishes

FILES = Path(__file__).parents[1] / "intake" / "files"
EXPORTS = {Side.MENTEE: "f01_msforms_mentee_it.xlsx", Side.MENTOR: "f05_excel_mentor_it.csv"}


def undo(entry: int, by: Actor) -> int:
    """Take an act back."""
    with database.writing() as session:
        office.undo_act(session, entry_id=entry, by=by, at=AT)
    return last_entry()


def imports(edition: int, side: Side, by: Actor) -> int:
    """Take over a form's export: three mentees, or two mentors."""
    table = open_table((FILES / EXPORTS[side]).read_bytes(), EXPORTS[side])
    rows = read_rows(table, side, guess_mapping(table, side), options={"sectors": SECTORS, "sector": SECTORS}).rows
    with database.writing() as session:
        plan = applications.preview(session, edition, side=side, rows=rows, by=by)
        intake.take_over(session, edition_id=edition, side=side, rows=rows, seen=plan.digest, by=by, at=AT)
    return last_entry()


def applied(edition: int, side: Side) -> list[int]:
    """The applications of one side."""
    with database.reading() as session:
        asked = select(Application.id).where(Application.edition_id == edition, Application.side == side)
        return [number or 0 for number in session.exec(asked)]


def withdraws(application: int, by: Actor) -> int:
    """An applicant steps back."""
    with database.writing() as session:
        seen = session.get_one(Application, application).version
        intake.withdraw(session, application, seen=seen, by=by, at=AT)
    return last_entry()


def reviews(edition: int, application: int, by: Actor) -> int:
    """Give points to a motivation."""
    with database.writing() as session:
        selection.review(
            session, edition_id=edition, application_id=application, points=4, note="buona", seen=0, by=by, at=AT
        )
    return last_entry()


def decides(edition: int, chosen: list[int], by: Actor, outcome: Outcome = Outcome.SELECTED, *, seen: int = 0) -> int:
    """Give applications an outcome."""
    with database.writing() as session:
        selection.decide(
            session,
            edition_id=edition,
            seen=dict.fromkeys(chosen, seen),
            outcome=outcome,
            reason="in graduatoria",
            by=by,
            at=AT,
        )
    return last_entry()


def numbers(edition: int, by: Actor) -> int:
    """Number the mentors."""
    with database.writing() as session:
        speeddate.number_mentors(session, edition_id=edition, by=by, at=AT)
    return last_entry()


def votes(edition: int, mentee: int, wishes: Wishes, by: Actor, *, seen: int = 0) -> int:
    """Hand a ballot in."""
    with database.writing() as session:
        speeddate.save_ballot(session, edition_id=edition, mentee=mentee, wishes=wishes, seen=seen, by=by, at=AT)
    return last_entry()


def locks(edition: int, mentee: int, mentor: int, by: Actor) -> int:
    """Bind two people."""
    with database.writing() as session:
        matching.lock(session, edition_id=edition, mentee=mentee, mentor=mentor, kind=LockKind.YES, by=by, at=AT)
    return last_entry()


def publishes(edition: int, by: Actor) -> int:
    """Publish the pairs that come out."""
    with database.writing() as session:
        given = inputs.inputs(session, edition, by=by)
        found = results(given)
        assert not isinstance(found, Infeasible)
        seen = proposed(given, Policy.GREEDY, found[Policy.GREEDY]).fingerprint
        matching.publish(session, edition_id=edition, policy=Policy.GREEDY, seen=seen, by=by, at=AT)
    return last_entry()
