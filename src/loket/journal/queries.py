"""Questions to the journal. Who may ask is for the caller to decide by the subject."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from loket.kernel.errors import Invalid

from .models import Entry

PAGE = 50


@dataclass(frozen=True, slots=True)
class Page:
    """Some entries, the last one first, and where older ones begin; empty at the end."""

    entries: list[Entry]
    before: str


def about(subject: str) -> QuerySet[Entry]:
    """Return everything that happened to one subject, oldest first."""
    return Entry.objects.filter(subject=subject).order_by("id")


def about_any(subjects: Iterable[str], *, names: Iterable[str]) -> QuerySet[Entry]:
    """Return entries of some kinds about several subjects, newest first."""
    return Entry.objects.filter(subject__in=list(subjects), name__in=list(names)).order_by(
        "-id"
    )


def by(actor: str) -> QuerySet[Entry]:
    """Return everything that one actor did, newest first."""
    return Entry.objects.filter(actor=actor).order_by("-id")


def named(names: Iterable[str], *, since: datetime, until: datetime) -> QuerySet[Entry]:
    """Return entries of some kinds within a half-open period, in no order."""
    return Entry.objects.filter(name__in=list(names), at__gte=since, at__lt=until)


def page(
    *,
    subject: str = "",
    name: str = "",
    actor: str = "",
    before: str = "",
    limit: int = PAGE,
) -> Page:
    """Return one page of the journal, the newest first, by any of the three.

    ``name`` may be the beginning of one: ``case.`` for all that happens to cases.

    :raises Invalid: if ``before`` is not what a page gave out.
    """
    found = Entry.objects.order_by("-id")
    if subject:
        found = found.filter(subject=subject)
    if name:
        found = found.filter(name__startswith=name)
    if actor:
        found = found.filter(actor=actor)
    if before:
        if not (before.isascii() and before.isdecimal()):
            raise Invalid(_("This page of the journal does not exist."))
        found = found.filter(pk__lt=int(before))
    rows = list(found[: limit + 1])
    return Page(rows[:limit], str(rows[limit - 1].pk) if len(rows) > limit else "")
