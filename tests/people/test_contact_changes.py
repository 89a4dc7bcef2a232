"""What people want put right in their own data, and what staff do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlmodel import select

from core.accounts.rules import SYSTEM, Actor, ActorKind, Role
from core.intake.models import Application
from core.language.text import Language
from core.people import actions, queries
from core.people.models import ContactChange, Person
from core.people.names import search_key
from core.people.rules import (
    NAME_LENGTH,
    PHONE_LENGTH,
    ChangeSettled,
    Contact,
    ContactNotValid,
    MailNotValid,
    MailTaken,
    NothingToChange,
    Side,
)
from core.store import database
from core.store.errors import Changed, NotAllowed, NotFound
from tests.faults.test_turns import at_once
from tests.make import AT, an_applicant, an_edition, staff

if TYPE_CHECKING:
    from core.people.queries import Wanted

NOW = Contact("Giulia", "Rossi", "giulia@rossi.example", "")


@pytest.fixture
def giulia(store) -> int:
    application = an_applicant(an_edition(), Side.MENTEE, name="Giulia Rossi", mail=NOW.mail)
    with database.reading() as session:
        return session.get_one(Application, application).person_id


def linked(person: int) -> Actor:
    return Actor(ActorKind.LINK, "Giulia Rossi", person_id=person)


def ask(person: int, **wanted: str) -> None:
    contact = Contact(**{**NOW.named(), **wanted})
    with database.writing() as session:
        actions.ask_contact_change(session, contact=contact, by=linked(person), at=AT)


def settle(change: Wanted, *, accepted: bool = True, by: Actor = SYSTEM) -> None:
    with database.writing() as session:
        actions.settle_contact_change(
            session, change_id=change.id, accepted=accepted, seen=change.version, by=by, at=AT
        )


def waiting() -> list[Wanted]:
    with database.reading() as session:
        return queries.contact_changes(session, by=SYSTEM)


def kept(person: int) -> tuple[Contact, str, str]:
    with database.reading() as session:
        row = session.get_one(Person, person)
        return Contact(row.first_name, row.last_name, row.mail, row.phone or ""), row.mail_key, row.search_key


def test_a_correction_changes_nothing_until_staff_take_it_over(giulia: int) -> None:
    ask(giulia, phone="333 1234567")
    assert kept(giulia)[0] == NOW
    (change,) = waiting()
    assert (change.now, change.spoken) == (NOW, "Giulia Rossi")
    assert {name: value for name, value in change.asked.items() if value is not None} == {"phone": "333 1234567"}
    settle(change, by=staff(Role.COORDINATOR))
    assert kept(giulia)[0] == Contact("Giulia", "Rossi", NOW.mail, "333 1234567")
    assert waiting() == []


def test_another_mail_and_name_are_found_by_what_they_are_now(giulia: int) -> None:
    ask(giulia, last_name="D'Àngelo", mail="Giulia@Angelo.example")
    settle(waiting()[0])
    assert kept(giulia) == (
        Contact("Giulia", "D'Àngelo", "Giulia@Angelo.example", ""),
        "giulia@angelo.example",
        search_key("D'Àngelo Giulia Giulia@Angelo.example"),
    )


def test_a_correction_that_is_left_changes_nothing_and_waits_no_more(giulia: int) -> None:
    ask(giulia, last_name="Bianchi")
    settle(waiting()[0], accepted=False)
    assert (kept(giulia)[0], waiting()) == (NOW, [])


def test_a_telephone_number_can_be_taken_away(giulia: int) -> None:
    ask(giulia, phone="333")
    settle(waiting()[0])
    with database.writing() as session:
        actions.ask_contact_change(session, contact=NOW, by=linked(giulia), at=AT)
    settle(waiting()[0])
    assert kept(giulia)[0] == NOW


def test_a_second_correction_takes_the_place_of_the_open_one(giulia: int) -> None:
    ask(giulia, last_name="Bianchi")
    ask(giulia, phone="333")
    (change,) = waiting()
    assert (change.asked["last_name"], change.asked["phone"], change.version) == (None, "333", 2)
    with database.reading() as session:
        me = queries.me(session, by=linked(giulia))
    assert me.waiting == Contact("Giulia", "Rossi", NOW.mail, "333")


def test_everything_as_it_is_takes_the_open_one_back(giulia: int) -> None:
    ask(giulia, phone="333")
    ask(giulia)
    assert waiting() == []
    with pytest.raises(NothingToChange):
        ask(giulia)


@pytest.mark.parametrize(
    ("wanted", "refusal"),
    [
        ({"last_name": "  "}, ContactNotValid),
        ({"first_name": "x" * (NAME_LENGTH + 1)}, ContactNotValid),
        ({"phone": "1" * (PHONE_LENGTH + 1)}, ContactNotValid),
        ({"last_name": "Ro\x00ssi"}, ContactNotValid),
        ({"mail": "giulia"}, MailNotValid),
        ({"mail": ""}, MailNotValid),
        ({"mail": "giulia@rossi.example\nBcc: all@unimi.example"}, MailNotValid),
        ({"last_name": " Rossi "}, NothingToChange),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(
    giulia: int, wanted: dict[str, str], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        ask(giulia, **wanted)
    with database.reading() as session:
        assert session.exec(select(ContactChange)).all() == []


def test_an_address_that_is_somebody_elses_is_not_taken_over(giulia: int) -> None:
    ask(giulia, mail="Ugo@Verdi.example", phone="333")
    an_applicant(an_edition(2027, "2027/28"), Side.MENTEE, mail="ugo@verdi.example")
    (change,) = waiting()
    with pytest.raises(MailTaken) as refused:
        settle(change)
    assert refused.value.values == {"mail": "Ugo@Verdi.example"}
    assert (kept(giulia)[0], waiting()) == (NOW, [change])


def test_the_own_address_in_another_spelling_is_not_somebody_elses(giulia: int) -> None:
    ask(giulia, mail="Giulia@rossi.example")
    settle(waiting()[0])
    assert kept(giulia)[0].mail == "Giulia@rossi.example"


def test_a_correction_is_settled_once(giulia: int) -> None:
    ask(giulia, phone="333")
    (change,) = waiting()
    settle(change, accepted=False)
    with pytest.raises(ChangeSettled):
        settle(change)
    assert kept(giulia)[0] == NOW


def test_staff_do_not_take_over_what_they_did_not_see(giulia: int) -> None:
    ask(giulia, phone="333")
    (seen,) = waiting()
    ask(giulia, phone="444")
    with pytest.raises(Changed):
        settle(seen)
    assert kept(giulia)[0] == NOW
    with pytest.raises(NotFound), database.writing() as session:
        actions.settle_contact_change(session, change_id=999, accepted=True, seen=1, by=SYSTEM, at=AT)


def test_of_two_colleagues_at_once_one_settles_it(giulia: int) -> None:
    ask(giulia, phone="333")
    (change,) = waiting()
    outcomes = at_once(lambda: settle(change), lambda: settle(change, accepted=False))
    assert sorted(type(one).__name__ for one in outcomes) == ["ChangeSettled", "NoneType"]
    assert kept(giulia)[0].phone == ("333" if outcomes[0] is None else "")


def test_a_person_asks_for_the_own_data_only(giulia: int) -> None:
    colleague = staff()
    with pytest.raises(NotAllowed), database.writing() as session:
        actions.ask_contact_change(session, contact=NOW, by=colleague, at=AT)
    with pytest.raises(NotFound), database.writing() as session:
        actions.ask_contact_change(session, contact=NOW, by=linked(999), at=AT)
    with pytest.raises(NotAllowed), database.reading() as session:
        queries.contact_changes(session, by=linked(giulia))


def test_the_language_of_the_letters_is_ones_own_choice(giulia: int) -> None:
    with database.writing() as session:
        actions.choose_language(session, language=Language.ENGLISH, by=linked(giulia), at=AT)
    with database.reading() as session:
        assert queries.me(session, by=linked(giulia)).language is Language.ENGLISH
