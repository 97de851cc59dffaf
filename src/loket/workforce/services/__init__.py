"""What can be done about rosters, attendance, daily work and meetings."""

from .absences import (
    ask_absence,
    decide_absence,
    end_absence,
    record_absence,
    set_under_monitoring,
    withdraw_absence,
)
from .attendance import (
    appeal_day,
    clock_in_out,
    close_days,
    confirm_clocking,
    decide_appeal,
    forget_points,
)
from .judging import return_report, validate_report, validate_reports
from .posts import (
    CounterForm,
    change_counter,
    open_counter,
    set_desks,
    set_skills,
)
from .reasons import erase_reasons, forget_source, read_reason
from .stays import end_open_stays, purge_stays
from .work import (
    change_entry,
    remove_entry,
    submit_report,
    write_entry,
)

__all__ = [
    "CounterForm",
    "appeal_day",
    "ask_absence",
    "change_counter",
    "change_entry",
    "clock_in_out",
    "close_days",
    "confirm_clocking",
    "decide_absence",
    "decide_appeal",
    "end_absence",
    "end_open_stays",
    "erase_reasons",
    "forget_points",
    "forget_source",
    "open_counter",
    "purge_stays",
    "read_reason",
    "record_absence",
    "remove_entry",
    "return_report",
    "set_desks",
    "set_skills",
    "set_under_monitoring",
    "submit_report",
    "validate_report",
    "validate_reports",
    "withdraw_absence",
    "write_entry",
]
