"""What people answer by their links: each matter as they meet it, and whatever can go wrong with it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import select

from core.accounts.rules import SYSTEM
from core.edition.actions import pass_milestone
from core.edition.rules import Milestone
from core.intake.models import Application
from core.language.text import Language, say
from core.people.actions import give_consent, renew_links
from core.people.models import Consent, ContactChange, Person
from core.people.rules import ConsentKind, Purpose, Side
from core.selection.models import PlaceAnswer
from core.speeddate.models import Reply
from core.speeddate.rules import Coming
from core.store import database
from core.store.audit import AuditEntry
from core.training.models import DateChoice
from pages.participants.consent import mark
from tests.make import AT, a_participant, an_edition
from tests.participants.visits import FIRST_DATE, a_link, ask, followed, get, later, post, rules_of_the_year

pytestmark = pytest.mark.usefixtures("store")
IT, EN = Language.ITALIAN, Language.ENGLISH


@pytest.fixture
def edition(store) -> int:
    edition = an_edition()
    rules_of_the_year(edition)
    return edition


@pytest.fixture
def mentee(edition: int) -> int:
    return a_participant(edition, Side.MENTEE, name="Zoë D'Alù", mail="zoe@unimi.example")


@pytest.fixture
def mentor(edition: int) -> int:
    return a_participant(edition, Side.MENTOR, name="Carlo Ferri", mail="carlo@unimi.example")


def rows(kind, **named):
    with database.reading() as session:
        found = session.exec(select(kind).filter_by(**named)).all()
        session.expunge_all()
        return found


def entries() -> int:
    return len(rows(AuditEntry))


def closed(edition: int) -> None:
    with database.writing() as session:
        pass_milestone(session, edition_id=edition, milestone=Milestone.CLOSED, by=SYSTEM, at=AT)


# ---- the first page


def test_what_is_to_be_done_stands_on_top_by_its_day(edition: int, mentee: int) -> None:
    page = get(a_link(mentee)).text
    order = ["Posto come mentee", "Formazione come mentee", "Speed date come mentee", "I tuoi recapiti"]
    assert sorted(order, key=page.index) == ["Formazione come mentee", *order[:1], *order[2:]]
    assert "Rispondere entro sabato 10 ottobre 2026." in page
    assert "Zoë D'Alù" in page
    assert "Ringraziamento" not in page


def test_whoever_has_answered_all_finds_nothing_to_do(edition: int, mentee: int) -> None:
    link = a_link(mentee)
    post(f"{link}/place", application=mentee, accepted="yes")
    post(f"{link}/training", application=mentee, date=1)
    post(f"{link}/event", application=mentee, coming="remote")
    page = get(link).text
    assert say("people.mine.nothing", IT) in page
    assert page.count(say("people.mine.state.done", IT)) == 3


def test_somebody_on_both_sides_sees_both(edition: int, mentee: int) -> None:
    a_participant(edition, Side.MENTOR, name="Zoë D'Alù", mail="zoe@unimi.example")
    page = get(a_link(mentee)).text
    assert "Posto come mentee" in page
    assert "Posto come mentor" in page
    assert "Ringraziamento pubblico" in page


def test_a_hostile_name_stays_text(edition: int) -> None:
    link = a_link(a_participant(edition, Side.MENTEE, name="<script>alert(1)</script> ![x](http://t/y.png)"))
    for page in (get(link).source, get(f"{link}/contact").source):
        assert "<script" not in page
        assert "&lt;script&gt;" in page


# ---- the place


def test_a_place_is_accepted_and_the_receipt_says_when(mentee: int) -> None:
    page = followed(post(f"{a_link(mentee)}/place", application=mentee, accepted="yes"))
    assert "Risposta registrata" in page
    assert "Hai accettato il posto, giovedì 1 ottobre 2026, 11:00." in page
    assert [one.accepted for one in rows(PlaceAnswer)] == [True]


def test_giving_up_is_asked_once_more_and_then_frees_the_place(mentee: int) -> None:
    link = a_link(mentee)
    assert f"{link}/place/decline?application={mentee}" in get(f"{link}/place").text
    sure = get(f"{link}/place/decline?application={mentee}").text
    assert "Rinunciare al posto?" in sure
    assert "lista d'attesa" in sure
    assert rows(PlaceAnswer) == []

    page = followed(post(f"{link}/place", application=mentee, accepted="no"))

    assert "Hai rinunciato al posto" in page
    assert "Formazione" not in page
    with database.reading() as session:
        assert session.get_one(Application, mentee).withdrawn_at == AT


def test_a_place_given_up_is_not_taken_back_by_the_link(mentee: int) -> None:
    link = a_link(mentee)
    post(f"{link}/place", application=mentee, accepted="no")
    answer = post(f"{link}/place", application=mentee, accepted="yes")
    assert answer.status == 409
    assert "Il posto è già stato lasciato" in answer.text
    assert [one.accepted for one in rows(PlaceAnswer)] == [False]


def test_after_the_last_day_nothing_is_kept_and_a_sentence_says_so(mentee: int) -> None:
    link = a_link(mentee)
    later(9.5)
    assert get(f"{link}/place").text.count("Accettare il posto") == 1
    later(10)
    answer = post(f"{link}/place", application=mentee, accepted="yes")
    assert answer.status == 409
    assert answer.text.count("Si poteva rispondere fino a sabato 10 ottobre 2026: scrivere al Career Service.") == 2
    assert "Accettare il posto" not in answer.text
    assert rows(PlaceAnswer) == []


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("place", {"accepted": "yes"}),
        ("training", {"date": "1"}),
        ("event", {"coming": "no"}),
        ("contact", {"first_name": "Zoë", "last_name": "Alù", "mail": "zoe@unimi.example"}),
    ],
)
def test_a_double_click_does_one_thing(mentee: int, path: str, form: dict[str, str]) -> None:
    link = a_link(mentee)
    first = post(f"{link}/{path}", application=mentee, **form)
    before = entries()
    second = post(f"{link}/{path}", application=mentee, **form)
    assert (first.status, second.status) == (303, 303)
    assert followed(first) == followed(second)
    assert entries() - before <= (path == "contact")
    assert [len(rows(kind)) for kind in (PlaceAnswer, DateChoice, Reply, ContactChange)].count(1) == 1


@pytest.mark.parametrize("path", ["place", "training", "event"])
def test_a_number_that_is_not_ones_own_answers_nothing(mentee: int, mentor: int, path: str) -> None:
    link, before = a_link(mentee), entries()
    for foreign in ("", "0", "-1", "x", "1" * 30, "١", "999999", str(mentor)):
        answer = post(f"{link}/{path}", application=foreign, accepted="yes", date=1, coming="no")
        assert answer.status == 404
        assert say("store.refused.NotFound", IT) in answer.text
        assert "Carlo" not in answer.text
    assert (entries(), rows(PlaceAnswer), rows(DateChoice), rows(Reply)) == (before, [], [], [])


def test_a_form_without_an_answer_keeps_nothing(mentee: int) -> None:
    link = a_link(mentee)
    for path, form in (("place", {"accepted": "maybe"}), ("event", {"coming": ""}), ("event", {})):
        answer = post(f"{link}/{path}", application=mentee, **form)
        assert answer.status == 409
        assert say("people.refused.NothingChosen", IT) in answer.text
    assert (rows(PlaceAnswer), rows(Reply)) == ([], [])


def test_odd_forms_keep_nothing(mentee: int) -> None:
    link, before = a_link(mentee), entries()
    for body in (b"", b"\xff\xfe=%ff", b"application=" + b"9" * 20_000, b"&&&==", b"%00=%00"):
        for path in ("place", "training", "event", "contact", "consent"):
            assert ask("POST", f"{link}/{path}", body).status in (404, 409)
    assert entries() == before


# ---- the training


def test_a_date_is_chosen_within_its_places_and_swapped_on_request(edition: int, mentee: int) -> None:
    rules_of_the_year(edition, places=1)
    other = a_participant(edition, Side.MENTEE, name="Ugo Neri")
    mine, theirs = a_link(mentee), a_link(other)
    assert "un posto libero" in get(f"{mine}/training").text
    page = followed(post(f"{mine}/training", application=mentee, date=1))
    assert "martedì 6 ottobre 2026, 11:00" in page

    full = post(f"{theirs}/training", application=other, date=1)
    assert full.status == 409
    assert "non ci sono più posti" in full.text
    assert "completa" in get(f"{theirs}/training").text
    post(f"{theirs}/training", application=other, date=2)

    waiting = followed(post(f"{mine}/training", application=mentee, date=2))
    assert "Hai chiesto di passare a sabato 10 ottobre 2026, 11:00" in waiting
    assert say("people.mine.state.waiting", IT) in waiting
    swapped = followed(post(f"{theirs}/training", application=other, date=1))
    assert "martedì 6 ottobre 2026, 11:00" in swapped
    assert {one.application_id: (one.session, one.wants) for one in rows(DateChoice)} == {
        mentee: (2, None),
        other: (1, None),
    }


def test_a_wish_to_change_is_taken_back_by_choosing_ones_own_date(edition: int, mentee: int) -> None:
    rules_of_the_year(edition, places=1)
    other = a_participant(edition, Side.MENTEE)
    link = a_link(mentee)
    post(f"{link}/training", application=mentee, date=1)
    post(f"{a_link(other)}/training", application=other, date=2)
    post(f"{link}/training", application=mentee, date=2)
    assert "sceglierla per non cambiare più" in get(f"{link}/training").text
    assert "Hai chiesto" not in followed(post(f"{link}/training", application=mentee, date=1))


def test_a_date_that_has_begun_is_neither_left_nor_chosen(mentee: int) -> None:
    link = a_link(mentee)
    post(f"{link}/training", application=mentee, date=1)
    later((FIRST_DATE - AT).days)
    answer = post(f"{link}/training", application=mentee, date=2)
    assert answer.status == 409
    assert "già cominciato" in answer.text
    assert '<button class="button"' not in answer.text
    assert [one.session for one in rows(DateChoice)] == [1]


def test_mentors_see_their_evenings_and_choose_nothing(mentor: int) -> None:
    link = a_link(mentor)
    assert get(link).text.count("per 120 minuti.") == 3
    assert post(f"{link}/training", application=mentor, date=1).status == 404


# ---- the speed date


@pytest.mark.parametrize("coming", Coming)
def test_whether_one_comes_is_said_and_changed(mentee: int, coming: Coming) -> None:
    link = a_link(mentee)
    page = followed(post(f"{link}/event", application=mentee, coming=coming))
    assert say(f"people.mine.event.said.{coming}", IT, when=AT) in page
    other = next(one for one in Coming if one is not coming)
    assert say(f"people.mine.event.said.{other}", IT, when=AT) in followed(
        post(f"{link}/event", application=mentee, coming=other)
    )
    assert [one.coming for one in rows(Reply)] == [other]


def test_before_the_day_is_known_and_after_it_nobody_answers(edition: int, mentee: int) -> None:
    link = a_link(mentee)
    later(20)
    answer = post(f"{link}/event", application=mentee, coming="no")
    assert (answer.status, "Lo speed date si è tenuto" in answer.text) == (409, True)
    later(0)
    rules_of_the_year(edition, day=None)
    answer = post(f"{link}/event", application=mentee, coming="no")
    assert (answer.status, "non è ancora stabilita" in answer.text) == (409, True)
    assert rows(Reply) == []


# ---- contact data


def test_contact_data_are_corrected_for_staff_to_accept(mentee: int) -> None:
    link = a_link(mentee)
    fields = {"first_name": "Zoë", "last_name": "D'Alù", "mail": "nuova@unimi.example", "phone": "+39 02 1234"}
    page = followed(post(f"{link}/contact", **fields))
    assert "Hai chiesto una correzione (nuova@unimi.example)" in page
    assert 'value="+39 02 1234"' in get(f"{link}/contact").text
    (change,) = rows(ContactChange)
    assert (change.first_name, change.last_name, change.mail, change.phone) == (
        None,
        None,
        "nuova@unimi.example",
        "+39 02 1234",
    )
    assert [one.mail for one in rows(Person)] == ["zoe@unimi.example"]


def test_what_was_typed_is_still_there_when_it_is_refused(mentee: int) -> None:
    link = a_link(mentee)
    fields = {"first_name": "Zoë", "last_name": "Nuovo <b>", "mail": "no mail", "phone": "1"}
    answer = post(f"{link}/contact", **fields)
    assert answer.status == 409
    assert "non è un indirizzo di posta elettronica" in answer.text
    assert 'value="Nuovo &lt;b&gt;"' in answer.source
    assert rows(ContactChange) == []
    assert post(f"{link}/contact", **{**fields, "last_name": "x" * 101, "mail": "a@b.example"}).status == 409


# ---- the consent


@pytest.mark.parametrize("purpose", [Purpose.PROGRAMME, Purpose.CONSENT])
def test_consent_is_given_to_the_text_as_shown_and_withdrawn(mentor: int, purpose: Purpose) -> None:
    link = a_link(mentor, purpose)
    page = f"{link}/consent" if purpose is Purpose.PROGRAMME else link
    text = say("people.mine.consent.wording", IT)
    assert mark(text) in get(page).text
    given = followed(post(page, consent="give", version=mark(text)))
    assert "Hai dato il consenso, giovedì 1 ottobre 2026, 11:00." in given
    assert [one.wording for one in rows(Consent)] == [text]
    assert mark(text) in get(page).text

    later(1)
    withdrawn = followed(post(page, consent="withdraw"))

    assert "Hai ritirato il consenso, venerdì 2 ottobre 2026, 11:00." in withdrawn
    before = entries()
    later(2)
    post(page, consent="withdraw")
    assert entries() == before
    assert "venerdì 2 ottobre 2026, 11:00" in get(page).text


def test_the_english_text_is_kept_when_the_english_one_was_shown(mentor: int) -> None:
    link = a_link(mentor, Purpose.CONSENT)
    text = say("people.mine.consent.wording", EN)
    assert text in get(link, accept_language="en").text
    post(link, consent="give", version=mark(text))
    assert [one.wording for one in rows(Consent)] == [text]


def test_a_consent_to_another_text_is_none(mentor: int) -> None:
    link = a_link(mentor, Purpose.CONSENT)
    for form in ({"consent": "give"}, {"consent": "give", "version": "abcdef"}, {"consent": "x"}, {}):
        assert post(link, **form).status == 409
    assert rows(Consent) == []


def test_a_consent_that_the_office_wrote_down_says_so(mentor: int) -> None:
    with database.writing() as session:
        person = session.get_one(Application, mentor).person_id
        give_consent(session, [person], kind=ConsentKind.ACKNOWLEDGEMENT, by=SYSTEM, at=AT)
    assert "registrato dal Career Service" in get(a_link(mentor, Purpose.CONSENT)).text


def test_the_consent_is_withdrawn_also_after_the_year(edition: int, mentor: int) -> None:
    link = a_link(mentor, Purpose.CONSENT)
    post(link, consent="give", version=mark(say("people.mine.consent.wording", IT)))
    closed(edition)
    assert "Hai ritirato il consenso" in followed(post(link, consent="withdraw"))


# ---- the year is over, two at once, a link that ends meanwhile


def test_a_closed_edition_is_shown_and_takes_no_answer(edition: int, mentee: int) -> None:
    link = a_link(mentee)
    closed(edition)
    assert say("people.mine.closed", IT) in get(link).text
    assert '<button class="button' not in get(f"{link}/place").text
    for path, form in (("place", {"accepted": "yes"}), ("training", {"date": "1"}), ("event", {"coming": "no"})):
        answer = post(f"{link}/{path}", application=mentee, **form)
        assert answer.status == 409
        assert say("edition.refused.EditionClosed", IT) in answer.text
    assert (rows(PlaceAnswer), rows(DateChoice), rows(Reply)) == ([], [], [])


def test_of_two_phones_for_the_last_place_one_gets_it(edition: int) -> None:
    rules_of_the_year(edition, places=1)
    people = [a_participant(edition, Side.MENTEE) for _ in range(6)]
    links = {one: a_link(one) for one in people}
    with ThreadPoolExecutor(6) as phones:
        said = list(phones.map(lambda one: post(f"{links[one]}/training", application=one, date=1).status, people))
    assert sorted(said) == [303, 409, 409, 409, 409, 409]
    assert len(rows(DateChoice)) == 1


def test_two_phones_of_one_person_leave_one_answer(mentee: int) -> None:
    link = a_link(mentee)
    with ThreadPoolExecutor(8) as phones:
        said = list(
            phones.map(
                lambda coming: post(f"{link}/event", application=mentee, coming=coming).status, [*Coming, *Coming]
            )
        )
    assert said == [303] * 6
    assert len(rows(Reply)) == 1


def test_a_link_revoked_between_the_look_and_the_act_does_nothing(
    edition: int, mentee: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = a_link(mentee)
    with database.reading() as session:
        person = session.get_one(Application, mentee).person_id
    real = database.writing

    def revoked_first():
        monkeypatch.setattr(database, "writing", real)
        with database.writing() as session:
            renew_links(session, edition_id=edition, person_id=person, by=SYSTEM, at=AT)
        return real()

    monkeypatch.setattr(database, "writing", revoked_first)
    answer = post(f"{link}/place", application=mentee, accepted="yes")
    assert answer.status == 404
    assert rows(PlaceAnswer) == []
