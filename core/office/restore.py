"""`python -m core.office.restore FILE`: puts a copy in the store's place, while no server runs.

The copy is checked, brought up to date and its sessions are ended aside; then it becomes the store in one step. Exit
status 2 and one sentence on the error output when it is refused; nothing has changed then.
"""

from __future__ import annotations

import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from core import schema
from core.accounts.ending import end_everything
from core.accounts.rules import SYSTEM
from core.language.text import OFFERED, Language, say, sentence
from core.messages import queries as messages
from core.messages.actions import leave_open
from core.messages.rules import MessageState
from core.store import clock, config, log
from core.store.backup import contents
from core.store.backup.copies import MOMENT, Copy, Kind
from core.store.backup.files import scratch, told_when_not_written
from core.store.backup.making import make
from core.store.backup.refusals import CopyNotGood, ForeignCopy, StoreUnreadable
from core.store.backup.restoring import fetch, fold, keep, put_in_place, put_in_place_of_damaged
from core.store.config import Config
from core.store.errors import Refused, StoreTooNew
from core.store.instance import InstanceLock

if TYPE_CHECKING:
    from datetime import datetime

    from sqlmodel import Session

    from core.store.database import Store

PREPARED, KEPT = "prepared", "kept"


@dataclass(frozen=True, slots=True)
class Restored:
    """Where the store that was there before has gone: into a copy, or aside when it could not be read."""

    before: Copy | None = None
    aside: Path | None = None


def restore(settings: Config, file: Path, *, at: datetime) -> Restored:
    """Make the copy in `file` the store; raises a refusal, and changes nothing then."""
    with told_when_not_written(settings.data):
        settings.data.mkdir(parents=True, exist_ok=True)
        lock = InstanceLock(settings.store)
        try:
            with scratch(settings.data) as workshop:
                return _put(_prepared(file, workshop / PREPARED, at), workshop / KEPT, settings, at)
        finally:
            lock.release()


def _prepared(file: Path, workshop: Path, at: datetime) -> Path:
    """The copy as a store of today's version in which nobody is signed in, in one file."""
    workshop.mkdir()
    aside = Config(data=workshop)
    fetch(file, aside.store)
    store = _brought_up_to_date(aside, file)
    try:
        if _shape(aside) != _shape_of_ours(workshop / "new"):
            raise ForeignCopy(file=file)
        with store.writing() as session:
            end_everything(session, by=SYSTEM, at=at)
            _leave_mail_open(session, at)
    finally:
        store.close()
    fold(aside.store)
    return aside.store


def _leave_mail_open(session: Session, at: datetime) -> None:
    """What waited to be sent on the copy's day may have gone out in the days that are lost: a person looks."""
    states = (MessageState.QUEUED, MessageState.SENDING)
    if waiting := messages.adrift(session, states=states, by=SYSTEM):
        leave_open(session, messages=waiting, said="messages.trouble.restored", by=SYSTEM, at=at)


def _brought_up_to_date(aside: Config, file: Path) -> Store:
    """The copy opened; one that the migrations do not fit is none of ours."""
    try:
        return schema.open_store(aside)
    except StoreTooNew:
        raise StoreTooNew(path=file) from None
    except SQLAlchemyError:
        raise ForeignCopy(file=file) from None


def _shape_of_ours(folder: Path) -> set[tuple[str, str]]:
    """What a new store of today's version holds: a copy may hide no trigger, and lack no table."""
    new = Config(data=folder)
    schema.open_store(new).close()
    return _shape(new)


def _shape(settings: Config) -> set[tuple[str, str]]:
    with closing(contents.read_only(settings.store)) as connection:
        return contents.shape(connection)


def _put(prepared: Path, kept: Path, settings: Config, at: datetime) -> Restored:
    if not settings.store.exists():
        put_in_place(prepared, settings.store)
        return Restored()
    keep(settings.store, kept)
    try:
        before = make(settings.store, settings.backups, kind=Kind.RESTORE, at=at)
    except (StoreUnreadable, CopyNotGood):
        aside = settings.data / f"damaged-{at:{MOMENT}}"
        put_in_place_of_damaged(prepared, settings.store, kept=kept, aside=aside)
        return Restored(aside=aside)
    put_in_place(prepared, settings.store)
    return Restored(before=before)


def _said(restored: Restored, file: Path, language: Language) -> str:
    said = [say("office.restore.done", language, file=file)]
    if restored.before is not None:
        said.append(say("office.restore.before", language, file=restored.before.file.resolve()))
    if restored.aside is not None:
        said.append(say("office.restore.aside", language, folder=restored.aside.resolve()))
    return " ".join([*said, say("office.restore.accounts", language)])


def main(file: Path) -> int:
    """Restore the file and say what has become of the store that was there."""
    settings = config.load()
    try:
        restored = restore(settings, file, at=clock.now())
    except Refused as refusal:
        for language in OFFERED:
            sys.stderr.write(sentence(refusal, language) + "\n")
        return 2
    log.start(settings.logs)
    log.note(f"restored {file.name}")
    log.stop()
    for language in OFFERED:
        sys.stdout.write(_said(restored, file, language) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
