"""Why due dates moved: which circular or closure did it, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from loket.policies.models import Change

CLAUSES: dict[str, Promise] = {
    "enacted": gettext_lazy("because of %(label)s"),
    "revoked": gettext_lazy("because %(label)s was ended early"),
    "closed": gettext_lazy("because the office is closed: %(label)s"),
    "overran": gettext_lazy("because the office is still closed: %(label)s"),
    "reopened": gettext_lazy("because the office is open again: %(label)s"),
    "zoned": gettext_lazy("because the level of the area changed: %(label)s"),
    "organisation": gettext_lazy("because opening hours or holidays changed: %(label)s"),
}
"""By kind of change; each goes on with “the due date moved”."""


@dataclass(frozen=True, slots=True)
class Cause:
    """One change of the law, as it is told to whoever waits."""

    kind: str
    subject: str
    label: str

    @property
    def clause(self) -> str:
        """Why, in the reader's language: “because of …”."""
        return str(CLAUSES[self.kind]) % {"label": self.label}

    @property
    def address(self) -> str:
        """Where the circular can be read, from the root of the site; empty if it is none."""
        kind, _sign, code = self.subject.partition(":")
        return f"/circulars/{code}/" if kind == "circular" else ""


def causes(editions: Iterable[int]) -> dict[int, Cause]:
    """Return what changed the law, by the number of the edition."""
    found = Change.objects.filter(number__in=set(editions))
    return {c.number: Cause(c.kind, c.subject, c.label) for c in found}
