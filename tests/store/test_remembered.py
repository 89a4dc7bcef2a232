"""What was worked out once is handed out again, and never when it is no longer true."""

from __future__ import annotations

import ast
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from sqlmodel import Session, col, select

from core.edition.models import Edition
from core.store import database
from core.store.errors import NotFound
from core.store.remembered import MOST, NOTHING, Memory, memory, remembered
from tests.make import a_store, an_edition, let_go, writing

CORE = Path(__file__).parents[2] / "core"
asked: list[object] = []
"""What the function below was really asked."""


@remembered
def names(session: Session, year: int) -> tuple[str, ...]:
    """The names of the editions of a year."""
    asked.append(year)
    return tuple(session.exec(select(Edition.name).where(Edition.year == year).order_by(col(Edition.id))))


@remembered
def only(session: Session, year: int) -> str:
    """The name of the edition of a year; raises `NotFound`."""
    asked.append(year)
    name = session.exec(select(Edition.name).where(Edition.year == year)).first()
    if name is None:
        raise NotFound
    return name


@pytest.fixture(autouse=True)
def _nothing_asked() -> None:
    asked.clear()


def read(year: int = 2026) -> tuple[str, ...]:
    with database.reading() as session:
        return names(session, year)


def rename(edition: int, name: str) -> None:
    with writing("test.rename") as session:
        session.get_one(Edition, edition).name = name


@pytest.mark.usefixtures("store")
def test_the_same_question_is_worked_out_once() -> None:
    an_edition(2026, "one")
    an_edition(2027, "another")
    assert [read(2026), read(2027), read(2026), read(2027)] == [("one",), ("another",), ("one",), ("another",)]
    assert asked == [2026, 2027]


@pytest.mark.usefixtures("store")
def test_what_a_colleague_has_written_is_seen_by_the_next_who_asks() -> None:
    edition = an_edition(2026, "before")
    before = read()
    colleague = threading.Thread(target=rename, args=(edition, "after"))
    colleague.start()
    colleague.join()
    assert (before, read()) == (("before",), ("after",))


@pytest.mark.usefixtures("store")
def test_who_began_to_read_before_an_act_sees_the_store_before_it_to_the_end() -> None:
    edition = an_edition(2026, "before")
    with database.reading() as early:
        assert names(early, 2026) == ("before",)
        rename(edition, "after")
        assert read() == ("after",)
        assert names(early, 2026) == ("before",)
        assert names(early, 2027) == ()
    assert read() == ("after",)


@pytest.mark.usefixtures("store")
def test_an_act_sees_what_it_has_changed_and_nobody_else_before_it_is_kept() -> None:
    edition = an_edition(2026, "before")
    assert read() == ("before",)
    with writing("test.rename") as session:
        session.get_one(Edition, edition).name = "after"
        session.flush()
        assert names(session, 2026) == ("after",)
        assert read() == ("before",)
    assert read() == ("after",)


@pytest.mark.usefixtures("store")
def test_an_act_that_came_to_nothing_changes_no_answer() -> None:
    edition = an_edition(2026, "before")
    assert read() == ("before",)
    with pytest.raises(NotFound), writing("test.rename") as session:
        session.get_one(Edition, edition).name = "after"
        session.flush()
        assert names(session, 2026) == ("after",)
        raise NotFound
    assert read() == ("before",)


@pytest.mark.usefixtures("store")
def test_a_refusal_is_no_answer_to_be_kept() -> None:
    an_edition(2026)
    for _ in range(2):
        with pytest.raises(NotFound), database.reading() as session:
            only(session, 2027)
    assert asked == [2027, 2027]


@pytest.mark.usefixtures("store")
def test_an_empty_store_remembers_nothing() -> None:
    assert [read(), read()] == [(), ()]
    assert asked == [2026, 2026]


def test_another_store_answers_for_itself(tmp_path: Path) -> None:
    found: list[tuple[str, ...]] = []
    for name in ("one", "another"):
        a_store(tmp_path / name)
        an_edition(2026, name)
        found += [read(), read()]
        let_go()
    assert found == [("one",), ("one",), ("another",), ("another",)]
    assert memory.kept() == {}


def test_only_one_state_is_kept_and_so_many_results_the_last_asked_ones() -> None:
    few = Memory(2)
    for question in ("a", "b"):
        few.keep("first", question, question.upper())
    assert few.recall("first", "a") == "A"
    few.keep("first", "c", "C")
    assert few.kept() == {"a": "A", "c": "C"}
    assert few.recall("second", "a") is NOTHING
    few.keep("second", "a", "new")
    assert few.kept() == {"a": "new"}
    assert few.recall("first", "a") is NOTHING


@pytest.mark.usefixtures("store")
def test_it_says_what_is_in_the_store_whatever_was_written_and_asked_before() -> None:
    written: dict[int, list[str]] = {2026: [], 2027: []}

    @settings(max_examples=30)
    @given(some.lists(some.sampled_from([2026, 2027, None]), max_size=12))
    def step_by_step(steps: list[int | None]) -> None:
        """A step makes an edition of a year, or (None) asks for both years."""
        for year in [*steps, None]:
            if year is None:
                assert {year: list(read(year)) for year in written} == written
            else:
                written[year].append(f"edition {sum(map(len, written.values()))}")
                an_edition(year, written[year][-1])

    step_by_step()


def test_nothing_that_is_remembered_depends_on_who_asks() -> None:
    found = [
        (function.name, {one.arg for one in (*function.args.args, *function.args.kwonlyargs)})
        for file in CORE.rglob("*.py")
        for function in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(function, ast.FunctionDef)
        and any(isinstance(one, ast.Name) and one.id == "remembered" for one in function.decorator_list)
    ]
    assert found
    assert len(found) * 2 < MOST  # both sides of everything that there is
    assert [name for name, arguments in found if arguments & {"by", "actor", "at"}] == []
