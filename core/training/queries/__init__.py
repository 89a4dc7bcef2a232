"""What the training's pages show: who was where, and who has chosen which date."""

from core.training.queries.attendance import Attender, Roll, attendance
from core.training.queries.dates import Chooser, Choosing, Dated, choosing
from core.training.queries.own import MyTraining, my_trainings

__all__ = [
    "Attender",
    "Chooser",
    "Choosing",
    "Dated",
    "MyTraining",
    "Roll",
    "attendance",
    "choosing",
    "my_trainings",
]
