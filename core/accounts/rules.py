"""Who may do what: roles, rights and the one table that joins them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

MIN_PASSWORD = 12
IDLE = timedelta(hours=3)
ABSOLUTE = timedelta(hours=12)
TICKET = timedelta(seconds=60)
LINK = timedelta(days=7)
"""How long the link serves by which somebody sets a password."""
KEEP_TICKETS = timedelta(days=1)
KEEP_SIGN_INS = timedelta(days=90)
"""How long a session that has ended is kept."""


class Role(StrEnum):
    """What a member of staff is in the programme; one person may hold several."""

    ADMIN = "admin"
    COORDINATOR = "coordinator"
    REVIEWER = "reviewer"
    HELPER = "helper"
    VIEWER = "viewer"


class Right(StrEnum):
    """What can be asked for at a query or an act."""

    ENTER = "enter"
    ACCOUNTS = "accounts"
    AUDIT = "audit"
    BACKUPS = "backups"
    EDITION = "edition"
    IMPORT = "import"
    APPLICANTS = "applicants"
    SCORE = "score"
    DECIDE = "decide"
    LEARNING = "learning"
    TRAINING = "training"
    CHECK_IN = "check_in"
    BALLOTS = "ballots"
    VETOES = "vetoes"
    MATCH = "match"
    PAIRS = "pairs"
    MEETINGS = "meetings"
    CERTIFICATES = "certificates"
    FIGURES = "figures"
    MESSAGES = "messages"
    SEND = "send"
    """Handing messages to the mail server, which the programme itself does; no role includes it."""
    OWN = "own"
    """What a person without an account sees and answers by a personal link; no role includes it."""


ADMINISTRATION = frozenset({Role.ADMIN})
COORDINATION = frozenset({Role.COORDINATOR})
RIGHTS: dict[Right, frozenset[Role]] = {
    Right.ENTER: frozenset(Role),
    Right.ACCOUNTS: ADMINISTRATION,
    Right.AUDIT: ADMINISTRATION,
    Right.BACKUPS: ADMINISTRATION,
    Right.EDITION: COORDINATION,
    Right.IMPORT: COORDINATION,
    Right.APPLICANTS: COORDINATION,
    Right.SCORE: frozenset({Role.REVIEWER}),
    Right.DECIDE: COORDINATION,
    Right.LEARNING: COORDINATION,
    Right.TRAINING: COORDINATION,
    Right.CHECK_IN: frozenset({Role.COORDINATOR, Role.HELPER}),
    Right.BALLOTS: frozenset({Role.COORDINATOR, Role.HELPER}),
    Right.VETOES: COORDINATION,
    Right.MATCH: COORDINATION,
    Right.PAIRS: COORDINATION,
    Right.MEETINGS: COORDINATION,
    Right.CERTIFICATES: COORDINATION,
    Right.FIGURES: frozenset({Role.ADMIN, Role.COORDINATOR, Role.VIEWER}),
    Right.MESSAGES: COORDINATION,
    Right.SEND: frozenset(),
    Right.OWN: frozenset(),
}


class ActorKind(StrEnum):
    """Who stands behind a call."""

    STAFF = "staff"
    LINK = "link"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever asks: a signed-in member of staff, a person with a link, or the programme itself.

    `person_id` is set for a person with a link only: whose own matters these are.
    """

    kind: ActorKind
    name: str
    account_id: int | None = None
    session_id: int | None = None
    roles: frozenset[Role] = frozenset()
    language: str = "it"
    person_id: int | None = None

    def may(self, right: Right) -> bool:
        """Whether one of the roles includes the right; a link opens the own, the programme does everything."""
        if self.kind is ActorKind.LINK:
            return right is Right.OWN
        return self.kind is ActorKind.SYSTEM or bool(self.roles & RIGHTS[right])


SYSTEM = Actor(ActorKind.SYSTEM, "system")
"""The programme itself, at its start and in its scheduled work."""


def mail_key(mail: str) -> str:
    """The form in which two spellings of one address are equal."""
    return unicodedata.normalize("NFKC", mail).strip().casefold()
