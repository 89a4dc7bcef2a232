"""What an installation sets shows below and above every page; nothing is shown where nothing is set."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from core.store import config, database
from pages.shared.registry import ICON, ROOT
from tests.make import an_edition, open_page, staff

if TYPE_CHECKING:
    from pathlib import Path

SET = {
    "MENTORING_ACCESSIBILITY_URL": "https://www.unimi.example/accessibilita",
    "MENTORING_PRIVACY_URL": 'https://www.unimi.example/privacy?a=1&b="2"',
    "MENTORING_FEEDBACK": "aiuto@unimi.example",
}


def footers(page: AppTest) -> list[str]:
    return [one.proto.body for one in page.main if one.type == "html" and "<footer" in one.proto.body]


def use(store: database.Store, **settings: str) -> None:
    store.config = replace(store.config, **settings)


def test_without_settings_there_is_no_footer(store: database.Store) -> None:
    an_edition()
    assert footers(open_page("", staff())) == []


def test_the_links_stand_below_every_page_also_for_strangers(store: database.Store) -> None:
    an_edition()
    me = staff()
    use(
        store,
        accessibility_url="https://a.example/x",
        privacy_url='https://p.example/?a="1"&b',
        feedback="aiuto@a.example",
    )
    inside = open_page("", me)
    outside = AppTest.from_file(str(ROOT / "pages" / "dashboard.py"), default_timeout=20).run()
    for page in (inside, outside):
        (footer,) = footers(page)
        assert 'href="https://a.example/x"' in footer
        assert "Dichiarazione di accessibilità" in footer
        assert 'href="https://p.example/?a=&quot;1&quot;&amp;b"' in footer
        assert 'href="mailto:aiuto@a.example"' in footer


def test_what_is_set_is_read_from_the_environment(tmp_path: Path) -> None:
    settings = config.load({"MENTORING_DATA": str(tmp_path), **SET})
    assert (settings.accessibility_url, settings.privacy_url, settings.feedback) == tuple(SET.values())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PRIVACY_URL", "javascript:alert(1)"),
        ("PRIVACY_URL", "aiuto@unimi.example"),
        ("ACCESSIBILITY_URL", "www.unimi.example"),
        ("FEEDBACK", 'a"b@unimi.example'),
        ("FEEDBACK", "qui"),
    ],
)
def test_what_is_no_address_is_refused_by_name(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(ValueError, match=f"MENTORING_{name}"):
        config.load({"MENTORING_DATA": str(tmp_path), f"MENTORING_{name}": value})


def test_a_logo_is_shown_when_there_is_one(store: database.Store) -> None:
    an_edition()
    me = staff()
    assert store.config.logo is None
    (store.config.data / "logo.png").write_bytes(ICON.read_bytes())
    assert store.config.logo == store.config.data / "logo.png"
    assert not open_page("", me).exception
