"""The demo's store, built by the acts that staff use."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from core.accounts.guard import words_of
from core.demo import __main__ as command
from core.demo import folder
from core.demo.dates import Until
from core.language.text import known
from tests.demo.drawn import NOW, built, of_edition, rows_in_use
from tests.demo.phases import LAST_YEAR, SMALL, THIS_YEAR, TODAY, demo, noon

if TYPE_CHECKING:
    from pathlib import Path

    from tests.demo.drawn import Rows


@pytest.fixture(scope="module")
def spring(tmp_path_factory: pytest.TempPathFactory) -> Rows:
    """Both editions in full, this year's in the middle of the meetings."""
    return built(tmp_path_factory.mktemp("spring"), Until.MENTORING)


def outcomes(rows: Rows, edition: int, side: str) -> Counter[object]:
    mine = of_edition(rows, edition)
    of = {row["application_id"]: row["outcome"] for row in mine["decision"]}
    return Counter(of.get(row["id"]) for row in mine["application"] if row["side"] == side)


@pytest.mark.slow
def test_both_years_have_their_pairs_and_meetings(spring: Rows) -> None:
    assert [(row["id"], row["name"]) for row in spring["edition"]] == [(LAST_YEAR, "2025/26"), (THIS_YEAR, "2026/27")]
    before, this = of_edition(spring, LAST_YEAR), of_edition(spring, THIS_YEAR)
    for rows in (before, this):
        assert len(rows["pair"]) >= 35
        assert {row["id"] for row in rows["pair"]} > {row["pair_id"] for row in rows["meeting"]}
    assert len(before["meeting"]) > len(this["meeting"]) > len(this["pair"])


def test_as_many_apply_and_are_selected_as_the_taxonomy_says(spring: Rows) -> None:
    mentees, mentors = outcomes(spring, THIS_YEAR, "mentee"), outcomes(spring, THIS_YEAR, "mentor")
    assert (mentees.total(), mentors.total()) == (150, 80)
    assert 50 <= mentees["selected"] <= 66
    assert 50 <= mentors["selected"] <= 60
    assert (mentees["waiting"] > 0, mentees["not_selected"] > 0, mentees[None]) == (True, True, 0)
    reasons = {row["reason"] for row in spring["decision"]}
    assert len(reasons) == 5


def test_people_of_last_year_come_back(spring: Rows) -> None:
    def persons(edition: int, side: str) -> set[object]:
        mine = of_edition(spring, edition)["application"]
        return {row["person_id"] for row in mine if row["side"] == side}

    assert len(persons(LAST_YEAR, "mentor") & persons(THIS_YEAR, "mentor")) == 24
    assert len(persons(LAST_YEAR, "mentee") & persons(THIS_YEAR, "mentee")) == 14


def test_everything_has_been_done_by_staff_who_may_or_by_the_people_themselves_and_in_the_past(spring: Rows) -> None:
    acts = spring["audit_entry"]
    unsigned = {row["act"] for row in acts if row["account_id"] is None}
    assert unsigned == {
        "accounts.add_first_account",
        "selection.answer_place",
        "training.choose_date",
        "speeddate.reply",
    }
    assert max(row["at"] for row in acts) <= NOW
    assert [row["act"] for row in acts if not known(words_of(str(row["act"])))] == []
    of = {row["id"]: str(row["mail"]).partition("@")[0] for row in spring["account"]}
    who = {act: {of[row["account_id"]] for row in acts if row["act"] == act} for act in ("selection.review",)}
    assert who["selection.review"] == {"reviewer1", "reviewer2", "reviewer3", "reviewer4"}


def test_most_come_to_the_training_and_to_the_speed_date(spring: Rows) -> None:
    this = of_edition(spring, THIS_YEAR)
    mentors = {row["id"] for row in this["application"] if row["side"] == "mentor"}
    selected = {row["application_id"] for row in this["decision"] if row["outcome"] == "selected"}
    there = Counter(row["session"] for row in this["attendance"] if row["application_id"] in mentors)
    shares = [there[number] / len(mentors & selected) for number in (1, 2, 3)]
    assert all(0.8 <= share <= 1 for share in shares)
    assert 0.8 * len(selected) <= len(this["check_in"]) < len(selected)


def test_most_answer_and_some_are_silent(spring: Rows) -> None:
    this = of_edition(spring, THIS_YEAR)
    selected = {row["application_id"] for row in this["decision"] if row["outcome"] == "selected"}
    assert 0.85 * len(selected) <= len(this["place_answer"]) < len(selected)
    assert {row["session"] for row in this["date_choice"]} == {1, 2}
    assert {"in_person", "remote"} <= {row["coming"] for row in this["reply"]}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> dict[Until, Rows]:
    """A small store for each phase, on days that calendars stumble over."""
    found: dict[Until, Rows] = {}
    for until in Until:
        with demo(tmp_path_factory, until).in_use():
            found[until] = rows_in_use()
    return found


@pytest.fixture(scope="module")
def this_year(small: dict[Until, Rows]) -> dict[Until, Rows]:
    return {until: of_edition(rows, THIS_YEAR) for until, rows in small.items()}


def counted(rows: Rows, *tables: str) -> list[int]:
    return [len(rows[table]) for table in tables]


@pytest.mark.slow
def test_each_phase_begins_where_the_one_before_has_ended(this_year: dict[Until, Rows]) -> None:
    steps = ["application", "review", "decision", "attendance", "check_in", "ballot", "publication", "meeting"]
    reached = {until: sum(count > 0 for count in counted(rows, *steps)) for until, rows in this_year.items()}
    assert reached == {
        Until.INTAKE: 1,
        Until.SELECTION: 2,
        Until.TRAINING: 4,
        Until.SPEEDDATE: 6,
        Until.MATCHING: 6,
        Until.MENTORING: 8,
        Until.END: 8,
    }


def test_in_the_middle_of_a_phase_its_work_is_half_done(this_year: dict[Until, Rows]) -> None:
    def share(table: str, middle: Until, end: Until) -> float:
        return len(this_year[middle][table]) / len(this_year[end][table])

    assert len(this_year[Until.SELECTION]["application"]) == 46
    assert 0.25 <= share("application", Until.INTAKE, Until.SELECTION) <= 0.75
    assert 0.25 <= share("review", Until.SELECTION, Until.TRAINING) <= 0.75
    assert 0.1 <= share("ballot", Until.SPEEDDATE, Until.MATCHING) <= 0.75
    assert 0.25 <= share("meeting", Until.MENTORING, Until.END) <= 0.75
    assert {row["session"] for row in this_year[Until.TRAINING]["attendance"]} == {1, 2}


def test_nothing_is_dated_after_the_present_moment(small: dict[Until, Rows]) -> None:
    for until, rows in small.items():
        assert max(row["at"] for row in rows["audit_entry"]) <= noon(until)
        assert max(row["held_on"] for row in rows["meeting"]) <= TODAY[until]


@pytest.mark.slow
def test_the_same_seed_and_day_give_the_same_content(small: dict[Until, Rows], tmp_path: Path) -> None:
    again = built(tmp_path, Until.MENTORING, now=noon(Until.MENTORING), share=SMALL)
    assert {table: again[table] == rows for table, rows in small[Until.MENTORING].items()} == dict.fromkeys(again, True)


@pytest.mark.slow
def test_the_command_builds_once_a_day_and_says_who_can_sign_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MENTORING_DATA", str(tmp_path))
    monkeypatch.setenv("MENTORING_BCRYPT_ROUNDS", "4")
    assert command.main(["--until", "intake"]) == 0
    first = capsys.readouterr().out
    assert command.main(["--until", "intake"]) == 0
    again = capsys.readouterr().out
    assert first.startswith("Building")
    assert again.strip()
    assert again in first
    assert "coordinator@career.example" in again
    there = folder.read(tmp_path)
    assert there is not None
    assert all(one.password in again for one in there.accesses)
    assert (tmp_path / folder.STAMP).stat().st_mode & 0o077 == 0


def test_a_store_that_is_no_demo_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mentoring.db").write_bytes(b"the real one")
    monkeypatch.setenv("MENTORING_DATA", str(tmp_path))
    assert command.main([]) == 2
    assert "not a demo" in capsys.readouterr().err
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("mentoring.db", b"the real one")]


def test_the_folder_of_the_real_store_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MENTORING_DATA", raising=False)
    assert command.main([]) == 2
    assert "the real store" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_stamp_counts_as_none(tmp_path: Path) -> None:
    (tmp_path / folder.STAMP).write_text("{", encoding="utf-8")
    assert folder.read(tmp_path) is None
    assert folder.read(tmp_path / "nowhere") is None
