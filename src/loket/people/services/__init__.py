"""Everything that can be done to accounts, residents and positions."""

from .contacts import add_contact
from .records import correct_name, set_employment
from .sign_in import FreshCode, confirm_code, request_code
from .staff import appoint, correct_position, create_staff, end_position, reset_sign_in
from .throttles import purge, throttle

__all__ = [
    "FreshCode",
    "add_contact",
    "appoint",
    "confirm_code",
    "correct_name",
    "correct_position",
    "create_staff",
    "end_position",
    "purge",
    "request_code",
    "reset_sign_in",
    "set_employment",
    "throttle",
]
