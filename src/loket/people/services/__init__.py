"""Everything that can be done to accounts, residents and positions."""

from .contacts import add_contact
from .sign_in import FreshCode, confirm_code, request_code
from .staff import appoint, create_staff, end_position, reset_sign_in
from .throttles import purge, throttle

__all__ = [
    "FreshCode",
    "add_contact",
    "appoint",
    "confirm_code",
    "create_staff",
    "end_position",
    "purge",
    "request_code",
    "reset_sign_in",
    "throttle",
]
