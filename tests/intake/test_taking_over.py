"""From a file to applications: what the preview shows is what is done, once."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from core.accounts.rules import SYSTEM
from core.intake import actions, queries
from core.intake.by_hand import typed
from core.intake.mapping import ColumnTwice, by_field, by_heading
from core.intake.models import Application
from core.intake.plan import Plan, Step, Why, planned
from core.intake.reading import Reading, guess_mapping, open_table, read_rows
from core.intake.rules import SECTORS
from core.people.models import Person
from core.people.rules import Side
from core.store import database
from core.store.audit import AuditEntry
from core.store.clock import ROME
from tests.make import AT, an_edition

FILES = Path(__file__).parent / "files"
OFFERED = {"sectors": SECTORS, "sector": SECTORS}
EXPORTS = [
    ("f01_msforms_mentee_it.xlsx", Side.MENTEE, {"new": 3, "error": 2}),
    ("f02_msforms_mentor_en.xlsx", Side.MENTOR, {"new": 2, "skipped": 2, "error": 1}),
    ("f03_google_mentee_it.csv", Side.MENTEE, {"new": 3, "error": 1}),
    ("f05_excel_mentor_it.csv", Side.MENTOR, {"new": 2, "skipped": 2, "error": 1}),
]
HEADINGS = "Nome,Cognome,Email,Media,Consenso,Data\n"


def read(data: bytes, name: str, side: Side) -> Reading:
    table = open_table(data, name)
    return read_rows(table, side, guess_mapping(table, side), options=OFFERED)


def preview(edition: int, side: Side, reading: Reading) -> Plan:
    with database.reading() as session:
        return queries.preview(session, edition, side=side, rows=reading.rows, by=SYSTEM)


def take(edition: int, side: Side, reading: Reading, seen: str) -> Plan:
    with database.writing() as session:
        return actions.take_over(session, edition_id=edition, side=side, rows=reading.rows, seen=seen, by=SYSTEM, at=AT)


def counted(plan: Plan) -> dict[str, int]:
    return {str(step): found for step, found in plan.counts.items() if found}


@pytest.mark.parametrize(("name", "side", "counts"), EXPORTS)
def test_an_export_is_taken_over_as_shown_and_the_same_file_again_changes_nothing(
    store: database.Store, name: str, side: Side, counts: dict[str, int]
) -> None:
    edition = an_edition()
    reading = read((FILES / name).read_bytes(), name, side)

    plan = preview(edition, side, reading)
    assert counted(plan) == counts
    take(edition, side, reading, plan.digest)

    with database.reading() as session:
        assert queries.counts(session, edition, by=SYSTEM)[side] == counts["new"]
        entries = session.exec(select(AuditEntry.act)).all()
    assert entries == ["edition.create", "intake.take_over"]
    again = preview(edition, side, reading)
    assert again.to_take == ()
    assert again.counts[Step.UNCHANGED] == counts["new"]
    with pytest.raises(actions.NothingToTake):
        take(edition, side, reading, again.digest)


def test_every_fact_of_an_export_is_kept(store: database.Store) -> None:
    edition = an_edition()
    reading = read((FILES / "f01_msforms_mentee_it.xlsx").read_bytes(), "f01.xlsx", Side.MENTEE)
    take(edition, Side.MENTEE, reading, preview(edition, Side.MENTEE, reading).digest)

    with database.reading() as session:
        person = session.exec(select(Person).where(Person.mail_key == "chiara.fontana@studenti.unimi.example")).one()
        kept = session.exec(select(Application).where(Application.person_id == person.id)).one()
    assert (person.first_name, person.last_name, person.phone) == ("Chiara", "Fontana", "+393401234567")
    assert kept.submitted_at == datetime(2026, 6, 3, 10, 14, 52, tzinfo=ROME)
    assert (kept.course, kept.mean_30, kept.cfu, kept.student_id) == (
        "Scienze economico-aziendali",
        27.85,
        96,
        "12345A",
    )
    assert kept.sectors == ["Banche, finanza e assicurazioni", "Consulenza"]
    assert kept.motivation == "Vorrei capire come si entra\nin una società di consulenza."


def a_file(*rows: str) -> bytes:
    return (HEADINGS + "\n".join(rows)).encode()


def test_a_later_answer_shows_what_it_changes_and_an_open_answer_erases_nothing(store: database.Store) -> None:
    edition = an_edition()
    first = read(a_file("Anna,Rossi,anna@x.example,28,Sì,2026-06-13"), "a.csv", Side.MENTEE)
    take(edition, Side.MENTEE, first, preview(edition, Side.MENTEE, first).digest)

    second = read(a_file("Anna,Rossi,ANNA@x.example,29,Sì,2026-06-14"), "b.csv", Side.MENTEE)
    (row,) = preview(edition, Side.MENTEE, second).rows
    assert row.step is Step.UPDATE
    assert {change.field: (change.old, change.new) for change in row.changes if change.field == "mean_30"} == {
        "mean_30": (28.0, 29.0)
    }
    take(edition, Side.MENTEE, second, preview(edition, Side.MENTEE, second).digest)

    older = read(a_file("Anna,Rossi,anna@x.example,28,Sì,2026-06-13"), "a.csv", Side.MENTEE)
    (row,) = preview(edition, Side.MENTEE, older).rows
    assert (row.step, row.why) == (Step.SKIPPED, Why.OLDER_THAN_KEPT)

    empty = read(a_file("Anna,Rossi,anna@x.example,,Sì,2026-06-15"), "c.csv", Side.MENTEE)
    take(edition, Side.MENTEE, empty, preview(edition, Side.MENTEE, empty).digest)
    with database.reading() as session:
        assert session.exec(select(Application)).one().mean_30 == 29.0


def test_a_preview_that_is_no_longer_exact_is_refused(store: database.Store) -> None:
    edition = an_edition()
    reading = read(a_file("Anna,Rossi,anna@x.example,28,Sì,2026-06-13"), "a.csv", Side.MENTEE)
    seen = preview(edition, Side.MENTEE, reading).digest
    take(edition, Side.MENTEE, reading, seen)
    with pytest.raises(actions.PlanOutdated):
        take(edition, Side.MENTEE, reading, seen)


def test_a_person_is_known_again_in_the_next_edition_and_on_the_other_side(store: database.Store) -> None:
    first, second = an_edition(), an_edition(2027, "2027/28")
    reading = read(a_file("Anna,Rossi,anna@x.example,28,Sì,2026-06-13"), "a.csv", Side.MENTEE)
    for edition in (first, second):
        take(edition, Side.MENTEE, reading, preview(edition, Side.MENTEE, reading).digest)
    with database.reading() as session:
        assert len(session.exec(select(Person)).all()) == 1
        assert len(session.exec(select(Application)).all()) == 2


def test_an_older_file_does_not_rename_a_person_and_a_newer_one_shows_that_it_does(store: database.Store) -> None:
    past, now, next_one = an_edition(2020, "2020/21"), an_edition(), an_edition(2027, "2027/28")

    def taken(edition: int, surname: str, day: str) -> tuple[Step, list[object]]:
        reading = read(a_file(f"Giulia,{surname},g@x.example,28,Sì,{day}"), "a.csv", Side.MENTEE)
        plan = preview(edition, Side.MENTEE, reading)
        take(edition, Side.MENTEE, reading, plan.digest)
        return plan.rows[0].step, [change.new for change in plan.rows[0].changes]

    def surname() -> str:
        with database.reading() as session:
            return session.exec(select(Person)).one().last_name

    assert taken(now, "Verdi", "2026-06-13") == (Step.NEW, [])
    assert taken(past, "Rossi", "2020-06-13") == (Step.NEW, [])
    assert surname() == "Verdi"
    assert taken(next_one, "Bianchi", "2027-06-13") == (Step.NEW, ["Bianchi"])
    assert surname() == "Bianchi"


def test_two_spellings_of_one_address_in_a_file_are_one_person(store: database.Store) -> None:
    edition = an_edition()
    rows = ["Anna,Rossi,strasse@x.example,28,Sì,2026-06-13", "Anna,Rossi,STRASSE@x.example,29,Sì,2026-06-14"]
    reading = read(a_file(*rows), "a.csv", Side.MENTEE)
    assert counted(preview(edition, Side.MENTEE, reading)) == {"new": 1, "skipped": 1}


def test_an_answer_in_the_doubled_hour_is_unchanged_the_second_time(store: database.Store) -> None:
    edition = an_edition()
    reading = read(a_file("Anna,Rossi,anna@x.example,28,Sì,2026-10-25 02:30:00"), "a.csv", Side.MENTEE)
    take(edition, Side.MENTEE, reading, preview(edition, Side.MENTEE, reading).digest)
    assert counted(preview(edition, Side.MENTEE, reading)) == {"unchanged": 1}


GOOD = st.builds(
    "{0},{1},{0}.{1}@x.example,{2},Sì,2026-06-{3}".format,
    st.text("abcdef", min_size=2, max_size=6),
    st.text("ghijkl", min_size=2, max_size=6),
    st.integers(18, 30),
    st.integers(13, 28),
)
BAD = st.sampled_from(["X,Y,no address,28,Sì,2026-06-13", "X,Z,x@z.example,99,Sì,2026-06-13", "X,W,x@w.example,28,no,"])


@given(st.lists(GOOD, max_size=6), st.lists(BAD, max_size=4))
def test_a_bad_row_costs_no_good_row(good: list[str], bad: list[str]) -> None:
    without = read(a_file(*good, "Z,Z,z@z.example,28,Sì,2026-06-30"), "a.csv", Side.MENTEE)
    among = read(a_file(*bad, *good, "Z,Z,z@z.example,28,Sì,2026-06-30"), "a.csv", Side.MENTEE)
    kept = [row.answers for row in planned(without.rows, {}).to_take]
    assert [row.answers for row in planned(among.rows, {}).to_take] == kept
    assert planned(among.rows, {}).counts[Step.ERROR] >= len(bad)


def test_a_mapping_turned_around_twice_is_itself() -> None:
    mapping = {"email": "Mail", "self_assessment": ("A", "B")}
    assert by_field(by_heading(mapping), Side.MENTEE) == mapping
    with pytest.raises(ColumnTwice) as refused:
        by_field({"Mail": "email", "Other mail": "email"}, Side.MENTEE)
    assert refused.value.values == {"first": "Mail", "second": "Other mail"}


def by_hand(edition: int, **answers: str) -> int:
    usual = {"first_name": "Anna", "last_name": "Rossi", "email": "anna@x.example", "consent": "Sì"}
    row = typed(Side.MENTEE, {**usual, **answers}, options=OFFERED)
    with database.writing() as session:
        return actions.add_by_hand(session, edition_id=edition, side=Side.MENTEE, row=row, by=SYSTEM, at=AT)


def test_an_applicant_added_by_hand_is_read_by_the_rules_of_a_file(store: database.Store) -> None:
    edition = an_edition()
    number = by_hand(edition, mean_30="27,5", graduation_date="31/03/2027", sectors="Consulenza;Risorse umane")
    with database.reading() as session:
        kept = queries.opened(session, number, by=SYSTEM).application
    assert (kept.mean_30, str(kept.graduation_date), kept.sectors) == (
        27.5,
        "2027-03-31",
        ["Consulenza", "Risorse umane"],
    )
    with pytest.raises(actions.AlreadyThere):
        by_hand(edition)
    with pytest.raises(actions.NotReadable):
        by_hand(edition, email="other@x.example", mean_30="110")
    with pytest.raises(actions.NotReadable):
        by_hand(edition, email="other@x.example", consent="No")
