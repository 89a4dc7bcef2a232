"""Whom each occasion is meant for, with what, and who has been told already."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from core.accounts.rules import SYSTEM, Role
from core.edition import actions as editions
from core.language.text import OFFERED, Language, say
from core.messages.fields import LINKS, Field
from core.messages.fields import OFFERED as FIELDS
from core.messages.models import Message
from core.messages.own_texts import own_text
from core.messages.recipients import about
from core.messages.rules import MessageState, Occasion
from core.messages.templating import Wording, attempt
from core.office import queries
from core.people.models import Person
from core.people.rules import Side
from core.selection.models import Decision, PlaceAnswer
from core.selection.rules import Outcome
from core.speeddate.models import Ballot, Choice, Reply
from core.speeddate.rules import Coming
from core.speeddate.rules import Settings as SpeedDate
from core.store import database
from core.store.errors import NotAllowed
from core.training.models import Attendance, DateChoice
from core.training.rules import Settings as Training
from tests import make

if TYPE_CHECKING:
    from core.accounts.rules import Actor
    from core.office.queries import Addressee

SUMMER, TODAY, EVENT = date(2026, 7, 1), date(2026, 10, 1), date(2026, 10, 15)
MENTEE, MENTOR = Side


@pytest.fixture
def edition(store) -> int:
    return make.an_edition()


@pytest.fixture
def actor(edition: int) -> Actor:
    return make.staff(Role.COORDINATOR)


def of(edition: int, occasion: Occasion, *, by: Actor, today: date = TODAY) -> list[Addressee]:
    with database.reading() as session:
        return queries.recipients(session, edition, occasion, today=today, by=by)


def names(edition: int, occasion: Occasion, *, by: Actor, today: date = TODAY) -> list[str]:
    return [one.recipient.spoken for one in of(edition, occasion, by=by, today=today)]


def decided(edition: int, side: Side, outcome: Outcome, name: str, **facts) -> int:
    application = make.an_applicant(edition, side, name=name, **facts)
    keep(Decision(application_id=application, outcome=outcome, reason="sì", decided_at=make.AT))
    return application


def keep(*rows) -> None:
    with make.writing() as session:
        session.add_all(rows)


def told(edition: int, one: Addressee, occasion: Occasion, *, said: str = "", state=MessageState.DRAFT) -> None:
    to = one.recipient
    keep(
        Message(
            edition_id=edition,
            person_id=to.person_id,
            occasion=occasion,
            about=said or to.about,
            language=to.language,
            name=to.spoken,
            mail=to.mail,
            state=state,
            prepared_at=make.AT,
        )
    )


def set_rules(edition: int, rules) -> None:
    with database.writing() as session:
        editions.save_settings(session, edition_id=edition, settings=rules, seen=0, by=SYSTEM, at=make.AT)


def event_on(edition: int, day: date) -> None:
    set_rules(edition, SpeedDate(date(2026, 10, 1), date(2026, 10, 31), day, time(17)))


def test_outcomes_are_told_to_those_for_whom_they_were_decided(edition: int, actor: Actor) -> None:
    decided(edition, MENTEE, Outcome.SELECTED, "Anna Scelta")
    decided(edition, MENTEE, Outcome.SELECTED, "Bea Ritirata", withdrawn_at=make.AT)
    decided(edition, MENTOR, Outcome.SELECTED, "Carlo Mentor")
    decided(edition, MENTEE, Outcome.WAITING, "Dina Attesa")
    decided(edition, MENTOR, Outcome.WAITING, "Elio Attesa")
    decided(edition, MENTEE, Outcome.NOT_SELECTED, "Fabio Fuori")
    decided(edition, MENTOR, Outcome.NOT_SELECTED, "Gino Fuori")
    make.an_applicant(edition, MENTEE, name="Ida Indecisa")
    assert {one: names(edition, one, by=actor) for one in list(Occasion)[:6]} == {
        Occasion.SELECTED_MENTEE: ["Anna Scelta"],
        Occasion.SELECTED_MENTOR: ["Carlo Mentor"],
        Occasion.WAITING: ["Dina Attesa", "Elio Attesa"],
        Occasion.NOT_SELECTED_MENTEE: ["Fabio Fuori"],
        Occasion.NOT_SELECTED_MENTOR: ["Gino Fuori"],
        Occasion.CONFIRM: ["Carlo Mentor", "Anna Scelta"],
    }


def test_an_outcome_is_told_again_only_when_it_was_decided_anew(edition: int, actor: Actor) -> None:
    decided(edition, MENTEE, Outcome.SELECTED, "Anna Scelta")
    [before] = of(edition, Occasion.SELECTED_MENTEE, by=actor)
    assert (before.recipient.about, before.told, before.again, before.waits) == ("decision 1 1", None, True, True)
    told(edition, before, Occasion.SELECTED_MENTEE)
    [after] = of(edition, Occasion.SELECTED_MENTEE, by=actor)
    assert after.told == ("decision 1 1", MessageState.DRAFT, make.AT)
    assert (after.again, after.waits) == (False, False)
    with make.writing() as session:
        session.get_one(Decision, 1).reason = "sì, davvero"
    [anew] = of(edition, Occasion.SELECTED_MENTEE, by=actor)
    assert (anew.recipient.about, anew.told, anew.again) == ("decision 1 2", None, True)


def test_a_reminder_may_come_again_on_another_day(edition: int, actor: Actor) -> None:
    decided(edition, MENTEE, Outcome.SELECTED, "Anna Scelta")
    [one] = of(edition, Occasion.CONFIRM, by=actor)
    assert one.recipient.about == "application 1 2026-10-01"
    told(edition, one, Occasion.CONFIRM)
    [today] = of(edition, Occasion.CONFIRM, by=actor)
    [tomorrow] = of(edition, Occasion.CONFIRM, by=actor, today=TODAY + timedelta(days=1))
    assert (today.again, today.waits) == (False, False)
    assert (tomorrow.again, tomorrow.waits, tomorrow.told) == (True, False, today.told)


def test_who_has_answered_about_the_place_is_not_reminded(edition: int, actor: Actor) -> None:
    anna = decided(edition, MENTEE, Outcome.SELECTED, "Anna Scelta")
    decided(edition, MENTEE, Outcome.SELECTED, "Bea Scelta")
    keep(PlaceAnswer(application_id=anna, accepted=True, answered_at=make.AT))
    assert names(edition, Occasion.CONFIRM, by=actor) == ["Bea Scelta"]


def test_nobody_is_asked_for_an_answer_that_is_there_or_that_the_link_no_longer_takes(
    edition: int, actor: Actor
) -> None:
    anna = decided(edition, MENTEE, Outcome.SELECTED, "Anna Scelta")
    decided(edition, MENTEE, Outcome.SELECTED, "Bea Scelta")
    keep(PlaceAnswer(application_id=anna, accepted=True, answered_at=make.AT))
    last = TODAY + timedelta(days=7)  # the day for all is over: whoever was decided about today has days of the own
    waits = {one.recipient.spoken: one.waits for one in of(edition, Occasion.SELECTED_MENTEE, by=actor, today=last)}
    assert waits == {"Anna Scelta": False, "Bea Scelta": True}
    [bea] = of(edition, Occasion.CONFIRM, by=actor, today=last)
    assert (bea.waits, bea.recipient.fields[Field.DEADLINE]) == (True, "giovedì 8 ottobre 2026")
    [late] = of(edition, Occasion.CONFIRM, by=actor, today=last + timedelta(days=1))
    assert (late.waits, late.why.key, Field.DEADLINE in late.recipient.fields) == (
        False,
        "messages.why.too_late",
        False,
    )


def test_mentees_without_a_date_are_asked_where_there_is_a_choice(edition: int, actor: Actor) -> None:
    anna = make.a_participant(edition, MENTEE, name="Anna Scelta")
    make.a_participant(edition, MENTEE, name="Bea Scelta")
    make.a_participant(edition, MENTOR, name="Carlo Mentor")
    keep(DateChoice(application_id=anna, session=1, answered_at=make.AT))
    assert names(edition, Occasion.TRAINING_DATE, by=actor, today=SUMMER) == ["Bea Scelta"]
    assert names(edition, Occasion.TRAINING_MENTOR, by=actor, today=SUMMER) == ["Carlo Mentor"]
    assert names(edition, Occasion.TRAINING_DATE, by=actor, today=TODAY) == []
    assert names(edition, Occasion.TRAINING_MENTOR, by=actor, today=TODAY) == []
    [free] = [one for one in of(edition, Occasion.FREE, by=actor) if one.recipient.spoken == "Anna Scelta"]
    assert free.recipient.fields[Field.TRAINING_DATE] == "mercoledì 2 settembre 2026, 14:00"
    rules = Training.defaults(2026)
    set_rules(edition, Training(rules.mentor_sessions, rules.mentee_sessions[:1]))
    assert names(edition, Occasion.TRAINING_DATE, by=actor, today=SUMMER) == []


def test_all_are_invited_to_the_speed_date_those_without_a_reply_first(edition: int, actor: Actor) -> None:
    anna = make.a_participant(edition, MENTEE, name="Anna Alfa")
    make.a_participant(edition, MENTOR, name="Carlo Beta")
    keep(Reply(application_id=anna, coming=Coming.REMOTE, answered_at=make.AT))
    people = of(edition, Occasion.SPEED_DATE, by=actor)
    assert [(one.recipient.spoken, one.waits) for one in people] == [("Carlo Beta", True), ("Anna Alfa", False)]
    event_on(edition, EVENT)
    assert len(of(edition, Occasion.SPEED_DATE, by=actor, today=EVENT)) == 2
    assert of(edition, Occasion.SPEED_DATE, by=actor, today=EVENT + timedelta(days=1)) == []


def test_mentees_without_preferences_are_reminded(edition: int, actor: Actor) -> None:
    anna, bea = (make.a_participant(edition, MENTEE, name=name) for name in ("Anna Alfa", "Bea Beta"))
    mentor = make.a_participant(edition, MENTOR, name="Carlo Mentor")
    keep(
        Ballot(mentee_id=anna, choices="1", entered_at=make.AT),
        Ballot(mentee_id=bea, choices="", entered_at=make.AT),
    )
    keep(Choice(ballot_id=1, mentor_id=mentor, rank=1))
    assert names(edition, Occasion.BALLOT, by=actor, today=EVENT) == []
    event_on(edition, EVENT)
    assert names(edition, Occasion.BALLOT, by=actor, today=TODAY) == []
    assert names(edition, Occasion.BALLOT, by=actor, today=EVENT) == ["Bea Beta"]
    make.a_pair(edition, anna, mentor)
    assert names(edition, Occasion.BALLOT, by=actor, today=EVENT) == []


def two_pairs(edition: int) -> tuple[int, int, int]:
    """A mentor with two mentees: the first has met them, the other has not; the applications of the three."""
    anna = make.a_participant(edition, MENTEE, name="Anna Alfa", course="Economia")
    bea = make.a_participant(edition, MENTEE, name="Bea Beta")
    carlo = make.a_participant(edition, MENTOR, name="Carlo Mentor", company="Acme", job_title="Capo")
    first = make.a_pair(edition, anna, carlo)
    make.a_pair(edition, bea, carlo)
    make.met(first, date(2026, 11, 5))
    return anna, bea, carlo


def test_a_mentor_of_two_reads_of_each_apart(edition: int, actor: Actor) -> None:
    two_pairs(edition)
    letters = of(edition, Occasion.PAIRED_MENTOR, by=actor)
    assert [(one.recipient.spoken, one.recipient.about) for one in letters] == [
        ("Carlo Mentor", "pair 1"),
        ("Carlo Mentor", "pair 2"),
    ]
    assert letters[0].recipient.fields[Field.PARTNER_NAME] == "Anna Alfa"
    assert letters[0].recipient.fields[Field.PARTNER_COURSE] == "Economia"
    assert Field.PARTNER_COURSE not in letters[1].recipient.fields
    [mentee, _] = of(edition, Occasion.PAIRED_MENTEE, by=actor)
    assert mentee.recipient.fields[Field.PARTNER_ROLE] == "Capo, Acme"
    assert mentee.recipient.fields[Field.LAST_DAY] == "venerdì 30 aprile 2027"


def test_pairs_are_reminded_by_how_they_stand(edition: int, actor: Actor) -> None:
    two_pairs(edition)
    late, early = date(2027, 1, 10), date(2026, 11, 10)
    assert names(edition, Occasion.FIRST_CONTACT, by=actor, today=early) == ["Bea Beta", "Carlo Mentor"]
    assert names(edition, Occasion.SILENT_PAIR, by=actor, today=early) == []
    assert names(edition, Occasion.SILENT_PAIR, by=actor, today=late) == ["Anna Alfa", "Carlo Mentor"]
    assert names(edition, Occasion.MIDWAY, by=actor) == ["Anna Alfa", "Carlo Mentor", "Bea Beta", "Carlo Mentor"]
    [silent, _] = of(edition, Occasion.SILENT_PAIR, by=actor, today=late)
    assert (silent.recipient.fields[Field.MEETINGS_DONE], silent.recipient.fields[Field.MEETINGS_LEAST]) == ("1", "6")


@pytest.mark.parametrize(
    ("day", "waiting"),
    [
        (date(2026, 12, 1), {Occasion.MIDWAY: 0, Occasion.THANKS: 0, Occasion.CONFIRM: 0, Occasion.FIRST_CONTACT: 2}),
        (date(2027, 2, 1), {Occasion.MIDWAY: 4, Occasion.THANKS: 0, Occasion.CONFIRM: 0, Occasion.FIRST_CONTACT: 2}),
        (date(2027, 5, 1), {Occasion.MIDWAY: 0, Occasion.THANKS: 1, Occasion.CONFIRM: 0, Occasion.FIRST_CONTACT: 0}),
    ],
)
def test_who_waits_depends_on_the_time_of_the_year(
    edition: int, actor: Actor, day: date, waiting: dict[Occasion, int]
) -> None:
    two_pairs(edition)
    with database.reading() as session:
        counts = queries.waiting(session, edition, today=day, by=actor)
    assert {one: counts[one] for one in waiting} == waiting


def test_a_pair_that_has_ended_hears_nothing(edition: int, actor: Actor) -> None:
    one = make.a_participant(edition, MENTEE, name="Anna Alfa", withdrawn_at=make.AT)
    other = make.a_participant(edition, MENTOR, name="Carlo Mentor")
    make.a_pair(edition, one, other)
    for occasion in (Occasion.PAIRED_MENTOR, Occasion.FIRST_CONTACT, Occasion.MIDWAY, Occasion.THANKS):
        assert names(edition, occasion, by=actor) == []


def test_the_end_of_the_year(edition: int, actor: Actor) -> None:
    anna, _, carlo = two_pairs(edition)
    for week in range(1, 7):
        make.met(1, date(2026, 11, 5) + timedelta(weeks=3 * week))
    keep(Attendance(application_id=anna, session=1))
    assert names(edition, Occasion.CERTIFICATE, by=actor) == ["Anna Alfa"]
    [one] = of(edition, Occasion.THANKS, by=actor)
    assert (one.recipient.spoken, one.recipient.about) == ("Carlo Mentor", f"application {carlo}")
    assert (one.recipient.fields[Field.MEETINGS_DONE], one.recipient.fields[Field.HOURS]) == ("7", "10,5")
    assert say(one.why.key, Language.ITALIAN, **one.why.values) == "Mentor di Anna Alfa e Bea Beta"


def test_mentees_without_a_place_are_told_of_the_next_edition(edition: int, actor: Actor) -> None:
    decided(edition, MENTEE, Outcome.NOT_SELECTED, "Anna Fuori")
    decided(edition, MENTEE, Outcome.WAITING, "Bea Attesa", mail="bea@x.example")
    decided(edition, MENTOR, Outcome.NOT_SELECTED, "Carlo Fuori")
    assert names(edition, Occasion.REAPPLY, by=actor) == ["Bea Attesa", "Anna Fuori"]
    assert Field.APPLICATIONS_OPEN not in of(edition, Occasion.REAPPLY, by=actor)[0].recipient.fields
    following = make.an_edition(2027, "2027/28")
    make.an_applicant(following, MENTEE, name="Bea Attesa", mail="bea@x.example")
    [anna] = of(edition, Occasion.REAPPLY, by=actor)
    assert (anna.recipient.spoken, anna.recipient.fields[Field.APPLICATIONS_OPEN]) == (
        "Anna Fuori",
        "sabato 1 maggio 2027",
    )


def test_a_person_is_written_to_in_the_own_language_and_address(edition: int, actor: Actor) -> None:
    decided(edition, MENTEE, Outcome.SELECTED, "Anna Scelta")
    decided(edition, MENTEE, Outcome.SELECTED, " Solo")
    with make.writing() as session:
        session.get_one(Person, 1).language = Language.ENGLISH
        session.get_one(Person, 2).mail = "solo at example"
    event_on(edition, EVENT)
    anna, solo = of(edition, Occasion.SELECTED_MENTEE, by=actor, today=SUMMER)
    assert anna.recipient.language == Language.ENGLISH
    assert anna.recipient.fields[Field.EVENT_DAY] == "Thursday 15 October 2026"
    assert anna.recipient.fields[Field.TRAINING_DATES] == (
        "– Wednesday 2 September 2026, 14:00\n– Friday 18 September 2026, 14:00"
    )
    assert solo.recipient.fields[Field.FIRST_NAME] == "Solo"
    assert (anna.recipient.reachable, solo.recipient.reachable) == (True, False)


@pytest.mark.parametrize("occasion", Occasion)
def test_the_own_texts_find_their_fields_in_a_whole_year(edition: int, actor: Actor, occasion: Occasion) -> None:
    two_pairs(edition)
    for side in Side:
        for outcome in Outcome:
            decided(edition, side, outcome, f"Nome {side} {outcome}")
    for week in range(1, 7):
        make.met(1, date(2026, 11, 5) + timedelta(weeks=3 * week))
    keep(Attendance(application_id=1, session=1))
    make.an_edition(2027, "2027/28")
    event_on(edition, EVENT)
    day = TODAY if occasion is not Occasion.SILENT_PAIR else date(2027, 4, 29)
    for one in of(edition, occasion, by=actor, today=day):
        assert set(one.recipient.fields) <= set(FIELDS[occasion]) - set(LINKS)
        for language in OFFERED:
            assert isinstance(attempt(occasion, *own_text(occasion, language), one.recipient.fields), Wording)


def test_the_number_that_wait_is_that_of_the_lists(edition: int, actor: Actor) -> None:
    two_pairs(edition)
    decided(edition, MENTEE, Outcome.WAITING, "Dina Attesa")
    [one] = of(edition, Occasion.WAITING, by=actor)
    told(edition, one, Occasion.WAITING)
    with database.reading() as session:
        counts = queries.waiting(session, edition, today=TODAY, by=actor)
    assert counts == {one: sum(who.waits for who in of(edition, one, by=actor)) for one in Occasion}
    assert (counts[Occasion.WAITING], counts[Occasion.PAIRED_MENTOR], counts[Occasion.FREE]) == (0, 2, 0)


def test_links_end_two_months_after_the_meetings(edition: int, actor: Actor) -> None:
    with database.reading() as session:
        ends = queries.links_end(session, edition, today=TODAY, by=actor)
    assert ends == datetime(2027, 6, 29, 21, 59, tzinfo=UTC)


def test_the_number_of_statements_does_not_grow_with_the_people(edition: int, actor: Actor) -> None:
    def statements() -> list[int]:
        found: list[int] = []
        for occasion in Occasion:
            asked: list[str] = []
            note = lambda *said, asked=asked: asked.append(said[2])  # noqa: E731 - told apart by its own list
            sa.event.listen(sa.Engine, "before_cursor_execute", note)
            of(edition, occasion, by=actor)
            sa.event.remove(sa.Engine, "before_cursor_execute", note)
            found.append(len(asked))
        return found

    two_pairs(edition)
    few = statements()
    for side in Side:
        for outcome in Outcome:
            for _ in range(3):
                decided(edition, side, outcome, f"Nome {side} {outcome}")
    assert statements() == few


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.COORDINATOR}))
def test_other_roles_see_no_audience(edition: int, role: Role) -> None:
    other = make.staff(role)
    with pytest.raises(NotAllowed):
        of(edition, Occasion.FREE, by=other)
    with pytest.raises(NotAllowed), database.reading() as session:
        queries.waiting(session, edition, today=TODAY, by=other)


def test_what_a_message_is_about_names_the_day_only_of_a_reminder() -> None:
    assert about(Occasion.WAITING, "decision 1 2", TODAY) == "decision 1 2"
    assert about(Occasion.BALLOT, "application 3", TODAY) == "application 3 2026-10-01"
