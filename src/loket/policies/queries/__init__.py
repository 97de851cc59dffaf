"""Questions about circulars, closures and what they make of offices and services."""

from .answering import answer_json, because_json
from .books import book, drafted, edition, in_force
from .circulars import changes, changes_since, circulars, citations, get, simulation, sizes
from .closures import (
    RECORDS,
    closure,
    closures,
    latest_closures,
    missing_records,
    shut_and_past,
)
from .facts import effective_ends
from .findings import findings
from .forms import Outdated, as_circular
from .lists import moved_cases

__all__ = [
    "RECORDS",
    "Outdated",
    "answer_json",
    "as_circular",
    "because_json",
    "book",
    "changes",
    "changes_since",
    "circulars",
    "citations",
    "closure",
    "closures",
    "drafted",
    "edition",
    "effective_ends",
    "findings",
    "get",
    "in_force",
    "latest_closures",
    "missing_records",
    "moved_cases",
    "shut_and_past",
    "simulation",
    "sizes",
]
