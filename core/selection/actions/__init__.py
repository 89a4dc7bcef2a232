"""What can be done in the selection: give points, decide, and take down who accepts the place."""

from core.selection.actions.decisions import decide, review
from core.selection.actions.places import answer_place, write_place

__all__ = ["answer_place", "decide", "review", "write_place"]
