"""The second of two people who save the same thing is told what changed."""

from __future__ import annotations

import pytest

from core.edition.models import Edition
from core.store import database, versions
from core.store.errors import Changed, Difference, NotFound
from tests.make import AT, an_edition, writing

pytestmark = pytest.mark.usefixtures("store")


def test_the_version_that_was_seen_gives_the_row() -> None:
    edition = an_edition()
    with database.reading() as session:
        assert versions.get(session, Edition, edition, seen=1).name == "2026/27"


def test_an_older_version_is_refused_with_who_when_and_what() -> None:
    edition = an_edition(name="first")
    for name in ("second", "third"):
        with writing() as session:
            session.get_one(Edition, edition).name = name

    with database.reading() as session, pytest.raises(Changed) as refused:
        versions.get(session, Edition, edition, seen=1)

    assert refused.value.values == {"who": "test", "when": AT}
    assert refused.value.differences == (Difference("name", "first", "third"),)


def test_a_row_that_does_not_exist_is_not_found() -> None:
    with database.reading() as session, pytest.raises(NotFound):
        versions.get(session, Edition, 999)
