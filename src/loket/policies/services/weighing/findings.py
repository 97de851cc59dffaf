"""What becomes doubtful by a change that was not doubtful before."""

from __future__ import annotations

from typing import Any

from loket.policies.queries.findings import brought
from loket.policies.rules.conflicts import Finding

from .services import in_both
from .spans import Span


def findings(span: Span) -> list[dict[str, Any]]:
    """Return the findings that a change brings, with both languages and their articles."""
    new = brought(span.before, span.after, since=span.starts_at, until=span.ends_at)
    return [_row(found) for found in new]


def _row(found: Finding) -> dict[str, Any]:
    return {
        "kind": found.kind,
        "sentence": in_both(lambda _language: found.sentence),
        "because": [f"{reason.label} {reason.article}" for reason in found.becauses],
        "units": found.units,
        "from": found.since.isoformat(),
        "to": found.until.isoformat() if found.until else None,
    }
