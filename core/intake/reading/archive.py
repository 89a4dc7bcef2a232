"""What is in this zip? A workbook, or the one CSV that Google Forms packs; unpacked under a budget."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from core.intake.reading.refusals import DamagedFile, WrongKind, ZipBomb
from core.intake.reading.safety import MEGABYTE

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_PARTS = 500
MAX_UNPACKED = 40 * MEGABYTE
MAX_RATIO = 150
RATIO_COUNTS_FROM = 5 * MEGABYTE
CHUNK = 256 * 1024
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError)


def csv_inside(data: bytes) -> bytes | None:
    """Give the one CSV of a zip, or None for a workbook; refuse other zips and bombs."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except BROKEN:
        raise DamagedFile from None
    unpacked_size = sum(part.file_size for part in parts)
    bloated = unpacked_size > RATIO_COUNTS_FROM and unpacked_size > MAX_RATIO * len(data)
    if bloated or unpacked_size > MAX_UNPACKED or len(parts) > MAX_PARTS:
        raise ZipBomb
    names = [part.filename for part in parts]
    if "xl/workbook.xml" in names:
        return None
    if len(names) == 1 and names[0].lower().endswith(".csv"):
        return next(content for _, content in unpacked(data, (".csv", ".CSV")))
    raise WrongKind(kind="ODS" if "content.xml" in names else "ZIP")


def unpacked(data: bytes, endings: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    """Unpack the parts with these endings one by one, whatever size the directory promises, up to the budget."""
    budget = MAX_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in dict.fromkeys(archive.namelist()):
                if name.endswith(endings):
                    content = _content(archive, name, budget)
                    budget -= len(content)
                    yield name, content
    except BROKEN:
        raise DamagedFile from None


def _content(archive: zipfile.ZipFile, name: str, budget: int) -> bytes:
    content = bytearray()
    with archive.open(name) as part:
        while chunk := part.read(CHUNK):
            content += chunk
            if len(content) > budget:
                raise ZipBomb
    return bytes(content)
