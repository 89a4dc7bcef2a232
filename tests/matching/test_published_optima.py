"""Published profiles: two small instances kept here, and those beside the repository where they are."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.adapters.matching import match, verify

PUBLISHED = Path(__file__).parents[3] / "shared/data/matching"
GLASGOW = {
    "rankmax": "rank-maximal",
    "greedymax": "greedy",
    "generous": "generous",
    "greedygenerous": "greedy-generous",
}

# A. Kwanashie, PhD thesis, University of Glasgow 2015, figure 6.1, written as a PrefLib file.
FIGURE = "1: 1,2,3\n1: 1\n1: 2,3\n"
FIGURE_SAYS = {"greedymax": [2, 0, 1], "generous": [1, 2, 0], "greedygenerous": [1, 2, 0]}

# Instance hr/2 of github.com/fmcooper/matchingproblems (MIT licence) with its brute-force optima.
HOSPITALS = """6 4
1: 4 (2 3)
2: 1 2 4 3
3: 2 3 4 1
4: 4 2
5: 4 2
6: 2 4
1: 1: 2: 2 3
2: 1: 2: 2 4 5 1 6 3
3: 1: 1: 3 1 2
4: 1: 1: 2 (1 6) 4 3 5
"""
HOSPITALS_SAY = """optimal_maxsizemincost: 11
optimal_generousmaxprofile: < 3 2 0 1 >
optimal_greedymaxprofile: < 3 2 0 1 >
optimal_greedyprofile: < 4 1 0 0 >
"""
COOPER = {
    "optimal_generousmaxprofile": "generous",
    "optimal_greedymaxprofile": "greedy",
    "optimal_greedyprofile": "rank-maximal",
}


def glasgow():
    """Cases of a list file, a policy and its profile."""
    for name, profile in FIGURE_SAYS.items():
        yield pytest.param(FIGURE, GLASGOW[name], profile, id=f"figure 6.1 {name}")
    for file, policies in json.loads(read("glasgow/expected_profiles.json") or "{}").items():
        for name, policy in GLASGOW.items():
            text = read(f"glasgow/{file}")
            yield pytest.param(text, policy, policies[name]["profile"], id=f"{file} {name}")


def costs():
    """Cases of a list file and the smallest sum of ranks."""
    yield pytest.param(FIGURE, 5, id="figure 6.1")
    for file, policies in json.loads(read("glasgow/expected_profiles.json") or "{}").items():
        yield pytest.param(read(f"glasgow/{file}"), policies["minsum"]["cost"], id=file)


def cooper():
    """Cases of an instance with quotas and its brute-force optima."""
    yield pytest.param(HOSPITALS, HOSPITALS_SAY, id="hr 2")
    for answer in sorted(PUBLISHED.glob("fmcooper*/Evaluations/*/bruteforce/*.txt")):
        instance = answer.parents[1] / "instances" / answer.name
        if "optimal_" in answer.read_text():
            yield pytest.param(instance.read_text(), answer.read_text(), id=f"{answer.parts[-3]} {answer.stem}")


def read(name):
    path = PUBLISHED / name
    return path.read_text() if path.exists() else ""


def preflib(text):
    """Ballots and mentors of a PrefLib file: strict orders, one voter a line, each project for one."""
    orders = re.findall(r"^1: ([\d,]+)$", text, re.MULTILINE)
    ballots = {f"s{row}": [[name] for name in order.split(",")] for row, order in enumerate(orders)}
    return ballots, {name: 1 for ballot in ballots.values() for (name,) in ballot}


def quotas(text):
    """Ballots, mentors, and who must be given how many: `1: 4 (2 3)`, then `2: lower: upper: ...` for each mentor,
    then (where mentors belong to lecturers) `1: lower: target: upper: ...` for each lecturer.
    """
    head, *lines = text.splitlines()
    many = [int(number) for number in head.split()]
    groups = [re.findall(r"\(.*?\)|\d+", line.split(":")[1]) for line in lines[: many[0]]]
    ballots = {f"s{row}": [group.strip("()").split() for group in ballot] for row, ballot in enumerate(groups)}
    places = [line.split(":") for line in lines[many[0] : many[0] + many[1]]]
    bounds = [({name}, int(lower), int(upper)) for name, lower, upper, _ in places]
    for line in lines[sum(many[:2]) : sum(many)] if len(many) > 2 else ():
        lecturer, lower, _, upper, *_ = line.split(":")
        bounds.append(({one[0] for one in places if one[3].strip() == lecturer}, int(lower), int(upper)))
    return ballots, {name: int(upper) for name, _, upper, _ in places}, bounds


@pytest.mark.parametrize(("text", "policy", "profile"), list(glasgow()))
def test_a_policy_gives_the_published_profile(text, policy, profile):
    ballots, mentors = preflib(text)
    result = match(ballots, mentors, policy=policy)
    assert result["profile"] == profile
    assert verify(ballots, mentors, result, policy=policy)


@pytest.mark.parametrize(("text", "cost"), list(costs()))
def test_least_sum_costs_what_was_published(text, cost):
    ballots, mentors = preflib(text)
    result = match(ballots, mentors, policy="least-sum")
    assert sum(rank * count for rank, count in enumerate(result["profile"], 1)) == cost


def better(policy, one, other):
    """Whether a profile comes before another one by a policy."""
    if policy == "rank-maximal":
        return one > other
    if policy == "greedy":
        return (sum(one), one) > (sum(other), other)
    return (-sum(one), one[::-1]) < (-sum(other), other[::-1])


@pytest.mark.parametrize(("text", "says"), list(cooper()))
def test_profiles_agree_with_brute_force_unless_quotas_that_we_do_not_have_bind(text, says):
    """Lower quotas and lecturers' limits are not ours: without them a profile is the same or a better one."""
    ballots, mentors, bounds = quotas(text)
    for name, policy in COOPER.items():
        result = match(ballots, mentors, policy=policy, allow_unlisted=False)
        published = [int(n) for n in re.search(rf"{name}: < (.*) >", says)[1].split()]
        published = published[: len(result["profile"])]
        taken = list(result["pairs"].values())
        kept = all(low <= sum(map(taken.count, names)) <= high for names, low, high in bounds)
        assert result["profile"] == published or (not kept and better(policy, result["profile"], published))
