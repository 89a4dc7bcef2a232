"""What a link opens, how it ends, and what the gate makes of the light pages."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from core import schema
from core.accounts.rules import SYSTEM, Actor, ActorKind
from core.intake.models import Application
from core.language.text import Language, say
from core.people.actions import choose_language, renew_links
from core.people.links import PLACES
from core.people.models import Person, PersonalLink
from core.people.rules import Purpose, Side
from core.store import database, log
from core.store.audit import AuditEntry
from core.store.config import Config
from pages.participants import knocks, place
from pages.participants.opening import preferred
from tests.make import AT, a_participant, an_edition
from tests.participants.visits import Answered, a_link, ask, get, later, post, rules_of_the_year
from tests.test_pages import untranslated

pytestmark = pytest.mark.usefixtures("store")
IT, EN = Language.ITALIAN, Language.ENGLISH
MATTERS = ("", "/place", "/training", "/event", "/calendar", "/contact", "/consent")
SMALL = 30_000


@pytest.fixture(autouse=True)
def nobody_has_knocked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(knocks, "WRONG_LINKS", knocks.Knocks(knocks.WRONG_WITHIN))
    monkeypatch.setattr(knocks, "VISITS", knocks.Knocks(knocks.OF_LINK_WITHIN))


@pytest.fixture
def edition(store) -> int:
    edition = an_edition()
    rules_of_the_year(edition)
    return edition


@pytest.fixture
def mentor(edition: int) -> int:
    return a_participant(edition, Side.MENTOR, name="Carlo Ferri", mail="carlo@unimi.example")


def person_of(application: int) -> int:
    with database.reading() as session:
        return session.get_one(Application, application).person_id


def renewed(application: int, edition: int) -> None:
    with database.writing() as session:
        renew_links(session, edition_id=edition, person_id=person_of(application), by=SYSTEM, at=AT)


def count(kind) -> int:
    with database.reading() as session:
        return len(session.exec(select(kind)).all())


def is_dead(answer: Answered) -> bool:
    both = all(say("people.mine.dead", one) in answer.text for one in (IT, EN))
    return answer.status == 404 and both and "Carlo" not in answer.text


# ---- which link opens what


def test_a_link_opens_again_and_again_and_is_the_same_when_made_again(mentor: int) -> None:
    link = a_link(mentor)
    assert a_link(mentor) == link
    assert [get(link).status for _ in range(3)] == [200, 200, 200]


def test_a_renewed_an_expired_and_a_guessed_link_meet_one_and_the_same_page(edition: int, mentor: int) -> None:
    revoked = a_link(mentor)
    renewed(mentor, edition)
    expired = a_link(mentor, Purpose.CONSENT, until=AT - timedelta(seconds=1))
    pages = [get(revoked), get(expired), get(f"/mine/1-{'0' * 32}"), get("/mine/99-x"), get(f"{revoked}/place")]
    assert all(is_dead(page) for page in pages)
    assert len({page.body for page in pages}) == 1
    assert get(a_link(mentor)).status == 200


def test_a_link_serves_until_its_last_moment(mentor: int) -> None:
    link = a_link(mentor, until=AT + timedelta(days=1))
    later(1)
    assert get(link).status == 200
    later(1.00001)
    assert is_dead(get(link))


def test_a_link_of_one_purpose_opens_no_other(mentor: int) -> None:
    for purpose in Purpose:
        token = a_link(mentor, purpose).removeprefix(PLACES[purpose])
        others = [PLACES[one] + token for one in (Purpose.PROGRAMME, Purpose.CONSENT) if one is not purpose]
        assert all(is_dead(get(path)) for path in others)


def test_a_dead_link_does_nothing_and_says_whom_to_write_to(edition: int, mentor: int, store) -> None:
    link = a_link(mentor)
    renewed(mentor, edition)
    before = count(AuditEntry)
    answer = post(f"{link}/place", application=mentor, accepted="yes")
    assert is_dead(answer)
    assert count(AuditEntry) == before
    object.__setattr__(store.config, "feedback", "career@unimi.example")
    assert get(link).text.count("career@unimi.example") > 2


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.text(st.characters(exclude_characters="/?#", exclude_categories=["Cs"]), min_size=1, max_size=60),
        st.from_regex(r"\A[0-9]{1,12}-[0-9a-f]{0,40}\Z"),
        st.from_regex(r"\A1-[0-9a-f]{32}\Z"),
    )
)
def test_no_token_that_was_not_given_opens_anything(token: str) -> None:
    knocks.WRONG_LINKS.__init__(knocks.WRONG_WITHIN)
    if not count(PersonalLink):
        a_link(a_participant(an_edition(), Side.MENTOR, name="Carlo Ferri"))
    before = count(AuditEntry)
    for path in (f"/mine/{token}", f"/consent/{token}"):
        assert is_dead(ask("GET", path))
        assert is_dead(ask("POST", path + ("" if path.startswith("/c") else "/place"), {"consent": "withdraw"}))
    assert count(AuditEntry) == before


def test_a_token_with_one_sign_changed_opens_nothing(mentor: int) -> None:
    token = a_link(mentor).removeprefix("/mine/")
    for changed in (token[:-1], token + "0", token.upper(), f"0{token}", f"{token}-", f"+{token}", f" {token}"):
        assert changed == token or is_dead(get(f"/mine/{changed}"))


# ---- how often


def test_whoever_tries_many_links_is_told_to_wait_and_others_are_not(mentor: int) -> None:
    link = a_link(mentor)
    said = [get(f"/mine/1-{number:032x}").status for number in range(knocks.WRONG + 2)]
    assert said == [404] * knocks.WRONG + [429, 429]
    told = get("/mine/1-x")
    assert say("people.mine.too_often", IT, n=10) in told.text
    assert told.headers["retry-after"] == "600"
    assert ask("GET", "/mine/1-x", address="10.0.0.2").status == 404
    assert get(link).status == 200
    later(1)
    assert get("/mine/1-x").status == 404


def test_an_address_that_floods_is_no_longer_looked_at(mentor: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(knocks, "FLOOD", 40)
    for _ in range(40):
        get("/consent/1-x")
    assert get(a_link(mentor)).status == 429


def test_one_link_over_and_over_is_told_to_wait(mentor: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(knocks, "OF_LINK", 5)
    link = a_link(mentor)
    assert [get(link).status for _ in range(7)] == [200] * 5 + [429] * 2
    assert post(f"{link}/event", application=mentor, coming="no").status == 429
    later(1)
    assert get(link).status == 200


def test_no_more_addresses_are_remembered_than_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(knocks, "MOST", 3)
    seen = knocks.Knocks(timedelta(minutes=1))
    for who in "abcda":
        seen.count(who, AT)
    assert [seen.often(who, AT) for who in "abcd"] == [1, 0, 1, 1]


# ---- what the gate makes of them


@pytest.mark.parametrize("below", MATTERS)
def test_a_light_page_is_small_safe_and_sets_no_cookie(mentor: int, below: str) -> None:
    answer = get(a_link(mentor) + below)
    assert answer.status == 200
    assert "set-cookie" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-content-type-options"] == "nosniff"
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none';")
    assert "script" not in policy + answer.source
    assert "frame-ancestors 'none'" in policy
    assert "style=" not in answer.source
    fetched = re.findall(r'<(?:link|img)[^>]*?(?:href|src)="([^"]+)"', answer.source)
    parts = [get(path) if path.startswith("/light") else None for path in fetched]
    assert len(answer.body) + sum(len(part.body) for part in parts if part) + 818 < SMALL
    assert all(path.startswith("/") for path in fetched)


def test_a_dead_link_is_dressed_like_a_live_one(mentor: int) -> None:
    dead, live = get("/mine/1-x"), get(a_link(mentor))
    for name in ("cache-control", "referrer-policy", "content-security-policy", "x-content-type-options"):
        assert dead.headers[name] == live.headers[name]
    assert "set-cookie" not in dead.headers


def test_the_style_sheet_may_be_kept(mentor: int) -> None:
    (path,) = re.findall(r'href="(/light.css\?v=\w+)"', get(a_link(mentor)).source)
    sheet = get(path)
    assert (sheet.status, sheet.headers["content-type"]) == (200, "text/css; charset=utf-8")
    assert sheet.headers["cache-control"] == "max-age=31536000, immutable"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 303),
        ({"origin": "http://127.0.0.1:8501"}, 303),
        ({"sec_fetch_site": "none"}, 303),
        ({"origin": "http://elsewhere.example"}, 403),
        ({"sec_fetch_site": "cross-site"}, 403),
        ({"sec_fetch_site": "same-site"}, 403),
        ({"sec_fetch_site": ""}, 403),
    ],
)
def test_a_form_comes_from_the_page_itself_or_does_nothing(mentor: int, headers: dict[str, str], status: int) -> None:
    form = {"application": str(mentor), "accepted": "yes"}
    assert ask("POST", f"{a_link(mentor)}/place", form, **headers).status == status


def test_only_what_is_there_is_open_to_strangers(mentor: int) -> None:
    link = a_link(mentor)
    assert [get(path).status for path in ("/mine", "/consent", f"{link}/nothing", "/light.html")] == [404] * 4
    assert ask("POST", link).status == 405
    assert ask("DELETE", f"{link}/place").status == 405
    assert ask("HEAD", link).status == 200
    assert ask("GET", link, host="elsewhere.example").status == 421


def test_below_a_base_path_all_links_lead_below_it(tmp_path, mentor: int) -> None:
    link = a_link(mentor)
    database.use(None)
    database.use(schema.open_store(Config(data=tmp_path, public_url="https://m.example/mentoring", bcrypt_rounds=4)))
    for path in (f"/mentoring{link}", link):
        page = ask("GET", path, host="m.example").source
        assert set(re.findall(r'(?:href|action)="(/\w+)', page)) == {"/mentoring"}
    form = {"application": str(mentor), "accepted": "yes"}
    went = ask("POST", f"/mentoring{link}/place", form, host="m.example")
    assert went.headers["location"] == f"/mentoring{link}?done=place"


def test_what_goes_wrong_is_told_calmly_and_the_log_holds_no_token(
    mentor: int, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = a_link(mentor)
    log.start(tmp_path / "logs")

    def broken(_asked: object) -> list[object]:
        raise ValueError(link)

    monkeypatch.setattr(place, "cards", broken)
    answer = get(link)
    log.note("end")
    log.stop()
    written = (tmp_path / "logs" / "mentoring.log").read_text(encoding="utf-8")
    (code,) = set(re.findall(r"[0-9A-F]{8}", answer.text))
    assert answer.status == 500
    assert code in written
    assert link.removeprefix("/mine/") not in written + answer.text


def test_a_store_that_is_being_closed_says_so(mentor: int, store) -> None:
    link = a_link(mentor)
    store.close()
    answer = post(f"{link}/place", application=mentor, accepted="yes")
    assert answer.status == 503
    assert say("store.refused.StoreClosing", IT) in answer.text


# ---- in which language


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", None),
        ("de,fr;q=0.9", None),
        ("en-GB,en;q=0.9,it;q=0.8", EN),
        ("de,it-IT;q=0.4,en;q=0.3", IT),
        ("en;q=0,it;q=0.1", IT),
        ("en;q=0", None),
        ("EN", EN),
        ("item, entry;q=x,,;;", None),
    ],
)
def test_a_browsers_languages_are_read_forgivingly(header: str, language: Language | None) -> None:
    assert preferred(header) is language


def test_the_first_visit_speaks_the_browsers_language_and_a_choice_is_kept(mentor: int) -> None:
    link = a_link(mentor)
    assert '<html lang="en">' in get(link, accept_language="en").text
    assert '<html lang="it">' in get(link, accept_language="fr").text

    back = post(f"{link}/language", language="en", back="event")

    assert back.headers["location"] == f"{link}/event"
    page = get(back.headers["location"], accept_language="it").text
    assert '<html lang="en">' in page
    assert "Will you take part?" in page
    assert 'lang="it">Italiano</button>' in page
    with database.reading() as session:
        assert session.get_one(Person, person_of(mentor)).language is EN


@pytest.mark.parametrize("form", [{"language": "xx"}, {"language": "de"}, {}])
def test_a_language_that_is_none_is_not_kept(mentor: int, form: dict[str, str]) -> None:
    assert post(f"{a_link(mentor)}/language", **form).status == 409


@pytest.mark.parametrize("back", ["//elsewhere.example", "../../x", "https://elsewhere.example", "nothing"])
def test_the_choice_of_a_language_leads_nowhere_else(mentor: int, back: str) -> None:
    link = a_link(mentor)
    assert post(f"{link}/language", language="en", back=back).headers["location"] == link


def test_the_consents_own_link_has_the_choice_too(mentor: int) -> None:
    link = a_link(mentor, Purpose.CONSENT)
    assert post(f"{link}/language", language="en").headers["location"] == link
    assert "Public acknowledgement" in get(link).text


def test_every_text_goes_through_the_language_function(edition: int) -> None:
    one = a_participant(edition, Side.MENTEE, name="Zeta Zeta", mail="person1@unimi.example")
    a_participant(edition, Side.MENTOR, name="Zeta Zeta", mail="person1@unimi.example")
    link = a_link(one)
    me = Actor(ActorKind.LINK, "Zeta Zeta", person_id=person_of(one))
    with database.writing() as session:
        choose_language(session, language=Language.PSEUDO, by=me, at=AT)
    for below in (*MATTERS, f"/place/decline?application={one}"):
        page = get(link + below).text
        left = [text for text in re.findall(r">([^<>]+)<", page) if untranslated(text) and not dated(text)]
        assert set(left) <= {"Italiano", "i"}


def dated(text: str) -> bool:
    """Whether it is a moment, as the language writes it."""
    return bool(re.fullmatch(r"\s*\w+ \d+ \w+ 2026, \d\d:\d\d\s*", text))


# ---- the phone in the hall


def test_a_phone_is_told_in_both_languages_that_it_reaches_us(store) -> None:
    answer = get("/phone")
    assert answer.status == 200
    for one in (IT, EN):
        assert say("people.phone.reached", one) in answer.text
        assert say("people.phone.address", one, address="http://127.0.0.1:8501/phone", when=AT) in answer.text
    assert "set-cookie" not in answer.headers
    object.__setattr__(store.config, "public_url", "https://m.example/mentoring/")
    assert "https://m.example/mentoring/phone" in ask("GET", "/phone", host="m.example").text
