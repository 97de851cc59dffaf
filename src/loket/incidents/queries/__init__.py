"""Questions about incidents; each look is written down."""

from .finding import (
    closure_over,
    get,
    history,
    may_reopen,
    open_about,
    sharing,
    tasks,
    undone,
    visible_to,
)
from .met import contact, contacts, where

__all__ = [
    "closure_over",
    "contact",
    "contacts",
    "get",
    "history",
    "may_reopen",
    "open_about",
    "sharing",
    "tasks",
    "undone",
    "visible_to",
    "where",
]
