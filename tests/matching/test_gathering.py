"""What is gathered for the matching: capacities, vetoes, locks, and how people suit each other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.matching.fit import can_meet, fits, sectors_in_common
from core.matching.gathering import HeldLock, Inputs, capacity, instance_of
from core.matching.proposal import Counts, proposed, results
from core.matching.rules import Conflict, Infeasible, LockKind, Policy, Settings
from core.matching.solver.verify import verify
from core.selection.participants import Participant
from core.speeddate.rules import Wishes


def person(
    number: int, *, sectors: tuple[str, ...] = (), mode: str | None = None, offers: int | None = None
) -> Participant:
    return Participant(
        application_id=number,
        person_id=number,
        first_name="Nome",
        last_name=f"Cognome{number}",
        mail=f"p{number}@x.example",
        course=None,
        company=None,
        job_title=None,
        sector=None,
        sectors=sectors,
        mode=mode,
        capacity=offers,
    )


TWO = Inputs((person(1), person(2)), (person(11), person(12)), {}, (), Settings())


@pytest.mark.parametrize(
    ("offers", "most", "expected"), [(None, 1, 1), (None, 3, 1), (0, 3, 0), (2, 1, 1), (2, 3, 2), (5, 3, 3)]
)
def test_a_mentor_gets_as_many_as_offered_and_the_edition_allows(offers: int | None, most: int, expected: int) -> None:
    assert capacity(person(1, offers=offers), Settings(mentor_capacity=most)) == expected


def test_a_mentor_who_offered_no_place_gets_nobody_and_is_named() -> None:
    wishes = {1: Wishes(((11,),)), 2: Wishes(((11,), (12,)))}
    for offers, with_mentor in ((None, 1), (0, 0)):
        inputs = replace(TWO, mentors=(person(11, offers=0), person(12, offers=offers)), wishes=wishes)
        found = results(inputs)
        assert not isinstance(found, Infeasible)
        for policy, result in found.items():
            proposal = proposed(inputs, policy, result)
            assert (len(proposal.pairs), proposal.free) == (with_mentor, ())
            assert verify(instance_of(inputs), policy, result) == ()
        assert [one.application_id for one in inputs.without_places] == [11, 12][: 2 - with_mentor]


def test_a_lock_with_a_mentor_without_a_place_is_answered_with_the_rule() -> None:
    inputs = replace(TWO, mentors=(person(11, offers=0),), locks=(HeldLock(1, 1, 11, LockKind.YES, "", ""),))
    assert results(inputs) == Infeasible((11, 1), Conflict.MENTOR_FULL)


def test_another_mentee_without_a_mentor_makes_another_proposal() -> None:
    one_place = replace(TWO, mentors=(person(11),), locks=(HeldLock(1, 1, 11, LockKind.YES, "", ""),))
    seen: set[int] = set()
    for inputs in (one_place, replace(one_place, mentees=(person(1), person(3)))):
        found = results(inputs)
        assert not isinstance(found, Infeasible)
        seen.add(proposed(inputs, Policy.GREEDY, found[Policy.GREEDY]).fingerprint)
    assert len(seen) == len((one_place, inputs))


def test_sectors_are_the_same_in_any_spelling_and_a_way_to_meet_breaks_the_tie() -> None:
    mentee = person(1, sectors=("Sanità", "Diritto"), mode="online")
    both = person(11, sectors=("SANITA", "diritto", "Finanza"), mode="in_person")
    one = person(12, sectors=("Diritto",), mode="either")
    assert sectors_in_common(mentee, both) == ["SANITA", "diritto"]
    assert [can_meet(mentee, other) for other in (both, one, person(13))] == [False, True, True]
    assert fits([mentee], [both, one]) == [[2.0, 1.5]]


def test_a_rather_not_and_a_lock_never_forbid_and_a_lock_yes_fixes() -> None:
    locks = (HeldLock(1, 1, 12, LockKind.YES, "", ""), HeldLock(2, 2, 12, LockKind.NEVER, "", ""))
    wishes = {1: Wishes(((11, 12),), ()), 2: Wishes((), (11,)), 99: Wishes(((11,),), (12,))}
    made = instance_of(replace(TWO, wishes=wishes, locks=locks))
    assert made.ballots == {1: ((11, 12),), 2: ()}
    assert made.forbidden == {(2, 11), (2, 12)}
    assert made.forced == {(1, 12)}


def test_a_veto_is_never_given_even_when_somebody_stays_without() -> None:
    inputs = replace(TWO, wishes={1: Wishes(((11,),), (12,)), 2: Wishes(((11,),), (12,))})
    found = results(inputs)
    assert not isinstance(found, Infeasible)
    for policy, result in found.items():
        proposal = proposed(inputs, policy, result)
        assert proposal.counts == Counts((1,), 0, 1)
        assert [(one.application_id, places) for one, places in proposal.free] == [(12, 1)]


def test_a_lock_against_a_veto_is_answered_with_the_people_and_the_rule() -> None:
    lock = HeldLock(1, 1, 12, LockKind.YES, "", "")
    found = results(replace(TWO, wishes={1: Wishes((), (12,))}, locks=(lock,)))
    assert found == Infeasible((1, 12), Conflict.VETOED)


def test_a_pair_says_the_rank_whether_there_is_a_ballot_and_the_sectors_in_common() -> None:
    mentees = (person(1, sectors=("Diritto",)), person(2))
    inputs = Inputs(
        mentees, (person(11, sectors=("Diritto",)), person(12)), {1: Wishes(((12,), (11,)))}, (), Settings()
    )
    inputs = replace(inputs, locks=(HeldLock(1, 1, 11, LockKind.YES, "", ""),))
    found = results(inputs)
    assert not isinstance(found, Infeasible)
    pairs = proposed(inputs, Policy.GREEDY, found[Policy.GREEDY]).pairs
    assert [(one.rank, one.has_ballot, one.sectors) for one in pairs] == [(2, True, ("Diritto",)), (None, False, ())]


def test_the_order_of_the_rows_changes_neither_digest_nor_pairs() -> None:
    turned = replace(TWO, mentees=TWO.mentees[::-1], mentors=TWO.mentors[::-1])
    assert turned.digest == TWO.digest
    first, second = results(TWO), results(turned)
    assert not isinstance(first, Infeasible)
    assert not isinstance(second, Infeasible)
    assert (
        proposed(TWO, Policy.GREEDY, first[Policy.GREEDY]).fingerprint
        == proposed(turned, Policy.GREEDY, second[Policy.GREEDY]).fingerprint
    )


@pytest.mark.parametrize(
    "changed",
    [
        replace(TWO, wishes={1: Wishes(((11,),))}),
        replace(TWO, settings=Settings(seed=5)),
        replace(TWO, locks=(HeldLock(1, 1, 11, LockKind.NEVER, "", ""),)),
        replace(TWO, mentors=(person(11, sectors=("Diritto",)), person(12))),
    ],
)
def test_whatever_decides_the_pairs_changes_the_digest(changed: Inputs) -> None:
    assert changed.digest != TWO.digest
