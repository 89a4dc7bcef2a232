"""Are your name, address and telephone right? What is put right here, the office looks at before it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.people import actions, queries
from core.people.rules import Contact
from pages.participants.cards import Card, State

if TYPE_CHECKING:
    from starlette.responses import Response

    from pages.participants.asked import Asked

MATTER = "contact"
FIELDS = {"first_name": "given-name", "last_name": "family-name", "mail": "email", "phone": "tel"}
"""What can be put right, and as what a browser knows it."""


def cards(asked: Asked) -> list[Card]:
    """The contact data as they are, or the correction that waits."""
    me = queries.me(asked.session, by=asked.visit.by)
    waits = me.waiting is not None
    key = "people.mine.contact.waits" if waits else "people.mine.contact.now"
    told = asked.t(key, mail=(me.waiting or me.contact).mail)
    title, link = asked.t("people.mine.contact.title"), asked.t("people.mine.contact.correct")
    return [Card(MATTER, State.WAITING if waits else State.INFO, title, (told,), "/contact", link)]


def show(asked: Asked) -> Response:
    """The form, with what was typed when it was refused; else with what waits, or what is known."""
    me = queries.me(asked.session, by=asked.visit.by)
    known = (me.waiting or me.contact).named()
    typed = {name: asked.form.get(name, "") for name in FIELDS} if asked.form and asked.refusal else known
    return asked.page(
        "contact.html",
        title=asked.t("people.mine.contact.title"),
        fields=[(name, FIELDS[name], typed[name]) for name in FIELDS],
        waits=me.waiting is not None,
        matter=MATTER,
    )


def act(asked: Asked) -> str:
    """Ask for the correction."""
    contact = Contact(**{name: asked.form.get(name, "") for name in FIELDS})
    actions.ask_contact_change(asked.session, contact=contact, by=asked.visit.by, at=asked.at)
    return f"{asked.address}?done={MATTER}"
