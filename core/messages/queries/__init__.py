"""What the pages of the messages show."""

from core.messages.queries.templates import Kept, changed_texts, texts

__all__ = ["Kept", "changed_texts", "texts"]
