"""How an edition goes, in numbers: how far people came, how pairs meet, who attended the training."""

from core.reporting.queries.course import Lane, lanes, months, trained
from core.reporting.queries.funnel import Stage, Step, funnel

__all__ = ["Lane", "Stage", "Step", "funnel", "lanes", "months", "trained"]
