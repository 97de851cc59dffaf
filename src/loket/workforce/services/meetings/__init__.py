"""What can be done about meetings: called, invited to, answered, and their minutes."""

from .answering import answer_meeting
from .calling import call_meeting, cancel_meeting, change_meeting
from .minutes import write_minutes

__all__ = [
    "answer_meeting",
    "call_meeting",
    "cancel_meeting",
    "change_meeting",
    "write_minutes",
]
