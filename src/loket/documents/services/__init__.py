"""What can be done with documents: number, sign, issue, void, revoke, hand out."""

from .downloads import open_download, open_for_staff, renew_pin
from .issuing import Issued, Prepared, complete, prepare, preview
from .numbers import reserve, void
from .revoking import revoke

__all__ = [
    "Issued",
    "Prepared",
    "complete",
    "open_download",
    "open_for_staff",
    "prepare",
    "preview",
    "renew_pin",
    "reserve",
    "revoke",
    "void",
]
