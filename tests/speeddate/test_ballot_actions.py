"""Ballots in the store: kept, changed, read only by those who may."""

from __future__ import annotations

import pytest
from sqlmodel import select

from core.accounts.rules import Role
from core.edition import actions as editions
from core.edition.rules import Milestone
from core.intake.models import Application
from core.intake.reading import open_table
from core.people.rules import Side
from core.speeddate import actions, queries
from core.speeddate.actions import BallotNotValid, PairsPublished, PreviewOutdated
from core.speeddate.models import Ballot, Choice, MentorNumber, Veto
from core.speeddate.rules import Wishes
from core.speeddate.wishes import wishes
from core.store import database
from core.store.audit import AuditEntry
from core.store.errors import Changed, Difference, NotAllowed, NotFound
from tests import make


@pytest.fixture
def edition(store) -> int:
    return make.an_edition()


@pytest.fixture
def mentees(edition: int) -> list[int]:
    names = ["Giulia Rossi", "Marco Bianchi", "Anna Verdi"]
    return [make.a_participant(edition, Side.MENTEE, name=name, mail=f"{name[0]}@studenti.example") for name in names]


@pytest.fixture
def mentors(edition: int) -> list[int]:
    return [make.a_participant(edition, Side.MENTOR, name=f"Luca Mentore{letter}") for letter in "ABCD"]


def save(edition: int, mentee: int, wishes: Wishes, *, seen: int, by) -> None:
    with database.writing() as session:
        actions.save_ballot(session, edition_id=edition, mentee=mentee, wishes=wishes, seen=seen, by=by, at=make.AT)


def remove(edition: int, mentee: int, *, seen: int, by) -> None:
    with database.writing() as session:
        actions.remove_ballot(session, edition_id=edition, mentee=mentee, seen=seen, by=by, at=make.AT)


def held(edition: int, by) -> dict[int, queries.MenteeBallot]:
    with database.reading() as session:
        return {one.person.application_id: one for one in queries.ballots(session, edition, by=by)}


def test_numbers_follow_the_surnames_and_never_change(edition: int, mentors: list[int]) -> None:
    actor = make.staff(Role.HELPER)
    for _ in range(2):
        with database.writing() as session:
            actions.number_mentors(session, edition_id=edition, by=actor, at=make.AT)
        late = make.a_participant(edition, Side.MENTOR, name="Luca Aaaa")
    with database.reading() as session:
        numbers = {row.mentor_id: row.number for row in session.exec(select(MentorNumber))}
    assert [numbers[one] for one in mentors] == [1, 2, 3, 4]
    assert sorted(numbers.values()) == [1, 2, 3, 4, 5]
    assert late not in numbers


def test_a_mentor_who_left_keeps_the_number_and_is_marked(edition: int, mentors: list[int], mentees: list[int]) -> None:
    actor = make.staff(Role.COORDINATOR)
    save(edition, mentees[0], Wishes(((mentors[1],),)), seen=0, by=actor)
    with make.writing() as session:
        session.get_one(Application, mentors[1]).withdrawn_at = make.AT
    with database.reading() as session:
        listed = queries.mentors(session, edition, by=actor)
    assert [(one.number, one.takes_part) for one in listed] == [(1, True), (3, True), (4, True), (2, False)]


def test_a_ballot_is_kept_changed_and_read_back(edition: int, mentees: list[int], mentors: list[int]) -> None:
    actor, (a, b, c, d) = make.staff(Role.COORDINATOR), mentors
    first, then = Wishes(((a,), (b, c)), (d,)), Wishes(((b,), (d,)), ())
    save(edition, mentees[0], first, seen=0, by=actor)
    assert held(edition, actor)[mentees[0]].wishes == first
    save(edition, mentees[0], then, seen=1, by=actor)
    assert held(edition, actor)[mentees[0]].wishes == then
    with database.reading() as session:
        assert session.exec(select(Ballot.choices)).all() == ["2, 4"]


def test_who_saves_second_is_told_what_changed_but_no_veto(
    edition: int, mentees: list[int], mentors: list[int]
) -> None:
    anna, ugo = make.staff(Role.COORDINATOR, name="Anna"), make.staff(Role.HELPER, name="Ugo")
    save(edition, mentees[0], Wishes(((mentors[0],),)), seen=0, by=anna)
    save(edition, mentees[0], Wishes(((mentors[1],),), (mentors[3],)), seen=1, by=anna)
    with pytest.raises(Changed) as refused:
        save(edition, mentees[0], Wishes(((mentors[2],),)), seen=1, by=ugo)
    assert refused.value.differences == (Difference("choices", "1", "2"),)
    assert refused.value.values["who"] == "Anna"
    assert held(edition, anna)[mentees[0]].wishes == Wishes(((mentors[1],),), (mentors[3],))


def test_a_second_first_save_is_told_too(edition: int, mentees: list[int], mentors: list[int]) -> None:
    actor = make.staff(Role.COORDINATOR)
    save(edition, mentees[0], Wishes(((mentors[0],),)), seen=0, by=actor)
    with pytest.raises(Changed):
        save(edition, mentees[0], Wishes(((mentors[1],),)), seen=0, by=actor)


def test_a_helper_adds_vetoes_and_reads_none_back(edition: int, mentees: list[int], mentors: list[int]) -> None:
    helper, coordinator, (a, b, c, d) = make.staff(Role.HELPER), make.staff(Role.COORDINATOR), mentors
    save(edition, mentees[0], Wishes(((a,),), (d,)), seen=0, by=helper)
    seen = held(edition, helper)[mentees[0]]
    assert (seen.wishes, seen.hides) == (Wishes(((a,),)), True)
    save(edition, mentees[0], Wishes(((b,), (d,)), (c,)), seen=1, by=helper)
    assert held(edition, coordinator)[mentees[0]].wishes == Wishes(((b,), (d,)), (c, d))
    with database.reading() as session, pytest.raises(NotAllowed):
        queries.preview(session, edition, open_table(b"E-mail;Prima scelta\na@b.it;1\n", "x.csv"), by=helper)


def test_a_ballot_that_cannot_be_is_refused_and_nothing_is_written(
    edition: int, mentees: list[int], mentors: list[int]
) -> None:
    actor, (a, b, *_) = make.staff(Role.COORDINATOR), mentors
    for wrong in (Wishes(), Wishes(((a,), (a,))), Wishes(((a,),), (a,)), Wishes(((a, b),), (b,))):
        with pytest.raises(BallotNotValid):
            save(edition, mentees[0], wrong, seen=0, by=actor)
    with pytest.raises(NotFound):
        save(edition, a, Wishes(((b,),)), seen=0, by=actor)
    with pytest.raises(NotFound):
        save(edition, mentees[0], Wishes(((mentees[1],),)), seen=0, by=actor)
    with database.reading() as session:
        assert session.exec(select(Ballot)).all() == []


def test_a_ballot_can_be_taken_away_by_coordinators_only(edition: int, mentees: list[int], mentors: list[int]) -> None:
    helper, coordinator = make.staff(Role.HELPER), make.staff(Role.COORDINATOR)
    save(edition, mentees[0], Wishes(((mentors[0],),), (mentors[1],)), seen=0, by=helper)
    with pytest.raises(NotAllowed):
        remove(edition, mentees[0], seen=1, by=helper)
    remove(edition, mentees[0], seen=1, by=coordinator)
    with database.reading() as session:
        assert [session.exec(select(kind)).all() for kind in (Ballot.choices, Choice, Veto)] == [[""], [], []]


def test_a_ballot_that_was_taken_away_is_none_any_more(edition: int, mentees: list[int], mentors: list[int]) -> None:
    actor = make.staff(Role.COORDINATOR)
    with database.reading() as session:
        before = queries.turn(session, edition, by=actor)
    assert before is not None
    save(edition, before.mentee, Wishes(((mentors[0],),), (mentors[3],)), seen=0, by=actor)
    remove(edition, before.mentee, seen=1, by=actor)
    assert {one.wishes for one in held(edition, actor).values()} == {None}
    with database.reading() as session:
        assert queries.turn(session, edition, by=actor) == before
        assert wishes(session, edition) == {}
    with pytest.raises(NotFound):
        remove(edition, before.mentee, seen=2, by=actor)


def test_nobody_saves_over_what_came_after_the_ballot_they_saw(
    edition: int, mentees: list[int], mentors: list[int]
) -> None:
    actor, theirs = make.staff(Role.COORDINATOR), Wishes(((mentors[1],),), (mentors[3],))
    save(edition, mentees[0], Wishes(((mentors[0],),)), seen=0, by=actor)
    remove(edition, mentees[0], seen=1, by=actor)
    for seen in (0, 1):
        with pytest.raises(Changed):
            save(edition, mentees[0], Wishes(((mentors[2],),)), seen=seen, by=actor)
    save(edition, mentees[0], theirs, seen=2, by=actor)
    for seen in (0, 1, 2):
        with pytest.raises(Changed):
            save(edition, mentees[0], Wishes(((mentors[2],),)), seen=seen, by=actor)
    assert held(edition, actor)[mentees[0]].wishes == theirs
    with pytest.raises(NotFound):
        save(edition, mentees[1], theirs, seen=1, by=actor)


def test_once_the_pairs_are_published_ballots_stay_as_they_are(
    edition: int, mentees: list[int], mentors: list[int]
) -> None:
    actor, kept = make.staff(Role.COORDINATOR), Wishes(((mentors[0],),))
    save(edition, mentees[0], kept, seen=0, by=actor)
    with database.writing() as session:
        editions.pass_milestone(
            session, edition_id=edition, milestone=Milestone.PAIRS_PUBLISHED, by=make.SYSTEM, at=make.AT
        )
    with pytest.raises(PairsPublished):
        save(edition, mentees[0], Wishes(((mentors[1],),)), seen=1, by=actor)
    with pytest.raises(PairsPublished):
        save(edition, mentees[1], kept, seen=0, by=actor)
    with pytest.raises(PairsPublished):
        remove(edition, mentees[0], seen=1, by=actor)
    with pytest.raises(PairsPublished), database.writing() as session:
        table = open_table(ROWS, "schede.csv")
        actions.take_over(session, edition_id=edition, table=table, seen=0, by=actor, at=make.AT)
    with pytest.raises(PairsPublished), database.writing() as session:
        actions.number_mentors(session, edition_id=edition, by=actor, at=make.AT)
    assert [one.wishes for one in held(edition, actor).values() if one.wishes] == [kept]


def test_the_turn_goes_on_by_surname_after_ones_own_last_ballot(
    edition: int, mentees: list[int], mentors: list[int]
) -> None:
    actor, other = make.staff(Role.HELPER), make.staff(Role.HELPER)
    rossi, bianchi, verdi = mentees
    order = []
    for _ in range(3):
        with database.reading() as session:
            turn = queries.turn(session, edition, by=actor)
        assert turn is not None
        order.append(turn.mentee)
        save(edition, turn.mentee, Wishes(((mentors[0],),)), seen=0, by=actor)
    with database.reading() as session:
        last, others = queries.turn(session, edition, by=actor), queries.turn(session, edition, by=other)
    assert last is not None
    assert others is not None
    assert (order, last.mentee, others.mentee) == ([bianchi, rossi, verdi], verdi, bianchi)


ROWS = b"E-mail;1a scelta;2a scelta;Preferirei di no\nG@studenti.example;1=2;3;4\nM@studenti.example;9;;\n"


def test_a_table_is_taken_over_once_and_the_bad_row_costs_no_good_one(
    edition: int, mentees: list[int], mentors: list[int]
) -> None:
    actor, table = make.staff(Role.COORDINATOR), open_table(ROWS, "schede.csv")
    with database.writing() as session:
        actions.number_mentors(session, edition_id=edition, by=actor, at=make.AT)
    with database.reading() as session:
        plan = queries.preview(session, edition, table, by=actor)
    with database.writing() as session:
        done = actions.take_over(session, edition_id=edition, table=table, seen=plan.fingerprint, by=actor, at=make.AT)
    a, b, c, d = mentors
    assert done == 1
    assert held(edition, actor)[mentees[0]].wishes == Wishes(((a, b), (c,)), (d,))
    with database.reading() as session:
        again = queries.preview(session, edition, table, by=actor)
        entries = len(session.exec(select(AuditEntry)).all())
    with database.writing() as session:
        assert (
            actions.take_over(session, edition_id=edition, table=table, seen=again.fingerprint, by=actor, at=make.AT)
            == 0
        )
    with database.reading() as session:
        assert len(session.exec(select(AuditEntry)).all()) == entries


def test_a_preview_that_no_longer_holds_is_refused(edition: int, mentees: list[int], mentors: list[int]) -> None:
    actor, table = make.staff(Role.COORDINATOR), open_table(ROWS, "schede.csv")
    with database.writing() as session:
        actions.number_mentors(session, edition_id=edition, by=actor, at=make.AT)
    with database.reading() as session:
        plan = queries.preview(session, edition, table, by=actor)
    mine = Wishes(((mentors[3],),))
    save(edition, mentees[0], mine, seen=0, by=actor)
    with pytest.raises(PreviewOutdated), database.writing() as session:
        actions.take_over(session, edition_id=edition, table=table, seen=plan.fingerprint, by=actor, at=make.AT)
    assert held(edition, actor)[mentees[0]].wishes == mine
