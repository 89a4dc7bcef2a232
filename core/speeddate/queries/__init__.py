"""What the speed date's pages show: who is on the list, who comes and has come, and the ballots."""

from core.speeddate.queries.event import Arrival, MenteeBallot, Turn, arrivals, ballots, mentors, preview, turn
from core.speeddate.queries.replies import Invited, MyEvent, invited, my_events

__all__ = [
    "Arrival",
    "Invited",
    "MenteeBallot",
    "MyEvent",
    "Turn",
    "arrivals",
    "ballots",
    "invited",
    "mentors",
    "my_events",
    "preview",
    "turn",
]
