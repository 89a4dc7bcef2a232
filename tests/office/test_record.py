"""The record: who did what, what it changed, and nothing of people for those who may not read it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from core.accounts import actions as accounts
from core.accounts.guard import CALLS, words_of
from core.accounts.rules import SYSTEM, Actor, Right, Role
from core.edition import actions as editions
from core.language.text import Language, known
from core.office import queries
from core.office.lines import CONFIDENTIAL, NAMES, PEOPLE, Number, Step, Veiled
from core.office.queries import Wanted
from core.people.rules import Side
from core.speeddate.rules import Settings, Wishes
from core.store import database
from core.store.errors import NotAllowed, NotFound
from core.store.images import phase_of, references
from core.store.undo import MovedOn
from tests.make import AT, PASSWORD, a_participant, an_applicant, an_edition, staff, writing
from tests.office import main_job as job
from tests.store.images import AUDITED, RECORD, last_entry

if TYPE_CHECKING:
    from core.office.lines import Line
    from core.office.queries import Act

pytestmark = pytest.mark.usefixtures("store")


def lines(entry: int, by: Actor) -> dict[str, Line]:
    """The lines of an act by table and field."""
    with database.reading() as session:
        return {".".join((one.table, *one.field)): one for one in queries.opened(session, entry, by=by).lines}


def listed(by: Actor, **wanted: object) -> list[Act]:
    with database.reading() as session:
        return queries.acts(session, wanted=Wanted(**wanted), by=by)


# ---- Words


@pytest.mark.parametrize("call", [call for call in CALLS if call.writes], ids=lambda call: call.name)
def test_every_act_has_words(call) -> None:
    assert known(words_of(call.name))


@pytest.mark.parametrize("name", [*AUDITED, *sorted(RECORD), "sign_in", "ticket"])
def test_every_table_has_words_for_one_row_and_for_many(name: str) -> None:
    from core.store.images import tables  # noqa: PLC0415 - of the store as it is now

    kind = tables()[name]
    assert known(f"{phase_of(kind)}.table.{name}")
    assert known(f"{phase_of(kind)}.rows.{name}")


def test_whatever_is_pointed_to_has_a_name() -> None:
    pointed = {reference.table for kind in AUDITED.values() for reference in references(kind)}
    assert pointed <= {*NAMES, *PEOPLE}


# ---- The list


def test_the_newest_act_stands_first_with_who_and_where(edition: int, anna: Actor) -> None:
    application = an_applicant(edition, Side.MENTEE)
    undone = job.undo(job.decides(edition, [application], anna), anna)
    undo, decision, *_ = listed(anna)
    assert (undo.id, undo.name, undo.undoes, undo.undone) == (undone, "office.undo_act", "selection.decide", False)
    assert (decision.name, decision.undone, decision.rows) == ("selection.decide", True, 1)
    assert {(one.who, one.edition) for one in (undo, decision)} == {("Anna Bianchi", "2026/27")}


def test_each_filter_leaves_its_acts(edition: int, anna: Actor) -> None:
    bruno = staff(Role.COORDINATOR, name="Bruno Verdi")
    other = an_edition(2027, "2027/28")
    mine = job.decides(edition, [an_applicant(edition, Side.MENTEE)], anna)
    his = job.decides(other, [an_applicant(other, Side.MENTEE)], bruno)
    assert [one.id for one in listed(anna, who=bruno.account_id)] == [his]
    assert [one.id for one in listed(anna, act="selection.decide")] == [his, mine]
    assert [one.id for one in listed(anna, act="selection.decide", edition=edition)] == [mine]
    assert mine not in [one.id for one in listed(anna, who=queries.PROGRAMME)]
    with database.reading() as session:
        assert queries.number_of_acts(session, wanted=Wanted(act="selection.decide"), by=anna) == 2
        assert queries.colleagues(session, by=anna) == {
            anna.account_id: "Anna Bianchi",
            bruno.account_id: "Bruno Verdi",
        }


def test_days_are_those_of_rome_and_both_count(edition: int, anna: Actor) -> None:
    late = datetime.fromisoformat("2026-10-01T22:30:00+00:00")  # 2 October in Rome
    with database.writing() as session:
        editions.rename(session, edition, name="late", seen=1, by=anna, at=late)
    entry, second = last_entry(), date(2026, 10, 2)
    assert [one.id for one in listed(anna, first=second)] == [entry]
    assert [one.id for one in listed(anna, first=second, last=second)] == [entry]
    assert entry not in [one.id for one in listed(anna, last=second - timedelta(days=1))]


def test_of_many_acts_200_are_given_at_once(edition: int, anna: Actor) -> None:
    for number in range(205):
        with writing("test.many") as session:
            session.add(editions.Edition(name=f"edition {number}", year=2026))
    with database.reading() as session:
        first, second = (queries.acts(session, wanted=Wanted(), page=page, by=anna) for page in (1, 2))
        number = queries.number_of_acts(session, wanted=Wanted(), by=anna)
    assert (len(first), len(second)) == (200, number - 200)
    assert first[-1].id == second[0].id + 1


def test_ones_own_acts_are_ones_own(edition: int, anna: Actor) -> None:
    bruno = staff(Role.COORDINATOR, name="Bruno Verdi")
    mine = job.decides(edition, [an_applicant(edition, Side.MENTEE)], anna)
    his = job.decides(edition, [an_applicant(edition, Side.MENTOR)], bruno)
    with database.reading() as session:
        assert [one.id for one in queries.own_acts(session, by=anna)] == [mine]
        assert [one.id for one in queries.own_acts(session, by=bruno)] == [his]


def test_an_act_of_somebody_else_is_opened_by_those_who_read_the_record(edition: int, anna: Actor) -> None:
    decision = job.decides(edition, [an_applicant(edition, Side.MENTEE)], anna)
    with database.reading() as session:
        assert queries.opened(session, decision, by=staff(Role.ADMIN)).act.id == decision
        with pytest.raises(NotAllowed):
            queries.opened(session, decision, by=staff(Role.COORDINATOR))
        with pytest.raises(NotFound):
            queries.opened(session, 999, by=anna)


# ---- One act opened


def test_a_decision_is_told_by_the_applicants_name(edition: int, anna: Actor) -> None:
    application = an_applicant(edition, Side.MENTEE, name="Giulia Rossi")
    job.decides(edition, [application], anna)
    entry = job.decides(edition, [application], anna, job.Outcome.WAITING, seen=1)
    outcome = lines(entry, anna)["decision.outcome"]
    assert (outcome.row, outcome.step, outcome.phase) == ("Rossi Giulia", Step.CHANGED, "selection")
    assert (outcome.before, outcome.after) == (job.Outcome.SELECTED, job.Outcome.WAITING)
    assert set(lines(entry, anna)) == {"decision.outcome"}


def test_a_choice_names_both_and_a_lock_too(edition: int, anna: Actor) -> None:
    mentee = a_participant(edition, Side.MENTEE, name="Giulia Rossi")
    mentor = a_participant(edition, Side.MENTOR, name="Ugo Neri")
    told = lines(job.votes(edition, mentee, Wishes(((mentor,),)), anna), anna)
    assert (told["choice.mentor_id"].row, told["choice.mentor_id"].after) == ("Rossi Giulia", "Neri Ugo")
    assert told["mentor_number.number"].row == "Neri Ugo"
    told = lines(job.locks(edition, mentee, mentor, anna), anna)
    assert (told["lock.mentor_id"].row, told["lock.mentor_id"].after) == ("Rossi Giulia", "Neri Ugo")
    assert told["lock.account_id"].after == "Anna Bianchi"


def test_rules_are_told_by_their_own_fields_with_days_as_days(edition: int, anna: Actor) -> None:
    for year, seen in ((2026, 0), (2027, 1)):
        with database.writing() as session:
            new = Settings.defaults(year)
            editions.save_settings(session, edition_id=edition, settings=new, seen=seen, by=anna, at=AT)
    told = lines(last_entry(), anna)
    assert set(told) == {"phase_settings.window_first", "phase_settings.window_last"}
    first = told["phase_settings.window_first"]
    assert (first.row, first.before, first.after) == ("2026/27", date(2026, 10, 1), date(2027, 10, 1))


def test_who_is_gone_is_told_by_the_image(edition: int, anna: Actor) -> None:
    entry = job.imports(edition, Side.MENTEE, anna)
    before = {one.row for one in lines(entry, anna).values()}
    undone = job.undo(entry, anna)
    assert {one.row for one in lines(undone, anna).values()} == before
    assert {one.step for one in lines(undone, anna).values()} == {Step.DELETED}


def test_why_an_act_stays_is_told_with_it(edition: int, anna: Actor) -> None:
    application = an_applicant(edition, Side.MENTEE)
    first = job.decides(edition, [application], anna)
    second = job.decides(edition, [application], anna, job.Outcome.WAITING, seen=1)
    with database.reading() as session:
        assert isinstance(queries.opened(session, first, by=anna).refused, MovedOn)
        assert queries.opened(session, second, by=anna).refused is None


def test_an_act_of_many_rows_is_cut_and_says_so(edition: int, anna: Actor) -> None:
    with writing("test.many") as session:
        session.add_all(editions.Edition(name=f"edition {number}", year=2026) for number in range(201))
    with database.reading() as session:
        opened = queries.opened(session, last_entry(), by=anna)
    assert (opened.act.rows, len(opened.lines), opened.whole) == (201, 200, False)


def test_the_statements_do_not_grow_with_the_rows(edition: int, anna: Actor) -> None:
    asked: list[str] = []
    engine = database.current().engine
    sa.event.listen(engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    counts = []
    for number in (1, 30):
        chosen = [an_applicant(edition, Side.MENTEE) for _ in range(number)]
        entry = job.decides(edition, chosen, anna)
        asked.clear()
        lines(entry, anna)
        counts.append(len(asked))
    assert counts[0] == counts[1]


# ---- What is not shown


def values(entry: int, by: Actor) -> str:
    """All that this reader gets of an act, as text."""
    with database.reading() as session:
        return repr(queries.opened(session, entry, by=by).lines)


def test_no_name_and_no_text_without_the_right_to_the_applicants(edition: int, anna: Actor) -> None:
    secret = {"motivation": "Zmotivation", "city": "Zcity", "company": "Zcompany", "student_id": "Z1"}
    mentee = a_participant(edition, Side.MENTEE, name="Zname Zsurname", mail="Z@x.example", **secret)
    mentor = a_participant(edition, Side.MENTOR, name="Zmentor Zmentor")
    job.votes(edition, mentee, Wishes(((mentor,),)), anna)
    job.reviews(edition, mentee, anna)
    admin = staff(Role.ADMIN)
    for entry in range(1, last_entry() + 1):
        told = values(entry, admin)
        assert "Z" not in told
        assert "buona" not in told
        assert "in graduatoria" not in told
    assert "Zmotivation" in "".join(values(entry, anna) for entry in range(1, last_entry() + 1))


def test_a_hidden_value_says_that_there_was_one(edition: int, anna: Actor) -> None:
    entry = job.reviews(edition, an_applicant(edition, Side.MENTEE), anna)
    note = lines(entry, staff(Role.ADMIN))["review.note"]
    assert (note.before, note.after) == (None, Veiled.HIDDEN)
    assert isinstance(note.row, Number)


def test_a_veto_tells_those_without_the_right_neither_who_nor_whom(edition: int, anna: Actor) -> None:
    mentee, mentor = a_participant(edition, Side.MENTEE), a_participant(edition, Side.MENTOR)
    entry = job.votes(edition, mentee, Wishes(((),), (mentor,)), anna)
    veto = lines(entry, staff(Role.ADMIN, Role.HELPER))["veto.mentor_id"]
    assert (veto.row, veto.after) == (Veiled.HIDDEN, Veiled.HIDDEN)
    assert CONFIDENTIAL["veto"] is Right.VETOES


def test_a_password_is_told_as_changed_and_its_digest_to_nobody(anna: Actor) -> None:
    with database.writing() as session:
        accounts.add_account(
            session,
            name="Eva Neri",
            mail="eva@unimi.example",
            password=PASSWORD,
            roles=frozenset({Role.HELPER}),
            rounds=4,
            language=Language.ITALIAN,
            by=SYSTEM,
            at=AT,
        )
    told = lines(last_entry(), anna)
    assert told["account.password_hash"].after is Veiled.HIDDEN
    assert told["account.name"].row == "Eva Neri"
    assert told["role_holding.role"].after is Role.HELPER


@pytest.mark.parametrize("role", Role)
def test_columns_of_people_open_with_one_right_only(role: Role, edition: int) -> None:
    reader = staff(role, Role.ADMIN)
    an_applicant(edition, Side.MENTEE, motivation="Zmotivation")
    opened = "Zmotivation" in values(last_entry(), reader)
    assert opened == reader.may(Right.APPLICANTS)
