"""Who is acting, who holds which position, and who is on whose staff."""

from .accounts import (
    account_of,
    actor_for,
    contacts_of,
    holders,
    needs_second_factor,
    positions_of,
    resident_of,
)
from .staff import (
    STAFF_ROLES,
    Member,
    belonging_to,
    home_paths,
    homes,
    is_home,
    staff_of,
    staff_posts,
)

__all__ = [
    "STAFF_ROLES",
    "Member",
    "account_of",
    "actor_for",
    "belonging_to",
    "contacts_of",
    "holders",
    "home_paths",
    "homes",
    "is_home",
    "needs_second_factor",
    "positions_of",
    "resident_of",
    "staff_of",
    "staff_posts",
]
