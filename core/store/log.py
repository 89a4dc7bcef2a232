"""The rotating log: what went wrong and where, never about whom.

An unexpected error is written with a code that people can quote; its message and its values stay out,
since either may hold a person's data.
"""

from __future__ import annotations

import logging
import re
import secrets
import traceback
from logging.handlers import RotatingFileHandler
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MAIL = re.compile(r"[^\s@<>'\"]+@[^\s@<>'\"]+")
_LOG = logging.getLogger("mentoring")


class _Scrub(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = scrub(record.getMessage())
        record.args = None
        return True


def scrub(text: str) -> str:
    """The text without mail addresses."""
    return MAIL.sub("(mail)", text)


def start(folder: Path) -> None:
    """Write to `folder`/mentoring.log from now on: 5 files of 1 MB."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(folder / "mentoring.log", maxBytes=1_000_000, backupCount=5, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    handler.addFilter(_Scrub())
    stop()
    _LOG.addHandler(handler)
    _LOG.setLevel(logging.INFO)


def stop() -> None:
    """Let go of the file."""
    for handler in list(_LOG.handlers):
        handler.close()
        _LOG.removeHandler(handler)


def note(message: str) -> None:
    """One line about the programme's own life; mail addresses are taken out."""
    _LOG.info(message)


def report(error: BaseException) -> str:
    """Log the kind and the place of an unexpected error and return the code that finds it."""
    code = secrets.token_hex(4).upper()
    frames = traceback.extract_tb(error.__traceback__)
    places = " < ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in reversed(frames))
    _LOG.error("%s %s at %s", code, type(error).__name__, places)
    return code
