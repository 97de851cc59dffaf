from __future__ import annotations

from typing import Any

from django.db import models


class Job(models.Model):
    """One piece of background work. A worker holds it by a lease that it keeps renewing."""

    class State(models.TextChoices):
        READY = "ready", "ready"
        RUNNING = "running", "running"
        DONE = "done", "done"
        DEAD = "dead", "dead"

    ref = models.CharField(max_length=40, unique=True)
    task = models.CharField(max_length=200)
    """Dotted path of the task function."""
    arguments: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    queue = models.CharField(max_length=40, default="default")
    priority = models.SmallIntegerField(default=0)
    dedupe = models.CharField(  # noqa: DJ001 -- NULL: many jobs have no key; keys are unique
        max_length=120, null=True, unique=True
    )
    state = models.CharField(max_length=10, choices=State, default=State.READY)
    run_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=8)
    worker = models.CharField(max_length=60, default="")
    lease_until = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    """When the last attempt began."""
    result: models.JSONField[Any, Any] = models.JSONField(null=True)
    error = models.TextField(default="")
    queued_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["queue", "-priority", "run_at", "id"],
                condition=models.Q(state="ready"),
                name="job_ready",
            ),
            models.Index(
                fields=["lease_until"],
                condition=models.Q(state="running"),
                name="job_leased",
            ),
        ]

    def __str__(self) -> str:
        return f"job {self.ref} {self.task}"
