"""What a position lets its holder do. Names are those in each package's ``access.py``."""

from __future__ import annotations

_OFFICER = frozenset({"cases.view", "cases.handle", "documents.view"})
_HEAD = _OFFICER | {
    "cases.sign",
    "cases.take_over",
    "documents.revoke",
    "policies.view",
    "policies.close",
    "workforce.view",
    "workforce.plan",
    "workforce.validate",
    "workforce.meet",
    "incidents.report",
}

PERMISSIONS: dict[str, frozenset[str]] = {
    "staff": frozenset(),
    "officer": _OFFICER,
    "head": _HEAD,
    "personnel": frozenset(
        {
            "workforce.view",
            "workforce.record",
            "workforce.read_reasons",
            "workforce.import_staff",
        }
    ),
    "tracer": frozenset(
        {"workforce.view", "incidents.report", "incidents.handle", "policies.close"}
    ),
    "administrator": frozenset({"catalogue.manage", "policies.view", "policies.draft"}),
    "auditor": frozenset({"cases.view", "policies.view"}),
    "executive": frozenset(
        {
            "policies.view",
            "policies.draft",
            "policies.enact",
            "policies.close",
            "workforce.meet",
        }
    ),
}


def grants(role: str, *, scope: str) -> frozenset[tuple[str, str]]:
    """Return what a role gives in one part of the tree of units; an unknown role, nothing."""
    return frozenset((name, scope) for name in PERMISSIONS.get(role, ()))
