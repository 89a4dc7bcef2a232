"""Whose request it is, and below which path."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
from starlette.datastructures import Headers

from core.store import config, database
from pages.door import paths, visitors

if TYPE_CHECKING:
    from core.store.database import Store


@pytest.fixture
def behind(store: Store):
    """The installation behind this address."""

    def at(public_url: str) -> None:
        store.config = dataclasses.replace(database.current().config, public_url=public_url)

    return at


def headers(*, host: str = "127.0.0.1:8501", origin: str = "") -> Headers:
    return Headers({"host": host} | ({"origin": origin} if origin else {}))


@pytest.mark.parametrize(
    ("public", "origin", "ours"),
    [
        ("", "http://127.0.0.1:8501", True),
        ("", "http://127.0.0.1:9999", False),
        ("https://mentoring.example", "https://mentoring.example", True),
        ("https://mentoring.example", "https://MENTORING.example:443", True),
        ("https://mentoring.example/base", "https://mentoring.example", True),
        ("https://mentoring.example", "http://mentoring.example", False),
        ("https://mentoring.example", "https://mentoring.example.evil", False),
        ("https://mentoring.example", "https://evil/mentoring.example", False),
        ("https://mentoring.example", "http://127.0.0.1:8501", False),
        ("https://mentoring.example:8443", "https://mentoring.example", False),
    ],
)
def test_our_own_pages_are_told_by_their_origin(behind, public: str, origin: str, *, ours: bool) -> None:
    behind(public)
    assert visitors.from_our_pages(headers(origin=origin)) is ours


@pytest.mark.parametrize(
    ("public", "host", "us"),
    [
        ("", "127.0.0.1:8501", True),
        ("", "localhost", True),
        ("", "[::1]:8501", True),
        ("", "127.8.8.8", True),
        ("", "mentoring.example", False),
        ("https://mentoring.example", "mentoring.example", True),
        ("https://mentoring.example", "Mentoring.Example:443", True),
        ("https://mentoring.example", "127.0.0.1:8501", True),
        ("https://mentoring.example", "other.example", False),
        ("https://mentoring.example", "", False),
    ],
)
def test_a_request_must_mean_this_installation(behind, public: str, host: str, *, us: bool) -> None:
    behind(public)
    assert visitors.means_us(headers(host=host)) is us


@pytest.mark.parametrize(
    ("path", "inside"),
    [
        ("/mentoring/applicants", "/applicants"),
        ("/mentoring/", "/"),
        ("/mentoring", ""),
        ("/applicants", "/applicants"),
        ("/mentoringx/applicants", "/mentoringx/applicants"),
        ("/mentoring/mentoring/applicants", "/mentoring/applicants"),
    ],
)
def test_the_base_path_is_taken_away_once_whether_or_not_the_proxy_did(behind, path: str, inside: str) -> None:
    behind("https://unimi.example/mentoring/")
    assert paths.within(path) == inside
    assert paths.outward("/me") == "/mentoring/me"


@pytest.mark.parametrize(
    ("said", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("testclient", "testclient"),
    ],
)
def test_all_addresses_of_an_ipv6_network_are_one_visitor(said: str, network: str) -> None:
    assert visitors.address_of({"client": (said, 1)}) == network


@pytest.mark.parametrize("url", ["https://mentoring.example", "https://a.example:8443/base", "http://localhost:8501"])
def test_an_address_that_keeps_passwords_private_is_accepted(url: str) -> None:
    assert config.load({"MENTORING_PUBLIC_URL": url}).public_url == url


@pytest.mark.parametrize(
    "url", ["http://mentoring.example", "mentoring.example", "ftp://x", "https://", "https://u:p@x", "https://x/?a=b"]
)
def test_an_address_that_would_not_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="MENTORING_PUBLIC_URL"):
        config.load({"MENTORING_PUBLIC_URL": url})


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "192.0.2.7", "", "mentoring.example"])  # noqa: S104 - refused
def test_a_server_open_to_others_needs_a_public_address(address: str) -> None:
    with pytest.raises(ValueError, match="MENTORING_PUBLIC_URL"):
        config.require_private(address, "", config.Config())
    config.require_private(address, "", config.Config(public_url="https://mentoring.example"))


@pytest.mark.parametrize(
    ("proxies", "named"),
    [("", True), ("127.0.0.1", True), ("10.0.0.0/8, ::1", True), ("*", False), ("10.0.0.1/8", False), ("proxy", False)],
)
def test_only_proxies_that_are_named_are_believed(proxies: str, *, named: bool) -> None:
    if named:
        config.require_private("127.0.0.1", proxies, config.Config())
    else:
        with pytest.raises(ValueError, match="MENTORING_PROXIES"):
            config.require_private("127.0.0.1", proxies, config.Config())
