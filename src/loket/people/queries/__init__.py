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
    home_seats,
    homes,
    is_home,
    staff_of,
    staff_posts,
)
from .superiors import answering_to, decided_by, nearest_heads

__all__ = [
    "STAFF_ROLES",
    "Member",
    "account_of",
    "actor_for",
    "answering_to",
    "belonging_to",
    "contacts_of",
    "decided_by",
    "holders",
    "home_paths",
    "home_seats",
    "homes",
    "is_home",
    "nearest_heads",
    "needs_second_factor",
    "positions_of",
    "resident_of",
    "staff_of",
    "staff_posts",
]
