"""How the queue is doing."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Count, QuerySet

from .models import Job


def depth(*, at: datetime) -> dict[str, int]:
    """Return how many jobs of each queue are due and wait for a worker."""
    rows = Job.objects.filter(state=Job.State.READY, run_at__lte=at).values("queue")
    return {row["queue"]: row["n"] for row in rows.annotate(n=Count("id")).order_by("queue")}


def lag(*, at: datetime) -> timedelta:
    """Return how long the oldest due job has been waiting: near nothing if workers keep up."""
    due = Job.objects.filter(state=Job.State.READY, run_at__lte=at)
    oldest = due.order_by("run_at").values_list("run_at", flat=True).first()
    return at - oldest if oldest else timedelta(0)


def dead() -> QuerySet[Job]:
    """Return the jobs that were given up, latest first."""
    return Job.objects.filter(state=Job.State.DEAD).order_by("-ended_at", "-id")
