"""What can be done about incidents."""

from .adding import ContactTold, add_contact
from .clearing import clear
from .doing import do_task
from .erasing import erase_expired
from .excusing import restore, set_aside
from .looking import look, look_up_contacts
from .reporting import Preview, Report, preview_report, report_incident, report_self
from .shutting import shut
from .tracing import trace

__all__ = [
    "ContactTold",
    "Preview",
    "Report",
    "add_contact",
    "clear",
    "do_task",
    "erase_expired",
    "look",
    "look_up_contacts",
    "preview_report",
    "report_incident",
    "report_self",
    "restore",
    "set_aside",
    "shut",
    "trace",
]
