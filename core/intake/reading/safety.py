"""What is this file really? Its content decides, not the ending of its name."""

from __future__ import annotations

from enum import StrEnum

from core.intake.reading.refusals import EmptyFile, FileTooBig, HtmlPage, WrongKind

MEGABYTE = 1024 * 1024
MAX_MEGABYTES = 10
MAX_ROWS = 20_000
MAX_COLUMNS = 300

# The first bytes of what people send by mistake. An XLSX with a password is an OLE2 file, like an old XLS.
FOREIGN = {
    b"%PDF": "PDF",
    b"\xd0\xcf\x11\xe0": "XLS",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"{\\rtf": "RTF",
    b"\x1f\x8b": "GZIP",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7Z",
    b"SQLite format 3": "SQLite",
    b"RIFF": "RIFF",
}
HTML_OPENINGS = ("<!doctype", "<html", "<head", "<body", "<table", "<script", "<meta", "<!--")


class Content(StrEnum):
    """What a file can be read as."""

    ZIP = "zip"
    TEXT = "text"


def content_of(data: bytes) -> Content:
    """Tell a zip, which a workbook is too, from text; refuse what is empty, too big, a web page or of another kind."""
    if len(data) > MAX_MEGABYTES * MEGABYTE:
        raise FileTooBig(limit=MAX_MEGABYTES)
    if not data.strip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"):
        raise EmptyFile
    for opening, kind in FOREIGN.items():
        if data.startswith(opening):
            raise WrongKind(kind=kind)
    if data.startswith(b"PK\x03\x04"):
        return Content.ZIP
    refuse_markup(data[:2000].replace(b"\x00", b"").decode("latin-1"))
    return Content.TEXT


def refuse_markup(opening: str) -> None:
    """Refuse a web page, or XML, by the beginning of its text."""
    start = opening.lstrip("\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if start.startswith(HTML_OPENINGS) or ("<html" in start and start.startswith("<")):
        raise HtmlPage
    if start.startswith("<?xml"):
        raise WrongKind(kind="XML")
