"""Questions to the journal. Who may ask is for the caller to decide by the subject."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from .models import Entry


def about(subject: str) -> QuerySet[Entry]:
    """Return everything that happened to one subject, oldest first."""
    return Entry.objects.filter(subject=subject).order_by("id")


def about_any(subjects: Iterable[str], *, names: Iterable[str]) -> QuerySet[Entry]:
    """Return entries of some kinds about several subjects, newest first."""
    return Entry.objects.filter(subject__in=list(subjects), name__in=list(names)).order_by("-id")


def by(actor: str) -> QuerySet[Entry]:
    """Return everything that one actor did, newest first."""
    return Entry.objects.filter(actor=actor).order_by("-id")
