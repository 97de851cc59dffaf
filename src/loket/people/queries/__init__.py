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
from .superiors import Chain, chain, deciders, nearest_heads

__all__ = [
    "STAFF_ROLES",
    "Chain",
    "Member",
    "account_of",
    "actor_for",
    "belonging_to",
    "chain",
    "contacts_of",
    "deciders",
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
