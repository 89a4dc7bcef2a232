from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings

from core.matching.rules import Infeasible, Instance, Policy, Result, profile
from core.matching.solver import solve
from core.matching.solver.verify import Flaw, verify
from tests.adapters import matching
from tests.matching.instances import popular, tiny


def told(instance, result, pairs):
    """The same result with other pairs and the counts that belong to them."""
    counts, unlisted = profile(instance, pairs)
    without = tuple(mentee for mentee in instance.mentee_order if mentee not in pairs)
    return replace(result, pairs=pairs, profile=counts, unlisted=unlisted, unmatched=without)


def changes(instance, pairs):
    """Every result one swap away: two change mentors, one takes a free mentor, one is left without."""
    loads = list(pairs.values())
    free = [mentor for mentor, most in instance.mentors.items() if loads.count(mentor) < most]
    for mentee, mentor in pairs.items():
        yield {one: other for one, other in pairs.items() if one != mentee}
        yield from ({**pairs, mentee: other} for other in free if other != mentor)
    for ann, bob in combinations(pairs, 2):
        if pairs[ann] != pairs[bob]:
            yield {**pairs, ann: pairs[bob], bob: pairs[ann]}


@pytest.mark.parametrize("policy", Policy)
def test_every_swap_of_an_optimal_result_is_refused(policy):
    instance = popular(12, listed=4, tied=2, places=1, seed=8, fits=True)
    instance = replace(instance, mentors=dict.fromkeys(range(14), 1), fit=None)
    result = solve(instance, policy)
    assert verify(instance, policy, result) == ()
    refused = [verify(instance, policy, told(instance, result, other)) for other in changes(instance, result.pairs)]
    assert len(refused) == 12 + 12 * 2 + 66
    assert all(refused)


@given(tiny())
@settings(max_examples=60, deadline=None)
def test_a_result_is_accepted_and_each_change_of_it_refused(instance):
    for policy in Policy:
        result = solve(instance, policy)
        if not isinstance(result, Infeasible):
            assert verify(instance, policy, result) == ()
            for other in changes(instance, result.pairs):
                assert verify(instance, policy, told(instance, result, other))


def test_a_flaw_names_the_mentees_of_a_better_chain():
    instance = Instance({"ann": [["x"], ["y"]], "bob": [["y"], ["x"]]}, {"x": 1, "y": 1})
    crossed = Result({"ann": "y", "bob": "x"}, (0, 2), 0, (), 1, 0)
    (flaw,) = verify(instance, Policy.GREEDY, crossed)
    assert (flaw.what, sorted(flaw.people)) == ("not-the-best", ["ann", "bob"])


def test_a_pair_beyond_the_worst_rank_that_is_needed_is_not_the_best():
    instance = Instance({"ann": [["x"], ["y"], ["z"]], "bob": [["x"]]}, dict.fromkeys("xyz", 1))
    result = Result({"ann": "z", "bob": "x"}, (1, 0, 1), 0, (), 1, 0)
    assert verify(instance, Policy.GREEDY_GENEROUS, result) == (Flaw("not-the-best", ("ann",)),)


RULES = Instance(
    {"ann": [["x"]], "bob": [["y"]], "eve": []},
    {"x": 1, "y": 1, "z": 1, "w": 1},
    forbidden={("ann", "w")},
    forced={("bob", "y")},
    allow_unlisted=False,
)


@pytest.mark.parametrize(
    ("pairs", "flaw"),
    [
        ({"ann": "x", "bob": "gone"}, Flaw("unknown-person", ("bob", "gone"))),
        ({"ann": "x"}, Flaw("lock", ("bob", "y"))),
        ({"ann": "w", "bob": "y"}, Flaw("veto", ("ann", "w"))),
        ({"ann": "x", "bob": "y", "eve": "z"}, Flaw("unlisted", ("eve", "z"))),
        ({"ann": "y", "bob": "y"}, Flaw("capacity", ("y",))),
    ],
)
def test_a_broken_rule_is_named_with_the_people(pairs, flaw):
    assert flaw in verify(RULES, Policy.GREEDY, Result(pairs, (1,), 0, (), 1, 0))


@pytest.mark.parametrize(
    "wrong",
    [{"profile": (3,)}, {"unlisted": 1}, {"unmatched": ()}, {"seed": 7}],
    ids=lambda wrong: next(iter(wrong)),
)
def test_wrong_counts_are_refused(wrong):
    right = solve(RULES, Policy.GREEDY)
    assert verify(RULES, Policy.GREEDY, right) == ()
    assert verify(RULES, Policy.GREEDY, replace(right, **wrong)) == (Flaw("counts", ("eve",)),)


def test_plain_values_pass_through_the_adapter():
    given = {"ballots": {"ann": [["x", "y"]], "bob": [["x"]], "eve": []}, "mentors": {"x": 1, "y": 1, "z": 1}}
    rules = {"policy": "greedy-generous", "forbidden": {("eve", "z")}, "fit": {("ann", "y"): 0.5}}
    result = matching.match(**given, **rules)
    assert result == {
        "pairs": {"ann": "y", "bob": "x"},
        "profile": [2],
        "unlisted": 0,
        "unmatched": ["eve"],
        "proof": "1 assignments, ties drawn by seed 0",
    }
    assert matching.verify(**given, **rules, result=result)
    assert not matching.verify(**given, **rules, result={**result, "pairs": {"ann": "x", "bob": "y"}})


def test_locks_that_cannot_be_kept_pass_through_the_adapter():
    result = matching.match({"ann": [["x"]]}, {"x": 0}, policy="greedy", forced={("ann", "x")})
    assert result == {"infeasible": {"people": ["x", "ann"], "rule": "mentor-locked-beyond-capacity"}}
