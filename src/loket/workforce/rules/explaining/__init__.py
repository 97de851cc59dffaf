"""Why a day cannot be staffed: the smallest clash of demands and limits, in values and words."""

from .finding import explain
from .helping import helps
from .reasons import Demand, Help, Limit, Reason
from .words import sentences, ways_out

__all__ = [
    "Demand",
    "Help",
    "Limit",
    "Reason",
    "explain",
    "helps",
    "sentences",
    "ways_out",
]
