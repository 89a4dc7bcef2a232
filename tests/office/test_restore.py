"""A copy becomes the store in one step, with nobody signed in; what is refused changes nothing."""

from __future__ import annotations

import hashlib
import shutil
import stat
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlmodel import select

from core import schema
from core.accounts import door
from core.accounts.models import Account, SignIn, Ticket
from core.edition.models import Edition
from core.messages.models import Message
from core.messages.rules import MessageState
from core.office import restore as command
from core.office.restore import restore
from core.store import clock, database
from core.store.audit import AuditEntry
from core.store.backup.copies import Copy, Kind, digest_of, listing
from core.store.backup.making import make
from core.store.backup.refusals import CopyDamaged, DigestDiffers, DigestMissing, ForeignCopy, NoSuchCopy
from core.store.config import Config
from core.store.errors import StoreInUse, StoreTooNew
from pages.shared.registry import ROOT
from tests.make import AT, a_message, an_edition, staff, writing
from tests.store.earlier import REVISIONS, a_store_of, rows_of

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

LATER = AT + timedelta(days=1)


@pytest.fixture
def settings(store: database.Store) -> Config:
    return store.config


@pytest.fixture
def copy(settings: Config) -> Generator[Copy]:
    """A copy with the edition "kept"; the store has gone on to the edition "lost", and nobody works on it."""
    an_edition(name="kept")
    made = make(settings.store, settings.backups, kind=Kind.DAILY, at=AT)
    an_edition(name="lost", year=2027)
    database.use(None)
    yield made
    database.use(None)


def editions(settings: Config) -> set[str]:
    database.use(schema.open_store(settings))
    with database.reading() as session:
        return set(session.exec(select(Edition.name)))


def everything(folder: Path) -> dict[str, str]:
    """Each file in a folder with the hash of its content."""
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*")
        if file.is_file()
    }


def sign(file: Path) -> None:
    """Write the digest that fits a file."""
    digest_of(file).write_text(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n")


# ---- what comes back


def test_the_store_is_again_what_it_was(settings: Config, copy: Copy) -> None:
    restored = restore(settings, copy.file, at=LATER)
    assert editions(settings) == {"kept"}
    assert stat.S_IMODE(settings.store.stat().st_mode) == 0o600
    assert restored.aside is None


def test_the_store_that_was_there_is_copied_first_and_can_come_back(settings: Config, copy: Copy) -> None:
    before = restore(settings, copy.file, at=LATER).before
    assert before is not None
    assert (before.kind, before.good) == (Kind.RESTORE, True)
    restore(settings, before.file, at=LATER)
    assert editions(settings) == {"kept", "lost"}


def test_a_copy_is_restored_into_an_empty_folder(copy: Copy, tmp_path: Path) -> None:
    elsewhere = Config(data=tmp_path / "new" / "data")
    restored = restore(elsewhere, copy.file, at=LATER)
    assert (restored.before, restored.aside) == (None, None)
    assert editions(elsewhere) == {"kept"}


def test_nothing_is_left_lying_about(settings: Config, copy: Copy) -> None:
    restore(settings, copy.file, at=LATER)
    assert {file.name for file in settings.data.iterdir()} == {"mentoring.db", "mentoring.lock", "backups"}
    assert len(listing(settings.backups)) == 2


def test_what_a_killed_process_left_beside_the_store_is_not_played_back(settings: Config, copy: Copy) -> None:
    with closing(database.driver().connect(str(settings.store), isolation_level=None)) as killed:
        killed.execute("PRAGMA journal_mode = WAL")
        killed.execute("INSERT INTO edition (name, year, version) VALUES ('in the log', 2028, 1)")
        beside = [settings.store.with_name(settings.store.name + ending) for ending in ("-wal", "-shm")]
        left = [(file, file.read_bytes()) for file in (settings.store, *beside)]
    for file, content in left:
        file.write_bytes(content)

    before = restore(settings, copy.file, at=LATER).before
    assert editions(settings) == {"kept"}
    assert before is not None
    database.use(None)
    restore(settings, before.file, at=LATER)
    assert editions(settings) == {"kept", "lost", "in the log"}


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_copy_of_an_earlier_version_arrives_with_its_data(revision: str, tmp_path: Path) -> None:
    settings = Config(data=tmp_path / "data")
    before = a_store_of(revision, tmp_path / "old.db")
    old = make(tmp_path / "old.db", tmp_path / "copies", kind=Kind.DAILY, at=AT)

    restore(settings, old.file, at=LATER)
    store = schema.open_store(settings)
    with store.engine.connect() as connection:
        after = rows_of(connection)
    store.close()
    assert {table: len(rows) for table, rows in before.items()} == {
        table: len(rows) - (table == "audit_entry") - 3 * (table == "audit_change")
        for table, rows in after.items()
        if table in before
    }
    ended = {"ended_at", "used_at", "link_until", "link_generation", "version"}
    for table, rows in before.items():
        for was, is_now in zip(rows, after[table], strict=False):
            assert was.items() <= is_now.items() or {key for key in was if was[key] != is_now[key]} <= ended


# ---- what had ended is not alive again


def test_after_a_restore_nobody_is_signed_in_and_no_link_opens(settings: Config) -> None:
    anna = staff(name="Anna Bianchi")
    with database.reading() as session:
        (mail,) = door.credentials(session)
    with database.writing() as session:
        ticket = door.mint_ticket(session, mail=mail, browser="b", at=AT)
    with writing() as session:
        account = session.get_one(Account, anna.account_id)
        account.link_generation, account.link_until = 4, LATER + timedelta(days=7)
    copy = make(settings.store, settings.backups, kind=Kind.DAILY, at=AT)
    database.use(None)

    restore(settings, copy.file, at=AT)
    database.use(schema.open_store(settings))
    with database.writing() as session:
        assert door.actor_of(session, session_id=anna.session_id or 0, at=AT) is None
        assert door.enter(session, ticket=ticket, browser="b", at=AT) is None
    with database.reading() as session:
        account = session.exec(select(Account)).one()
        assert account.link_until is None
        assert account.link_generation > 1_000_000  # beyond all that the lost days can have counted
        assert session.exec(select(SignIn.ended_at)).all() == [AT]
        assert session.exec(select(Ticket.used_at)).all() == [AT]
        last = session.exec(select(AuditEntry).order_by(AuditEntry.id)).all()[-1]
    assert (last.act, last.actor, last.at) == ("accounts.end_everything", "system", AT)


def test_what_waited_to_be_sent_is_left_open_for_it_may_have_gone_out_since(settings: Config) -> None:
    edition = an_edition()
    states = (MessageState.QUEUED, MessageState.SENDING, MessageState.APPROVED, MessageState.SENT)
    messages = [a_message(edition, state=state) for state in states]
    copy = make(settings.store, settings.backups, kind=Kind.DAILY, at=AT)
    database.use(None)

    restore(settings, copy.file, at=AT)
    database.use(schema.open_store(settings))
    with database.reading() as session:
        rows = [session.get_one(Message, one) for one in messages]
    assert [one.state for one in rows] == [MessageState.UNSURE, MessageState.UNSURE, *states[2:]]
    assert {one.trouble for one in rows[:2]} == {"messages.trouble.restored"}


# ---- what is refused


def test_while_the_server_runs_nothing_is_restored(settings: Config, copy: Copy) -> None:
    database.use(schema.open_store(settings))
    with pytest.raises(StoreInUse):
        restore(settings, copy.file, at=LATER)
    database.use(None)
    assert editions(settings) == {"kept", "lost"}


def test_while_somebody_reads_the_store_it_is_not_replaced(settings: Config, copy: Copy) -> None:
    with closing(database.driver().connect(str(settings.store), isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM edition").fetchone()
        with pytest.raises(StoreInUse):
            restore(settings, copy.file, at=LATER)
    assert editions(settings) == {"kept", "lost"}


def no_file(file: Path) -> None:
    file.unlink()


def no_digest(file: Path) -> None:
    digest_of(file).unlink()


def one_byte_changed(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[5000] ^= 1
    file.write_bytes(content)


def a_digest_of_another_file(file: Path) -> None:
    digest_of(file).write_text(f"{'0' * 64}  {file.name}\n")


def an_empty_digest(file: Path) -> None:
    digest_of(file).write_bytes(b"\xff")


def no_sqlite(file: Path) -> None:
    file.write_bytes(b"PK\x03\x04" * 5000)
    sign(file)


def an_empty_file(file: Path) -> None:
    file.write_bytes(b"")
    sign(file)


def cut_off(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-40_000])
    sign(file)


def changed(file: Path, *statements: str) -> None:
    with closing(database.driver().connect(str(file), isolation_level=None)) as store:
        for statement in statements:
            store.execute(statement)
    sign(file)


def a_broken_reference(file: Path) -> None:
    changed(file, "INSERT INTO role_holding (account_id, role) VALUES (999, 'admin')")


def another_programmes(file: Path) -> None:
    file.unlink()
    changed(file, "CREATE TABLE bookmarks (id INTEGER PRIMARY KEY)", "CREATE TABLE alembic_version (version_num)")


def without_a_version(file: Path) -> None:
    changed(file, "DELETE FROM alembic_version")


def with_a_hidden_trigger(file: Path) -> None:
    changed(
        file,
        "CREATE TRIGGER up AFTER INSERT ON role_holding WHEN new.role = 'viewer' BEGIN "
        "INSERT INTO role_holding (account_id, role) VALUES (new.account_id, 'admin'); END",
    )


def without_a_table(file: Path) -> None:
    changed(file, "DROP TABLE veto")


def with_a_view_in_a_tables_place(file: Path) -> None:
    changed(file, "DROP TABLE veto", "CREATE VIEW veto AS SELECT 1 AS id")


def with_two_tables_only(file: Path) -> None:
    file.unlink()
    changed(
        file,
        "CREATE TABLE audit_entry (id INTEGER PRIMARY KEY)",
        "CREATE TABLE alembic_version (version_num)",
        "INSERT INTO alembic_version VALUES ('0001')",
    )


def from_the_future(file: Path) -> None:
    changed(file, "UPDATE alembic_version SET version_num = '9999'")


@pytest.mark.parametrize(
    ("spoil", "refusal"),
    [
        (no_file, NoSuchCopy),
        (no_digest, DigestMissing),
        (one_byte_changed, DigestDiffers),
        (a_digest_of_another_file, DigestDiffers),
        (an_empty_digest, DigestDiffers),
        (no_sqlite, CopyDamaged),
        (an_empty_file, ForeignCopy),
        (cut_off, CopyDamaged),
        (a_broken_reference, CopyDamaged),
        (another_programmes, ForeignCopy),
        (without_a_version, ForeignCopy),
        (with_a_hidden_trigger, ForeignCopy),
        (without_a_table, ForeignCopy),
        (with_a_view_in_a_tables_place, ForeignCopy),
        (with_two_tables_only, ForeignCopy),
        (from_the_future, StoreTooNew),
    ],
    ids=lambda value: value.__name__,
)
def test_what_is_not_a_good_copy_of_ours_is_refused_and_nothing_changes(
    settings: Config, copy: Copy, spoil, refusal
) -> None:
    spoil(copy.file)
    before = everything(settings.data)
    with pytest.raises(refusal) as refused:
        restore(settings, copy.file, at=LATER)
    assert everything(settings.data) == before
    assert refused.value.values == ({"path": copy.file} if refusal is StoreTooNew else {"file": copy.file})


FULL_DISK = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from core.office.restore import restore
from core.store.backup.refusals import NotWritten
from core.store.config import Config
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), -1))
try:
    restore(Config(data=Path(sys.argv[1])), Path(sys.argv[2]), at=datetime(2026, 10, 2, tzinfo=UTC))
except NotWritten:
    sys.exit(7)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no limit of a file's size")
@pytest.mark.parametrize("bytes_that_fit", [1_000, 200_000])
def test_on_a_full_disk_nothing_changes(settings: Config, copy: Copy, bytes_that_fit: int) -> None:
    before = everything(settings.data)
    arguments = [settings.data, copy.file, str(bytes_that_fit)]
    told = subprocess.run([sys.executable, "-c", FULL_DISK, *arguments], cwd=ROOT, check=False)
    assert told.returncode == 7
    assert everything(settings.data) == before


# ---- a present store that is damaged


def test_a_store_that_cannot_be_read_is_kept_aside(settings: Config, copy: Copy) -> None:
    ruin = b"SQLite format 3\0" + b"ruin" * 9000
    settings.store.write_bytes(ruin)
    settings.store.with_name("mentoring.db-wal").write_bytes(b"log")

    restored = restore(settings, copy.file, at=LATER)
    assert restored.before is None
    assert restored.aside == settings.data / "damaged-20261002-090000"
    assert (restored.aside / "mentoring.db").read_bytes() == ruin
    assert (restored.aside / "mentoring.db-wal").read_bytes() == b"log"
    assert editions(settings) == {"kept"}


def test_a_store_in_which_a_page_is_damaged_is_kept_aside(settings: Config, copy: Copy) -> None:
    content = bytearray(settings.store.read_bytes())
    content[50_000:70_000] = bytes(20_000)
    settings.store.write_bytes(content)
    restored = restore(settings, copy.file, at=LATER)
    assert restored.aside is not None
    assert (restored.aside / "mentoring.db").stat().st_size == len(content)
    assert editions(settings) == {"kept"}


# ---- the command


def test_the_command_says_what_it_did(settings: Config, copy: Copy, capsys, monkeypatch) -> None:
    monkeypatch.setenv("MENTORING_DATA", str(settings.data))
    clock.use(lambda: LATER)
    assert command.main(copy.file) == 0
    out, err = capsys.readouterr()
    italian, english = out.splitlines()
    assert err == ""
    assert str(copy.file) in italian
    assert "mentoring-20261002-090000-restore.db" in english
    assert "Everybody has to sign in again" in english
    assert f"restored {copy.file.name}" in (settings.logs / "mentoring.log").read_text()


def test_the_command_gives_one_sentence_in_each_language_and_status_2(
    settings: Config, copy: Copy, capsys, monkeypatch
) -> None:
    monkeypatch.setenv("MENTORING_DATA", str(settings.data))
    shutil.rmtree(settings.backups)
    assert command.main(copy.file) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 2
    assert not settings.logs.exists()
