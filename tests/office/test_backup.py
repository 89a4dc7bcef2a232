"""`start.py backup` while the server runs, and when there is nothing to copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.office import backup
from core.store.backup.copies import Kind, listing
from tests.make import an_edition

if TYPE_CHECKING:
    from pathlib import Path

    from core.store import database


def test_a_copy_is_made_while_the_store_is_in_use(store: database.Store, capsys, monkeypatch) -> None:
    monkeypatch.setenv("MENTORING_DATA", str(store.config.data))
    an_edition()
    assert backup.main() == 0
    out, err = capsys.readouterr()
    (copy,) = listing(store.config.backups)
    assert (copy.kind, copy.good, err) == (Kind.DEMAND, True, "")
    assert [line.endswith(str(copy.file)) for line in out.splitlines()] == [True, True]


def test_without_a_store_it_says_so_and_makes_nothing(tmp_path: Path, capsys, monkeypatch) -> None:
    monkeypatch.setenv("MENTORING_DATA", str(tmp_path))
    assert backup.main() == 2
    out, err = capsys.readouterr()
    assert (out, len(err.splitlines())) == ("", 2)
    assert list(tmp_path.iterdir()) == []
