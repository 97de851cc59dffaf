"""Questions about daily work: days, entries, reports and monthly recaps."""

from .days import (
    MOST_WAITING,
    WorkDay,
    counted_in,
    entries_of,
    is_report_overdue,
    own_entry,
    waiting_reports,
    work_day,
    work_report,
    work_reports_of,
)
from .recaps import RecapDay, RecapPerson, month_of, recap_of, recap_of_unit

__all__ = [
    "MOST_WAITING",
    "RecapDay",
    "RecapPerson",
    "WorkDay",
    "counted_in",
    "entries_of",
    "is_report_overdue",
    "month_of",
    "own_entry",
    "recap_of",
    "recap_of_unit",
    "waiting_reports",
    "work_day",
    "work_report",
    "work_reports_of",
]
