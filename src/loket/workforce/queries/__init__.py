"""Questions about rosters, attendance, daily work and meetings."""

from .absences import absent, kinds_on, must_stay_out
from .tracing import contacts, met_in_room, whereabouts

__all__ = [
    "absent",
    "contacts",
    "kinds_on",
    "met_in_room",
    "must_stay_out",
    "whereabouts",
]
