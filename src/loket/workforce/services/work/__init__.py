"""What can be done about daily work: written, handed in, judged."""

from .entries import change_entry, remove_entry, submit_report, write_entry
from .judging import return_report, validate_reports

__all__ = [
    "change_entry",
    "remove_entry",
    "return_report",
    "submit_report",
    "validate_reports",
    "write_entry",
]
