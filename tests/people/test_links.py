"""Personal links: the same one each time, worthless once renewed, and none that is guessed opens anything."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from core.accounts.rules import SYSTEM, ActorKind, Role
from core.intake.models import Application
from core.language.text import Language
from core.people import actions
from core.people.links import DIGEST, NotReachable, Visit, address_of, link_of, opened_by, token_of
from core.people.models import Person, PersonalLink
from core.people.rules import Purpose, Side
from core.store import database
from core.store.errors import NotAllowed
from tests.make import AT, a_participant, an_edition, staff, writing

SECRET, OTHER = bytes(range(32)), bytes(32)
PUBLIC = "https://mentoring.example.it/mentoring/"


@pytest.fixture
def edition(store) -> int:
    return an_edition()


@pytest.fixture
def giulia(edition: int) -> int:
    application = a_participant(edition, Side.MENTEE, name="Giulia Rossi")
    with database.reading() as session:
        return session.get_one(Application, application).person_id


def made(
    person: int, edition: int, purpose: Purpose = Purpose.PROGRAMME, *, until: datetime | None = None
) -> PersonalLink:
    with writing() as session:
        return link_of(session, person, edition, purpose, until=until)


def opened(
    token: str, purpose: Purpose = Purpose.PROGRAMME, *, secret: bytes = SECRET, at: datetime = AT
) -> Visit | None:
    with database.reading() as session:
        return opened_by(session, token, purpose, secret, at=at)


def test_a_link_opens_the_matters_of_its_person_and_edition(giulia: int, edition: int) -> None:
    visit = opened(token_of(made(giulia, edition), SECRET))
    assert visit is not None
    assert (visit.person_id, visit.edition_id, visit.name) == (giulia, edition, "Giulia Rossi")
    assert (visit.language, visit.by.kind, visit.by.person_id) == (Language.ITALIAN, ActorKind.LINK, giulia)


def test_the_language_is_the_persons_own(giulia: int, edition: int) -> None:
    token = token_of(made(giulia, edition), SECRET)
    with writing() as session:
        session.get_one(Person, giulia).language = Language.ENGLISH
    visit = opened(token)
    assert visit is not None
    assert visit.language is Language.ENGLISH


def test_the_same_link_comes_out_each_time(giulia: int, edition: int) -> None:
    first, again = made(giulia, edition), made(giulia, edition)
    assert token_of(first, SECRET) == token_of(again, SECRET)
    assert len(token_of(first, SECRET).partition("-")[2]) == DIGEST


def test_each_person_edition_and_purpose_has_a_link_of_its_own(giulia: int, edition: int) -> None:
    next_year = an_edition(2027, "2027/28")
    links = [made(giulia, year, purpose) for year in (edition, next_year) for purpose in Purpose]
    tokens = [token_of(one, SECRET) for one in links]
    assert len(set(tokens)) == len(tokens) == 2 * len(Purpose)
    for link, token in zip(links, tokens, strict=True):
        assert [purpose for purpose in Purpose if opened(token, purpose)] == [link.purpose]


def test_renewed_links_are_worthless_in_this_edition_and_no_other(giulia: int, edition: int) -> None:
    next_year = an_edition(2027, "2027/28")
    old = {purpose: token_of(made(giulia, edition, purpose), SECRET) for purpose in Purpose}
    kept = token_of(made(giulia, next_year), SECRET)
    colleague = staff(Role.COORDINATOR)
    with database.writing() as session:
        number = actions.renew_links(session, edition_id=edition, person_id=giulia, by=colleague, at=AT)
    assert number == len(Purpose)
    assert [opened(token, purpose) for purpose, token in old.items()] == [None] * len(Purpose)
    assert opened(kept) is not None
    new = token_of(made(giulia, edition), SECRET)
    assert new != old[Purpose.PROGRAMME]
    assert opened(new) is not None


def test_only_who_writes_to_people_renews_links(giulia: int, edition: int) -> None:
    helper = staff(Role.HELPER)
    with pytest.raises(NotAllowed), database.writing() as session:
        actions.renew_links(session, edition_id=edition, person_id=giulia, by=helper, at=AT)
    with database.writing() as session:
        assert actions.renew_links(session, edition_id=edition, person_id=giulia, by=SYSTEM, at=AT) == 0


def test_a_link_ends_with_its_last_moment_and_a_later_end_keeps_it_open(giulia: int, edition: int) -> None:
    token = token_of(made(giulia, edition, until=AT), SECRET)
    assert opened(token, at=AT) is not None
    assert opened(token, at=AT + timedelta(seconds=1)) is None
    made(giulia, edition, until=AT + timedelta(days=1))
    assert opened(token, at=AT + timedelta(seconds=1)) is not None
    made(giulia, edition)
    assert opened(token, at=AT + timedelta(days=2)) is None


def test_another_installations_secret_opens_nothing(giulia: int, edition: int) -> None:
    assert opened(token_of(made(giulia, edition), OTHER)) is None


def test_what_is_guessed_opens_nothing(giulia: int, edition: int) -> None:
    link = made(giulia, edition)
    token = token_of(link, SECRET)
    number, _, digest = token.partition("-")
    guesses = [
        "",
        "-",
        number,
        f"{number}-",
        f"{number}-{digest[:-1]}",
        f"{token}0",
        f"0{token}",
        f"{int(number) + 1}-{digest}",
        f"{'9' * 30}-{digest}",
        f"-1-{digest}",
        f"{number}-{digest.upper()}x",
        "１-" + digest,
        f"{number}-é",
    ]
    assert [guess for guess in guesses if guess != token and opened(guess) is not None] == []


@given(guess=some.text(max_size=60))
def test_no_text_at_all_opens_anything_or_breaks(guess: str) -> None:
    with database.reading() as session:
        assert opened_by(session, guess, Purpose.PROGRAMME, SECRET, at=AT) is None


test_no_text_at_all_opens_anything_or_breaks = pytest.mark.usefixtures("giulia")(
    test_no_text_at_all_opens_anything_or_breaks
)


def test_without_a_public_address_a_link_leads_nowhere_and_it_is_said(
    giulia: int, edition: int, store: database.Store
) -> None:
    link = made(giulia, edition)
    with pytest.raises(NotReachable):
        address_of(link, store.config)
    public = replace(store.config, public_url=PUBLIC)
    assert address_of(link, public) == f"{PUBLIC}mine/{token_of(link, public.secret())}"
