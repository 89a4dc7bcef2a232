"""What is known of people: to staff, and to the persons themselves."""

from core.people.queries.corrections import Wanted, contact_change_of, contact_changes
from core.people.queries.own import Me, MyConsent, me, my_calendar, my_consent

__all__ = [
    "Me",
    "MyConsent",
    "Wanted",
    "contact_change_of",
    "contact_changes",
    "me",
    "my_calendar",
    "my_consent",
]
