from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from scipy.optimize import LinearConstraint, milp

from core.edition.rules import OutOfBounds
from core.matching.rules import Conflict, Infeasible, Instance, Policy, Result, Settings
from core.matching.solver import compare, solve
from core.matching.solver.verify import verify
from tests.matching.brute_force import best, counts
from tests.matching.instances import popular, tiny


def wishes(**ballots):
    """Ballots from words: `ann="x (y z)"` wishes x first, y and z second."""
    return {mentee: [group.split("-") for group in text.split()] for mentee, text in ballots.items()}


def seats(names):
    return dict.fromkeys(names.split(), 1)


def test_everybody_gets_the_first_choice_when_nobody_disagrees():
    result = solve(Instance(wishes(ann="x y", bob="y x"), seats("x y")), Policy.GREEDY)
    assert result == Result({"ann": "x", "bob": "y"}, (2, 0), 0, (), 1, 0)


# Kwanashie 2015, figure 6.1: greedy pays one more first choice with a third one, generous gives no third.
CROSSED = wishes(s1="p1 p2 p3", s2="p1", s3="p2 p3")


@pytest.mark.parametrize(
    ("policy", "profile", "pairs"),
    [
        (Policy.GREEDY, (2, 0, 1), {"s1": "p3", "s2": "p1", "s3": "p2"}),
        (Policy.GENEROUS, (1, 2, 0), {"s1": "p2", "s2": "p1", "s3": "p3"}),
        (Policy.GREEDY_GENEROUS, (1, 2, 0), {"s1": "p2", "s2": "p1", "s3": "p3"}),
    ],
)
def test_policies_differ_as_in_the_published_figure(policy, profile, pairs):
    result = solve(Instance(CROSSED, seats("p1 p2 p3")), policy)
    assert (result.profile, result.pairs) == (profile, pairs)


def test_rank_maximal_leaves_somebody_without_for_one_more_first_choice():
    instance = Instance(wishes(ann="x y", bob="x", eve="y z"), seats("x y z"), allow_unlisted=False)
    assert solve(instance, Policy.RANK_MAXIMAL).profile == (2, 0)
    assert solve(instance, Policy.GREEDY).profile == (1, 2)


def test_a_mentor_of_one_group_is_the_same_choice_as_the_next_one():
    result = solve(Instance(wishes(ann="x-y", bob="x", eve="y-z"), seats("x y z")), Policy.GREEDY)
    assert result.profile == (3,)


def test_a_vetoed_mentor_is_never_given_not_even_to_somebody_who_is_left_without():
    result = solve(Instance(wishes(ann="x"), seats("x y"), forbidden={("ann", "x"), ("ann", "y")}), Policy.GREEDY)
    assert (result.pairs, result.unmatched, result.profile) == ({}, ("ann",), (0,))


def test_pairs_outside_the_lists_come_last():
    instance = Instance(wishes(ann="x", bob="x", eve="x y"), seats("x y z"))
    result = solve(instance, Policy.GREEDY)
    assert (result.profile, result.unlisted, result.pairs["eve"]) == ((1, 1), 1, "y")


def test_without_leave_nobody_is_paired_outside_the_list():
    result = solve(Instance(wishes(ann="x", bob="x"), seats("x y"), allow_unlisted=False), Policy.GREEDY)
    assert (result.profile, result.unlisted, len(result.unmatched)) == ((1,), 0, 1)


def test_a_mentor_takes_as_many_as_the_capacity_says():
    result = solve(Instance(wishes(ann="x y", bob="x y", eve="x y"), {"x": 2, "y": 1}), Policy.GREEDY)
    assert result.profile == (2, 1)


def test_a_locked_pair_stands_and_counts_at_its_rank():
    instance = Instance(wishes(ann="x y z", bob="z"), seats("x y z"), forced={("ann", "z")})
    result = solve(instance, Policy.GREEDY)
    assert (result.pairs["ann"], result.profile, result.unlisted) == ("z", (0, 0, 1), 1)


def test_a_lock_may_pair_outside_the_list_even_where_the_matching_may_not():
    instance = Instance(wishes(ann="x"), seats("x y"), forced={("ann", "y")}, allow_unlisted=False)
    assert solve(instance, Policy.GREEDY).pairs == {"ann": "y"}


@pytest.mark.parametrize(
    ("forced", "people", "rule"),
    [
        ({("ann", "gone")}, ("ann", "gone"), Conflict.UNKNOWN),
        ({("ann", "y")}, ("ann", "y"), Conflict.VETOED),
        ({("ann", "x"), ("ann", "z")}, ("ann", "x", "z"), Conflict.MENTEE_TWICE),
        ({("ann", "z"), ("bob", "z")}, ("z", "ann", "bob"), Conflict.MENTOR_FULL),
    ],
)
def test_locks_that_cannot_be_kept_are_answered_with_the_people_and_the_rule(forced, people, rule):
    instance = Instance(wishes(ann="x", bob="y"), seats("x y z"), forbidden={("ann", "y")}, forced=forced)
    assert solve(instance, Policy.GREEDY) == compare(instance) == Infeasible(people, rule)


def test_fit_breaks_ties_of_listed_pairs_and_orders_the_others():
    instance = Instance(
        wishes(ann="x-y", bob="x-y", eve=""), seats("x y z w"), fit=[[0, 1, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]]
    )
    assert instance.mentor_order == ["w", "x", "y", "z"]
    result = solve(instance, Policy.GREEDY)
    assert (result.pairs["ann"], result.pairs["bob"]) == ("x", "y")
    instance = Instance({"ann": []}, seats("x y z"), fit=np.array([[0.2, 0.3, 0.1]]))
    assert solve(instance, Policy.GREEDY).pairs == {"ann": "y"}


@pytest.mark.parametrize("fit", [[[1.0]], [[float("nan"), 1.0]], [[float("inf"), 1.0]], [[0.0, 1_000_000.0]]])
def test_a_fit_that_cannot_be_added_up_exactly_is_not_taken(fit):
    with pytest.raises(ValueError, match="fit"):
        solve(Instance({"ann": [["x"], ["y"]]}, seats("x y"), fit=fit), Policy.GREEDY)


def test_nobody_and_nothing_are_matched_too():
    assert solve(Instance({}, {}), Policy.GREEDY) == Result({}, (), 0, (), 0, 0)
    assert solve(Instance({}, {"x": 1}), Policy.GREEDY_GENEROUS).pairs == {}
    assert solve(Instance({"ann": [["x"]]}, {}), Policy.GREEDY_GENEROUS).unmatched == ("ann",)


def test_the_same_seed_draws_the_same_pairs_on_every_machine():
    tied = [["x", "y", "z", "w", "v"]]
    instance = Instance(dict.fromkeys(["ann", "bob", "eve", "ida", "joe"], tied), seats("x y z w v"), seed=2026)
    drawn = {"ann": "z", "bob": "v", "eve": "w", "ida": "y", "joe": "x"}
    assert solve(instance, Policy.GREEDY).pairs == drawn


def test_another_seed_draws_other_pairs_of_the_same_profile():
    tied = Instance({i: [list(range(6))] for i in range(6)}, dict.fromkeys(range(6), 1))
    results = [solve(Instance(tied.ballots, tied.mentors, seed=seed), Policy.GREEDY) for seed in range(5)]
    assert {result.profile for result in results} == {(6,)}
    assert len({tuple(result.pairs.items()) for result in results}) == 5


@pytest.mark.parametrize("policy", Policy)
def test_the_order_of_rows_and_names_never_matters(policy):
    given = popular(40, listed=6, tied=3, seed=3)
    turned = Instance(
        {mentee: [group[::-1] for group in given.ballots[mentee]] for mentee in reversed(given.ballots)},
        dict(reversed(given.mentors.items())),
        seed=given.seed,
    )
    assert solve(turned, policy) == solve(given, policy)


@given(tiny())
@settings(max_examples=150, deadline=None)
def test_no_matching_is_better_than_the_one_found(instance):
    for policy in Policy:
        expected, result = best(instance, policy), solve(instance, policy)
        if expected is None:
            assert isinstance(result, Infeasible)
        else:
            assert result.pairs == expected
            assert result.profile == counts(instance, expected)
            assert result.unlisted == len(expected) - sum(result.profile)
            assert result.unmatched == tuple(sorted(instance.ballots.keys() - expected.keys()))


def by_integer_programming(instance, policy):
    """The profile level by level: fix each optimum by a constraint and go on with the next level."""
    pairs = [(a, b, r) for a, ballot in instance.ballots.items() for r, group in enumerate(ballot, 1) for b in group]
    rank = np.array([r for _, _, r in pairs])
    people = [[float(pair[0] == a) for pair in pairs] for a in instance.ballots]
    places = [[float(pair[1] == b) for pair in pairs] for b in instance.mentors]
    limits = [1.0] * len(people) + [float(c) for c in instance.mentors.values()]
    rules = [LinearConstraint(np.array(people + places), ub=limits)]
    every = range(1, instance.longest + 1)
    levels = {
        Policy.GREEDY: [rank > 0, *(rank == r for r in every)],
        Policy.GENEROUS: [rank > 0, *(-1.0 * (rank == r) for r in reversed(every))],
        Policy.RANK_MAXIMAL: [rank == r for r in every],
    }[policy]
    chosen = np.zeros(len(pairs))
    for level in levels:
        chosen = np.rint(milp(-1.0 * level, integrality=np.ones(len(pairs)), bounds=(0, 1), constraints=rules).x)
        rules.append(LinearConstraint(1.0 * level, lb=(level * chosen).sum()))
    return tuple(int(chosen[rank == r].sum()) for r in every)


@pytest.mark.parametrize("policy", [Policy.GREEDY, Policy.GENEROUS, Policy.RANK_MAXIMAL])
def test_integer_programming_finds_the_same_profile(policy):
    instance = popular(60, listed=5, tied=2, places=2, seed=11)
    assert solve(instance, policy).profile == by_integer_programming(instance, policy)


@pytest.mark.parametrize("policy", Policy)
@pytest.mark.parametrize("people", [60, 200])
def test_the_second_opinion_agrees_for_dense_and_sparse_solver(policy, people):
    instance = popular(people, listed=8, tied=2, seed=people, fits=people < 100)
    assert verify(instance, policy, solve(instance, policy)) == ()


@pytest.mark.parametrize(("policy", "stages"), [(Policy.GREEDY, 3), (Policy.GREEDY_GENEROUS, 3), (Policy.GENEROUS, 4)])
def test_a_hundred_with_popular_mentors_and_ten_wishes_take_few_stages(policy, stages):
    instance = popular(100, listed=10, seed=53)
    result = solve(instance, policy)
    assert (result.stages, verify(instance, policy, result)) == (stages, ())


def test_a_thousand_people_get_the_profile_that_adds_up():
    result = solve(popular(1000, listed=5, seed=1), Policy.GREEDY_GENEROUS)
    assert sum(result.profile) + result.unlisted == len(result.pairs) == 1000
    assert sorted(result.pairs.values()) == list(range(1000))


def test_policies_are_compared_side_by_side():
    table = compare(Instance(CROSSED, seats("p1 p2 p3")))
    assert {policy: result.profile for policy, result in table.items()} == {
        Policy.GREEDY_GENEROUS: (1, 2, 0),
        Policy.GREEDY: (2, 0, 1),
        Policy.GENEROUS: (1, 2, 0),
        Policy.RANK_MAXIMAL: (2, 0, 1),
        Policy.LEAST_SUM: (1, 2, 0),
    }


def test_an_edition_starts_with_greedy_generous_and_mentors_for_one():
    assert Settings() == Settings(Policy.GREEDY_GENEROUS, seed=0, allow_unlisted=True, mentor_capacity=1)
    with pytest.raises(OutOfBounds):
        Settings(mentor_capacity=0)
