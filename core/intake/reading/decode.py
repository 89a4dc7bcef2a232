"""Which characters are meant? The mark at the start decides, then NUL bytes, then UTF-8, then cp1252."""

from __future__ import annotations

import codecs
import re

from core.intake.reading.refusals import UnknownEncoding, WrongKind

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What a person may choose in place of the encoding found.
ENCODINGS = ("utf-8", "cp1252", "utf-16-le", "utf-16-be", "mac_roman", "cp850", "cp1250")
SAMPLE = 4000
# Text of a form holds no such character; a binary file does.
BINARY = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
BINARY_SHARE = 0.05


def decoded(data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """Give the text and the name of its encoding; a person's choice is taken as it is, or refused."""
    if encoding is not None:
        return _strictly(data, encoding), encoding
    found = _by_mark(data) or _by_nuls(data)
    if found is None:
        found = "utf-8" if _is_utf8(data) else "cp1252"
    sample = data[:SAMPLE].decode(found, errors="replace")
    if len(BINARY.findall(sample)) > BINARY_SHARE * len(sample):
        raise WrongKind(kind="?")
    return _strictly(data, found), found


def _strictly(data: bytes, encoding: str) -> str:
    if encoding not in ENCODINGS:
        raise UnknownEncoding(encoding=encoding)
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise UnknownEncoding(encoding=encoding) from None


def _by_mark(data: bytes) -> str | None:
    return next((name for mark, name in MARKS if data.startswith(mark)), None)


def _by_nuls(data: bytes) -> str | None:
    """UTF-16 without a mark: Western text has its NULs in every second byte."""
    sample = data[:SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > len(sample) // 4 and even * 10 < odd:
        return "utf-16-le"
    if even > len(sample) // 4 and odd * 10 < even:
        return "utf-16-be"
    return None


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
