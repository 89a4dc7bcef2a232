"""Ballots from a table."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.intake.reading import open_table
from core.speeddate.headings import NoBallotColumns, columns_of
from core.speeddate.importer import Problem, Programme, State, Wrong, plan
from core.speeddate.names import Listed
from core.speeddate.rules import Wishes

MENTEES = [
    Listed(1, "Giulia", "Rossi", "giulia@studenti.example"),
    Listed(2, "Marco", "D'Angelo", "marco@studenti.example"),
    Listed(3, "Anna", "Verdi", "anna.uno@studenti.example"),
    Listed(4, "Anna", "Verdi", "anna.due@studenti.example"),
]
MENTORS = [
    Listed(11, "Luca", "Bianchi", "luca@azienda.example", 1),
    Listed(12, "Sara", "De Luca", "sara@azienda.example", 2),
    Listed(13, "Paolo", "Neri", "paolo@azienda.example", 3),
    Listed(14, "Paolo", "Neri", "p.neri@altra.example", 4),
]
USUAL = Programme(MENTEES, MENTORS, ballots={}, most=3)
HEAD = "E-mail;Nome e cognome;1ª scelta;2ª scelta;3ª scelta;Preferirei di no\n"


def planned(rows: str, programme: Programme = USUAL, head: str = HEAD):
    return plan(open_table((head + rows).encode(), "schede.csv"), programme)


def test_mentors_are_named_by_number_address_or_name_and_tied_by_an_equals_sign() -> None:
    (line,) = planned("giulia@studenti.example;;Bianchi Luca;2=paolo@azienda.example;;4\n").lines
    assert (line.state, line.mentee, line.name) == (State.NEW, 1, "Rossi Giulia")
    assert line.wishes == Wishes(((11,), (12, 13)), (14,))


def test_a_mentee_is_found_by_a_name_in_either_order_and_any_spelling() -> None:
    assert [line.mentee for line in planned(";marco d’angelo;1;;;\n;ROSSI, Giulia;1;;;\n").lines] == [2, 1]


@pytest.mark.parametrize(
    ("row", "column", "value", "code"),
    [
        (";;1;;;\n", "E-mail", "", Wrong.MENTEE_MISSING),
        ("chi@studenti.example;;1;;;\n", "E-mail", "chi@studenti.example", Wrong.MENTEE_UNKNOWN),
        (";Anna Verdi;1;;;\n", "Nome e cognome", "Anna Verdi", Wrong.MENTEE_NOT_UNIQUE),
        (";Giulia Rossi;1;Nessuno;;\n", "2ª scelta", "Nessuno", Wrong.MENTOR_UNKNOWN),
        (";Giulia Rossi;Paolo Neri;;;\n", "1ª scelta", "Paolo Neri", Wrong.MENTOR_NOT_UNIQUE),
        (";Giulia Rossi;1;2;luca@azienda.example;\n", "3ª scelta", "luca@azienda.example", Wrong.MENTOR_TWICE),
        (";Giulia Rossi;1;;;3=3\n", "Preferirei di no", "3=3", Wrong.MENTOR_TWICE),
        (";Giulia Rossi;1;2;;2\n", "2ª scelta", "2", Wrong.WISHED_AND_VETOED),
        (";Giulia Rossi;1;2;3=4;\n", "3ª scelta", "3=4", Wrong.TOO_MANY),
    ],
)
def test_a_bad_row_says_what_is_wrong_where(row: str, column: str, value: str, code: Wrong) -> None:
    bad, good = planned(row + ";D'Angelo Marco;2;;;\n").lines
    assert bad.problem == Problem(2, column, value, code)
    assert (good.state, good.wishes) == (State.NEW, Wishes(((12,),)))


def test_the_second_row_of_a_mentee_is_a_problem_and_the_first_is_kept() -> None:
    first, second = planned(";Giulia Rossi;1;;;\ngiulia@studenti.example;;2;;;\n").lines
    assert first.state is State.NEW
    assert second.problem == Problem(3, "E-mail", "giulia@studenti.example", Wrong.MENTEE_TWICE)


def test_a_row_without_preferences_leaves_the_ballot_alone() -> None:
    there = replace(USUAL, ballots={1: Wishes(((11,),))})
    assert [line.state for line in planned(";Giulia Rossi;;;;\n", there).lines] == [State.BLANK]


def test_without_a_column_for_them_the_vetoes_stay() -> None:
    there = replace(USUAL, ballots={1: Wishes(((11,),), (13,))})
    (line,) = planned("giulia@studenti.example;2\n", there, head="E-mail;Prima scelta\n").lines
    assert (line.state, line.wishes, line.before) == (State.CHANGED, Wishes(((12,),), (13,)), there.ballots[1])


@settings(max_examples=40)
@given(st.lists(st.permutations([11, 12, 13, 14]), min_size=2, max_size=2), st.integers(1, 3))
def test_the_same_file_again_changes_nothing(orders: list[list[int]], length: int) -> None:
    rows = "".join(
        f"{mentee.mail};;{';'.join(str(one - 10) for one in order[:length]).ljust(length + 2, ';')}\n"
        for mentee, order in zip(MENTEES, orders, strict=False)
    )
    first = planned(rows)
    assert [line.state for line in first.lines] == [State.NEW, State.NEW]
    again = planned(rows, replace(USUAL, ballots={line.mentee or 0: line.wishes for line in first.taken}))
    assert [line.state for line in again.lines] == [State.UNCHANGED, State.UNCHANGED]
    assert again.taken == ()


def test_the_choices_follow_their_headings_not_their_places() -> None:
    found = columns_of(("Second choice", "Mentee e-mail", "First choice", "Rather not", "Mentee", "Note"))
    assert (found.mentee, found.choices, found.vetoes) == ((1, 4), (2, 0), (3,))


@pytest.mark.parametrize("headings", [("E-mail", "Nome"), ("Prima scelta", "Seconda scelta")])
def test_a_table_without_mentee_or_choices_is_refused(headings: tuple[str, ...]) -> None:
    with pytest.raises(NoBallotColumns):
        columns_of(headings)
