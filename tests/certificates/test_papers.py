"""The certificates as files, read back."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from datetime import date
from itertools import product

import pytest
from fontTools.ttLib import TTFont
from PIL import Image
from pypdf import PdfReader

from core.certificates import archive, letters, pdf
from core.certificates.paper import Done, Paper
from core.language.text import Language
from core.people.rules import Side
from core.store.config import Config

DONE = Done(2, 240, 7, 630, (date(2026, 11, 5), date(2027, 4, 20)))
LATIN = (
    "Łukasz Ștefan Nguyễn Çağrı Öykü Ğöksel Åsa Zoë José Þórður Ðorđe Čeněk Ħamrun Ŝtefano Ġorġ Ñandú "
    "Ọláb́ísí Ẹ̀níọlá Šarūnas Ķirsis D’Angelo O'Brien Mª-José ʻIolani"
)
LATIN_SURNAMES = "Thị Phương;Wąsik-Żółć;Țăranu;Yıldırım;Müßig;Sørensen;Nuñez de la Peña;Kovačević"
GREEK, GREEK_SURNAMES = "Γεώργιος Ἀλέξανδρος Ευτυχία Ϊώ", "Παπαδόπουλος;Ωραιοπούλου;Ψαρράς"
CYRILLIC, CYRILLIC_SURNAMES = "Алексей Їжак Ђорђе Ўлан Қайрат Алёна", "Щербаков;Љубичић;Хрьщ;Ґалаґан-Їжакевич"
LONG = [
    "Maria Guadalupe del Carmen de los Ángeles Fernández de Córdoba y Álvarez de Toledo",
    "Wolfeschlegelsteinhausenbergerdorff Hubert Blaine Wolfgang",
    "Nguyễn Thị Phương Thảo Bernadette Łukaszewska-Ștefănescu von und zu Hohenzollern",
]


def names() -> list[str]:
    whole = [
        f"{first} {last}"
        for firsts, lasts in ((LATIN, LATIN_SURNAMES), (GREEK, GREEK_SURNAMES), (CYRILLIC, CYRILLIC_SURNAMES))
        for first, last in product(firsts.split(), lasts.split(";"))
    ]
    apart = [unicodedata.normalize("NFD", one) for one in whole]
    return [*LONG, *whole, *apart][:303]


def paper(name: str = "Giulia Rossi", *, listed: str = "", side: Side = Side.MENTEE, done: Done = DONE) -> Paper:
    return Paper(name, listed or name, side, "2026/27", done, date(2027, 5, 5))


def read(content: bytes, page: int = 0) -> str:
    return PdfReader(io.BytesIO(content)).pages[page].extract_text()


def test_three_hundred_names_stand_whole_inside_their_box() -> None:
    wanted = names()
    assert len(wanted) >= 300
    with TTFont(letters.BOLD) as font:
        glyphs, widths, units = font.getBestCmap(), font["hmtx"].metrics, font["head"].unitsPerEm
    reader = PdfReader(io.BytesIO(pdf.document([paper(name) for name in wanted], Language.ITALIAN)))
    edge = (pdf.LEFT + pdf.INNER) / pdf.MILLIMETRES
    for name, page in zip(wanted, reader.pages, strict=True):
        pieces: list[tuple[str, float, float, float]] = []

        def heard(*said, kept=pieces) -> None:
            text, cm, tm, _, size = said
            kept.append((text.strip(), tm[4], cm[5] + tm[5], size))

        page.extract_text(visitor_text=heard)
        top = page.mediabox.height - pdf.NAME_TOP / pdf.MILLIMETRES
        bottom = top - pdf.NAME_HEIGHT / pdf.MILLIMETRES
        found = [one for one in pieces if one[0] and bottom <= one[2] <= top]
        assert " ".join(text for text, *_ in found) == unicodedata.normalize("NFC", name)
        for text, left, _, size in found:
            wide = sum(widths[glyphs[ord(sign)]][0] for sign in text) / units * size
            assert left >= pdf.LEFT / pdf.MILLIMETRES - 0.1
            assert left + wide <= edge + 0.5
            assert size >= letters.TWO_LINES


@pytest.mark.parametrize(
    ("name", "signs"),
    [
        ("张伟", "张 伟"),
        ("محمد Rossi", "م ح د"),
        ("Giulia 🎓 Rossi", "🎓"),
        ("Giu\x07lia", "U+0007"),
        ("Giu\u200blia", "U+200B"),
        ("Rossi\ue000", "U+E000"),
        ("अनिल", "अ न ि ल"),
        ("שרה", "ש ר ה"),
    ],
)
def test_a_name_of_another_script_is_refused_not_printed_with_boxes(name: str, signs: str) -> None:
    with pytest.raises(pdf.NameNotPrintable) as refused:
        pdf.document([paper(name)], Language.ITALIAN)
    assert refused.value.values == {"name": name, "signs": signs}


def test_a_name_that_fits_nowhere_is_refused() -> None:
    with pytest.raises(pdf.NameTooLong):
        pdf.document([paper("Wolf" * 40)], Language.ITALIAN)


def test_an_edition_whose_name_cannot_be_printed_is_refused() -> None:
    with pytest.raises(pdf.EditionNotPrintable):
        pdf.document([Paper("Giulia Rossi", "", Side.MENTEE, "二〇二六", DONE, date(2027, 5, 5))], Language.ITALIAN)


@pytest.mark.parametrize(
    ("language", "side", "wanted"),
    [
        (
            Language.ITALIAN,
            Side.MENTEE,
            [
                "Università degli Studi di Milano · Career Service",
                "Attestato di partecipazione",
                "Si attesta che",
                "Giulia Rossi",
                "ha partecipato, come mentee, al",
                "Programma di mentoring, edizione 2026/27",
                "Formazione",
                "2 incontri",
                "4 ore",
                "Incontri di mentoring",
                "7 incontri",
                "10 ore e 30 minuti",
                "Periodo degli incontri",
                "5 nov 2026 – 20 apr 2027",
                "Milano, 5 maggio 2027",
                "Per il Career Service",
            ],
        ),
        (
            Language.ENGLISH,
            Side.MENTOR,
            [
                "University of Milan · Career Service",
                "Certificate of participation",
                "This is to certify that",
                "Giulia Rossi",
                "has taken part, as a mentor, in the",
                "Mentoring programme, edition 2026/27",
                "Training",
                "2 sessions",
                "4 hours",
                "Mentoring meetings",
                "7 meetings",
                "10 hours and 30 minutes",
                "Period of the meetings",
                "5 Nov 2026 – 20 Apr 2027",
                "Milan, 5 May 2027",
                "For the Career Service",
            ],
        ),
    ],
)
def test_a_certificate_says_who_did_what_and_when(language: Language, side: Side, wanted: list[str]) -> None:
    said = read(pdf.document([paper(side=side)], language))
    assert [one for one in wanted if one not in said] == []


def test_what_there_was_none_of_is_not_on_the_paper() -> None:
    said = read(pdf.document([paper(done=Done())], Language.ITALIAN))
    assert "Formazione" not in said
    assert "Periodo" not in said


def test_title_and_language_stand_in_the_file() -> None:
    reader = PdfReader(io.BytesIO(pdf.document([paper("Łukasz Rossi")], Language.ENGLISH)))
    assert reader.metadata is not None
    assert reader.metadata.title == "Certificate of participation – Łukasz Rossi"
    assert reader.metadata.creation_date.date() == date(2027, 5, 5)
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"


def test_the_same_papers_give_the_same_bytes_and_others_do_not() -> None:
    first = [paper(), paper("Ștefan Țăranu", side=Side.MENTOR)]
    assert pdf.document(first, Language.ITALIAN) == pdf.document(list(first), Language.ITALIAN)
    assert archive.bundle(first, Language.ITALIAN) == archive.bundle(list(first), Language.ITALIAN)
    marks = {
        archive.fingerprint(papers, language, logo)
        for papers in (first, first[:1])
        for language in (Language.ITALIAN, Language.ENGLISH)
        for logo in (None, b"x")
    }
    assert len(marks) == 8


def test_a_logo_in_the_data_folder_stands_on_the_paper(tmp_path) -> None:
    assert pdf.picture(Config(data=tmp_path).logo) is None
    Image.new("RGB", (40, 10), "blue").save(tmp_path / "logo.png")
    page = PdfReader(
        io.BytesIO(pdf.document([paper()], Language.ITALIAN, logo=pdf.picture(Config(data=tmp_path).logo)))
    ).pages[0]
    assert len(page.images) == 1


@pytest.mark.parametrize("content", [b"", b"<svg/>", b"\x89PNG\r\n\x1a\n cut off"])
def test_a_logo_that_is_no_picture_is_refused(tmp_path, content: bytes) -> None:
    (tmp_path / "logo.png").write_bytes(content)
    with pytest.raises(pdf.LogoNotReadable):
        pdf.picture(Config(data=tmp_path).logo)


def test_the_zip_holds_a_safe_name_for_each_and_says_who_is_left_out() -> None:
    papers = [
        paper("Giulia Rossi", listed="Rossi Giulia"),
        paper("GIULIA Rossi", listed="Rossi GIULIA"),
        paper("A/B: C. Verdi", listed='Verdi A/B:"C*?.'),
        paper("张伟", listed="张伟"),
    ]
    with zipfile.ZipFile(io.BytesIO(archive.bundle(papers, Language.ITALIAN))) as bundle:
        assert bundle.namelist() == [
            "Attestato Rossi Giulia.pdf",
            "Attestato Rossi GIULIA (2).pdf",
            "Attestato Verdi A B C.pdf",
            "Attestati non stampati.txt",
        ]
        assert "Giulia Rossi" in read(bundle.read("Attestato Rossi Giulia.pdf"))
        told = bundle.read("Attestati non stampati.txt").decode("utf-8-sig")
    assert "张伟: Il nome «张伟» contiene segni che l'attestato non può stampare (张 伟)." in told
