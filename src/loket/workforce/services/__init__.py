"""What can be done about rosters, attendance, daily work and meetings."""

from .absences import (
    ask_absence,
    decide_absence,
    end_absence,
    record_absence,
    set_under_monitoring,
    withdraw_absence,
)
from .reasons import erase_reasons, read_reason
from .stays import end_open_stays, purge_stays

__all__ = [
    "ask_absence",
    "decide_absence",
    "end_absence",
    "end_open_stays",
    "erase_reasons",
    "purge_stays",
    "read_reason",
    "record_absence",
    "set_under_monitoring",
    "withdraw_absence",
]
