"""Accounts over their life: invited, changed, closed, opened again; and one's own password."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlmodel import select

from core.accounts import actions, door, links, queries
from core.accounts.models import Account, RoleHolding
from core.accounts.queries import State
from core.accounts.rules import LINK, SYSTEM, Actor, Role
from core.accounts.throttle import TRIES
from core.store import clock, database
from core.store.errors import Changed, NotAllowed, NotFound
from tests.make import AT, PASSWORD, staff, writing

if TYPE_CHECKING:
    from datetime import datetime

pytestmark = pytest.mark.usefixtures("store")
SECRET = b"s" * 32
NEW = "un'altra frase lunga"


@pytest.fixture(autouse=True)
def calm() -> None:
    """Nobody has tried a password yet."""
    TRIES._counts.clear()  # noqa: SLF001 - as after a start


def invited(*roles: Role, mail: str = "carla@unimi.example", at: datetime = AT) -> int:
    with database.writing() as session:
        return actions.add_account(
            session,
            name="Carla Neri",
            mail=mail,
            password=None,
            roles=frozenset(roles or (Role.REVIEWER,)),
            rounds=4,
            by=SYSTEM,
            at=at,
        )


def link_of(account: int, by: Actor) -> str | None:
    with database.reading() as session:
        found = queries.colleagues(session, secret=SECRET, now=clock.now(), by=by)
    return next(one.link for one in found if one.id == account)


def opens(token: str | None) -> links.Opened | None:
    with database.reading() as session:
        return links.opened_by(session, token or "", SECRET, at=clock.now())


def state_of(account: int, by: Actor) -> State:
    with database.reading() as session:
        found = queries.colleagues(session, secret=SECRET, now=clock.now(), by=by)
    return next(one.state for one in found if one.id == account)


def version(account: int) -> int:
    with database.reading() as session:
        return session.get_one(Account, account).version


def is_inside(actor: Actor) -> bool:
    with database.reading() as session:
        return door.actor_of(session, session_id=actor.session_id or 0, at=clock.now()) is not None


def set_password(token: str | None, opened: links.Opened | None) -> None:
    assert opened is not None
    with database.writing() as session:
        actions.set_password(
            session, token=token or "", secret=SECRET, password=PASSWORD, rounds=4, by=opened.by, at=AT
        )


def test_an_invited_person_sets_a_password_by_the_link_once() -> None:
    me, carla = staff(), invited()
    assert state_of(carla, me) is State.INVITED
    token = link_of(carla, me)
    opened = opens(token)
    assert opened is not None
    assert (opened.name, opened.mail) == ("Carla Neri", "carla@unimi.example")

    set_password(token, opened)

    assert state_of(carla, me) is State.ACTIVE
    assert opens(token) is None
    assert link_of(carla, me) is None
    with database.reading() as session:
        assert "carla@unimi.example" in door.credentials(session)


def test_before_that_nobody_signs_in_by_the_account() -> None:
    invited()
    with database.reading() as session:
        assert door.credentials(session) == {}


def test_a_link_lasts_a_week_and_can_be_made_anew() -> None:
    me, carla = staff(), invited(at=AT - LINK - timedelta(seconds=1))
    with database.reading() as session:
        first = links.link_token(session.get_one(Account, carla), SECRET)
    assert opens(first) is None
    assert (state_of(carla, me), link_of(carla, me)) == (State.LATE, None)

    with database.writing() as session:
        actions.make_link(session, carla, seen=version(carla), by=me, at=AT)
    assert opens(first) is None
    assert opens(link_of(carla, me)) is not None


def test_a_link_of_another_installation_or_account_opens_nothing() -> None:
    me, carla = staff(), invited()
    other = invited(mail="other@unimi.example")
    token = link_of(carla, me) or ""
    assert opens(f"{other}-{token.partition('-')[2]}") is None
    with database.reading() as session:
        assert links.opened_by(session, token, b"x" * 32, at=AT) is None


def test_replacing_a_password_ends_the_sessions_and_the_password() -> None:
    me, other = staff(), staff(Role.COORDINATOR)
    with database.writing() as session:
        actions.make_link(session, other.account_id or 0, seen=version(other.account_id or 0), by=me, at=AT)
    assert not is_inside(other)
    assert is_inside(me)
    with database.reading() as session:
        assert len(door.credentials(session)) == 1


def test_other_roles_end_the_sessions_and_another_name_does_not() -> None:
    me, other = staff(), staff(Role.COORDINATOR, name="Dario Blu")
    number = other.account_id or 0

    def change(name: str, *roles: Role) -> None:
        with database.writing() as session:
            actions.change_account(
                session,
                number,
                name=name,
                mail=session.get_one(Account, number).mail,
                roles=frozenset(roles),
                seen=version(number),
                by=me,
                at=AT,
            )

    change("Dario Azzurri", Role.COORDINATOR)
    assert is_inside(other)
    change("Dario Azzurri", Role.COORDINATOR, Role.REVIEWER)
    assert not is_inside(other)
    with database.reading() as session:
        found = queries.colleagues(session, secret=SECRET, now=AT, by=me)
    assert next((one.name, one.roles) for one in found if one.id == number) == (
        "Dario Azzurri",
        (Role.COORDINATOR, Role.REVIEWER),
    )


def test_the_second_of_two_who_change_an_account_is_told() -> None:
    me, other = staff(), staff(Role.COORDINATOR)
    number = other.account_id or 0
    seen = version(number)

    def change(role: Role) -> None:
        with database.writing() as session:
            actions.change_account(
                session, number, name="D", mail="d@unimi.example", roles=frozenset({role}), seen=seen, by=me, at=AT
            )

    change(Role.VIEWER)
    with pytest.raises(Changed):
        change(Role.ADMIN)


def test_who_comes_second_is_told_of_roles_too() -> None:
    me, other = staff(), staff(Role.COORDINATOR, name="Dario Blu")
    number = other.account_id or 0
    with database.reading() as session:
        mail = session.get_one(Account, number).mail
    seen = version(number)

    def change(name: str, *roles: Role) -> None:
        with database.writing() as session:
            actions.change_account(
                session, number, name=name, mail=mail, roles=frozenset(roles), seen=seen, by=me, at=AT
            )

    change("Dario Blu", Role.COORDINATOR, Role.REVIEWER)
    with pytest.raises(Changed) as refused:
        change("Dario Verdi", Role.COORDINATOR)
    (roles,) = [one for one in refused.value.differences if one.field == "roles"]
    assert roles[1:] == (["coordinamento"], ["coordinamento", "valutazione"], ["coordinamento"])
    assert refused.value.values["who"] == "Anna Bianchi"


def test_the_last_administrator_stays_one() -> None:
    me = staff()
    number = me.account_id or 0
    with pytest.raises(actions.LastAdmin), database.writing() as session:
        actions.change_account(
            session,
            number,
            name="Anna",
            mail=session.get_one(Account, number).mail,
            roles=frozenset({Role.COORDINATOR}),
            seen=1,
            by=me,
            at=AT,
        )
    assert is_inside(me)


def test_nobody_closes_the_own_account_or_takes_the_own_password_away() -> None:
    me = staff()
    for act in (actions.close_account, actions.make_link):
        with pytest.raises(actions.OwnAccount), database.writing() as session:
            act(session, me.account_id or 0, seen=1, by=me, at=AT)


def test_a_closed_account_is_out_and_comes_back_with_what_it_had() -> None:
    me, other = staff(), staff(Role.COORDINATOR)
    number = other.account_id or 0
    with database.writing() as session:
        actions.close_account(session, number, seen=version(number), by=me, at=AT)
    assert not is_inside(other)
    assert state_of(number, me) is State.CLOSED
    with database.writing() as session:
        actions.open_account(session, number, seen=version(number), by=me, at=AT)
    assert state_of(number, me) is State.ACTIVE
    assert not is_inside(other)


def test_a_closed_accounts_link_opens_nothing() -> None:
    me, carla = staff(), invited()
    token = link_of(carla, me)
    with database.writing() as session:
        actions.close_account(session, carla, seen=version(carla), by=me, at=AT)
    assert opens(token) is None


def change_own(me: Actor, old: str) -> None:
    with database.writing() as session:
        actions.change_password(session, old=old, new=NEW, rounds=4, by=me, at=AT)


def test_ones_own_password_changes_with_the_present_one_and_ends_every_session() -> None:
    me = staff()
    with pytest.raises(actions.WrongPassword):
        change_own(me, "a wrong one")
    assert is_inside(me)
    change_own(me, PASSWORD)
    assert not is_inside(me)


def test_the_present_password_cannot_be_tried_without_end() -> None:
    me = staff()
    for _ in range(5):
        with pytest.raises(actions.WrongPassword):
            change_own(me, "a wrong one")
    with pytest.raises(actions.TooManyTries) as refused:
        change_own(me, PASSWORD)
    assert refused.value.values == {"n": 1}


def test_nobody_signs_somebody_elses_browser_out() -> None:
    me, other = staff(), staff(Role.VIEWER)
    with pytest.raises(NotFound), database.writing() as session:
        actions.end_own_sign_in(session, me.session_id or 0, by=other, at=AT)
    assert is_inside(me)


def test_a_link_serves_once_however_many_pages_it_has_opened() -> None:
    me, carla = staff(), invited()
    token = link_of(carla, me)
    first, second = opens(token), opens(token)
    set_password(token, first)
    with pytest.raises(actions.LinkOver):
        set_password(token, second)


def test_a_link_that_was_replaced_or_closed_while_its_page_was_open_sets_nothing() -> None:
    me, carla = staff(), invited()
    token = link_of(carla, me)
    opened = opens(token)
    with database.writing() as session:
        actions.close_account(session, carla, seen=version(carla), by=me, at=AT)
    with pytest.raises(actions.LinkOver):
        set_password(token, opened)


def test_the_link_of_a_deleted_account_does_not_open_the_next_one_with_its_number() -> None:
    me, carla = staff(), invited()
    token = link_of(carla, me)
    with writing() as session:
        for holding in session.exec(select(RoleHolding).where(RoleHolding.account_id == carla)):
            session.delete(holding)
        session.flush()
        session.delete(session.get_one(Account, carla))
    assert invited(Role.ADMIN, mail="dora@unimi.example") == carla
    assert opens(token) is None


def test_an_administrator_without_a_password_is_not_the_last_one() -> None:
    me = staff(Role.ADMIN)
    invited(Role.ADMIN)
    with pytest.raises(actions.LastAdmin), database.writing() as session:
        actions.change_account(
            session,
            me.account_id or 0,
            name="Anna",
            mail=session.get_one(Account, me.account_id).mail,
            roles=frozenset({Role.VIEWER}),
            seen=1,
            by=me,
            at=AT,
        )


def test_the_new_password_is_another_one() -> None:
    me = staff()
    with pytest.raises(actions.SamePassword), database.writing() as session:
        actions.change_password(session, old=PASSWORD, new=f" {PASSWORD}", rounds=4, by=me, at=AT)
    assert is_inside(me)


def test_a_password_replaced_while_it_was_compared_gives_no_ticket() -> None:
    me, other = staff(), staff(Role.COORDINATOR)
    number = other.account_id or 0
    with database.reading() as session:
        account = session.get_one(Account, number)
    with database.writing() as session:
        actions.make_link(session, number, seen=version(number), by=me, at=AT)
    with pytest.raises(NotAllowed), database.writing() as session:
        door.mint_ticket(session, mail=account.mail, browser="b", compared=account.password_hash, at=AT)
