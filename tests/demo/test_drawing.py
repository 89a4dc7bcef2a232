"""Who is drawn for the demo: nobody who exists, and spread as the taxonomy says."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from datetime import date, timedelta
from statistics import mean, median
from typing import TYPE_CHECKING

import pytest

from core.demo.ballots import ballot
from core.demo.chance import lots
from core.demo.chapters.arriving import read
from core.demo.dates import closed_between
from core.demo.form import export
from core.demo.meetings import Course, course, in_one_evening, meetings
from core.demo.people import is_forbidden
from core.demo.taxonomy import taxonomy
from core.intake.reading.results import Status
from core.mentoring.rules import Settings as Mentoring
from core.mentoring.rules import Way
from core.people.rules import Side
from tests.demo.drawn import people

if TYPE_CHECKING:
    from core.demo.population import Population

SEEDS = range(20)
SEASON = Mentoring(date(2026, 11, 1), date(2027, 4, 30), closed_between(date(2026, 11, 1), date(2027, 4, 30)))
PHONE = re.compile(r"\+?\d[\d ./-]{6,}\d")
ROUTABLE = re.compile(r"@(?!studenti\.unimi\.example$|example\.org$)")


@pytest.fixture(scope="module")
def years() -> list[Population]:
    return [people(seed) for seed in SEEDS]


def near(share: float, wanted: float, by: float) -> bool:
    return abs(share - wanted) <= by


def test_no_name_is_a_well_known_person_s(years: list[Population]) -> None:
    known = set(taxonomy().names.never_these_full_names.names)
    names = {one.person.full_name for year in years for side in Side for one in year.of(side)}
    assert {name for name in names if any(f" {one} " in f" {name} " for one in known)} == set()


@pytest.mark.parametrize("name", ["Enrico Caruso", "Enrico Maria Caruso", "Sofia Coppola Rossi", "Gian Luca Rossi"])
def test_a_well_known_name_is_known_among_others_too(name: str) -> None:
    assert is_forbidden(name)


def test_every_address_is_somebody_s_alone_and_leads_nowhere(years: list[Population]) -> None:
    for year in years:
        mails = [one.person.mail for side in Side for one in year.of(side)]
        assert len(set(mails)) == len(mails)
        assert [mail for mail in mails if ROUTABLE.search(mail) or not mail.isascii()] == []


def test_a_form_holds_no_telephone_number_and_no_link(years: list[Population]) -> None:
    for year in years[:5]:
        for side in Side:
            answers = [cell for row in read(export(year.of(side), side), side) for cell in row.raw.values()]
            texts = [cell for cell in answers if not re.fullmatch(r"\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d)?", cell)]
            assert [cell for cell in texts if PHONE.search(cell) or "://" in cell or "www." in cell] == []


def test_the_programme_reads_every_row_of_the_form(years: list[Population]) -> None:
    for year in years[:5]:
        for side in Side:
            rows = read(export(year.of(side), side), side)
            assert len(rows) == len(year.of(side))
            assert {row.status for row in rows} <= {Status.OK, Status.WARNING}
            assert {str(problem.code) for row in rows for problem in row.problems} <= {"DUPLICATE_NAME"}


def test_as_many_apply_as_the_taxonomy_says(years: list[Population]) -> None:
    counts = taxonomy().distributions.counts
    assert {len(year.mentees) for year in years} == {counts.mentee_applicants}
    assert {len(year.mentors) for year in years} == {counts.mentor_applicants}


def test_mentees_are_spread_as_the_taxonomy_says(years: list[Population]) -> None:
    spread = taxonomy().distributions.mentee
    drawn = [one for year in years for one in year.mentees]
    for level in ("L", "LM", "LMCU"):
        means = [one.mean_30 for one in drawn if one.programme.level == level and one.mean_30]
        assert near(mean(means), spread.exam_mean_30[level].mean, 0.3)
        ages = [one.age for one in drawn if one.programme.level == level]
        assert near(mean(ages), spread.age[level].mean, 0.5)
        marks = [one.mark for one in drawn if one.programme.level == level and one.mark]
        assert near(mean(marks), spread.degree_mark_110[level].mean, 1.5)
    genders = Counter(one.person.gender for one in drawn)
    assert near(genders["f"] / len(drawn), spread.gender["f"], 0.03)
    assert near(sum(one.mark is None for one in drawn) / len(drawn), spread.status["final_year_student"], 0.03)
    assert all(one.mark == 110 for one in drawn if one.honours)


def test_mentors_are_spread_as_the_taxonomy_says(years: list[Population]) -> None:
    spread = taxonomy().distributions.mentor
    drawn = [one for year in years for one in year.mentors]
    worked = [one.years or 0 for one in drawn]
    assert near(median(worked), 16, 1)
    assert (min(worked) >= 1, max(worked) <= 44) == (True, True)
    assert near(mean(one.age for one in drawn), spread.age.mean, 0.8)
    assert near(sum(one.capacity == 2 for one in drawn) / len(drawn), spread.capacity["2"], 0.03)
    assert all({2, 41} <= {one.years for one in year.mentors} for year in years)


def test_motivations_are_of_two_languages_and_of_all_qualities(years: list[Population]) -> None:
    told = [one.motivation for year in years for one in year.mentees]
    assert near(sum(one.in_english for one in told) / len(told), 0.2, 0.02)
    assert near(sum(one.text in _weak() for one in told) / len(told), 0.08, 0.02)
    assert not any("{" in one.text for one in told)


def _weak() -> set[str]:
    fragments = taxonomy().motivation_fragments
    return {*fragments.it.weak, *fragments.en.weak}


def test_most_applications_arrive_at_the_ends_of_the_window(years: list[Population]) -> None:
    sent = [one.sent_at.date() for year in years for one in year.mentees]
    closes = max(sent) - timedelta(days=2)
    last = sum(closes - timedelta(days=3) < day <= closes for day in sent) / len(sent)
    assert near(last, 0.38, 0.05)
    assert near(sum(day > closes for day in sent) / len(sent), 0.04, 0.02)


def test_self_assessments_hold_straight_lines_and_unfinished_ones(years: list[Population]) -> None:
    answers = [one.answers for year in years for one in year.mentees]
    straight = sum(len(set(one.values())) == 1 for one in answers) / len(answers)
    unfinished = sum(len(one) < 15 for one in answers) / len(answers)
    assert (0.05 <= straight <= 0.12, near(unfinished, 0.04, 0.02)) == (True, True)
    assert {value for one in answers for value in one.values()} == {1, 2, 3, 4, 5}


def test_rare_names_are_there_every_year(years: list[Population]) -> None:
    for year in years:
        names = [one.person.full_name for one in year.mentees]
        assert max(map(len, names)) > 45
        assert sum(one.twice for one in year.mentees) == 4
    lasts = {one.person.last_name for year in years for one in year.mentees}
    assert any("'" in name for name in lasts)
    assert any(len(name) == 2 for name in lasts)


def test_five_mentors_draw_about_a_third_of_the_first_choices(years: list[Population]) -> None:
    shares: list[float] = []
    chosen: list[int] = []
    for number, year in enumerate(years):
        mentors = dict(enumerate(year.mentors[:55]))
        wishes = [ballot(lots("wish", number, at), one, mentors) for at, one in enumerate(year.mentees[:55])]
        first = Counter(one.ranks[0][0] for one in wishes)
        shares.append(sum(times for _, times in first.most_common(5)) / len(wishes))
        chosen += [len(one.wished) for one in wishes]
        assert not any(set(one.wished) & set(one.vetoes) for one in wishes)
    assert near(mean(shares), 1 / 3, 0.06)
    assert near(sum(count == 3 for count in chosen) / len(chosen), 0.4, 0.04)


def test_pairs_meet_in_the_rhythm_of_the_taxonomy() -> None:
    spread = taxonomy().distributions.meetings
    held = [meetings(lots("pair", number), Course.STEADY, SEASON) for number in range(300)]
    gaps = [(after.held_on - one.held_on).days for pair in held for one, after in itertools.pairwise(pair)]
    assert near(mean(gaps), spread.gap_days.mean, 2.5)
    assert min(gaps) >= 1
    assert {6, 7} <= {len(pair) for pair in held}
    met = [one for pair in held for one in pair]
    assert near(sum(one.report.way is Way.ONLINE for one in met) / len(met), spread.mode["online"], 0.04)
    assert near(sum(one.report.minutes == 90 for one in met) / len(met), spread.duration_min["90"], 0.04)
    assert not any(closed.first <= one.held_on <= closed.last for one in met for closed in SEASON.closed)


def test_some_pairs_start_late_fade_or_stop() -> None:
    drawn = Counter(course(lots("course", number)) for number in range(2000))
    assert near(drawn[Course.STEADY] / 2000, 0.7, 0.04)
    assert all(drawn[one] for one in Course if one is not Course.SILENT)
    of = {one: [len(meetings(lots(one, number), one, SEASON)) for number in range(50)] for one in Course}
    assert set(of[Course.SILENT]) == {0}
    assert set(of[Course.STALLED]) == {2}
    assert max(of[Course.ENDED_EARLY]) == 3
    assert max(of[Course.FADING]) == 4


def test_a_pair_can_tell_of_all_its_meetings_in_one_evening() -> None:
    met = in_one_evening(meetings(lots("evening"), Course.STEADY, SEASON))
    assert len({one.entered_at.date() for one in met}) == 1
    assert len({one.held_on for one in met}) == len(met)
    assert in_one_evening([]) == []


def test_the_same_seed_draws_the_same_people_and_another_one_others() -> None:
    assert people(7) == people(7)
    assert {one.person.mail for one in people(7).mentees} != {one.person.mail for one in people(8).mentees}
