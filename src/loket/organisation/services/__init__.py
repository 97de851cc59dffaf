"""Everything that can be done to units, their offices, buildings, rooms and calendars."""

from .calendars import DecreedDay, Imported, clear_day, import_holidays, set_day, set_year
from .government import JAKARTA, Loaded, load_government
from .offices import set_hours
from .places import move_office, remove_room, set_place, set_room

__all__ = [
    "JAKARTA",
    "DecreedDay",
    "Imported",
    "Loaded",
    "clear_day",
    "import_holidays",
    "load_government",
    "move_office",
    "remove_room",
    "set_day",
    "set_hours",
    "set_place",
    "set_room",
    "set_year",
]
