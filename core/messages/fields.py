"""What can be put into a text: the fields, on which occasions they are there, and which of them are links."""

from __future__ import annotations

from enum import StrEnum

from core.messages.rules import Occasion
from core.people.rules import Purpose


class Field(StrEnum):
    """One thing that differs from person to person, or from edition to edition; its value is its name in a text."""

    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    FULL_NAME = "full_name"
    EDITION = "edition"
    SIGNATURE = "signature"
    MY_PROGRAMME = "my_programme"
    CALENDAR_LINK = "calendar_link"
    CONSENT_LINK = "consent_link"
    DEADLINE = "deadline"
    TRAINING_DATES = "training_dates"
    TRAINING_DATE = "training_date"
    EVENT_DAY = "event_day"
    EVENT_TIME = "event_time"
    BALLOTS_CLOSE = "ballots_close"
    PARTNER_NAME = "partner_name"
    PARTNER_MAIL = "partner_mail"
    PARTNER_ROLE = "partner_role"
    PARTNER_COURSE = "partner_course"
    MEETINGS_DONE = "meetings_done"
    MEETINGS_LEAST = "meetings_least"
    MEET_BY = "meet_by"
    FIRST_DAY = "first_day"
    LAST_DAY = "last_day"
    HOURS = "hours"
    APPLICATIONS_OPEN = "applications_open"
    APPLICATIONS_CLOSE = "applications_close"


LINKS = {
    Field.MY_PROGRAMME: Purpose.PROGRAMME,
    Field.CALENDAR_LINK: Purpose.CALENDAR,
    Field.CONSENT_LINK: Purpose.CONSENT,
}
"""Fields that become the person's own address at the moment when the message leaves."""

ALWAYS = (
    Field.FIRST_NAME,
    Field.LAST_NAME,
    Field.FULL_NAME,
    Field.EDITION,
    Field.SIGNATURE,
    Field.MY_PROGRAMME,
    Field.CALENDAR_LINK,
)
_YEAR = (Field.TRAINING_DATES, Field.EVENT_DAY, Field.EVENT_TIME, Field.FIRST_DAY, Field.LAST_DAY)
_EVENT = (Field.EVENT_DAY, Field.EVENT_TIME, Field.BALLOTS_CLOSE)
_NEXT = (Field.APPLICATIONS_OPEN, Field.APPLICATIONS_CLOSE)
_PARTNER = (Field.PARTNER_NAME, Field.PARTNER_MAIL, Field.PARTNER_ROLE, Field.PARTNER_COURSE)
_TO_COME = (Field.MEETINGS_LEAST, Field.FIRST_DAY, Field.LAST_DAY)
_MEETINGS = (Field.MEETINGS_DONE, *_TO_COME)
_OF_OCCASION: dict[Occasion, tuple[Field, ...]] = {
    Occasion.SELECTED_MENTEE: (Field.DEADLINE, *_YEAR),
    Occasion.SELECTED_MENTOR: (Field.DEADLINE, *_YEAR),
    Occasion.WAITING: (Field.DEADLINE,),
    Occasion.NOT_SELECTED_MENTEE: (),
    Occasion.NOT_SELECTED_MENTOR: (),
    Occasion.CONFIRM: (Field.DEADLINE, *_YEAR),
    Occasion.TRAINING_DATE: (Field.DEADLINE, Field.TRAINING_DATES),
    Occasion.TRAINING_MENTOR: (Field.TRAINING_DATES,),
    Occasion.SPEED_DATE: (Field.DEADLINE, *_EVENT),
    Occasion.BALLOT: _EVENT,
    Occasion.PAIRED_MENTEE: (*_PARTNER, *_TO_COME),
    Occasion.PAIRED_MENTOR: (*_PARTNER, *_TO_COME, Field.CONSENT_LINK),
    Occasion.FIRST_CONTACT: (*_PARTNER, *_MEETINGS, Field.MEET_BY),
    Occasion.SILENT_PAIR: (*_PARTNER, *_MEETINGS, Field.MEET_BY),
    Occasion.MIDWAY: (*_PARTNER, *_MEETINGS),
    Occasion.CERTIFICATE: (Field.MEETINGS_DONE, Field.HOURS),
    Occasion.THANKS: (Field.MEETINGS_DONE, Field.HOURS, Field.CONSENT_LINK),
    Occasion.REAPPLY: _NEXT,
    Occasion.FREE: (*_YEAR, Field.TRAINING_DATE, Field.BALLOTS_CLOSE, Field.CONSENT_LINK),
}
OFFERED: dict[Occasion, tuple[Field, ...]] = {one: (*ALWAYS, *_OF_OCCASION[one]) for one in Occasion}
"""What a text of each occasion may hold."""
