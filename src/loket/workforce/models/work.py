from __future__ import annotations

from typing import Any

from django.db import models


class WorkEntry(models.Model):
    """Work that somebody wrote down; what they did in Loket is counted from the journal."""

    account = models.ForeignKey(
        "people.Account", models.PROTECT, related_name="work_entries", db_index=False
    )
    on = models.DateField()
    kind = models.CharField(max_length=20)
    words = models.CharField(max_length=300)
    count = models.PositiveIntegerField(default=1)
    minutes = models.PositiveIntegerField()
    proof = models.ForeignKey("files.StoredFile", models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["account", "on"], name="work_entry_by_account")]
        constraints = [
            models.CheckConstraint(
                name="work_entry_within_a_day",
                condition=models.Q(minutes__gte=1, minutes__lte=1440, count__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return f"work entry {self.pk}"


class WorkReport(models.Model):
    """One day's work as it was handed in, and what the superior made of it."""

    class State(models.TextChoices):
        SUBMITTED = "submitted", "handed in"
        VALIDATED = "validated", "validated"
        RETURNED = "returned", "returned"

    account = models.ForeignKey(
        "people.Account", models.PROTECT, related_name="work_reports", db_index=False
    )
    unit = models.ForeignKey(
        "organisation.Unit", models.PROTECT, related_name="+", db_index=False
    )
    on = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.SUBMITTED)
    revision = models.PositiveIntegerField(default=1)
    counted: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(
        default=list
    )
    """What they did in Loket on that day: ``kind``, ``count``, ``minutes``, as counted from
    the journal when it was handed in."""
    is_late = models.BooleanField(default=False)
    """Handed in after the day that a circular demands."""
    submitted_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        "people.Account", models.PROTECT, null=True, related_name="+"
    )
    remark = models.CharField(max_length=300, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "on"], name="work_report_once"),
        ]
        indexes = [models.Index(fields=["unit", "state", "on"], name="work_report_by_unit")]

    def __str__(self) -> str:
        return f"report on {self.on} of {self.account_id}"

    @property
    def subject(self) -> str:
        return f"work:{self.account_id}:{self.on.isoformat()}"
