"""What can be done about absences: asked for, recorded, decided, and why."""

from .answering import decide_absence, end_absence, withdraw_absence
from .asking import ask_absence, record_absence, set_under_monitoring
from .reasons import erase_reasons, forget_source, read_reason

__all__ = [
    "ask_absence",
    "decide_absence",
    "end_absence",
    "erase_reasons",
    "forget_source",
    "read_reason",
    "record_absence",
    "set_under_monitoring",
    "withdraw_absence",
]
