"""What can be done about meetings: called, invited to, and their minutes."""

from .calling import call_meeting, cancel_meeting, change_meeting
from .minutes import write_minutes

__all__ = [
    "call_meeting",
    "cancel_meeting",
    "change_meeting",
    "write_minutes",
]
