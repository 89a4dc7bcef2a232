"""From application to pair in numbers."""

from __future__ import annotations

import pytest

from core.accounts.rules import SYSTEM, Role
from core.intake.models import Application
from core.language.text import Language, say
from core.matching.models import Pair, Publication
from core.matching.rules import Policy
from core.people.rules import Side
from core.reporting import queries
from core.speeddate import actions as speeddate
from core.speeddate.rules import Wishes
from core.store import database
from core.store.errors import NotAllowed
from tests import make


@pytest.fixture
def edition(store) -> int:
    return make.an_edition()


@pytest.fixture
def cohort(edition: int) -> None:
    """Eight mentees apply and six are selected, of whom one withdraws; two mentors; two ballots; one pair."""
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
        session.add(Pair(publication_id=publication.id or 0, mentee_id=mentees[0], mentor_id=mentors[0], rank=1))


def told(edition: int, by) -> dict[Side, list[int | None]]:
    with database.reading() as session:
        steps = queries.funnel(session, edition, by=by)
    return {side: [step.people for step in steps if step.side is side] for side in Side}


@pytest.mark.usefixtures("cohort")
def test_each_stage_counts_who_reached_it_and_stayed(edition: int) -> None:
    coordinator = make.staff(Role.COORDINATOR)
    assert told(edition, coordinator) == {Side.MENTEE: [8, 6, 5, 2, 1], Side.MENTOR: [2, 2, 2, 1, 1]}


@pytest.mark.usefixtures("cohort")
@pytest.mark.parametrize("role", [Role.VIEWER, Role.ADMIN])
def test_small_groups_are_hidden_from_those_who_may_not_know_the_people(edition: int, role: Role) -> None:
    assert told(edition, make.staff(role)) == {Side.MENTEE: [8, 6, 5, None, None], Side.MENTOR: [None] * 5}


def test_nothing_is_counted_from_another_edition(edition: int) -> None:
    make.an_applicant(make.an_edition(2027, "2027/28"), Side.MENTEE)
    assert told(edition, make.staff(Role.VIEWER)) == {Side.MENTEE: [0] * 5, Side.MENTOR: [0] * 5}


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
    assert page.markdown[0].value.startswith("Su 8 candidature di mentee 5 sono state selezionate e 1 ")
    assert page.dataframe[0].value["Mentee"].tolist() == [8, 6, 5, 2, 1]


@pytest.mark.usefixtures("cohort")
def test_a_viewer_reads_that_small_groups_are_left_out(edition: int) -> None:
    page = make.open_page("cohort", make.staff(Role.VIEWER))
    assert page.dataframe[0].value["Mentor"].tolist() == ["meno di 5"] * 5
    assert say("reporting.cohort.hidden_why", Language.ITALIAN) in [one.value for one in page.caption]
