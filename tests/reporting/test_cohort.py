"""From application to certificate in numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.accounts.rules import SYSTEM, Role
from core.intake.models import Application
from core.language.text import Language, say
from core.matching.models import Pair, Publication
from core.matching.rules import Policy
from core.mentoring.models import Meeting
from core.mentoring.rules import Way
from core.people.rules import Side
from core.reporting import queries
from core.reporting.rules import discreet
from core.speeddate import actions as speeddate
from core.speeddate.models import CheckIn
from core.speeddate.queries import ballots
from core.speeddate.rules import Wishes
from core.store import database
from core.store.errors import NotAllowed
from core.training.models import Attendance
from tests import make


@pytest.fixture
def edition(store) -> int:
    return make.an_edition()


@pytest.fixture
def cohort(edition: int) -> None:
    """Eight mentees apply, six are selected, one of them withdraws; two mentors; two ballots; one pair that met.

    Two mentees and one mentor completed the training; one of each side came to the speed date.
    """
    make.an_applicant(edition, Side.MENTEE)
    make.an_applicant(edition, Side.MENTEE)
    mentees = [make.a_participant(edition, Side.MENTEE) for _ in range(6)]
    mentors = [make.a_participant(edition, Side.MENTOR) for _ in range(2)]
    for mentee in mentees[:2]:
        with database.writing() as session:
            speeddate.save_ballot(
                session,
                edition_id=edition,
                mentee=mentee,
                wishes=Wishes(((mentors[0],),)),
                seen=0,
                by=SYSTEM,
                at=make.AT,
            )
    with make.writing() as session:
        session.get_one(Application, mentees[5]).withdrawn_at = make.AT
        publication = Publication(
            edition_id=edition,
            policy=Policy.GREEDY,
            seed=0,
            profile=[1],
            unlisted=0,
            unmatched=4,
            inputs="0" * 64,
            published_at=make.AT,
        )
        session.add(publication)
        session.flush()
        pair = Pair(publication_id=publication.id or 0, mentee_id=mentees[0], mentor_id=mentors[0], rank=1)
        session.add(pair)
        session.flush()
        session.add(
            Meeting(pair_id=pair.id or 0, held_on=make.AT.date(), minutes=90, way=Way.ONLINE, entered_at=make.AT)
        )
        session.add_all(CheckIn(application_id=one, at=make.AT) for one in (mentees[1], mentors[0], mentees[5]))
        lessons = [(mentees[0], 1), (mentees[1], 2), (mentees[5], 1)]
        lessons += [(mentors[0], number) for number in (1, 2, 3)] + [(mentors[1], number) for number in (1, 2)]
        session.add_all(Attendance(application_id=one, session=number) for one, number in lessons)


def told(edition: int, by, *, outside: bool = False) -> dict[Side, list[int | None]]:
    with database.reading() as session:
        steps = queries.funnel(session, edition, by=by)
    return {side: [step.outside if outside else step.people for step in steps if step.side is side] for side in Side}


@pytest.mark.usefixtures("cohort")
def test_each_stage_counts_who_reached_it_and_stayed(edition: int) -> None:
    coordinator = make.staff(Role.COORDINATOR)
    assert told(edition, coordinator) == {
        Side.MENTEE: [8, 6, 5, 2, 1, 2, 1, 1, 0],
        Side.MENTOR: [2, 2, 2, 1, 1, 1, 1, 1, 0],
    }


@pytest.mark.usefixtures("cohort")
@pytest.mark.parametrize("role", [Role.VIEWER, Role.ADMIN])
def test_small_groups_are_hidden_from_those_who_may_not_know_the_people(edition: int, role: Role) -> None:
    assert told(edition, make.staff(role)) == {
        Side.MENTEE: [8, *[None] * 7, 0],
        Side.MENTOR: [*[None] * 8, 0],
    }


@pytest.mark.usefixtures("cohort")
def test_what_leaves_the_office_hides_small_groups_whoever_takes_it_along(edition: int) -> None:
    coordinator, viewer = make.staff(Role.COORDINATOR), make.staff(Role.VIEWER)
    assert told(edition, coordinator, outside=True) == told(edition, viewer)
    page = make.open_page("cohort", coordinator)
    assert say("reporting.cohort.sheet_hides", Language.ITALIAN) in [one.value for one in page.caption]


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([10, 10, 9, 9, 0], [10, 10, None, None, 0]),
        ([20, 15, 13, 10, 4], [20, 15, None, 10, None]),
        ([20, 20, 20, 10, 18], [20, 20, 20, 10, None]),
        ([4, 0, 0, 0, 0], [None, 0, 0, 0, 0]),
    ],
)
def test_a_number_that_gives_a_small_group_away_is_hidden_too(counts: list[int], shown: list[int | None]) -> None:
    assert discreet(counts) == shown


@given(st.lists(st.integers(0, 40), max_size=6))
def test_no_two_shown_numbers_differ_by_a_small_group(counts: list[int]) -> None:
    shown = [0, *(count for count in discreet(counts) if count is not None)]
    assert not {abs(one - other) for one in shown for other in shown} & {1, 2, 3, 4}


@pytest.mark.usefixtures("cohort")
def test_a_ballot_that_was_taken_away_is_not_counted(edition: int) -> None:
    coordinator = make.staff(Role.COORDINATOR)
    with database.reading() as session:
        mentee = next(one.person.application_id for one in ballots(session, edition, by=coordinator) if one.wishes)
    with database.writing() as session:
        speeddate.remove_ballot(session, edition_id=edition, mentee=mentee, seen=1, by=SYSTEM, at=make.AT)
    assert told(edition, coordinator)[Side.MENTEE] == [8, 6, 5, 2, 1, 1, 1, 1, 0]


def test_nothing_is_counted_from_another_edition(edition: int) -> None:
    make.an_applicant(make.an_edition(2027, "2027/28"), Side.MENTEE)
    assert told(edition, make.staff(Role.VIEWER)) == {Side.MENTEE: [0] * 9, Side.MENTOR: [0] * 9}


def test_a_helper_sees_no_figures(edition: int) -> None:
    with pytest.raises(NotAllowed):
        told(edition, make.staff(Role.HELPER))


def test_without_applications_the_page_says_what_to_do(edition: int) -> None:
    page = make.open_page("cohort", make.staff(Role.VIEWER))
    assert [one.value for one in page.info] == [say("reporting.cohort.none", Language.ITALIAN)]


@pytest.mark.usefixtures("cohort")
def test_the_page_tells_the_funnel_in_a_sentence_and_a_table(edition: int) -> None:
    page = make.open_page("cohort", make.staff(Role.COORDINATOR))
    assert not page.exception
    assert page.markdown[0].value.startswith(
        "Candidature di mentee: 8, selezionate: 5, in coppia: 1, con attestato: 0. "
    )
    assert page.dataframe[0].value["Mentee"].tolist() == ["8", "6", "5", "2", "1", "2", "1", "1", "0"]


@pytest.mark.usefixtures("cohort")
def test_a_viewer_reads_that_small_groups_are_left_out(edition: int) -> None:
    page = make.open_page("cohort", make.staff(Role.VIEWER))
    assert page.dataframe[0].value["Mentor"].tolist() == [*["non mostrato"] * 8, "0"]
    assert say("reporting.cohort.hidden_why", Language.ITALIAN) in [one.value for one in page.caption]
