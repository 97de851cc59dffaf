"""Tables of the work of the staff."""

from .absences import Absence, PrivateReason
from .attendance import Clocking, Ruling
from .meetings import Meeting, Participant
from .posts import Counter, Desk, Skill
from .rosters import Feed, Roster, RosterDay, Swap, Turn
from .stays import Stay
from .work import WorkEntry, WorkReport

__all__ = [
    "Absence",
    "Clocking",
    "Counter",
    "Desk",
    "Feed",
    "Meeting",
    "Participant",
    "PrivateReason",
    "Roster",
    "RosterDay",
    "Ruling",
    "Skill",
    "Stay",
    "Swap",
    "Turn",
    "WorkEntry",
    "WorkReport",
]
