"""An act is taken back whole, exactly, or not at all."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from core.accounts import actions as accounts
from core.accounts.models import Account
from core.accounts.rules import SYSTEM, Role
from core.edition.models import Edition
from core.intake.models import Application
from core.language.text import Language, sentence
from core.people.rules import Side
from core.selection.models import Decision, Review
from core.selection.rules import Outcome
from core.speeddate.models import Ballot, Choice
from core.store import database, versions
from core.store.audit import AuditChange, AuditEntry
from core.store.errors import Changed, Refused
from core.store.undo import Blanked, DependedOn, HoldsSecret, MovedOn, NothingLeft, NotRestorable
from tests.make import AT, PASSWORD, a_participant, an_applicant, an_edition, staff, writing
from tests.store.images import last_entry, replayed, stored, take_back

pytestmark = pytest.mark.usefixtures("store")


def refusal(number: int | None = None) -> Refused:
    """The refusal of undoing an act; nothing is written."""
    before = stored(versions=True), last_entry()
    with pytest.raises(Refused) as refused:
        take_back(number)
    assert (stored(versions=True), last_entry()) == before
    return refused.value


def decide(application: int, outcome: Outcome) -> int:
    with writing("test.decide") as session:
        row = session.exec(select(Decision).where(Decision.application_id == application)).first()
        row = row or Decision(application_id=application, outcome=outcome, reason="in graduatoria", decided_at=AT)
        row.outcome = outcome
        session.add(row)
    return last_entry()


def test_what_was_made_goes_and_what_was_deleted_returns_with_its_number() -> None:
    edition = an_edition()
    before = stored(versions=True)
    with writing("test.delete") as session:
        session.delete(session.get_one(Edition, edition))
        session.flush()
        session.add(Edition(id=edition + 5, name="another", year=2030))

    take_back()

    assert stored() == {**before, "edition": stored()["edition"]}
    with database.reading() as session:
        (row,) = session.exec(select(Edition)).all()
    assert (row.id, row.name, row.version) == (edition, "2026/27", 2)


def test_the_undo_is_an_act_of_its_own_that_names_the_other() -> None:
    edition = an_edition()
    made = last_entry()
    take_back()
    with database.reading() as session:
        entry = session.get_one(AuditEntry, last_entry())
    assert (entry.act, entry.undoes, entry.edition_id) == ("test.undo", made, edition)


def test_a_row_that_an_act_touched_twice_goes_back_to_before_the_act() -> None:
    edition = an_edition(name="before")
    with writing("test.twice") as session:
        row = session.get_one(Edition, edition)
        for name in ("between", "after"):
            row.name = name
            session.flush()
    take_back()
    with database.reading() as session:
        assert session.get_one(Edition, edition).name == "before"


def test_a_form_drawn_before_the_undo_is_still_refused() -> None:
    edition = an_edition(name="first")
    with writing() as session:
        session.get_one(Edition, edition).name = "second"
    take_back()
    for seen in (1, 2):
        with database.reading() as session, pytest.raises(Changed):
            versions.get(session, Edition, edition, seen=seen)


def test_a_row_made_after_an_undo_is_not_taken_for_the_one_that_went() -> None:
    application = an_applicant(an_edition(), Side.MENTEE)
    decide(application, Outcome.SELECTED)
    decide(application, Outcome.WAITING)
    take_back()
    take_back(last_entry() - 2)
    decide(application, Outcome.NOT_SELECTED)
    with database.reading() as session:
        again = session.exec(select(Decision)).one()
        with pytest.raises(Changed):
            versions.get(session, Decision, again.id or 0, seen=1)
    assert again.version > 3


def test_several_acts_are_taken_back_one_after_another_from_the_last() -> None:
    application = an_applicant(an_edition(), Side.MENTEE)
    entries = [decide(application, outcome) for outcome in Outcome]
    for entry in reversed(entries):
        take_back(entry)
    with database.reading() as session:
        assert session.exec(select(Decision)).all() == []


def test_a_row_that_has_moved_on_is_named_with_who_and_when() -> None:
    application = an_applicant(an_edition(), Side.MENTEE)
    first = decide(application, Outcome.SELECTED)
    decide(application, Outcome.WAITING)
    refused = refusal(first)
    assert isinstance(refused, MovedOn)
    told = sentence(refused, Language.ITALIAN)
    assert told.startswith(
        "Non si può più annullare: test ha modificato in seguito gli stessi dati (Decisione, giovedì 1 ottobre 2026"
    )


def test_a_row_that_was_deleted_since_has_moved_on() -> None:
    with writing("test.make") as session:
        session.add(Edition(name="short", year=2026))
    made = last_entry()
    with writing("test.delete") as session:
        session.delete(session.exec(select(Edition)).one())
    assert isinstance(refusal(made), MovedOn)


def test_another_row_in_the_place_of_a_deleted_one_has_moved_on() -> None:
    edition = an_edition(name="old")
    with writing("test.delete") as session:
        session.delete(session.get_one(Edition, edition))
    deleted = last_entry()
    an_edition(name="new")
    assert isinstance(refusal(deleted), MovedOn)


def test_what_points_to_the_acts_rows_is_named_and_counted() -> None:
    edition = an_edition()
    mentee = an_applicant(edition, Side.MENTEE)
    made = last_entry()
    reviewers = [staff(Role.REVIEWER).account_id for _ in range(2)]
    with writing() as session:
        session.add(Decision(application_id=mentee, outcome=Outcome.WAITING, reason="x", decided_at=AT))
        session.add_all(Review(application_id=mentee, account_id=one or 0, points=3, given_at=AT) for one in reviewers)
    refused = refusal(made)
    assert isinstance(refused, DependedOn)
    assert "un decisione" not in sentence(refused, Language.ITALIAN)
    assert "altri dati ne dipendono: una decisione e 2 valutazioni." in sentence(refused, Language.ITALIAN)
    assert "depend on it: one decision and 2 scores." in sentence(refused, Language.ENGLISH)


def test_rows_of_the_same_act_that_point_to_each_other_go_together() -> None:
    edition = an_edition()
    mentee, mentor = a_participant(edition, Side.MENTEE), a_participant(edition, Side.MENTOR)
    before = stored()
    with writing("test.ballot") as session:
        ballot = Ballot(mentee_id=mentee, choices="1", entered_at=AT)
        session.add(ballot)
        session.flush()
        session.add(Choice(ballot_id=ballot.id or 0, mentor_id=mentor, rank=1))
    take_back()
    assert stored() == before


def test_a_session_that_stands_on_an_account_is_named_too() -> None:
    staff(Role.HELPER)
    refused = refusal()
    assert isinstance(refused, DependedOn)
    assert "una sessione di lavoro" in sentence(refused, Language.ITALIAN)


def test_a_new_account_that_nobody_has_used_goes() -> None:
    with database.writing() as session:
        accounts.add_account(
            session, name="Eva Neri", mail="eva@unimi.example", password=PASSWORD, roles=frozenset({Role.HELPER}),
            rounds=4, by=SYSTEM, at=AT,
        )  # fmt: skip
    take_back()
    with database.reading() as session:
        assert session.exec(select(Account)).all() == []


@pytest.mark.parametrize("deleted", [False, True], ids=["changed", "deleted"])
def test_a_password_cannot_be_put_back(deleted: bool) -> None:  # noqa: FBT001 - a parameter of the test
    with writing() as session:
        session.add(Account(name="Eva", mail="e@x.example", mail_key="e@x.example", password_hash="old", language=Language.ITALIAN))  # fmt: skip  # noqa: E501 - one row
    with writing("test.password") as session:
        account = session.exec(select(Account)).one()
        if deleted:
            session.delete(account)
        else:
            account.password_hash = "new"
    assert isinstance(refusal(), HoldsSecret)


def test_an_account_goes_back_when_its_password_was_not_part_of_the_act() -> None:
    account = staff(Role.HELPER).account_id
    with writing("test.deactivate") as session:
        session.get_one(Account, account).active = False
    take_back()
    with database.reading() as session:
        assert session.get_one(Account, account).active


def test_images_that_were_blanked_put_nothing_back() -> None:
    an_edition()
    with database.current().engine.execution_options(write=True).connect() as connection, connection.begin():
        connection.execute(sa.update(AuditChange).values(before=None, after=None, salt=None))
    assert isinstance(refusal(), Blanked)


def test_what_belonged_to_a_row_that_is_gone_is_not_put_back() -> None:
    edition = an_edition()
    first, second = (an_applicant(edition, Side.MENTEE) for _ in range(2))
    with writing() as session:
        session.add(Decision(application_id=first, outcome=Outcome.WAITING, reason="x", decided_at=AT))
    with writing("test.move") as session:
        session.exec(select(Decision)).one().application_id = second
    moved = last_entry()
    with writing("test.delete") as session:
        session.delete(session.get_one(Application, first))
    assert isinstance(refusal(moved), NotRestorable)


def test_a_row_whose_place_is_taken_is_not_put_back() -> None:
    edition = an_edition(name="the name")
    other = an_edition(name="other")
    with writing("test.rename") as session:
        session.get_one(Edition, edition).name = "free"
    renamed = last_entry()
    with writing() as session:
        session.get_one(Edition, other).name = "the name"
    assert isinstance(refusal(renamed), NotRestorable)


def test_an_act_that_changed_a_row_there_and_back_leaves_nothing_to_undo() -> None:
    edition = an_edition(name="name")
    with writing("test.there and back") as session:
        row = session.get_one(Edition, edition)
        for name in ("other", "name"):
            row.name = name
            session.flush()
    assert isinstance(refusal(), NothingLeft)


def test_an_act_that_names_no_edition_gets_that_of_its_rows() -> None:
    application = a_participant(an_edition(name="first"), Side.MENTEE)
    an_edition(name="second")
    with writing() as session:
        session.exec(select(Decision)).one().reason = "another"
    with writing() as session:
        session.get_one(Application, application).city = "Milano"
    staff()
    with database.reading() as session:
        entries = session.exec(select(AuditEntry.edition_id).order_by(col(AuditEntry.id).desc()).limit(3)).all()
    assert entries == [None, 1, 1]
    assert replayed()
