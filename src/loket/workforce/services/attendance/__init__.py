"""Clock in and out, confirm what came in late, appeal, and close days that are over."""

from .appeals import appeal_day, decide_appeal
from .clocking import clock_in_out
from .closing import close_days, forget_points
from .confirming import confirm_clocking

__all__ = [
    "appeal_day",
    "clock_in_out",
    "close_days",
    "confirm_clocking",
    "decide_appeal",
    "forget_points",
]
