"""Certificates as PDF, a page each: the same papers give the same bytes."""

from __future__ import annotations

import io
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, NamedTuple

from babel.dates import format_date
from fpdf import FPDF
from fpdf.prefs import ViewerPreferences
from PIL import Image

from core.certificates.letters import BOLD, REGULAR, composed, fit, unprintable
from core.certificates.told import spent
from core.language import format as form
from core.language.text import Language, say
from core.store.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from core.certificates.letters import Fitted
    from core.certificates.paper import Paper

BLUE, INK, GREY, LINE = (0x1D, 0x4F, 0x91), (0x1C, 0x24, 0x30), (0x5B, 0x64, 0x70), (0xC9, 0xD3, 0xE2)
WIDTH, HEIGHT, STRIPE = 297, 210, 10
LEFT, INNER = 32, 241
"""Millimetres: where all text begins, and how wide it may be."""
NAME_TOP, NAME_HEIGHT = 74, 26
LOGO_WIDTH, LOGO_HEIGHT, LOGO_TOP = 70, 22, 14
FIGURES_TOP, COLUMNS, GAP = 136, (66, 76, 99), 6
FOOT, SIGNATURE = 184, 80
MILLIMETRES = 25.4 / 72
FAMILY = "DejaVu"


class NameNotPrintable(Refused):
    """The name holds signs that a certificate cannot print: another script, or signs that nobody sees."""


class NameTooLong(Refused):
    """The name does not fit a certificate, not even in two lines of small letters."""


class EditionNotPrintable(Refused):
    """The edition's name holds signs that a certificate cannot print."""


class LogoNotReadable(Refused):
    """The file of the logo is no picture."""


class Figure(NamedTuple):
    """One of the things done: what it is, how much of it, and a smaller line below."""

    label: str
    value: str
    more: str = ""


def picture(file: Path | None) -> bytes | None:
    """The installation's logo, if it has one; raises `LogoNotReadable`."""
    if file is None:
        return None
    try:
        content = file.read_bytes()
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as opened:
            opened.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as broken:
        raise LogoNotReadable(file=file.name) from broken
    return content


def require_printable(paper: Paper) -> None:
    """Raise `NameNotPrintable`, `NameTooLong` or `EditionNotPrintable` when the certificate cannot be made."""
    if signs := unprintable(paper.name):
        raise NameNotPrintable(name=paper.name, signs=" ".join(signs))
    if signs := unprintable(paper.edition):
        raise EditionNotPrintable(signs=" ".join(signs))
    _fitted(paper.name)


def document(papers: Sequence[Paper], language: Language, *, logo: bytes | None = None) -> bytes:
    """The certificates in one language, a page each; raises what `require_printable` raises."""
    for paper in papers:
        require_printable(paper)
    sheet = _sheet(papers, language)
    for paper in papers:
        sheet.add_page()
        _page(sheet, paper, language, logo)
    return bytes(sheet.output())


def _page(sheet: FPDF, paper: Paper, language: Language, logo: bytes | None) -> None:
    _head(sheet, language, logo)
    _write(sheet, LEFT, 46, say("certificates.paper.title", language), 28, colour=BLUE, bold=True)
    _write(sheet, LEFT, 64, say("certificates.paper.certifies", language), 13, colour=GREY)
    _name(sheet, _fitted(paper.name))
    _write(sheet, LEFT, 107, say(f"certificates.paper.took_part.{paper.side}", language), 13)
    programme = say("certificates.paper.programme", language, edition=composed(paper.edition))
    _write(sheet, LEFT, 115, programme, 15, bold=True)
    left = LEFT
    for figure, width in zip(_figures(paper, language), COLUMNS, strict=False):
        _figure(sheet, left, width - GAP, figure)
        left += width
    _foot(sheet, paper, language)


def _fitted(name: str) -> Fitted:
    fitted = fit(composed(name), INNER / MILLIMETRES)
    if fitted is None:
        raise NameTooLong(name=name)
    return fitted


def _sheet(papers: Sequence[Paper], language: Language) -> FPDF:
    """A document without pages, with its fonts, its language, and a date of its own instead of the moment."""
    sheet = FPDF("landscape", "mm", "A4")
    sheet.set_auto_page_break(auto=False)
    sheet.set_margin(0)
    sheet.c_margin = 0
    sheet.add_font(FAMILY, "", REGULAR)
    sheet.add_font(FAMILY, "B", BOLD)
    sheet.set_creation_date(datetime.combine(papers[0].issued_on, time(12), tzinfo=UTC))
    sheet.set_lang({"it": "it-IT", "en": "en-GB"}[language.tongue])
    whose = "certificates.paper.document" if len(papers) == 1 else "certificates.paper.documents"
    sheet.set_title(say(whose, language, name=composed(papers[0].name), edition=composed(papers[0].edition)))
    sheet.set_author(say("language.university", language))
    sheet.viewer_preferences = ViewerPreferences(display_doc_title=True)
    return sheet


def _head(sheet: FPDF, language: Language, logo: bytes | None) -> None:
    sheet.set_fill_color(*BLUE)
    sheet.rect(0, 0, STRIPE, HEIGHT, style="F")
    _write(sheet, LEFT, 22, say("language.university", language), 11, colour=BLUE, bold=True)
    if logo is not None:
        sheet.image(
            io.BytesIO(logo),
            x=LEFT + INNER - LOGO_WIDTH,
            y=LOGO_TOP,
            w=LOGO_WIDTH,
            h=LOGO_HEIGHT,
            keep_aspect_ratio=True,
            alt_text=say("language.university", language),
        )


def _name(sheet: FPDF, name: Fitted) -> None:
    """The name in the middle of its box, whatever its size."""
    height = name.points * MILLIMETRES * 1.25
    top = NAME_TOP + (NAME_HEIGHT - height * len(name.lines)) / 2
    for row, line in enumerate(name.lines):
        _write(sheet, LEFT, top + row * height, line, name.points, bold=True, height=height)


def _figures(paper: Paper, language: Language) -> list[Figure]:
    """What was done, without what there was none of."""
    done, tongue = paper.done, language.tongue
    told: list[Figure] = []
    if done.sessions:
        told.append(_counted("training", "sessions", done.sessions, done.session_minutes, language))
    if done.meetings:
        told.append(_counted("mentoring", "meetings", done.meetings, done.minutes, language))
    if done.period:
        first, last = (form.day(day, tongue, short=True) for day in done.period)
        told.append(Figure(say("certificates.paper.period", language), first if first == last else f"{first} – {last}"))
    return told


def _counted(label: str, things: str, n: int, minutes: int, language: Language) -> Figure:
    return Figure(
        say(f"certificates.paper.{label}", language),
        say(f"certificates.paper.{things}", language, n=n),
        say("certificates.time.whole", language, time=spent(minutes)),
    )


def _figure(sheet: FPDF, left: float, width: float, figure: Figure) -> None:
    sheet.set_draw_color(*LINE)
    sheet.set_line_width(0.5)
    sheet.line(left, FIGURES_TOP, left + width, FIGURES_TOP)
    _write(sheet, left, FIGURES_TOP + 4, figure.label, 9.5, colour=GREY, width=width)
    _write(sheet, left, FIGURES_TOP + 10, figure.value, 15, bold=True, width=width)
    _write(sheet, left, FIGURES_TOP + 18, figure.more, 10.5, colour=GREY, width=width)


def _foot(sheet: FPDF, paper: Paper, language: Language) -> None:
    day = format_date(paper.issued_on, "d MMMM y", locale=form.LOCALES[language.tongue])
    _write(sheet, LEFT, FOOT - 6, say("certificates.paper.place", language, day=day), 11)
    left = LEFT + INNER - SIGNATURE
    sheet.set_draw_color(*INK)
    sheet.set_line_width(0.25)
    sheet.line(left, FOOT, left + SIGNATURE, FOOT)
    _write(sheet, left, FOOT + 1.5, say("certificates.paper.signature", language), 9.5, colour=GREY, width=SIGNATURE)


def _write(
    sheet: FPDF,
    left: float,
    top: float,
    text: str,
    points: float,
    *,
    colour: tuple[int, int, int] = INK,
    bold: bool = False,
    width: float = INNER,
    height: float = 0,
) -> None:
    """One line of text, smaller where it would leave its width."""
    sheet.set_text_color(*colour)
    sheet.set_font(FAMILY, "B" if bold else "", points)
    if (wide := sheet.get_string_width(text)) > width:
        sheet.set_font_size(points * width / wide)
    sheet.set_xy(left, top)
    sheet.cell(width, height or points * MILLIMETRES * 1.25, text)
