"""Whether the phones in the hall reach us, as staff are told."""

from __future__ import annotations

import re
from base64 import b64decode

import pytest

from core import schema
from core.accounts.rules import Role
from core.language.text import Language, say
from core.store import database
from core.store.config import Config
from tests import make

HERE = "https://mentoring.example.it/m"


@pytest.fixture
def edition(store) -> int:
    return make.an_edition()


def reached_at(folder, url: str) -> None:
    database.use(None)
    database.use(schema.open_store(Config(data=folder, public_url=url, bcrypt_rounds=4)))


def test_without_an_address_no_code_is_made_and_the_reason_is_said(edition: int) -> None:
    page = make.open_page("phones", make.staff(Role.HELPER))
    assert [one.value for one in page.warning] == [say("people.refused.NotReachable", Language.ITALIAN)]
    assert (list(page.header), list(page.get("image"))) == ([], [])


def test_the_address_stands_in_big_letters_with_its_code(edition: int, tmp_path) -> None:
    helper = make.staff(Role.HELPER)
    reached_at(tmp_path, HERE + "/")
    page = make.open_page("phones", helper)
    assert not page.exception
    (heading,) = page.header
    assert heading.value.replace("\\", "") == f"{HERE}/phone"
    (image,) = page.get("image")
    (told,) = re.findall(r"data:image/svg\+xml;base64,([\w+/=]+)", str(image.proto))
    assert b64decode(told).startswith(b"<svg")
    assert len(page.markdown) == 3
