"""What staff do about messages."""

from core.messages.actions.preparing import FreeTextMissing, NobodyToWrite, Prepared, prepare
from core.messages.actions.templates import reset_text, save_text

__all__ = ["FreeTextMissing", "NobodyToWrite", "Prepared", "prepare", "reset_text", "save_text"]
