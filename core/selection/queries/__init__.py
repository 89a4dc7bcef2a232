"""What the pages of the selection show, to reviewers, to coordinators and to whoever has a place."""

from core.selection.queries.coordinators import Counts, RankedApplicant, counts, ranking
from core.selection.queries.places import MyPlace, Place, Places, my_places, places
from core.selection.queries.reviewers import BlindApplication, Queue, blind, in_queue, queue

__all__ = [
    "BlindApplication",
    "Counts",
    "MyPlace",
    "Place",
    "Places",
    "Queue",
    "RankedApplicant",
    "blind",
    "counts",
    "in_queue",
    "my_places",
    "places",
    "queue",
    "ranking",
]
