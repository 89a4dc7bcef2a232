"""What the pages of the selection show, to reviewers and to coordinators."""

from core.selection.queries.coordinators import Counts, RankedApplicant, counts, ranking
from core.selection.queries.reviewers import BlindApplication, Queue, blind, in_queue, queue

__all__ = ["BlindApplication", "Counts", "Queue", "RankedApplicant", "blind", "counts", "in_queue", "queue", "ranking"]
