"""All certificates in one ZIP: a file for each person, and a list of those that could not be made."""

from __future__ import annotations

import hashlib
import io
import re
import unicodedata
import zipfile
from typing import TYPE_CHECKING

from core.certificates.pdf import document, require_printable
from core.language.text import Language, say, sentence
from core.store.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.certificates.paper import Paper

UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
LONGEST = 100
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The moment of every file inside: the earliest that a ZIP knows, so that the same papers give the same bytes."""


def refused(papers: Sequence[Paper]) -> list[tuple[Paper, Refused]]:
    """The papers that cannot be printed, each with the reason."""
    found: list[tuple[Paper, Refused]] = []
    for paper in papers:
        try:
            require_printable(paper)
        except Refused as reason:
            found.append((paper, reason))
    return found


def bundle(papers: Sequence[Paper], language: Language, *, logo: bytes | None = None) -> bytes:
    """The ZIP; whoever's certificate cannot be printed stands in a text file inside."""
    left_out = refused(papers)
    without = {id(paper) for paper, _ in left_out}
    printed = [paper for paper in papers if id(paper) not in without]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, paper in zip(_numbered([file_name(one, language) for one in printed]), printed, strict=True):
            _add(archive, name, document([paper], language, logo=logo))
        if left_out:
            lines = [f"{paper.listed}: {sentence(reason, language)}" for paper, reason in left_out]
            told = "\r\n".join([say("certificates.zip.left_out", language), "", *lines, ""])
            _add(archive, say("certificates.zip.left_out_name", language) + ".txt", told.encode("utf-8-sig"))
    return file.getvalue()


def file_name(paper: Paper, language: Language) -> str:
    """What one certificate is called, in signs that every system takes: Attestato Rossi Giulia.pdf."""
    name = UNSAFE.sub(" ", unicodedata.normalize("NFC", paper.listed))
    whole = " ".join(say("certificates.zip.file", language, name=name).split())
    return whole[:LONGEST].rstrip(" .") + ".pdf"


def fingerprint(papers: Sequence[Paper], language: Language, logo: bytes | None) -> str:
    """Eight signs that differ when the files would differ: for their names, so that no old copy is handed out."""
    return hashlib.sha256(repr((papers, language, logo)).encode(errors="surrogatepass")).hexdigest()[:8]


def _numbered(names: Sequence[str]) -> list[str]:
    """The names, those that a system without capitals would take for one with numbers."""
    taken: set[str] = set()
    given: list[str] = []
    for name in names:
        number, free = 1, name
        while free.casefold() in taken:
            number += 1
            free = f"{name.removesuffix('.pdf')} ({number}).pdf"
        taken.add(free.casefold())
        given.append(free)
    return given


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, EARLIEST)
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, content)
