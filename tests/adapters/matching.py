"""The matching by plain values, for benchmarks and published instances; no logic of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.matching import solver
from core.matching.rules import Infeasible, Instance, Policy, Result
from core.matching.solver.verify import verify as flaws

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

Ballots = dict[str, list[list[str]]]
Fit = dict[tuple[str, str], float]


def match(
    ballots: Ballots,
    mentors: dict[str, int],
    *,
    policy: str,
    forbidden: AbstractSet[tuple[str, str]] = frozenset(),
    forced: AbstractSet[tuple[str, str]] = frozenset(),
    fit: Fit | None = None,
    allow_unlisted: bool = True,
    seed: int = 0,
) -> dict[str, Any]:
    """The best pairs by a policy, or the people and the rule of locks that cannot be kept."""
    instance = _instance(ballots, mentors, forbidden, forced, fit, allow_unlisted=allow_unlisted, seed=seed)
    result = solver.solve(instance, Policy(policy))
    if isinstance(result, Infeasible):
        return {"infeasible": {"people": list(result.people), "rule": result.rule.value}}
    return {
        "pairs": dict(result.pairs),
        "profile": list(result.profile),
        "unlisted": result.unlisted,
        "unmatched": list(result.unmatched),
        "proof": f"{result.stages} assignments, ties drawn by seed {result.seed}",
    }


def verify(
    ballots: Ballots,
    mentors: dict[str, int],
    result: dict[str, Any],
    *,
    policy: str,
    forbidden: AbstractSet[tuple[str, str]] = frozenset(),
    forced: AbstractSet[tuple[str, str]] = frozenset(),
    fit: Fit | None = None,
    allow_unlisted: bool = True,
    seed: int = 0,
) -> bool:
    """Whether the separate checker finds nothing wrong with a result of `match`."""
    instance = _instance(ballots, mentors, forbidden, forced, fit, allow_unlisted=allow_unlisted, seed=seed)
    told = Result(
        pairs=result["pairs"],
        profile=tuple(result["profile"]),
        unlisted=result["unlisted"],
        unmatched=tuple(sorted(result["unmatched"])),
        stages=0,
        seed=seed,
    )
    return not flaws(instance, Policy(policy), told)


def _instance(
    ballots: Ballots,
    mentors: dict[str, int],
    forbidden: AbstractSet[tuple[str, str]],
    forced: AbstractSet[tuple[str, str]],
    fit: Fit | None,
    *,
    allow_unlisted: bool,
    seed: int,
) -> Instance[str]:
    table = [[fit.get((a, b), 0.0) for b in sorted(mentors)] for a in sorted(ballots)] if fit else None
    return Instance(ballots, mentors, forbidden, forced, table, seed, allow_unlisted)
