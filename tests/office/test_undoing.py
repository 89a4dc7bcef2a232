"""Acts of the main job taken back, and what stands in the way."""

from __future__ import annotations

import pytest
from sqlmodel import select

from core.accounts import actions as accounts
from core.accounts.guard import CALLS
from core.accounts.rules import SYSTEM, Actor, Role
from core.edition import actions as editions
from core.intake.rules import Settings
from core.language.text import Language, sentence
from core.matching.models import Pair
from core.office.undoing import AlreadyUndone, MilestonePassed, NeverUndone, UndoOfUndo
from core.people.rules import Side
from core.selection.models import Decision
from core.selection.rules import Outcome
from core.speeddate.rules import Wishes
from core.store import database
from core.store.audit import AuditEntry
from core.store.errors import NotAllowed, NotFound, Refused
from core.store.undo import DependedOn, MovedOn
from tests.make import AT, a_participant, an_applicant, an_edition, staff, writing
from tests.office import main_job as job
from tests.store.images import imaged, last_entry, replayed, stored

pytestmark = pytest.mark.usefixtures("store")


def refusal(entry: int, by: Actor) -> Refused:
    """Why this person cannot take the act back; nothing is written."""
    before = stored(versions=True), last_entry()
    with pytest.raises(Refused) as refused:
        job.undo(entry, by)
    assert (stored(versions=True), last_entry()) == before
    return refused.value


def told(refused: Refused) -> str:
    return sentence(refused, Language.ITALIAN)


# ---- The main job, there and back


def test_the_whole_main_job_is_taken_back_act_by_act(edition: int, anna: Actor) -> None:
    began = stored()
    acts = [job.imports(edition, side, anna) for side in Side]
    mentees, mentors = (job.applied(edition, side) for side in Side)
    acts.append(job.reviews(edition, mentees[0], anna))
    acts.append(job.decides(edition, mentees + mentors, anna))
    acts.append(job.numbers(edition, anna))
    acts += [job.votes(edition, mentee, Wishes(((mentors[0],),), (mentors[1],)), anna) for mentee in mentees]
    acts.append(job.locks(edition, mentees[0], mentors[0], anna))
    acts.append(job.publishes(edition, anna))
    for act in reversed(acts):
        job.undo(act, anna)
    assert stored() == began
    assert replayed() == imaged()


def test_replaying_the_record_gives_the_store_after_the_main_job_and_some_undos(edition: int, anna: Actor) -> None:
    for side in Side:
        job.imports(edition, side, anna)
    mentees, mentors = (job.applied(edition, side) for side in Side)
    job.undo(job.withdraws(mentees[2], anna), anna)
    job.undo(job.reviews(edition, mentees[0], anna), anna)
    job.reviews(edition, mentees[0], anna)
    job.undo(job.decides(edition, mentees + mentors, anna, Outcome.WAITING), anna)
    job.decides(edition, mentees + mentors, anna)
    job.numbers(edition, anna)
    job.undo(job.votes(edition, mentees[0], Wishes(((mentors[0], mentors[1]),)), anna), anna)
    job.votes(edition, mentees[0], Wishes(((mentors[1],),), (mentors[0],)), anna)
    job.undo(job.locks(edition, mentees[1], mentors[0], anna), anna)
    job.locks(edition, mentees[1], mentors[1], anna)
    job.undo(job.publishes(edition, anna), anna)
    job.publishes(edition, anna)
    held = imaged()
    assert replayed() == held
    tables = {table for table, _ in held}
    assert {"application", "ballot", "choice", "decision", "lock", "pair", "passed", "publication", "veto"} <= tables


def test_after_an_undo_the_same_is_done_anew(edition: int, anna: Actor) -> None:
    mentee = an_applicant(edition, Side.MENTEE)
    job.undo(job.decides(edition, [mentee], anna), anna)
    with pytest.raises(NotFound):
        job.decides(edition, [mentee], anna, seen=1)
    job.decides(edition, [mentee], anna, Outcome.WAITING)
    with database.reading() as session:
        assert session.exec(select(Decision.outcome)).all() == [Outcome.WAITING]


def test_rules_that_were_saved_go_back(edition: int, anna: Actor) -> None:
    before = stored()
    settings = Settings.defaults(2030)
    with database.writing() as session:
        editions.save_settings(session, edition_id=edition, settings=settings, seen=0, by=anna, at=AT)
    job.undo(last_entry(), anna)
    assert stored() == before
    with database.writing() as session, pytest.raises(NotFound):
        editions.save_settings(session, edition_id=edition, settings=settings, seen=1, by=anna, at=AT)


# ---- What has gone on since


def test_a_milestone_that_was_passed_since_is_named(edition: int, anna: Actor) -> None:
    mentee, mentor = a_participant(edition, Side.MENTEE), a_participant(edition, Side.MENTOR)
    job.numbers(edition, anna)
    ballot = job.votes(edition, mentee, Wishes(((mentor,),)), anna)
    job.publishes(edition, anna)
    refused = refusal(ballot, anna)
    assert isinstance(refused, MilestonePassed)
    assert "in seguito le coppie sono state pubblicate (giovedì 1 ottobre 2026" in told(refused)
    assert "since then the pairs were published" in sentence(refused, Language.ENGLISH)


def test_a_withdrawal_belongs_to_its_edition_though_it_names_none(edition: int, anna: Actor) -> None:
    mentees = [a_participant(edition, Side.MENTEE) for _ in range(2)]
    a_participant(edition, Side.MENTOR)
    withdrawal = job.withdraws(mentees[1], anna)
    job.publishes(edition, anna)
    assert isinstance(refusal(withdrawal, anna), MilestonePassed)


def test_a_milestone_of_another_edition_is_in_nobodys_way(edition: int, anna: Actor) -> None:
    mentee = an_applicant(edition, Side.MENTEE)
    decision = job.decides(edition, [mentee], anna)
    other = an_edition(2027, "2027/28")
    for side in Side:
        a_participant(other, side)
    job.publishes(other, anna)
    job.undo(decision, anna)


def test_the_publication_itself_is_taken_back_and_what_came_before_it_after_that(edition: int, anna: Actor) -> None:
    mentee, mentor = a_participant(edition, Side.MENTEE), a_participant(edition, Side.MENTOR)
    lock = job.locks(edition, mentee, mentor, anna)
    published = job.publishes(edition, anna)
    assert isinstance(refusal(lock, anna), MilestonePassed)
    job.undo(published, anna)
    with database.reading() as session:
        assert session.exec(select(Pair)).all() == []
    job.undo(lock, anna)


def test_a_decision_stays_while_a_later_phase_stands_on_it(edition: int, anna: Actor) -> None:
    mentees = [an_applicant(edition, Side.MENTEE) for _ in range(2)]
    mentor = a_participant(edition, Side.MENTOR)
    decision = job.decides(edition, mentees, anna)
    job.numbers(edition, anna)
    ballot = job.votes(edition, mentees[0], Wishes(((mentor,),)), anna)
    lock = job.locks(edition, mentees[1], mentor, anna)
    refused = refusal(decision, anna)
    assert isinstance(refused, DependedOn)
    assert "altri dati ne dipendono: una scheda di preferenze e un vincolo." in told(refused)
    job.undo(lock, anna)
    assert "altri dati ne dipendono: una scheda di preferenze." in told(refusal(decision, anna))
    job.undo(ballot, anna)
    job.undo(decision, anna)


def test_an_import_stays_while_what_it_changed_was_judged_since(edition: int, anna: Actor) -> None:
    entry = job.imports(edition, Side.MENTEE, anna)
    job.reviews(edition, job.applied(edition, Side.MENTEE)[0], anna)
    assert "altri dati ne dipendono: una valutazione." in told(refusal(entry, anna))


def test_a_mentors_lock_is_not_in_the_way_of_somebody_elses_ballot(edition: int, anna: Actor) -> None:
    mentees = [a_participant(edition, Side.MENTEE) for _ in range(2)]
    mentor = a_participant(edition, Side.MENTOR)
    job.numbers(edition, anna)
    ballot = job.votes(edition, mentees[0], Wishes(((mentor,),)), anna)
    job.locks(edition, mentees[1], mentor, anna)
    job.undo(ballot, anna)


def test_that_somebody_is_rather_not_wanted_is_told_to_coordinators_only(edition: int, anna: Actor) -> None:
    reviewer = staff(Role.REVIEWER)
    mentee, mentor, other = (a_participant(edition, side) for side in (Side.MENTEE, Side.MENTOR, Side.MENTOR))
    entry = job.reviews(edition, mentor, reviewer)
    job.votes(edition, mentee, Wishes(((other,),), (mentor,)), anna)
    assert "una preferenza negativa" in told(refusal(entry, anna))
    assert told(refusal(entry, reviewer)) == told(refusal(entry, anna)).replace(" negativa", "")


def test_what_somebody_changed_since_is_refused_with_the_name(edition: int, anna: Actor) -> None:
    mentee = an_applicant(edition, Side.MENTEE)
    decision = job.decides(edition, [mentee], anna)
    job.decides(edition, [mentee], staff(Role.COORDINATOR, name="Bruno Verdi"), Outcome.WAITING, seen=1)
    refused = refusal(decision, anna)
    assert isinstance(refused, MovedOn)
    assert refused.values["who"] == "Bruno Verdi"


# ---- Who may


def test_without_the_right_of_the_act_an_admin_takes_nothing_back(edition: int, anna: Actor) -> None:
    decision = job.decides(edition, [an_applicant(edition, Side.MENTEE)], anna)
    assert isinstance(refusal(decision, staff(Role.ADMIN)), NotAllowed)


def test_acts_of_others_are_for_those_who_may_read_the_record(edition: int, anna: Actor) -> None:
    decision = job.decides(edition, [an_applicant(edition, Side.MENTEE)], anna)
    assert isinstance(refusal(decision, staff(Role.COORDINATOR)), NotAllowed)
    job.undo(decision, staff(Role.COORDINATOR, Role.ADMIN))


def test_ones_own_right_is_asked_at_the_moment_of_the_undo(edition: int) -> None:
    helper = staff(Role.COORDINATOR)
    decision = job.decides(edition, [an_applicant(edition, Side.MENTEE)], helper)
    now = Actor(helper.kind, helper.name, helper.account_id, helper.session_id, frozenset({Role.HELPER}))
    assert isinstance(refusal(decision, now), NotAllowed)


# ---- What is never taken back


def test_an_undo_is_not_taken_back_and_nothing_twice(edition: int, anna: Actor) -> None:
    decision = job.decides(edition, [an_applicant(edition, Side.MENTEE)], anna)
    undone = job.undo(decision, anna)
    assert isinstance(refusal(undone, anna), UndoOfUndo)
    again = refusal(decision, anna)
    assert isinstance(again, AlreadyUndone)
    assert again.values == {"who": "Anna Bianchi", "when": AT}


def test_an_act_that_the_programme_does_not_know_stays(edition: int, anna: Actor) -> None:
    with writing("test.unknown"):
        pass
    an_applicant(edition, Side.MENTEE)
    assert isinstance(refusal(last_entry(), anna), NeverUndone)


def test_a_final_act_stays(anna: Actor) -> None:
    with database.writing() as session:
        accounts.choose_language(session, language=Language.ENGLISH, by=anna, at=AT)
    assert isinstance(refusal(last_entry(), anna), NeverUndone)


def test_an_act_that_is_not_there_is_not_found(anna: Actor) -> None:
    assert isinstance(refusal(999, anna), NotFound)


def test_the_final_acts_are_these() -> None:
    final = {call.name for call in CALLS if call.final}
    assert {"accounts.add_first_account", "accounts.choose_language", "office.undo_act"} <= final
    assert not [call for call in CALLS if call.final and not call.writes]


def test_the_programme_itself_takes_back_what_it_did(edition: int) -> None:
    mentee = a_participant(edition, Side.MENTEE)
    mentor = a_participant(edition, Side.MENTOR)
    job.undo(job.locks(edition, mentee, mentor, SYSTEM), SYSTEM)
    with database.reading() as session:
        entry = session.get_one(AuditEntry, last_entry())
    assert (entry.act, entry.edition_id) == ("office.undo_act", edition)
