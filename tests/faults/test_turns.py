"""Many who write at once: each has a turn, in order, and whoever comes second to the same thing is told."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from sqlmodel import select

from core import schema
from core.edition.models import Edition
from core.matching import actions as matching
from core.matching import queries
from core.matching.actions import AlreadyPublished
from core.matching.models import Pair, Publication
from core.matching.proposal import proposed, results
from core.matching.rules import Infeasible, Policy
from core.people.rules import Side
from core.selection import actions as selection
from core.selection.models import Decision
from core.selection.rules import Outcome
from core.store import database
from core.store.config import Config
from core.store.errors import Changed, StoreClosing, StoreInUse
from core.store.turns import Turns
from tests.faults.whole import require_whole
from tests.make import AT, a_participant, an_applicant, an_edition, staff, writing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PATIENCE = 20
WRITERS, ACTS = 8, 20


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What comes of these acts when all begin together: their results, or what they raised."""
    ready = threading.Barrier(len(acts))

    def attempt(act: Callable[[], object]) -> object:
        ready.wait(PATIENCE)
        try:
            return act()
        except Exception as error:  # noqa: BLE001 - it is what the test looks at
            return error

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(attempt, acts))


def test_of_two_publications_at_once_exactly_one_is_made(store: database.Store) -> None:
    edition, actor, policy = an_edition(), staff(), Policy.GREEDY_GENEROUS
    for _ in range(3):
        a_participant(edition, Side.MENTEE)
        a_participant(edition, Side.MENTOR)
    with database.reading() as session:
        inputs = queries.inputs(session, edition, by=actor)
    found = results(inputs)
    assert not isinstance(found, Infeasible)
    seen = proposed(inputs, policy, found[policy]).fingerprint

    def publish() -> int:
        with database.writing() as session:
            return matching.publish(session, edition_id=edition, policy=policy, seen=seen, by=actor, at=AT)

    outcomes = at_once(publish, publish)

    assert sorted(map(type, outcomes), key=str) == sorted([int, AlreadyPublished], key=str)
    with database.reading() as session:
        assert len(session.exec(select(Publication)).all()) == 1
        assert len(session.exec(select(Pair)).all()) == 3
    assert require_whole()[0].count("matching.publish") == 1


def test_of_two_decisions_about_what_both_saw_one_is_told(store: database.Store) -> None:
    edition = an_edition()
    applicants = [an_applicant(edition, Side.MENTEE, name=name) for name in ("Ada Rossi", "Ugo Verdi")]

    def deciding(name: str, outcome: Outcome) -> Callable[[], int]:
        actor, seen = staff(name=name), dict.fromkeys(applicants, 0)

        def decide() -> int:
            with database.writing() as session:
                return selection.decide(
                    session, edition_id=edition, seen=seen, outcome=outcome, reason="posti", by=actor, at=AT
                )

        return decide

    outcomes = at_once(deciding("Anna", Outcome.SELECTED), deciding("Bruno", Outcome.NOT_SELECTED))

    (refused,) = [one for one in outcomes if isinstance(one, Changed)]
    assert [one for one in outcomes if one is not refused] == [2]
    assert len(refused.differences) == 2
    with database.reading() as session:
        assert len({row.outcome for row in session.exec(select(Decision))}) == 1
    require_whole()


def test_of_many_who_write_without_a_pause_nobody_is_left_out(store: database.Store) -> None:
    edition = an_edition()

    def rename(name: str) -> Callable[[], None]:
        def often() -> None:
            for number in range(ACTS):
                with writing(f"test.{name}") as session:
                    session.get_one(Edition, edition).name = f"{name} {number}"

        return often

    assert at_once(*(rename(str(number)) for number in range(WRITERS))) == [None] * WRITERS

    done, held = require_whole()
    assert len(done) == 1 + WRITERS * ACTS
    assert held["edition"][edition]["version"] == 1 + WRITERS * ACTS


def test_turns_are_had_in_the_order_of_coming() -> None:
    turns, order, threads = Turns(), [], []

    def take(number: int) -> None:
        with turns.taken():
            order.append(number)

    with turns.taken():
        for number in range(WRITERS):
            threads.append(threading.Thread(target=take, args=(number,)))
            threads[-1].start()
            while len(turns) < number + 2:
                pass
    for thread in threads:
        thread.join(PATIENCE)
    assert order == list(range(WRITERS))


def test_closing_waits_for_the_act_under_way_and_refuses_the_next(store: database.Store) -> None:
    edition = an_edition()
    begun, go_on = threading.Event(), threading.Event()

    def act() -> None:
        with writing() as session:
            begun.set()
            assert go_on.wait(PATIENCE)
            session.get_one(Edition, edition).name = "finished"

    def late() -> None:
        with writing():
            pass

    with ThreadPoolExecutor() as pool:
        under_way = pool.submit(act)
        assert begun.wait(PATIENCE)
        waiting = pool.submit(late)
        closing = pool.submit(store.close)
        assert isinstance(waiting.exception(PATIENCE), StoreClosing)
        with pytest.raises(TimeoutError):
            closing.result(0.1)
        go_on.set()
        closing.result(PATIENCE)
        under_way.result(PATIENCE)
    with pytest.raises(StoreClosing), writing():
        pass
    with database.reading() as session:
        assert session.get_one(Edition, edition).name == "finished"


def test_an_act_without_end_keeps_the_store_from_the_next_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "SECONDS_TO_FINISH", 0)
    store = schema.open_store(Config(data=tmp_path))
    with store.writing():
        store.close()
        with pytest.raises(StoreInUse):
            schema.open_store(Config(data=tmp_path))
    store.close()
    schema.open_store(Config(data=tmp_path)).close()


def test_once_there_is_no_store_nothing_is_begun(store: database.Store) -> None:
    database.use(None)
    with pytest.raises(StoreClosing), database.writing():
        pass
