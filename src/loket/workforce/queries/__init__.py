"""Questions about rosters, attendance, daily work and meetings."""

from .absences import absent, kinds_on, must_stay_out
from .posts import (
    counter,
    counters,
    desks_of,
    skills_of,
)
from .problems import law_days, problem_for, problems_for
from .recaps import RecapDay, RecapPerson, month_of, recap_of, recap_of_unit
from .standing import standing_turns, turns_of
from .tracing import contacts, met_in_room, whereabouts
from .work import (
    WorkDay,
    entries_of,
    is_report_overdue,
    own_entry,
    waiting_reports,
    work_day,
    work_report,
    work_reports_of,
)

__all__ = [
    "RecapDay",
    "RecapPerson",
    "WorkDay",
    "absent",
    "contacts",
    "counter",
    "counters",
    "desks_of",
    "entries_of",
    "is_report_overdue",
    "kinds_on",
    "law_days",
    "met_in_room",
    "month_of",
    "must_stay_out",
    "own_entry",
    "problem_for",
    "problems_for",
    "recap_of",
    "recap_of_unit",
    "skills_of",
    "standing_turns",
    "turns_of",
    "waiting_reports",
    "whereabouts",
    "work_day",
    "work_report",
    "work_reports_of",
]
