"""The two sides of the programme, what became of a person in an edition, and what a person may consent to."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum

from core.store.errors import Refused


class Side(StrEnum):
    """On which side a person applies."""

    MENTEE = "mentee"
    MENTOR = "mentor"


class Result(StrEnum):
    """What became of a person in an edition that is over."""

    NOT_SELECTED = "not_selected"
    WAITED = "waited"
    WITHDRAWN = "withdrawn"
    SELECTED = "selected"
    """Took part, and got no partner."""
    PAIRED = "paired"


class Purpose(StrEnum):
    """What a personal link opens."""

    PROGRAMME = "programme"
    """What the person can see and answer in one edition."""
    CONSENT = "consent"
    """Giving and taking back a consent: it serves as long as the person is known."""
    CALENDAR = "calendar"
    """The person's own dates, for a calendar that asks again and again."""


class ConsentKind(StrEnum):
    """What a person may consent to, beyond the data that an application needs."""

    ACKNOWLEDGEMENT = "acknowledgement"
    """Being named and thanked on the programme's website."""


NAME_LENGTH, PHONE_LENGTH = 100, 40


class ContactNotValid(Refused):
    """A surname is there, names have at most 100 signs, a telephone number at most 40; no control signs."""


class MailNotValid(Refused):
    """This is no mail address."""


class MailTaken(Refused):
    """Another person is known by this mail address."""


class NothingToChange(Refused):
    """All fields are as they are already."""


class ChangeSettled(Refused):
    """A colleague has dealt with this correction already."""


class NothingChosen(Refused):
    """The form came without an answer that it can have."""


class WordingChanged(Refused):
    """The text of the consent is another one than the person was shown."""


@dataclass(frozen=True, slots=True)
class Contact:
    """How a person is called and reached."""

    first_name: str
    last_name: str
    mail: str
    phone: str

    def named(self) -> dict[str, str]:
        """The fields by their names."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


def checked_contact(contact: Contact) -> Contact:
    """The fields without doubled blanks; raises `ContactNotValid`."""
    clean = Contact(*(" ".join(value.split()) for value in contact.named().values()))
    longest = max(len(clean.first_name), len(clean.last_name))
    printable = all(value.isprintable() for value in clean.named().values())
    if not clean.last_name or longest > NAME_LENGTH or len(clean.phone) > PHONE_LENGTH or not printable:
        raise ContactNotValid(most=NAME_LENGTH, phone=PHONE_LENGTH)
    return clean
