"""What a certificate asks for, and how what is missing is said."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from core.certificates.rules import Facts, Lack, Missing, Settings, Thresholds, missing
from core.certificates.told import told
from core.edition.rules import OutOfBounds
from core.language.text import Language, say

MENTORS = Settings.defaults(2026).mentors
ALL = Facts(attended=3, expected=3, partners=1, meetings=6, minutes=540)

thresholds = some.builds(
    Thresholds, training=some.integers(0, 100), meetings=some.integers(0, 30), hours=some.floats(0, 200)
)
facts = some.integers(0, 9).flatmap(
    lambda expected: some.builds(
        Facts,
        attended=some.integers(0, expected),
        expected=some.just(expected),
        partners=some.integers(0, 3),
        meetings=some.integers(0, 40),
        minutes=some.integers(0, 13_000),
    )
)


def said(one: Missing, language: Language = Language.ITALIAN) -> str:
    return say("certificates.told", language, what=told(one))


def test_whoever_reached_each_threshold_has_earned_it() -> None:
    assert missing(MENTORS, replace(ALL, attended=2)) == ()


@pytest.mark.parametrize(
    ("changed", "italian", "english"),
    [
        (
            {"attended": 1},
            "formazione seguita: un incontro su 3, ne servono 2",
            "training attended: one session of 3, 2 are needed",
        ),
        (
            {"attended": 0},
            "formazione non seguita: servono 2 incontri su 3",
            "training not attended: 2 sessions of 3 are needed",
        ),
        ({"attended": 0, "expected": 1}, "formazione non seguita", "training not attended"),
        ({"meetings": 4}, "mancano 2 incontri su 6", "2 meetings of 6 are missing"),
        ({"meetings": 5}, "manca un incontro su 6", "one meeting of 6 is missing"),
        (
            {"minutes": 390},
            "mancano 2 ore e 30 minuti di incontri",
            "2 hours and 30 minutes of meetings are missing",
        ),
        ({"minutes": 480}, "manca un'ora di incontri", "one hour of meetings is missing"),
        ({"minutes": 510}, "mancano 30 minuti di incontri", "30 minutes of meetings are missing"),
        ({"partners": 0, "meetings": 0, "minutes": 0}, "non è in coppia", "not in a pair"),
    ],
)
def test_what_is_missing_is_said_in_both_languages(changed: dict[str, int], italian: str, english: str) -> None:
    [lack] = missing(MENTORS, replace(ALL, **changed))
    assert (said(lack), said(lack, Language.ENGLISH)) == (italian, english)


def test_all_that_is_missing_is_told_at_once() -> None:
    lacks = missing(MENTORS, Facts(attended=0, expected=3, partners=1, meetings=1, minutes=90))
    assert [one.lack for one in lacks] == [Lack.TRAINING, Lack.MEETINGS, Lack.TIME]


@given(thresholds, facts, some.integers(0, 3), some.integers(0, 9), some.integers(0, 900))
def test_more_training_meetings_or_minutes_never_lose_a_certificate(
    asked: Thresholds, before: Facts, sessions: int, meetings: int, minutes: int
) -> None:
    after = replace(
        before,
        attended=min(before.attended + sessions, before.expected),
        partners=before.partners + bool(meetings or minutes),
        meetings=before.meetings + meetings,
        minutes=before.minutes + minutes,
    )
    lost = {one.lack for one in missing(asked, after)} - {one.lack for one in missing(asked, before)}
    assert lost <= ({Lack.MEETINGS, Lack.TIME} if not before.partners else set())
    assert not (not missing(asked, before) and missing(asked, after))


@given(thresholds, facts)
def test_the_training_is_enough_exactly_from_its_share_on(asked: Thresholds, one: Facts) -> None:
    lacks = Lack.TRAINING in {lack.lack for lack in missing(asked, one)}
    assert lacks == (one.attended * 100 < asked.training * one.expected)


@given(thresholds, facts)
def test_what_is_missing_would_be_enough(asked: Thresholds, one: Facts) -> None:
    short = {lack.lack: lack.short for lack in missing(asked, one)}
    assert all(by > 0 for lack, by in short.items() if lack is not Lack.PAIR)
    full = replace(
        one,
        attended=one.attended + short.get(Lack.TRAINING, 0),
        meetings=one.meetings + short.get(Lack.MEETINGS, 0),
        minutes=one.minutes + short.get(Lack.TIME, 0),
    )
    assert {lack.lack for lack in missing(asked, full)} <= {Lack.PAIR}
    assert full.attended <= one.expected


@pytest.mark.parametrize("wrong", [{"training": 101}, {"meetings": -1}, {"hours": 201}])
def test_a_threshold_out_of_bounds_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(OutOfBounds):
        Thresholds(**{"training": 66, **wrong})
