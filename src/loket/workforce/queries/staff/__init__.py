"""Questions about staff records: skills, desks, counters, names, and their import."""

from .importing import import_preview, read_staff_file
from .naming import counter_titles, member_names
from .posts import counter, counters, desks_of, skills_of

__all__ = [
    "counter",
    "counter_titles",
    "counters",
    "desks_of",
    "import_preview",
    "member_names",
    "read_staff_file",
    "skills_of",
]
