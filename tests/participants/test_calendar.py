"""One's own dates in one's own calendar: the link is made once, and opens the dates and nothing else."""

from __future__ import annotations

import re

import pytest

from core import schema
from core.language.text import Language, say
from core.people.models import PersonalLink
from core.people.rules import Purpose, Side
from core.store import database
from core.store.config import Config
from tests.make import a_participant, an_edition
from tests.participants.test_answers import rows
from tests.participants.visits import a_link, ask, followed, get, post, rules_of_the_year

pytestmark = pytest.mark.usefixtures("store")
IT = Language.ITALIAN


@pytest.fixture
def mentee(store) -> int:
    edition = an_edition()
    rules_of_the_year(edition)
    return a_participant(edition, Side.MENTEE, name="Carlo Ferri")


def test_the_link_is_made_once_and_its_dates_are_a_calendar(mentee: int, tmp_path) -> None:
    link = a_link(mentee)
    database.use(None)
    database.use(schema.open_store(Config(data=tmp_path, public_url="https://127.0.0.1:8501/m", bcrypt_rounds=4)))
    assert say("people.mine.calendar.make", IT) in get(f"{link}/calendar").text
    made = post(f"{link}/calendar")
    assert made.headers["location"] == f"/m{link}/calendar"
    post(f"{link}/calendar")
    assert len(rows(PersonalLink, purpose=Purpose.CALENDAR)) == 1
    page = followed(made)
    (follow,) = re.findall(r'href="webcal://([^"]+)"', page)
    (once,) = re.findall(r'href="(/m/calendar/[^"]+)"', page)
    assert follow == f"127.0.0.1:8501{once}"
    dates = get(once)
    assert (dates.status, dates.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    assert dates.source.startswith("BEGIN:VCALENDAR")
    assert dates.headers["cache-control"] == "no-store"
    assert get(once.replace("/calendar/", "/mine/").removesuffix(".ics")).status == 404


def test_without_an_address_no_link_is_made_and_the_reason_is_said(mentee: int) -> None:
    answer = post(f"{a_link(mentee)}/calendar")
    assert answer.status == 409
    assert say("people.refused.NotReachable", IT) in answer.text
    assert rows(PersonalLink, purpose=Purpose.CALENDAR) == []


def test_a_guessed_calendar_is_none(mentee: int) -> None:
    assert ask("GET", "/calendar/1-x.ics").status == 404
    assert get(a_link(mentee, Purpose.CALENDAR)).status == 404
