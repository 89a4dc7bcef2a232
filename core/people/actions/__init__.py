"""What can be done about people: by staff, and by the persons themselves through their links."""

from core.people.actions.consents import give_consent, give_own_consent, withdraw_consent, withdraw_own_consent
from core.people.actions.own import ask_contact_change, choose_language, open_calendar
from core.people.actions.staff import know, renew_links, settle_contact_change

__all__ = [
    "ask_contact_change",
    "choose_language",
    "give_consent",
    "give_own_consent",
    "know",
    "open_calendar",
    "renew_links",
    "settle_contact_change",
    "withdraw_consent",
    "withdraw_own_consent",
]
