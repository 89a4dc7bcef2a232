"""What staff do about messages."""

from core.messages.actions.preparing import NobodyToWrite, Prepared, prepare
from core.messages.actions.templates import reset_text, save_text

__all__ = ["NobodyToWrite", "Prepared", "prepare", "reset_text", "save_text"]
