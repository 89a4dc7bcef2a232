"""One act is one transaction with one audit entry, or nothing at all."""

from __future__ import annotations

import threading

import pytest
import sqlalchemy as sa
from sqlmodel import select

from core.edition.models import Edition
from core.store import audit, database
from core.store.audit import AuditChange, AuditEntry, Unaudited
from tests.make import AT, an_edition, writing

pytestmark = pytest.mark.usefixtures("store")


def test_an_act_leaves_one_entry_with_the_row_before_and_after() -> None:
    edition = an_edition(name="before")

    with writing("test.rename") as session:
        session.get_one(Edition, edition).name = "after"

    with database.reading() as session:
        entries = session.exec(select(AuditEntry).order_by(sa.desc(AuditEntry.id))).all()
        change = session.exec(select(AuditChange).where(AuditChange.entry_id == entries[0].id)).one()
    assert [entry.act for entry in entries] == ["test.rename", "edition.create"]
    assert change.before is not None
    assert change.after is not None
    assert (change.before["name"], change.after["name"]) == ("before", "after")
    assert (change.before["version"], change.after["version"]) == (1, 2)


def test_replaying_the_images_gives_the_rows() -> None:
    editions = [an_edition(name=f"edition {number}") for number in range(3)]
    with writing("test.change") as session:
        session.get_one(Edition, editions[1]).year = 2030
        session.delete(session.get_one(Edition, editions[2]))

    replayed: dict[int, object] = {}
    with database.reading() as session:
        for change in session.exec(
            select(AuditChange).where(AuditChange.table_name == "edition").order_by(sa.asc(AuditChange.id))
        ):
            replayed[change.row_id] = change.after
        rows = {row.id: audit.image_of(row) for row in session.exec(select(Edition))}
    assert {number: image for number, image in replayed.items() if image} == rows


def test_the_hash_chain_holds_and_notices_a_changed_entry() -> None:
    for number in range(3):
        an_edition(name=f"edition {number}")
    with database.reading() as session:
        entries = session.exec(select(AuditEntry).order_by(sa.asc(AuditEntry.id))).all()
        digests = {
            entry.id: [
                change.digest
                for change in session.exec(
                    select(AuditChange).where(AuditChange.entry_id == entry.id).order_by(sa.asc(AuditChange.id))
                )
            ]
            for entry in entries
        }
    previous = ""
    for entry in entries:
        assert entry.previous == previous
        assert audit.chain_digest(entry, digests[entry.id]) == entry.digest
        previous = entry.digest
    entries[1].act = "something.else"
    assert audit.chain_digest(entries[1], digests[entries[1].id]) != entries[1].digest


def test_an_image_can_be_verified_by_its_salted_digest() -> None:
    an_edition()
    with database.reading() as session:
        change = session.exec(select(AuditChange)).one()
    assert change.salt is not None
    assert audit.image_digest(change.salt, change.before, change.after) == change.digest


def test_an_act_that_fails_half_way_leaves_nothing() -> None:
    with pytest.raises(RuntimeError, match="half way"), writing() as session:
        session.add(Edition(name="lost", year=2026))
        session.flush()
        raise RuntimeError("half way")

    with database.reading() as session:
        assert session.exec(select(Edition)).all() == []
        assert session.exec(select(AuditEntry)).all() == []


def test_rows_changed_without_naming_the_act_are_refused() -> None:
    with pytest.raises(Unaudited, match="edition"), database.writing() as session:
        session.add(Edition(name="silent", year=2026))

    with database.reading() as session:
        assert session.exec(select(Edition)).all() == []


def test_bulk_statements_are_refused_since_they_leave_no_images() -> None:
    an_edition()
    with pytest.raises(Unaudited), writing() as session:
        session.execute(sa.update(Edition).values(year=1999))


def test_a_reading_session_cannot_write() -> None:
    with database.reading() as session:
        session.add(Edition(name="no", year=2026))
        with pytest.raises(sa.exc.OperationalError, match="readonly"):
            session.flush()


def test_writing_inside_writing_is_a_bug_that_is_told() -> None:
    with writing(), pytest.raises(database.NestedWriting), database.writing():
        pass


def test_the_database_refuses_what_a_check_forbids_and_names_no_value() -> None:
    with pytest.raises(sa.exc.IntegrityError) as refused, writing() as session:
        session.add(Edition(name="a secret name", year=1))
        session.flush()
    assert "year_range" in str(refused.value)
    assert "a secret name" not in str(refused.value)


def test_many_threads_write_one_after_another_and_none_is_lost() -> None:
    edition = an_edition()

    def raise_year() -> None:
        for _ in range(10):
            with writing() as session:
                session.get_one(Edition, edition).year += 1

    threads = [threading.Thread(target=raise_year) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with database.reading() as session:
        row = session.get_one(Edition, edition)
    assert (row.year, row.version) == (2026 + 40, 41)


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(sa.exc.StatementError, match="time zone"), writing() as session:
        session.add(AuditEntry(at=AT.replace(tzinfo=None), actor="", act="", previous="", digest=""))
        session.flush()
