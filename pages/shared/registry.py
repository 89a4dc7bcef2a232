"""All pages in the programme's order: where each lies, its address, and the right that opens it."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from core.accounts.rules import Right

ROOT = Path(__file__).parents[2]
ICON = ROOT / "pages" / "door" / "icon.png"
OFFICE = {"home": "office"}
"""Where the words of a folder stand that is no phase of its own."""


@cache
def icon_address() -> str:
    """The icon itself, written as an address: there is nothing to fetch and nobody who could be refused it."""
    return f"data:image/png;base64,{b64encode(ICON.read_bytes()).decode()}"


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the staff's part; the first one stands at the root and has no address of its own."""

    file: str
    url: str
    right: Right
    icon: str

    @property
    def phase(self) -> str:
        """The folder, which is the phase that the page belongs to."""
        return self.file.split("/")[0]

    @property
    def title(self) -> str:
        """The key of the page's title."""
        return f"{OFFICE.get(self.phase, self.phase)}.{Path(self.file).stem}.title"

    @property
    def path(self) -> Path:
        """Where the script lies."""
        return ROOT / "pages" / self.file


PAGES = (
    Page("home/today.py", "", Right.ENTER, ":material/home:"),
    Page("home/lately.py", "recent", Right.ENTER, ":material/history:"),
    Page("edition/year.py", "year", Right.ENTER, ":material/calendar_month:"),
    Page("edition/closing.py", "closing", Right.EDITION, ":material/inventory_2:"),
    Page("people/person.py", "person", Right.APPLICANTS, ":material/person_search:"),
    Page("messages/prepare.py", "prepare", Right.MESSAGES, ":material/forward_to_inbox:"),
    Page("messages/texts.py", "texts", Right.MESSAGES, ":material/edit_document:"),
    Page("messages/outbox.py", "outbox", Right.MESSAGES, ":material/outbox:"),
    Page("messages/answers.py", "answers", Right.MESSAGES, ":material/mark_email_read:"),
    Page("intake/upload.py", "upload", Right.IMPORT, ":material/upload_file:"),
    Page("intake/applicants.py", "applicants", Right.APPLICANTS, ":material/group:"),
    Page("intake/by_hand.py", "by-hand", Right.IMPORT, ":material/person_add:"),
    Page("selection/scoring.py", "scoring", Right.SCORE, ":material/edit_note:"),
    Page("selection/ranking.py", "ranking", Right.DECIDE, ":material/format_list_numbered:"),
    Page("training/attendance.py", "attendance", Right.TRAINING, ":material/co_present:"),
    Page("learning/materials.py", "materials", Right.LEARNING, ":material/menu_book:"),
    Page("speeddate/arrivals.py", "arrivals", Right.CHECK_IN, ":material/how_to_reg:"),
    Page("speeddate/phone.py", "phones", Right.CHECK_IN, ":material/phonelink:"),
    Page("speeddate/ballots.py", "ballots", Right.BALLOTS, ":material/how_to_vote:"),
    Page("matching/proposal.py", "proposal", Right.MATCH, ":material/join_inner:"),
    Page("matching/pairs.py", "pairs", Right.PAIRS, ":material/handshake:"),
    Page("mentoring/follow_up.py", "follow-up", Right.MEETINGS, ":material/route:"),
    Page("mentoring/meetings.py", "meetings", Right.MEETINGS, ":material/event_note:"),
    Page("certificates/earned.py", "certificates", Right.CERTIFICATES, ":material/workspace_premium:"),
    Page("certificates/thanks.py", "thanks", Right.CERTIFICATES, ":material/volunteer_activism:"),
    Page("reporting/cohort.py", "cohort", Right.FIGURES, ":material/monitoring:"),
    Page("reporting/trained.py", "trained", Right.FIGURES, ":material/grid_on:"),
    Page("reporting/pace.py", "pace", Right.FIGURES, ":material/timeline:"),
    Page("accounts/staff.py", "staff", Right.ACCOUNTS, ":material/badge:"),
    Page("accounts/backups.py", "backups", Right.BACKUPS, ":material/database:"),
    Page("accounts/acts.py", "acts", Right.AUDIT, ":material/fact_check:"),
    Page("accounts/me.py", "me", Right.ENTER, ":material/manage_accounts:"),
)
HOME = PAGES[0]


def page_of(url: str) -> Page:
    """The page with this address."""
    return next(page for page in PAGES if page.url == url)
