"""Questions about clocking in and out, and about what days came to."""

from .doors import door_code, doors_of
from .lawful import placed_by, shut_by
from .places import allowed_places
from .pressing import Pressing, clock_day, read_server_word, server_word
from .results import clockings_of, day_result, day_results, seat_of, unexcused
from .waiting import appeal, appeals_waiting, clocking, clockings_waiting, sees_days

__all__ = [
    "Pressing",
    "allowed_places",
    "appeal",
    "appeals_waiting",
    "clock_day",
    "clocking",
    "clockings_of",
    "clockings_waiting",
    "day_result",
    "day_results",
    "door_code",
    "doors_of",
    "placed_by",
    "read_server_word",
    "seat_of",
    "sees_days",
    "server_word",
    "shut_by",
    "unexcused",
]
