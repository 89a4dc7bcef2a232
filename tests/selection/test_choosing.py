from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from sqlmodel import select

from core.accounts.rules import SYSTEM, Role
from core.edition.actions import pass_milestone, save_settings
from core.edition.rules import Milestone
from core.intake.models import Application
from core.people.rules import Side
from core.selection import actions, queries
from core.selection.models import Decision, Review
from core.selection.participants import participants
from core.selection.rules import (
    DecisionsFinal,
    HasWithdrawn,
    NobodyChosen,
    Outcome,
    PointsNotValid,
    ReasonNotValid,
    Settings,
    SideRules,
)
from core.selection.scoring import Place
from core.store import database
from core.store.errors import Changed, Difference, NotFound
from tests.make import AT, an_applicant, an_edition, staff, writing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.accounts.rules import Actor
    from core.selection.queries import Counts, Queue, RankedApplicant

pytestmark = pytest.mark.usefixtures("store")
WELL = {"mean_30": 28.0, "self_assessment": {"goals": 4}, "motivation": "Perché sì"}


@pytest.fixture
def edition() -> int:
    return an_edition()


@pytest.fixture
def reviewer() -> Actor:
    return staff(Role.REVIEWER)


@pytest.fixture
def coordinator() -> Actor:
    return staff(Role.COORDINATOR, name="Carlo Neri")


def give(by: Actor, edition: int, application: int, points: int | None, *, note: str = "", seen: int = 0) -> None:
    with database.writing() as session:
        actions.review(
            session,
            edition_id=edition,
            application_id=application,
            points=points,
            note=note,
            seen=seen,
            by=by,
            at=AT,
        )


def decide(
    by: Actor,
    edition: int,
    seen: dict[int, int],
    outcome: Outcome = Outcome.SELECTED,
    reason: str = "entro i posti",
) -> int:
    with database.writing() as session:
        return actions.decide(session, edition_id=edition, seen=seen, outcome=outcome, reason=reason, by=by, at=AT)


def queue(by: Actor, edition: int, side: Side = Side.MENTEE) -> Queue:
    with database.reading() as session:
        return queries.queue(session, edition, side=side, by=by)


def ranking(by: Actor, edition: int, side: Side = Side.MENTEE) -> list[RankedApplicant]:
    with database.reading() as session:
        return queries.ranking(session, edition, side=side, by=by)


def counts(by: Actor, edition: int) -> dict[Side, Counts]:
    with database.reading() as session:
        return queries.counts(session, edition, by=by)


def withdraw(application: int) -> None:
    with writing() as session:
        session.get_one(Application, application).withdrawn_at = AT


def publish_pairs(edition: int) -> None:
    with database.writing() as session:
        pass_milestone(session, edition_id=edition, milestone=Milestone.PAIRS_PUBLISHED, by=SYSTEM, at=AT)


def stored(kind: type[Decision | Review]) -> int:
    with database.reading() as session:
        return session.exec(select(sa.func.count()).select_from(kind)).one()


def test_what_i_have_scored_leaves_my_queue_and_stays_open_to_me(edition, reviewer) -> None:
    first, second = (an_applicant(edition, Side.MENTEE) for _ in range(2))
    an_applicant(edition, Side.MENTOR)
    give(reviewer, edition, first, 4)
    assert queue(reviewer, edition).waiting == (second,)
    assert queue(reviewer, edition).scored == {first: 4}


def test_who_has_enough_reviews_or_has_withdrawn_waits_for_nobody(edition, reviewer) -> None:
    full, gone, open_ = (an_applicant(edition, Side.MENTEE) for _ in range(3))
    for colleague in (staff(Role.REVIEWER), staff(Role.REVIEWER)):
        give(colleague, edition, full, 3)
    withdraw(gone)
    assert queue(reviewer, edition).waiting == (open_,)


def test_what_is_skipped_comes_back_at_the_end(edition, reviewer) -> None:
    for _ in range(5):
        an_applicant(edition, Side.MENTEE)
    skipped, scored, *rest = queue(reviewer, edition).waiting
    assert queue(reviewer, edition).after(skipped) == scored
    give(reviewer, edition, scored, 3)
    assert queue(reviewer, edition).waiting == (*rest, skipped)
    assert queue(reviewer, edition).after(skipped) == rest[0]


def test_a_reviewer_sees_neither_names_nor_others_points(edition, reviewer) -> None:
    mentor = an_applicant(
        edition,
        Side.MENTOR,
        name="Giulia Zanetti",
        mail="giulia@zanetti.example",
        company="Acme",
        job_title="Direttrice",
        linkedin="https://linkedin.example/giulia",
        motivation="Io, Giulia Zanetti di Acme, vorrei aiutare.",
        years_experience=7,
    )
    colleague = staff(Role.REVIEWER)
    give(colleague, edition, mentor, 2, note="debole")
    with database.reading() as session:
        seen = queries.blind(session, edition, mentor, by=reviewer)
    assert seen.motivation == "Io, […] […] di […], vorrei aiutare."
    assert (seen.points, seen.note, seen.version, seen.years) == (None, None, 0, 7)
    told = repr(seen) + repr(queue(reviewer, edition, Side.MENTOR))
    assert not any(word in told for word in ("Giulia", "Zanetti", "zanetti", "Acme", "Direttrice", "debole"))


def test_an_application_of_another_edition_is_not_found(edition, reviewer) -> None:
    other = an_edition(2025, "2025/26")
    application = an_applicant(edition, Side.MENTEE)
    with database.reading() as session, pytest.raises(NotFound):
        queries.blind(session, other, application, by=reviewer)
    with pytest.raises(NotFound):
        give(reviewer, other, application, 3)
    assert stored(Review) == 0


def test_a_reviewer_opens_only_what_waits_or_has_own_points(edition, reviewer) -> None:
    full, gone, waiting, scored = (an_applicant(edition, Side.MENTEE) for _ in range(4))
    for colleague in (staff(Role.REVIEWER), staff(Role.REVIEWER)):
        give(colleague, edition, full, 3)
    for mine in (gone, scored):
        give(reviewer, edition, mine, 4)
    withdraw(gone)
    with database.reading() as session:
        for closed in (full, gone, 999):
            with pytest.raises(NotFound):
                queries.blind(session, edition, closed, by=reviewer)
        opened = [queries.blind(session, edition, one, by=reviewer).points for one in (waiting, scored)]
    assert opened == [None, 4]


def test_who_has_enough_reviews_is_not_scored_once_more(edition, reviewer) -> None:
    full = an_applicant(edition, Side.MENTEE)
    colleagues = [staff(Role.REVIEWER), staff(Role.REVIEWER)]
    for colleague in colleagues:
        give(colleague, edition, full, 3)
    with pytest.raises(NotFound):
        give(reviewer, edition, full, 5)
    give(colleagues[0], edition, full, 4, seen=1)
    assert stored(Review) == 2


def test_own_points_can_be_changed_but_not_from_an_old_tab(edition, reviewer) -> None:
    application = an_applicant(edition, Side.MENTEE)
    give(reviewer, edition, application, 3, note=" così ")
    give(reviewer, edition, application, 5, seen=1)
    for old in (0, 1):
        with pytest.raises(Changed):
            give(reviewer, edition, application, 1, seen=old)
    with database.reading() as session:
        seen = queries.blind(session, edition, application, by=reviewer)
    assert (seen.points, seen.note, seen.version) == (5, None, 2)


@pytest.mark.parametrize("points", [None, 0, 6])
def test_points_go_from_one_to_five(edition, reviewer, points) -> None:
    application = an_applicant(edition, Side.MENTEE)
    with pytest.raises(PointsNotValid):
        give(reviewer, edition, application, points)
    assert stored(Review) == 0


def test_nobody_scores_or_decides_about_who_has_withdrawn(edition, reviewer, coordinator) -> None:
    gone, there = an_applicant(edition, Side.MENTEE), an_applicant(edition, Side.MENTEE)
    withdraw(gone)
    with pytest.raises(HasWithdrawn):
        give(reviewer, edition, gone, 3)
    with pytest.raises(HasWithdrawn):
        decide(coordinator, edition, {there: 0, gone: 0})
    assert (stored(Review), stored(Decision)) == (0, 0)


def test_the_ranking_shows_mean_spread_and_what_is_missing(edition, reviewer, coordinator) -> None:
    weak = an_applicant(edition, Side.MENTEE, name="Anna Alfa", mean_30=20.0)
    good = an_applicant(edition, Side.MENTEE, name="Zoe Zeta", **WELL)
    unknown = an_applicant(edition, Side.MENTEE, name="Bea Beta")
    give(reviewer, edition, good, 5, note="concreta")
    give(staff(Role.REVIEWER), edition, good, 2)
    first, second, third = ranking(coordinator, edition)
    assert [first.application_id, second.application_id, third.application_id] == [good, weak, unknown]
    assert (first.listed, first.motivation, first.spread, first.reviews) == ("Zeta Zoe", 3.5, 3, 2)
    assert (first.score.missing, first.notes, first.self_assessment) == ((), ("concreta",), 4)
    assert second.score.missing == ("self_assessment", "motivation")
    assert (third.score.total, third.placing.place) == (None, Place.UNRANKED)


def test_the_seats_and_weights_of_the_edition_are_used(edition, coordinator) -> None:
    for mean in (30.0, 29.0, 28.0):
        an_applicant(edition, Side.MENTEE, mean_30=mean)
    year = Settings.defaults(2026)
    with database.writing() as session:
        fewer = replace(year, mentees=SideRules(2, year.mentees.weights))
        save_settings(session, edition_id=edition, settings=fewer, seen=0, by=coordinator, at=AT)
    places = [one.placing.place for one in ranking(coordinator, edition)]
    assert places == [Place.WITHIN, Place.WITHIN, Place.BEYOND]


def test_many_are_decided_in_one_act_and_take_part(edition, coordinator) -> None:
    chosen = [an_applicant(edition, Side.MENTEE) for _ in range(57)]
    an_applicant(edition, Side.MENTEE)
    assert decide(coordinator, edition, dict.fromkeys(chosen, 0), reason="  entro i posti ") == 57
    with database.reading() as session:
        taking_part = participants(session, edition, Side.MENTEE)
    assert sorted(one.application_id for one in taking_part) == chosen
    decided = [one for one in ranking(coordinator, edition) if one.outcome]
    assert {(one.outcome, one.reason, one.version) for one in decided} == {(Outcome.SELECTED, "entro i posti", 1)}


def test_a_decision_can_be_changed_with_its_reason(edition, coordinator) -> None:
    application = an_applicant(edition, Side.MENTEE)
    decide(coordinator, edition, {application: 0})
    decide(coordinator, edition, {application: 1}, Outcome.WAITING, "rinuncia al posto")
    (now,) = ranking(coordinator, edition)
    assert (now.outcome, now.reason, now.version) == (Outcome.WAITING, "rinuncia al posto", 2)


def test_once_the_pairs_are_published_no_decision_changes(edition, coordinator) -> None:
    chosen, waiting, late = (an_applicant(edition, Side.MENTEE) for _ in range(3))
    decide(coordinator, edition, {chosen: 0})
    decide(coordinator, edition, {waiting: 0}, Outcome.WAITING)
    publish_pairs(edition)
    for seen in ({chosen: 1, late: 0}, {waiting: 1}):
        with pytest.raises(DecisionsFinal):
            decide(coordinator, edition, seen, Outcome.NOT_SELECTED)
    assert decide(coordinator, edition, {late: 0}, Outcome.NOT_SELECTED) == 1
    outcomes = {one.application_id: one.outcome for one in ranking(coordinator, edition)}
    assert outcomes == {chosen: Outcome.SELECTED, waiting: Outcome.WAITING, late: Outcome.NOT_SELECTED}


@pytest.mark.parametrize("reason", ["", "  ", "x" * 501])
def test_no_decision_without_a_reason(edition, coordinator, reason) -> None:
    application = an_applicant(edition, Side.MENTEE)
    with pytest.raises(ReasonNotValid):
        decide(coordinator, edition, {application: 0}, reason=reason)
    assert stored(Decision) == 0


def test_no_decision_about_nobody_or_about_another_edition(edition, coordinator) -> None:
    with pytest.raises(NobodyChosen):
        decide(coordinator, edition, {})
    with pytest.raises(NotFound):
        decide(coordinator, an_edition(2025, "2025/26"), {an_applicant(edition, Side.MENTEE): 0})
    assert stored(Decision) == 0


def test_the_second_coordinator_is_told_what_the_first_decided(edition, coordinator) -> None:
    same, other = an_applicant(edition, Side.MENTEE, name="Ada Rossi"), an_applicant(edition, Side.MENTEE)
    decide(coordinator, edition, {same: 0})
    late = staff(Role.COORDINATOR)
    with pytest.raises(Changed) as refused:
        decide(late, edition, {other: 0, same: 0}, Outcome.NOT_SELECTED)
    assert refused.value.values == {"who": "Carlo Neri", "when": AT}
    assert refused.value.differences == (Difference("Rossi Ada", "Da decidere", "Selezionata"),)
    assert stored(Decision) == 1
    decide(coordinator, edition, {same: 1}, Outcome.WAITING)
    with pytest.raises(Changed) as refused:
        decide(late, edition, {same: 1}, Outcome.NOT_SELECTED)
    assert refused.value.differences == (Difference("Rossi Ada", "Selezionata", "In lista d'attesa"),)


def test_counts_say_how_far_the_choice_has_come(edition, reviewer, coordinator) -> None:
    mentees = [an_applicant(edition, Side.MENTEE) for _ in range(6)]
    gone = an_applicant(edition, Side.MENTEE)
    for colleague in (reviewer, staff(Role.REVIEWER)):
        give(colleague, edition, mentees[0], 3)
    give(reviewer, edition, gone, 3)
    withdraw(gone)
    decide(coordinator, edition, dict.fromkeys(mentees[:3], 0))
    decide(coordinator, edition, {mentees[3]: 0}, Outcome.WAITING)
    decide(coordinator, edition, {mentees[4]: 0}, Outcome.NOT_SELECTED)
    found = counts(coordinator, edition)
    assert found[Side.MENTEE] == queries.Counts(6, 3, 1, 1, reviews_given=2, reviews_wanted=12)
    assert found[Side.MENTEE].undecided == 1
    assert found[Side.MENTOR] == queries.Counts()


def statements(call: object) -> Iterator[str]:
    heard: list[str] = []
    engine = database.current().engine

    def hear(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        heard.append(statement)

    sa.event.listen(engine, "before_cursor_execute", hear)
    call()
    sa.event.remove(engine, "before_cursor_execute", hear)
    yield from heard


def test_more_applicants_do_not_mean_more_statements(edition, reviewer, coordinator) -> None:
    calls = (
        lambda: ranking(coordinator, edition),
        lambda: counts(coordinator, edition),
        lambda: queue(reviewer, edition),
    )
    an_applicant(edition, Side.MENTEE)
    few = [len(list(statements(call))) for call in calls]
    for _ in range(9):
        give(reviewer, edition, an_applicant(edition, Side.MENTEE, **WELL), 4)
    assert [len(list(statements(call))) for call in calls] == few
    assert max(few) <= 7  # one of them asks whether the person is still signed in
