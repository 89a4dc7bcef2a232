"""Approved messages for other programs: a table and its guide for a mail merge, and files that a mail program opens."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from core.language.text import Language, say
from core.messages.mail import NotAnAddress, one_line, written
from core.people.rules import Purpose

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.messages.outgoing import Letter
    from core.store.config import Config

UNSAFE = re.compile(r'[<>:"/\\|?*]')
LONGEST = 80
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The moment of every file inside: the earliest that a ZIP knows, so that the same letters give the same bytes."""


def merge_columns(letters: Sequence[Letter], language: Language) -> dict[str, list[str]]:
    """The columns of the table: whom to write to, what, and each kind of personal address that a text holds."""
    columns = {
        _field("name", language): [one.name for one in letters],
        _field("mail", language): [one.mail for one in letters],
        _field("subject", language): [one.subject for one in letters],
        _field("text", language): [one.text for one in letters],
        _field("language", language): [one.language.tongue for one in letters],
    }
    for purpose in _links(letters):
        columns[_link(purpose, language)] = [one.links.get(purpose, "") for one in letters]
    return columns


def merge_guide(letters: Sequence[Letter], language: Language) -> bytes:
    """How to send the table by Outlook's mail merge: the steps, the fields, and the subjects that have to be typed."""
    fields = [_field(name, language) for name in ("name", "mail", "subject", "text", "language")]
    fields += [_link(purpose, language) for purpose in _links(letters)]
    subjects = dict.fromkeys(one.subject for one in letters)
    said = [
        say("messages.merge.guide", language, text=f"«{_field('text', language)}»", mail=_field("mail", language)),
        *([say("messages.merge.dates", language)] if any(one.calendar for one in letters) else []),
        say("messages.merge.subjects", language, n=len(subjects)),
        "\n".join(f"- {subject}" for subject in subjects),
        say("messages.merge.fields", language),
        "\n".join(f"«{field}»" for field in fields),
        say("messages.merge.example", language),
        letters[0].text if letters else "",
    ]
    return "\n\n".join(said).replace("\n", "\r\n").encode("utf-8-sig")


def bundle(letters: Sequence[Letter], settings: Config, language: Language, *, at: datetime) -> bytes:
    """A ZIP with a file for each letter; a text inside names those to whom none can be sent."""
    file = io.BytesIO()
    left_out: list[str] = []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, one in enumerate(letters, start=1):
            try:
                content = written(one, settings, at=at, draft=True)
            except NotAnAddress:
                left_out.append(f"{one.name} <{one.mail}>")
                continue
            _add(archive, file_name(number, one), content)
        if left_out:
            told = "\r\n".join([say("messages.files.left_out", language), "", *left_out, ""])
            _add(archive, say("messages.files.left_out_name", language) + ".txt", told.encode("utf-8-sig", "replace"))
    return file.getvalue()


def file_name(number: int, letter: Letter) -> str:
    """What a letter is called, in signs that every system takes, and nothing else is: 001 Anna Alfa.eml."""
    name = " ".join(UNSAFE.sub(" ", one_line(letter.name, LONGEST)).split())
    return f"{number:03d} {name}".rstrip(" .") + ".eml"


def sheet_name(language: Language) -> str:
    """What the table's sheet is called."""
    return say("messages.ways.file_name", language)


def _links(letters: Sequence[Letter]) -> list[Purpose]:
    return [purpose for purpose in Purpose if any(purpose in one.links for one in letters)]


def _field(name: str, language: Language) -> str:
    return say(f"messages.merge.field.{name}", language)


def _link(purpose: Purpose, language: Language) -> str:
    return say(f"messages.merge.link.{purpose}", language)


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, EARLIEST)
    entry.external_attr = 0o644 << 16
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, content)
