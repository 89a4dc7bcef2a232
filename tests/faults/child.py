"""A process that works on a store and dies in the middle: `python -m tests.faults.child FOLDER`.

It arranges one store in FOLDER, says `ready`, and reads a line of JSON for each run: the folder of a copy, and
where to end. It forks for each run; the fork does the four acts on the copy and says so after each one.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import event

from core.intake import actions as intake
from core.intake import queries as applications
from core.intake.reading import guess_mapping, open_table, read_rows
from core.intake.rules import SECTORS
from core.matching import actions as matching
from core.matching import queries as pairing
from core.matching.proposal import proposed, results
from core.matching.rules import Infeasible, Policy
from core.people.rules import Side
from core.selection import actions as selection
from core.selection.rules import Outcome
from core.speeddate import actions as speeddate
from core.speeddate.rules import Wishes
from core.store import database
from tests import make
from tests.make import AT

if TYPE_CHECKING:
    from core.accounts.rules import Actor
    from core.intake.reading import Reading

EXPORT = Path(__file__).parents[1] / "intake" / "files" / "f01_msforms_mentee_it.xlsx"
ACTS = ("import", "decision", "ballot", "publication")
EVERY_STEPS = 40
"""SQLite's own steps between two ticks within a statement."""


@dataclass(frozen=True, slots=True)
class Arranged:
    """What the acts are about."""

    actor: Actor
    edition: int
    mentees: list[int]
    mentors: list[int]
    undecided: list[int]
    reading: Reading


def arrange(folder: Path) -> Arranged:
    """An edition with people on both sides, some of them not decided about, and an export not yet taken over."""
    make.a_store(folder)
    edition = make.an_edition()
    actor = make.staff()
    mentees = [make.a_participant(edition, Side.MENTEE) for _ in range(3)]
    mentors = [make.a_participant(edition, Side.MENTOR) for _ in range(3)]
    undecided = [make.an_applicant(edition, side) for side in (Side.MENTEE, Side.MENTOR, Side.MENTOR)]
    make.let_go()
    table = open_table(EXPORT.read_bytes(), EXPORT.name)
    mapping = guess_mapping(table, Side.MENTEE)
    reading = read_rows(table, Side.MENTEE, mapping, options={"sectors": SECTORS, "sector": SECTORS})
    return Arranged(actor, edition, mentees, mentors, undecided, reading)


def take_over(on: Arranged) -> None:
    """The import."""
    rows = on.reading.rows
    with database.reading() as session:
        seen = applications.preview(session, on.edition, side=Side.MENTEE, rows=rows, by=on.actor).digest
    with database.writing() as session:
        intake.take_over(session, edition_id=on.edition, side=Side.MENTEE, rows=rows, seen=seen, by=on.actor, at=AT)


def decide(on: Arranged) -> None:
    """The decision about several at once."""
    seen = dict.fromkeys(on.undecided, 0)
    with database.writing() as session:
        selection.decide(
            session, edition_id=on.edition, seen=seen, outcome=Outcome.SELECTED, reason="posti", by=on.actor, at=AT
        )


def vote(on: Arranged) -> None:
    """The ballot, which numbers the mentors too."""
    first, second, third = on.mentors
    wishes = Wishes(((first,), (second,)), (third,))
    with database.writing() as session:
        speeddate.save_ballot(
            session, edition_id=on.edition, mentee=on.mentees[0], wishes=wishes, seen=0, by=on.actor, at=AT
        )


def publish(on: Arranged) -> None:
    """The publication of the pairs."""
    policy = Policy.GREEDY_GENEROUS
    with database.reading() as session:
        inputs = pairing.inputs(session, on.edition, by=on.actor)
    found = results(inputs)
    assert not isinstance(found, Infeasible)
    seen = proposed(inputs, policy, found[policy]).fingerprint
    with database.writing() as session:
        matching.publish(session, edition_id=on.edition, policy=policy, seen=seen, by=on.actor, at=AT)


DOING = dict(zip(ACTS, (take_over, decide, vote, publish), strict=True))


def say(what: str, **facts: Any) -> None:
    """One line to whoever started this process, at once."""
    os.write(sys.stdout.fileno(), (json.dumps({"what": what, **facts}) + "\n").encode())


class Knife:
    """Counts the instants of a run, between statements and within them, and kills the process at one of them."""

    def __init__(self, kind: str, number: int) -> None:
        self.kind, self.number = kind, number
        self.act = ACTS[0]
        self.passed: dict[str, list[str]] = {"between": [], "within": []}

    def at(self, kind: str, label: str) -> None:
        """Pass one instant, or die there."""
        self.passed[kind].append(f"{self.act}: {label}")
        if kind == self.kind and len(self.passed[kind]) == self.number:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self, store: database.Store) -> None:
        """Hold the knife over everything that the store does from now on."""
        engine, commit = store.engine, store.engine.dialect.do_commit
        engine.dispose()  # what is opened from now on is watched

        def committed(connection: Any) -> None:
            self.at("between", "before COMMIT")
            commit(connection)
            self.at("between", "after COMMIT")

        engine.dialect.do_commit = committed
        event.listen(engine, "before_cursor_execute", lambda *told: self.at("between", f"before {told[2][:30]}"))
        event.listen(engine, "after_cursor_execute", lambda *told: self.at("between", f"after {told[2][:30]}"))
        event.listen(
            engine,
            "connect",
            lambda driver, _: driver.set_progress_handler(lambda: self.at("within", "tick"), EVERY_STEPS),
        )


def work(on: Arranged, folder: Path, kind: str, number: int) -> None:
    """Do the four acts on the store in `folder`, saying each one that is kept, until the knife falls."""
    knife = Knife(kind, number)
    knife.watch(make.a_store(folder))
    for name, act in DOING.items():
        knife.act = name
        act(on)
        say("kept", act=name)
    say("instants", **knife.passed)


def main(folder: Path) -> None:
    """Arrange, then fork once for each line that comes in."""
    on = arrange(folder)
    say("ready")
    for line in sys.stdin:
        run = json.loads(line)
        child = os.fork()
        if child == 0:
            work(on, Path(run["folder"]), run["kind"], run["number"])
            os._exit(0)
        if run["kind"] == "outside":
            time.sleep(run["number"] / 1_000_000)
            os.kill(child, signal.SIGKILL)
        say("ended", status=os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
