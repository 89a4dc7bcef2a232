"""Locks and the publication in the store."""

from __future__ import annotations

import threading

import pytest
from sqlmodel import select

from core.accounts.rules import Role
from core.edition import queries as editions
from core.edition.rules import Milestone
from core.matching import actions, queries
from core.matching.actions import (
    AlreadyLocked,
    AlreadyPublished,
    LocksContradict,
    NothingToPublish,
    ProposalMoved,
)
from core.matching.models import Lock, Pair, Publication
from core.matching.proposal import Counts, Proposal, proposed, results
from core.matching.queries import Progress
from core.matching.rules import Infeasible, LockKind, Policy, Settings
from core.people.rules import Side
from core.speeddate import actions as speeddate
from core.speeddate.rules import Wishes
from core.store import database
from core.store.audit import AuditEntry
from core.store.errors import NotAllowed, NotFound
from tests import make


@pytest.fixture
def edition(store) -> int:
    return make.an_edition()


@pytest.fixture
def people(edition: int) -> tuple[list[int], list[int]]:
    names = ("Anna Alfa", "Bea Beta", "Carla Gamma")
    mentees = [make.a_participant(edition, Side.MENTEE, name=name, mail=f"{name[0]}@s.example") for name in names]
    mentors = [
        make.a_participant(edition, Side.MENTOR, name=f"Ugo M{sign}", mail=f"m{sign}@x.example") for sign in "abc"
    ]
    return mentees, mentors


def vote(edition: int, mentee: int, *ranks: int, vetoes: tuple[int, ...] = ()) -> None:
    with database.writing() as session:
        wishes = Wishes(tuple((one,) for one in ranks), vetoes)
        actor = make.SYSTEM
        speeddate.save_ballot(session, edition_id=edition, mentee=mentee, wishes=wishes, seen=0, by=actor, at=make.AT)


def shown(edition: int, by, policy: Policy = Policy.GREEDY_GENEROUS) -> Proposal:
    with database.reading() as session:
        inputs = queries.inputs(session, edition, by=by)
    found = results(inputs)
    assert not isinstance(found, Infeasible)
    return proposed(inputs, policy, found[policy])


def publish(edition: int, seen: int, by, policy: Policy = Policy.GREEDY_GENEROUS) -> int:
    with database.writing() as session:
        return actions.publish(session, edition_id=edition, policy=policy, seen=seen, by=by, at=make.AT)


def lock(edition: int, mentee: int, mentor: int, kind: LockKind, by) -> None:
    with database.writing() as session:
        actions.lock(session, edition_id=edition, mentee=mentee, mentor=mentor, kind=kind, by=by, at=make.AT)


def test_what_was_seen_is_published_once_with_how_it_came_about(edition: int, people) -> None:
    actor, (mentees, mentors) = make.staff(Role.COORDINATOR), people
    vote(edition, mentees[0], mentors[0], mentors[1])
    vote(edition, mentees[1], mentors[0], vetoes=(mentors[2],))
    proposal = shown(edition, actor)
    assert publish(edition, proposal.fingerprint, actor) == 3
    with database.reading() as session:
        made = queries.publication(session, edition, by=actor)
        pairs = queries.pairs(session, edition, by=actor)
        assert editions.passed(session, edition, Milestone.PAIRS_PUBLISHED, by=actor) == make.AT
        assert queries.progress(session, edition, by=actor) == Progress(3, make.AT)
        assert session.exec(select(AuditEntry.act)).all()[-1] == "matching.publish"
        assert made is not None
        assert made.inputs == queries.inputs(session, edition, by=actor).digest
    assert (made.policy, made.seed, made.who) == (Policy.GREEDY_GENEROUS, 2026, actor.name)
    assert made.counts == Counts((1, 1), 1, 0)
    assert [(one.mentee, one.mentor, one.rank) for one in pairs] == [
        ("Alfa Anna", "Mb Ugo", 2),
        ("Beta Bea", "Ma Ugo", 1),
        ("Gamma Carla", "Mc Ugo", None),
    ]
    with pytest.raises(AlreadyPublished):
        publish(edition, proposal.fingerprint, actor)
    with pytest.raises(AlreadyPublished):
        lock(edition, mentees[0], mentors[0], LockKind.YES, actor)
    with database.reading() as session:
        assert len(session.exec(select(Pair)).all()) == 3


def test_of_two_who_publish_at_once_one_is_refused(edition: int, people) -> None:
    actor = make.staff(Role.COORDINATOR)
    seen = shown(edition, actor).fingerprint
    refused: list[Exception] = []

    def attempt() -> None:
        try:
            publish(edition, seen, actor)
        except AlreadyPublished as error:
            refused.append(error)

    threads = [threading.Thread(target=attempt) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(refused) == 1
    with database.reading() as session:
        assert len(session.exec(select(Publication)).all()) == 1


def test_a_proposal_that_moved_since_it_was_shown_is_refused(edition: int, people) -> None:
    actor, (mentees, mentors) = make.staff(Role.COORDINATOR), people
    before = shown(edition, actor)
    other = next(one for one in mentors if one != before.pairs[0].mentor.application_id)
    vote(edition, mentees[0], other)
    with pytest.raises(ProposalMoved):
        publish(edition, before.fingerprint, actor)
    with database.reading() as session:
        assert session.exec(select(Pair)).all() == []
        assert editions.passed(session, edition, Milestone.PAIRS_PUBLISHED, by=actor) is None


def test_a_veto_is_never_given_and_a_lock_is_kept(edition: int, people) -> None:
    actor, (mentees, (a, b, c)) = make.staff(Role.COORDINATOR), people
    vote(edition, mentees[0], a, b, vetoes=(c,))
    vote(edition, mentees[1], a, b, vetoes=(c,))
    vote(edition, mentees[2], c, vetoes=())
    lock(edition, mentees[2], a, LockKind.YES, actor)
    lock(edition, mentees[1], b, LockKind.NEVER, actor)
    proposal = shown(edition, actor)
    publish(edition, proposal.fingerprint, actor)
    with database.reading() as session:
        pairs = {row.mentee_id: row.mentor_id for row in session.exec(select(Pair))}
    assert pairs == {mentees[2]: a, mentees[0]: b}
    assert [one.application_id for one in proposal.unmatched] == [mentees[1]]


def test_a_lock_is_made_once_for_people_who_take_part_and_can_be_taken_away(edition: int, people) -> None:
    actor, (mentees, mentors) = make.staff(Role.COORDINATOR), people
    lock(edition, mentees[0], mentors[0], LockKind.YES, actor)
    with pytest.raises(AlreadyLocked):
        lock(edition, mentees[0], mentors[0], LockKind.NEVER, actor)
    with pytest.raises(NotFound):
        lock(edition, mentors[0], mentees[0], LockKind.YES, actor)
    with database.reading() as session:
        (held,) = queries.inputs(session, edition, by=actor).locks
    assert (held.mentee, held.mentor, held.kind) == ("Alfa Anna", "Ma Ugo", LockKind.YES)
    with database.writing() as session:
        actions.unlock(session, edition_id=edition, lock_id=held.id, by=actor, at=make.AT)
    with database.reading() as session:
        assert session.exec(select(Lock)).all() == []


def test_locks_that_contradict_each_other_publish_nothing(edition: int, people) -> None:
    actor, (mentees, mentors) = make.staff(Role.COORDINATOR), people
    lock(edition, mentees[0], mentors[0], LockKind.YES, actor)
    lock(edition, mentees[0], mentors[1], LockKind.YES, actor)
    with pytest.raises(LocksContradict):
        publish(edition, 0, actor)


def test_nobody_can_be_published(edition: int) -> None:
    actor = make.staff(Role.COORDINATOR)
    with pytest.raises(NothingToPublish):
        publish(edition, shown(edition, actor).fingerprint, actor)


def test_a_search_finds_every_word_in_names_and_addresses_and_forgives_accents(edition: int, people) -> None:
    actor = make.staff(Role.COORDINATOR)
    publish(edition, shown(edition, actor).fingerprint, actor)
    with database.reading() as session:
        found = {
            search: len(queries.pairs(session, edition, search=search, by=actor))
            for search in ("", "ALFA", "alfà anna", "ugo", "b@s.example", "anna beta", "100%", "_")
        }
    assert found == {"": 3, "ALFA": 1, "alfà anna": 1, "ugo": 3, "b@s.example": 1, "anna beta": 0, "100%": 0, "_": 0}


def test_only_coordinators_see_or_make_pairs(edition: int, people) -> None:
    helper = make.staff(Role.HELPER, Role.REVIEWER, Role.VIEWER, Role.ADMIN)
    with database.reading() as session:
        for asked in (queries.inputs, queries.pairs, queries.publication, queries.progress):
            with pytest.raises(NotAllowed):
                asked(session, edition, by=helper)
    with pytest.raises(NotAllowed):
        publish(edition, 0, helper)
    with pytest.raises(NotAllowed):
        lock(edition, people[0][0], people[1][0], LockKind.YES, helper)


def test_each_edition_has_a_draw_of_its_own() -> None:
    assert Settings.defaults(2026) == Settings(seed=2026)
