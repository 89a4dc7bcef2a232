"""How can the person be reached? Mail, telephone and links, taken only when they are beyond doubt."""

from __future__ import annotations

import re
import unicodedata

from core.intake.reading.problems import Code, Flaw, Found

# What Microsoft Forms writes in place of a mail when nobody had to sign in.
ANONYMOUS = frozenset({"anonymous", "anonimo"})
WORD = r"[\w!#$%&'+/=?^`{|}~-]+"
LABEL = r"[^\W_](?:[\w-]*[^\W_])?"
MAIL = re.compile(rf"{WORD}(?:\.{WORD})*@(?:{LABEL}\.)+[^\W\d_]{{2,}}")
MAIL_LENGTH = 254
NAMED_MAIL = re.compile(r"[^<>@]*<\s*([^<>]+?)\s*>")
ONE_OF_SEVERAL = re.compile(r"[^\s;,/<>]+@[^\s;,/<>]+")

SCIENTIFIC = re.compile(r"\d+(?:[.,]\d+)?[eE]\+?\d+")
REMARK = re.compile(r"\([^()\d]*\)")
PHONE_SIGNS = re.compile(r"\+?[\d\s./()\-–]+")
INTERNATIONAL = re.compile(r"\+[1-9]\d{7,14}")
ITALIAN = re.compile(r"3\d{8,9}|0\d{5,10}")
ITALIAN_WITH_PREFIX = re.compile(r"39(?:3\d{9}|0\d{6,10})")

LINK = re.compile(r"https?://(?:[\w-]+\.)+[^\W\d_]{2,}(?::\d{1,5})?(?:[/?#]\S*)?", re.IGNORECASE)
LINKEDIN = re.compile(r"https?://(?:[\w-]+\.)?linkedin\.com/\S+", re.IGNORECASE)


def mail(text: str) -> Found:
    """Read one mail address in small letters; several, or none that could receive mail, are refused."""
    if text.lower() in ANONYMOUS:
        return Found(None, (Flaw(Code.REQUIRED_MISSING),))
    plain = text.removeprefix("mailto:").strip()
    if named := NAMED_MAIL.fullmatch(plain):
        plain = named[1]
    if len(plain) <= MAIL_LENGTH and MAIL.fullmatch(plain):
        return Found(unicodedata.normalize("NFC", plain.lower()))
    several = sum(1 for one in ONE_OF_SEVERAL.findall(text) if MAIL.fullmatch(one)) > 1
    return Found(None, (Flaw(Code.EMAIL_SEVERAL if several else Code.EMAIL_INVALID),))


def phone(text: str) -> Found:
    """Read a telephone number as +39...; numbers without a prefix are Italian ones."""
    if SCIENTIFIC.fullmatch(text):
        return Found(None, (Flaw(Code.EXCEL_SCIENTIFIC_NUMBER),))
    plain = REMARK.sub("", text).strip().removesuffix(".0")
    digits = re.sub(r"\D", "", plain) if PHONE_SIGNS.fullmatch(plain) else ""
    if plain.startswith("+"):
        number = "+" + digits
    elif digits.startswith("00"):
        number = "+" + digits[2:]
    elif ITALIAN_WITH_PREFIX.fullmatch(digits):
        number = "+" + digits
    else:
        number = "+39" + digits if ITALIAN.fullmatch(digits) else ""
    if INTERNATIONAL.fullmatch(number):
        return Found(number)
    return Found(None, (Flaw(Code.PHONE_UNREADABLE),))


def link(text: str) -> Found:
    """Read one web address."""
    return Found(text) if LINK.fullmatch(text) else Found(None, (Flaw(Code.LINK_INVALID),))


def linkedin(text: str) -> Found:
    """Read a LinkedIn profile, with or without https://."""
    full = text if "://" in text else f"https://{text}"
    return Found(full) if LINKEDIN.fullmatch(full) else Found(None, (Flaw(Code.LINK_INVALID),))
