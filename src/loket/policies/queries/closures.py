"""Questions about closures. That an office is shut, and why, is public."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet, TextField
from django.db.models.functions import Cast, Greatest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loket.kernel.errors import NotFound
from loket.policies.models import Closure, ClosureRecord

RECORDS = {
    "disinfection": gettext_lazy("disinfection"),
    "tracing": gettext_lazy("tracing of contacts"),
    "safety_check": gettext_lazy("a safety check of the building"),
}
"""Kinds of proof, as they complete “record that this was done: …”."""


def closures(
    *, open_only: bool = False, at: datetime | None = None, under: str = ""
) -> list[Closure]:
    """Return closures with their records, the latest first; within a path if given.

    ``open_only``: those that nobody has reopened; with ``at``, also those whose reopening is
    after that moment: they are still shut.
    """
    rows = _with_records()
    if open_only:
        still = Q(reopened_at=None)
        rows = rows.filter(still | Q(reopened_at__gt=at) if at else still)
    found = rows.order_by("-starts_at", "-id")
    return [c for c in found if any(path.startswith(under) for path in c.scopes)]


def shut_and_past(*, within: Iterable[str], past: int, at: datetime) -> list[Closure]:
    """Return what is shut at a moment or will be, and as many closures that are over as asked.

    Only those that shut something below one of some paths; the latest first, with records.
    """
    below = Q(pk__in=[])
    for path in within:
        # A list of paths as text: each begins with its quotation mark.
        below |= Q(paths__contains=f'"{path}')
    rows = Closure.objects.annotate(paths=Cast("scopes", TextField())).filter(below)
    still = Q(reopened_at=None) | Q(reopened_at__gt=at)
    over = rows.filter(reopened_at__lte=at).order_by("-starts_at", "-id")[:past]
    found = _with_records().filter(
        Q(pk__in=rows.filter(still).values("pk")) | Q(pk__in=over.values("pk"))
    )
    return list(found.order_by("-starts_at", "-id"))


def latest_closures(*, most: int, at: datetime) -> list[Closure]:
    """Return the closures of which the latest things happened up to a moment, without order.

    Whoever lists that many closings and reopenings together needs no others.
    """
    begun = Greatest("closed_at", "starts_at")
    rows = Closure.objects.annotate(begun_at=begun)
    shut = rows.filter(begun_at__lte=at).order_by("-begun_at", "-id")[:most]
    opened = rows.filter(reopened_at__lte=at).order_by("-reopened_at", "-id")[:most]
    either = Q(pk__in=shut.values("pk")) | Q(pk__in=opened.values("pk"))
    return list(Closure.objects.filter(either))


def closure(code: str) -> Closure:
    """Return a closure with its records.

    :raises NotFound: if there is none.
    """
    found = _with_records().filter(code=code).first()
    if found is None:
        raise NotFound(_("There is no closure “%(code)s”.") % {"code": code})
    return found


def missing_records(closure: Closure) -> list[str]:
    """Return the kinds of record that a closure still lacks, in the order of its reason."""
    present = {record.kind for record in closure.records.all()}
    return [kind for kind in closure.required if kind not in present]


def _with_records() -> QuerySet[Closure]:
    ordered = Prefetch("records", ClosureRecord.objects.order_by("done_at", "id"))
    return Closure.objects.prefetch_related(ordered)
