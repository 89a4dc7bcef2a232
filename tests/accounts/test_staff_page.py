"""Accounts, the first start and the sign-in form, as pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from core.accounts import door
from core.accounts.actions import add_account
from core.accounts.models import Account
from core.accounts.rules import SYSTEM, Role
from core.store import database
from pages.door.form import SignInForm
from pages.shared.registry import ROOT
from tests.make import AT, PASSWORD, an_edition, open_page, staff

if TYPE_CHECKING:
    from core.accounts.rules import Actor

pytestmark = pytest.mark.usefixtures("store")


def dashboard(**query: str) -> AppTest:
    """The dashboard as somebody meets it who is not signed in."""
    test = AppTest.from_file(str(ROOT / "pages" / "dashboard.py"), default_timeout=20)
    for name, value in query.items():
        test.query_params[name] = value
    return test.run()


def press(test: AppTest, label: str) -> AppTest:
    return next(one for one in test.button if one.label == label).click().run()


def test_an_account_is_made_and_listed() -> None:
    an_edition()
    test = open_page("staff", staff())
    fields = {field.label: field for field in test.text_input}
    fields["Nome e cognome"].set_value("Carla ![x](http://tracker/y.png)")
    fields["Indirizzo e-mail"].set_value("carla@unimi.example")
    test.pills[0].select(Role.REVIEWER)
    press(test, "Creare l'accesso")
    assert not test.exception
    row = test.dataframe[0].value.iloc[1]
    assert list(row)[1:] == ["in attesa della password", "valutazione", "—"]
    assert "![x](" not in test.toast[0].value


def test_an_account_that_could_do_nothing_is_refused_with_a_sentence() -> None:
    an_edition()
    test = open_page("staff", staff())
    fields = {field.label: field for field in test.text_input}
    fields["Nome e cognome"].set_value("Carla Neri")
    fields["Indirizzo e-mail"].set_value("carla@unimi.example")
    press(test, "Creare l'accesso")
    assert test.error[0].value == "Manca il ruolo. Nulla è stato registrato: sceglierne almeno uno."
    assert len(test.dataframe[0].value) == 1


def test_the_first_start_needs_the_printed_link() -> None:
    test = dashboard()
    assert not test.exception
    assert not test.text_input
    assert "collegamento completo" in test.info[0].value


def test_the_first_start_makes_an_administrator_and_an_edition() -> None:
    token = door.first_run_token(database.current().config.secret())
    test = dashboard(token=token)
    for field, text in zip(test.text_input, ("Anna Bianchi", "anna@unimi.example", "corta"), strict=True):
        field.set_value(text)
    press(test, "Iniziare")
    assert test.error[0].value.startswith("La password ha meno di 12 caratteri")

    test.text_input[2].set_value("una frase abbastanza lunga")
    press(test, "Iniziare")
    assert not test.exception
    with database.reading() as session:
        assert list(door.credentials(session)) == ["anna@unimi.example"]


def test_the_sign_in_page_shows_nothing_but_the_form() -> None:
    staff()
    test = dashboard()
    assert [one.value for one in [*test.markdown, *test.text]] == []
    assert [one.label for one in test.text_input] == ["Indirizzo e-mail", "Password"]


def test_a_wrong_password_and_an_unknown_address_are_told_alike() -> None:
    staff()
    with database.reading() as session:
        (known,) = door.credentials(session)
    told = []
    for mail in (known, "nobody@unimi.example"):
        test = dashboard()
        test.text_input[0].set_value(mail)
        test.text_input[1].set_value("a wrong password")
        press(test, "Accedere")
        assert not test.exception
        told.append([one.value for one in test.error])
    assert told[0] == told[1] == ["Indirizzo o password non corretti. Verificare entrambi e riprovare."]


def test_a_press_with_a_field_left_empty_is_no_try_and_says_what_is_missing() -> None:
    staff()
    for mail, password in (("", ""), ("anna@unimi.example", " "), ("", "a password")):
        test = dashboard()
        test.text_input[0].set_value(mail)
        test.text_input[1].set_value(password)
        press(test, "Accedere")
        assert test.info[-1].value == "Scrivere l'indirizzo e la password."
        assert not test.error


def test_every_address_that_is_tried_costs_one_comparison_of_equal_dearness() -> None:
    staff(name="Anna")
    with database.writing() as session:
        add_account(
            session,
            name="Sophia",
            mail="ΣΟΦΟΣ@unimi.example",
            password=PASSWORD,
            roles=frozenset({Role.VIEWER}),
            rounds=4,
            by=SYSTEM,
            at=AT,
        )
    with database.reading() as session:
        form = SignInForm(door.credentials(session))
    tried = ("nobody@unimi.example", "σοφος@unimi.example", *door_keys(form))
    assert {form.everybody[mail]["password"][:7] for mail in tried} == {"$2b$04$"}
    assert form.everybody["σοφος@unimi.example"]["name"] == "Sophia"


def door_keys(form: SignInForm) -> list[str]:
    return list(form.everybody)


def opened(me: Actor, row: int) -> AppTest:
    """The page with the account in this row chosen."""
    test = open_page("staff", me)
    test.session_state["colleagues"] = {"selection": {"rows": [row], "columns": []}}
    return test.run()


def states() -> list[str]:
    with database.reading() as session:
        return [f"{one.name} {'open' if one.active else 'closed'}" for one in session.exec(door.select(Account))]


def test_an_account_is_closed_and_opened_again() -> None:
    an_edition()
    me, other = staff(name="Anna Bianchi"), staff(Role.VIEWER, name="Bruno Verdi")
    press(opened(me, 1), "Chiudere l'accesso di Bruno Verdi")
    assert states() == ["Anna Bianchi open", "Bruno Verdi closed"]
    with database.reading() as session:
        assert door.actor_of(session, session_id=other.session_id or 0, at=AT) is None

    press(opened(me, 1), "Riaprire l'accesso")
    assert states() == ["Anna Bianchi open", "Bruno Verdi open"]


def test_a_password_is_replaced_by_a_link_that_stands_on_the_page() -> None:
    an_edition()
    me = staff(name="Anna Bianchi")
    staff(Role.VIEWER, name="Bruno Verdi")
    test = opened(me, 1)
    assert not test.code
    press(test, "Sostituisci la password di Bruno Verdi")
    assert "/set-password?token=2-" in opened(me, 1).code[0].value


def test_other_roles_and_another_name_are_kept() -> None:
    an_edition()
    me = staff(name="Anna Bianchi")
    staff(Role.VIEWER, name="Bruno Verdi")
    test = opened(me, 1)
    name = next(one for one in test.text_input if one.value == "Bruno Verdi")
    name.set_value("Bruno Verdini")
    next(one for one in test.pills if one.value == [Role.VIEWER]).select(Role.HELPER)
    press(test, "Salvare")
    assert not test.error
    assert list(test.dataframe[0].value.iloc[1])[:3] == [
        "Bruno Verdini",
        "attivo",
        "supporto all'evento, solo dati di sintesi",
    ]


def test_one_cannot_close_the_own_account_nor_end_as_the_last_administrator() -> None:
    an_edition()
    me = staff(name="Anna Bianchi")
    test = opened(me, 0)
    assert not [one.label for one in test.button if one.label.startswith("Chiudere l'accesso")]
    next(one for one in test.pills if Role.ADMIN in one.value).unselect(Role.ADMIN)
    press(test, "Salvare")
    assert test.error[0].value.startswith("Nessuno potrebbe più amministrare gli accessi")


def test_two_who_change_one_account_do_not_overwrite_each_other() -> None:
    an_edition()
    me, second = staff(name="Anna Bianchi"), staff(name="Zoe Neri")
    staff(Role.VIEWER, name="Bruno Verdi")
    first, late = opened(me, 1), opened(second, 1)
    for test, name in ((first, "Bruno Uno"), (late, "Bruno Due")):
        next(one for one in test.text_input if one.value == "Bruno Verdi").set_value(name)
    press(first, "Salvare")
    press(late, "Salvare")
    assert late.warning[0].value.startswith("Anna Bianchi ha salvato nel frattempo")
    assert "Bruno Uno open" in states()
