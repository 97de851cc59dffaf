"""Everything that can be done to units, their offices and calendars."""

from .calendars import DecreedDay, Imported, clear_day, import_holidays, set_day, set_year
from .government import JAKARTA, Loaded, load_government
from .offices import set_hours

__all__ = [
    "JAKARTA",
    "DecreedDay",
    "Imported",
    "Loaded",
    "clear_day",
    "import_holidays",
    "load_government",
    "set_day",
    "set_hours",
    "set_year",
]
