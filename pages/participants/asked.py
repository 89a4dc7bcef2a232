"""One request by a link that opens: who asks, for what, and how a page of theirs is made."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from core.accounts.rules import SYSTEM
from core.edition import queries as editions
from core.language.format import written
from core.language.text import Language, say, sentence
from core.people.rules import NothingChosen
from core.store.clock import ROME
from core.store.errors import NoSpace, NotFound, Refused, StoreBusy, StoreClosing
from pages.participants import showing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from enum import StrEnum

    from sqlmodel import Session
    from starlette.responses import Response

    from core.edition.queries import EditionSummary
    from core.people.links import Visit
    from pages.participants.cards import Question

E = TypeVar("E", bound="StrEnum")
NUMBER = re.compile(r"[0-9]{1,9}")
GONE, CONFLICT, NOT_NOW = 404, 409, 503


@dataclass(frozen=True, slots=True)
class Asked:
    """One request by a link that opens: who, in which transaction, with what in its form and address."""

    session: Session
    visit: Visit
    at: datetime
    language: Language
    address: str
    """Of the link's own first page, as the browser must ask for it."""
    form: dict[str, str] = field(default_factory=dict)
    query: dict[str, str] = field(default_factory=dict)
    refusal: Refused | None = None
    """Why what was asked for before was not done."""

    @property
    def today(self) -> date:
        """The day in Rome."""
        return self.at.astimezone(ROME).date()

    @property
    def edition(self) -> EditionSummary:
        """The edition that the link belongs to."""
        return editions.edition(self.session, self.visit.edition_id, by=SYSTEM)

    def t(self, key: str, **values: object) -> str:
        """A text in the reader's language."""
        return say(key, self.language, **values)

    def number(self, name: str) -> int:
        """A number of the form; raises `NotFound` for what is none."""
        said = self.form.get(name, "")
        if not NUMBER.fullmatch(said):
            raise NotFound
        return int(said)

    def choice(self, name: str, kind: type[E]) -> E:
        """One of the answers that there are; raises `NothingChosen`."""
        said = self.form.get(name)
        if said not in set(kind):
            raise NothingChosen
        return kind(said)

    def moment(self, value: datetime) -> str:
        """A moment in Rome, in words."""
        return written(value, self.language.tongue)

    def questions(self, matter: str, title: str, questions: Sequence[Question]) -> Response:
        """The page of a matter; its forms come back to the matter's own address."""
        post = f"{self.address}/{matter}"
        return self.page("question.html", title=title, questions=questions, matter=matter, post=post)

    def page(self, template: str, **shown: object) -> Response:
        """A page of this link; above it why something was not done."""
        refused = self.refusal and sentence(self.refusal, self.language)
        status = status_of(self.refusal) if self.refusal else 200
        common = {"address": self.address, "refused": refused, "receipt": [], "back": self.address, "matter": ""}
        return showing.page(template, self.language, status=status, **{**common, **shown})


def status_of(refusal: Refused) -> int:
    """The status of a page that says this."""
    if isinstance(refusal, NoSpace | StoreBusy | StoreClosing):
        return NOT_NOW
    return GONE if isinstance(refusal, NotFound) else CONFLICT
