from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.edition.queries import adapter
from core.edition.rules import OutOfBounds
from core.people.rules import Side
from core.selection.blind import HIDDEN, blinded
from core.selection.rules import Band, Criterion, NothingCounts, ScaleNotValid, Settings, SideRules, Standing, Weights
from core.selection.scoring import Facts, Place, Placing, academic, experience, placings, scale, score

YEAR = Settings.defaults(2026)
NOTHING = Facts(mean_30=None, final_mark=None, honours=False, years=None, answers=(), reviews=())

answers = st.lists(st.integers(1, 5), max_size=6)
facts = st.builds(
    Facts,
    mean_30=st.none() | st.floats(18, 30),
    final_mark=st.none() | st.integers(66, 110),
    honours=st.just(value=False),
    years=st.none() | st.floats(0, 60),
    answers=answers,
    reviews=answers,
)
sides = st.sampled_from(Side)


def with_weights(*weights: int) -> Settings:
    return replace(YEAR, mentors=SideRules(60, Weights(*weights)))


@pytest.mark.parametrize(
    ("known", "points"),
    [
        ({"mean_30": 18.0}, 0),
        ({"mean_30": 27.0}, 70),
        ({"mean_30": 30.0}, 100),
        ({"final_mark": 66}, 0),
        ({"final_mark": 103}, 70),
        ({"final_mark": 110}, 96),
        ({"final_mark": 110, "honours": True}, 100),
        ({"final_mark": 100, "mean_30": 30.0}, 60),
        ({}, None),
    ],
)
def test_mean_and_final_mark_stand_on_one_axis_and_the_mark_comes_first(known, points) -> None:
    assert academic(YEAR.standings, replace(NOTHING, **known)) == points


@pytest.mark.parametrize(
    ("years", "points"), [(None, None), (0, 20), (1.9, 20), (2, 50), (5, 80), (9.5, 80), (10, 100), (41, 100)]
)
def test_a_band_holds_until_the_next_one_begins(years, points) -> None:
    assert experience(YEAR.bands, years) == points


def test_one_is_nothing_and_five_is_everything() -> None:
    assert [scale([1]), scale([3]), scale([5, 4]), scale([])] == [0, 50, 87.5, None]


def test_the_total_is_the_weighted_mean_of_all_criteria() -> None:
    mentee = replace(NOTHING, mean_30=26.0, answers=(4, 4), reviews=(5, 4))
    assert score(YEAR, Side.MENTEE, mentee).total == round((40 * 60 + 20 * 75 + 40 * 87.5) / 100, 2)


def test_what_is_missing_is_named_and_the_other_weights_make_up_the_whole() -> None:
    mentor = score(YEAR, Side.MENTOR, replace(NOTHING, years=6, reviews=(3,)))
    assert mentor.missing == (Criterion.ACADEMIC, Criterion.SELF_ASSESSMENT)
    assert mentor.total == round((40 * 80 + 30 * 50) / 70, 2)


def test_who_is_not_known_at_all_has_no_total() -> None:
    assert score(YEAR, Side.MENTEE, NOTHING).total is None


def test_a_criterion_that_weighs_nothing_is_not_asked_for() -> None:
    assert score(with_weights(0, 1, 0, 0), Side.MENTOR, replace(NOTHING, years=3)).missing == ()


@settings(max_examples=60)
@given(facts, sides, st.sampled_from(Criterion))
def test_what_is_missing_never_counts_as_zero(one, side, gone) -> None:
    without = {
        Criterion.ACADEMIC: {"mean_30": None, "final_mark": None},
        Criterion.EXPERIENCE: {"years": None},
        Criterion.SELF_ASSESSMENT: {"answers": ()},
        Criterion.MOTIVATION: {"reviews": ()},
    }
    points = dict(score(YEAR, side, one).points)
    points.pop(gone, None)
    left = score(YEAR, side, replace(one, **without[gone])).total
    assert (left is None) == (not points)
    if points:
        assert min(points.values()) - 0.01 <= left <= max(points.values()) + 0.01


@settings(max_examples=60)
@given(facts, sides, st.data())
def test_a_better_answer_never_lowers_the_total(one, side, data) -> None:
    better = replace(
        one,
        mean_30=None if one.mean_30 is None else data.draw(st.floats(one.mean_30, 30)),
        final_mark=None if one.final_mark is None else data.draw(st.integers(one.final_mark, 110)),
        years=None if one.years is None else data.draw(st.floats(one.years, 60)),
        answers=[data.draw(st.integers(value, 5)) for value in one.answers],
        reviews=[data.draw(st.integers(value, 5)) for value in one.reviews],
    )
    assert (score(YEAR, side, better).total or 0) >= (score(YEAR, side, one).total or 0)


@settings(max_examples=60)
@given(facts, sides, st.data())
def test_the_order_of_reviews_and_answers_does_not_matter(one, side, data) -> None:
    other = replace(
        one,
        reviews=data.draw(st.permutations(one.reviews)),
        answers=data.draw(st.permutations(one.answers)),
    )
    assert score(YEAR, side, other) == score(YEAR, side, one)


@settings(max_examples=60)
@given(facts, st.lists(st.integers(1, 9), min_size=4, max_size=4), st.integers(2, 100))
def test_only_the_relation_of_the_weights_matters(one, weights, factor) -> None:
    plain = score(with_weights(*weights), Side.MENTOR, one).total
    scaled = score(with_weights(*(factor * weight for weight in weights)), Side.MENTOR, one).total
    assert scaled == pytest.approx(plain, abs=0.011)


@pytest.mark.parametrize(
    "wrong",
    [
        {"mean_30": 17.9},
        {"mean_30": math.nan},
        {"mean_30": math.inf},
        {"final_mark": 112},
        {"final_mark": 65},
        {"years": -1},
        {"years": math.nan},
        {"answers": (3, 6)},
        {"reviews": (0,)},
    ],
)
def test_a_value_outside_its_range_is_refused(wrong) -> None:
    with pytest.raises(OutOfBounds):
        score(YEAR, Side.MENTOR, replace(NOTHING, **wrong))


def test_equal_totals_share_a_rank_and_the_last_seat_is_not_given_by_the_alphabet() -> None:
    assert placings([70.0, 90.0, 70.0, None, 60.0], seats=2) == [
        Placing(2, 2, Place.TIED),
        Placing(1, 1, Place.WITHIN),
        Placing(2, 2, Place.TIED),
        Placing(None, 1, Place.UNRANKED),
        Placing(4, 1, Place.BEYOND),
    ]


@settings(max_examples=60)
@given(st.lists(st.none() | st.integers(0, 8).map(float), max_size=20), st.integers(0, 20))
def test_never_more_places_within_than_seats_and_each_rank_counts_those_before(totals, seats) -> None:
    places = placings(totals, seats)
    assert sum(one.place is Place.WITHIN for one in places) <= seats
    known = [total for total in totals if total is not None]
    assert [one.rank for one, total in zip(places, totals, strict=True) if total is not None] == [
        1 + sum(other > total for other in known) for total in known
    ]


@pytest.mark.parametrize(
    ("kind", "changed"),
    [
        (ScaleNotValid, {"standings": ()}),
        (ScaleNotValid, {"standings": (Standing(18, 66, 0), Standing(29, 111, 100))}),
        (ScaleNotValid, {"standings": (Standing(18, 66, 50), Standing(30, 111, 40))}),
        (ScaleNotValid, {"bands": (Band(1, 20),)}),
        (ScaleNotValid, {"bands": (Band(0, 20), Band(math.inf, 30))}),
        (ScaleNotValid, {"bands": (Band(0, 20), Band(5, 30), Band(5, 40))}),
        (OutOfBounds, {"bands": (Band(0, 120),)}),
        (OutOfBounds, {"bands": (Band(0, math.nan),)}),
        (OutOfBounds, {"reviews": 0}),
        (OutOfBounds, {"mentees": YEAR.mentors}),
    ],
)
def test_settings_that_make_no_sense_are_refused(kind, changed) -> None:
    with pytest.raises(kind):
        replace(YEAR, **changed)


def test_weights_are_not_all_nothing_and_seats_not_negative() -> None:
    with pytest.raises(NothingCounts):
        Weights(0, 0, 0, 0)
    with pytest.raises(OutOfBounds):
        Weights(-1, 2, 0, 0)
    with pytest.raises(OutOfBounds):
        SideRules(-1, YEAR.mentors.weights)


def test_the_settings_come_back_as_they_were_kept() -> None:
    kept = adapter(Settings).dump_json(YEAR)
    assert adapter(Settings).validate_json(kept) == YEAR


def test_a_text_tells_neither_its_author_nor_the_employer() -> None:
    text = "Sono GIULIA De Luca (giulia@x.it, 333 1234567, www.giulia.it) di Acme; Lucania no."
    assert blinded(text, ["Giulia", "De Luca", "Acme S.p.A."]) == (
        f"Sono {HIDDEN} De {HIDDEN} {HIDDEN} {HIDDEN}, {HIDDEN} di {HIDDEN}; Lucania no."
    )
    assert blinded("Da maggio lavoro.", [None, ""]) == "Da maggio lavoro."


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Sono Nicolo, D Angelo.", f"Sono {HIDDEN}, D {HIDDEN}."),
        ("Sono NICOLÒ d'angelo.", f"Sono {HIDDEN} d'{HIDDEN}."),
        ("Sono Nicolo\u0300 D’A\u0300ngelo2.", f"Sono {HIDDEN} D’{HIDDEN}2."),
        ("Gli angeli di Nicolosi, già là.", "Gli angeli di Nicolosi, già là."),
    ],
)
def test_a_name_is_hidden_however_its_accents_are_written(text, hidden) -> None:
    assert blinded(text, ["Nicolò", "D'Àngelo"]) == hidden
