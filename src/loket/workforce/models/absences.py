from __future__ import annotations

from django.db import models

from loket.kernel import codes


class Absence(models.Model):
    """Days on which somebody must not be in the office, or does not work at all.

    Why is kept apart, in :class:`PrivateReason`: who plans sees only this row.
    """

    class Kind(models.TextChoices):
        HOME = "home", "must not be in the office"
        LEAVE = "leave", "on leave"
        TRAVEL = "travel", "on official travel"

    class State(models.TextChoices):
        ASKED = "asked", "asked for"
        GRANTED = "granted", "granted"
        REFUSED = "refused", "refused"
        WITHDRAWN = "withdrawn", "withdrawn"

    code = models.CharField(max_length=12, unique=True, default=codes.new, editable=False)
    account = models.ForeignKey(
        "people.Account", models.PROTECT, related_name="absences", db_index=False
    )
    kind = models.CharField(max_length=10, choices=Kind)
    starts_on = models.DateField()
    ends_on = models.DateField()
    """The first day on which it no longer holds."""
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    source = models.CharField(max_length=60, default="")
    """What brought it about, if not a person: ``incident:CODE``. Shown to nobody who plans."""
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=60)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=60, default="")
    remark = models.CharField(max_length=300, default="")
    """What whoever decided it wrote to the person."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="absence_ends_after_it_begins",
                condition=models.Q(ends_on__gt=models.F("starts_on")),
            ),
        ]
        indexes = [
            models.Index(fields=["account", "ends_on"], name="absence_by_account"),
            models.Index(fields=["ends_on"], name="absence_by_end"),
            models.Index(
                fields=["account"], name="absence_waiting", condition=models.Q(state="asked")
            ),
            models.Index(
                fields=["source"], name="absence_by_source", condition=~models.Q(source="")
            ),
        ]

    def __str__(self) -> str:
        return f"absence {self.code}"

    @property
    def subject(self) -> str:
        return f"absence:{self.code}"


class PrivateReason(models.Model):
    """Why somebody is absent: health data. Read only by the person and by personnel, on record."""

    absence = models.OneToOneField(Absence, models.CASCADE, related_name="private_reason")
    reason = models.CharField(max_length=20)
    words = models.CharField(max_length=500, default="")
    proof = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    erase_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["erase_on"], name="private_reason_by_end")]

    def __str__(self) -> str:
        return f"reason of {self.absence_id}"
