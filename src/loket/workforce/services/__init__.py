"""What can be done about rosters, attendance, daily work and meetings."""

from .absences import ask_absence, record_absence, set_under_monitoring
from .answering import decide_absence, end_absence, withdraw_absence
from .attendance import (
    appeal_day,
    clock_in_out,
    close_days,
    confirm_clocking,
    decide_appeal,
    forget_points,
)
from .feeds import drop_feed, make_feed
from .importing import import_staff
from .judging import return_report, validate_reports
from .meetings import call_meeting, cancel_meeting, change_meeting
from .minutes import write_minutes
from .postings import PostForm, end_post, give_post
from .posts import (
    CounterForm,
    change_counter,
    open_counter,
    set_desks,
    set_skills,
)
from .publishing import publish
from .reasons import erase_reasons, forget_source, read_reason
from .replanning import replan
from .rosters import discard, plan
from .stays import end_open_stays, purge_stays
from .swaps import agree_swap, ask_swap, decide_swap, withdraw_swap
from .turns import lock, move, relocate
from .work import (
    change_entry,
    remove_entry,
    submit_report,
    write_entry,
)

__all__ = [
    "CounterForm",
    "PostForm",
    "agree_swap",
    "appeal_day",
    "ask_absence",
    "ask_swap",
    "call_meeting",
    "cancel_meeting",
    "change_counter",
    "change_entry",
    "change_meeting",
    "clock_in_out",
    "close_days",
    "confirm_clocking",
    "decide_absence",
    "decide_appeal",
    "decide_swap",
    "discard",
    "drop_feed",
    "end_absence",
    "end_open_stays",
    "end_post",
    "erase_reasons",
    "forget_points",
    "forget_source",
    "give_post",
    "import_staff",
    "lock",
    "make_feed",
    "move",
    "open_counter",
    "plan",
    "publish",
    "purge_stays",
    "read_reason",
    "record_absence",
    "relocate",
    "remove_entry",
    "replan",
    "return_report",
    "set_desks",
    "set_skills",
    "set_under_monitoring",
    "submit_report",
    "validate_reports",
    "withdraw_absence",
    "withdraw_swap",
    "write_entry",
    "write_minutes",
]
