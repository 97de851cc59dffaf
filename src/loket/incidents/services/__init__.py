"""What can be done about incidents."""

from .clearing import clear
from .doing import do_task
from .erasing import erase_expired
from .looking import look, look_up_contacts
from .reporting import Preview, Report, preview_report, report_incident, report_self
from .shutting import shut
from .tracing import trace

__all__ = [
    "Preview",
    "Report",
    "clear",
    "do_task",
    "erase_expired",
    "look",
    "look_up_contacts",
    "preview_report",
    "report_incident",
    "report_self",
    "shut",
    "trace",
]
