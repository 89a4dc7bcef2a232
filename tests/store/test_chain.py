"""The record is whole, or says from which act on it is not."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from core.edition.models import Edition
from core.store import chain, database
from core.store.chain import Verdict
from tests.make import an_edition, writing
from tests.store.images import take_back

pytestmark = pytest.mark.usefixtures("store")


@pytest.fixture
def acts() -> list[int]:
    """Five acts: three editions, one of them changed, and that taken back."""
    editions = [an_edition(name=f"edition {number}") for number in range(3)]
    with writing("test.rename") as session:
        session.get_one(Edition, editions[0]).name = "renamed"
    take_back()
    return [1, 2, 3, 4, 5]


def verdict() -> Verdict:
    with database.reading() as session:
        return chain.verified(session)


def tamper(*statements: str) -> None:
    """What somebody could do to the file outside of the programme."""
    with database.current().engine.execution_options(write=True).connect() as connection, connection.begin():
        for statement in statements:
            connection.exec_driver_sql(statement)


def test_an_untouched_record_is_whole(acts: list[int]) -> None:
    found = verdict()
    assert (found.acts, found.broken) == (len(acts), None)
    assert found.first is not None
    assert found.first.id == acts[0]


def test_an_empty_record_is_whole() -> None:
    assert verdict() == Verdict(0, None, None)


@pytest.mark.parametrize(
    ("statement", "from_act"),
    [
        ("UPDATE audit_entry SET act = 'edition.create' WHERE id = 4", 4),
        ("UPDATE audit_entry SET account_id = 7 WHERE id = 2", 2),
        ("UPDATE audit_entry SET at = '2020-01-01 00:00:00' WHERE id = 2", 2),
        ("UPDATE audit_entry SET undoes = 3 WHERE id = 5", 5),
        ("UPDATE audit_entry SET undoes = NULL WHERE id = 5", 5),
        ("""UPDATE audit_change SET after = '{"id": 1, "name": "x"}' WHERE entry_id = 3""", 3),
        ("UPDATE audit_change SET before = NULL WHERE entry_id = 4", 4),
        ("UPDATE audit_change SET digest = 'x' WHERE entry_id = 1", 1),
        ("DELETE FROM audit_change WHERE entry_id = 3", 3),
        (("INSERT INTO audit_change SELECT 99, 2, table_name, row_id, before, after, salt, digest "
         "FROM audit_change WHERE entry_id = 1"), 2),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_was_altered_outside_shows_where(acts: list[int], statement: str, from_act: int) -> None:
    tamper(statement)
    found = verdict()
    assert found.broken is not None
    assert (found.broken.id, found.acts) == (from_act, from_act - 1)


def test_an_act_that_was_removed_breaks_the_next_one(acts: list[int]) -> None:
    tamper("DELETE FROM audit_change WHERE entry_id = 2", "DELETE FROM audit_entry WHERE id = 2")
    found = verdict()
    assert found.broken is not None
    assert found.broken.id == 3


def test_images_that_were_blanked_leave_the_record_whole(acts: list[int]) -> None:
    tamper("UPDATE audit_change SET before = NULL, after = NULL, salt = NULL WHERE entry_id = 4")
    assert verdict().broken is None


def test_the_number_of_statements_does_not_depend_on_the_acts(acts: list[int]) -> None:
    asked: list[str] = []
    engine = database.current().engine

    def count(*told: object) -> None:
        asked.append(str(told[2]))

    sa.event.listen(engine, "before_cursor_execute", count)
    verdict()
    few = len(asked)
    for number in range(20):
        an_edition(name=f"more {number}")
    asked.clear()
    found = verdict()
    sa.event.remove(engine, "before_cursor_execute", count)
    assert found.acts == len(acts) + 20
    assert len([one for one in asked if one.startswith("SELECT")]) == 2
    assert len(asked) == few
