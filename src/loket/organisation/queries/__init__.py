"""Questions about units, offices, buildings and working days. All of this is public."""

from .calendars import calendar, calendars, office_of, today, zone
from .places import Ring, RoomRow, UnitRow, directory, names, outlines, place, rooms
from .units import (
    LEVELS,
    by_path,
    children,
    in_being,
    is_region,
    region_name,
    region_names,
    regions,
    serving,
    unit,
    units,
    way_up,
)

__all__ = [
    "LEVELS",
    "Ring",
    "RoomRow",
    "UnitRow",
    "by_path",
    "calendar",
    "calendars",
    "children",
    "directory",
    "in_being",
    "is_region",
    "names",
    "office_of",
    "outlines",
    "place",
    "region_name",
    "region_names",
    "regions",
    "rooms",
    "serving",
    "today",
    "unit",
    "units",
    "way_up",
    "zone",
]
