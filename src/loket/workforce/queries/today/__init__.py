"""Questions about a team today: who is where, and what waits for its head."""

from .presence import Presence, presence
from .teams import RoomNow, Teammate, Waits, rooms_now, team, waits

__all__ = [
    "Presence",
    "RoomNow",
    "Teammate",
    "Waits",
    "presence",
    "rooms_now",
    "team",
    "waits",
]
