"""What can be done at the speed date: the ballots and their numbers, and who has come."""

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
    "save_ballot",
    "take_over",
]
