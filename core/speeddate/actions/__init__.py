"""What can be done at the speed date: who says to come, who has come, the ballots and their numbers."""

from core.speeddate.actions.arrivals import AlreadyThere, NotOnTheList, NotThere, check_in, check_out
from core.speeddate.actions.ballots import (
    BallotNotValid,
    PairsPublished,
    PreviewOutdated,
    number_mentors,
    remove_ballot,
    save_ballot,
    take_over,
)
from core.speeddate.actions.replies import reply, write_reply

__all__ = [
    "AlreadyThere",
    "BallotNotValid",
    "NotOnTheList",
    "NotThere",
    "PairsPublished",
    "PreviewOutdated",
    "check_in",
    "check_out",
    "number_mentors",
    "remove_ballot",
    "reply",
    "save_ballot",
    "take_over",
    "write_reply",
]
