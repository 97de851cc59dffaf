"""What can be done about rosters: planned, changed, published, repaired, swapped."""

from .feeds import drop_feed, make_feed
from .planning import discard, plan
from .publishing import publish
from .replanning import replan
from .swaps import agree_swap, ask_swap, decide_swap, withdraw_swap
from .turns import lock, move, relocate

__all__ = [
    "agree_swap",
    "ask_swap",
    "decide_swap",
    "discard",
    "drop_feed",
    "lock",
    "make_feed",
    "move",
    "plan",
    "publish",
    "relocate",
    "replan",
    "withdraw_swap",
]
