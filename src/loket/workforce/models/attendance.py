from __future__ import annotations

from django.db import models


class Clocking(models.Model):
    """One time that somebody clocked in or out.

    ``counts_at`` is what the day is judged by: the server's time of arrival, unless the
    superior confirmed what the phone said. The phone's clock is recorded, never believed.
    """

    class Kind(models.TextChoices):
        IN = "in", "in"
        OUT = "out", "out"

    class Way(models.TextChoices):
        PLACE = "place", "at the office, by place"
        CODE = "code", "at the office, by the code at the door"
        HOME = "home", "at home, by photo"

    account = models.ForeignKey(
        "people.Account", models.PROTECT, related_name="clockings", db_index=False
    )
    unit = models.ForeignKey(
        "organisation.Unit", models.PROTECT, related_name="+", db_index=False
    )
    key = models.CharField(max_length=40, unique=True)
    """Made by the page that sent it; sent twice, it is one."""
    kind = models.CharField(max_length=10, choices=Kind)
    way = models.CharField(max_length=10, choices=Way)
    on = models.DateField()
    """The office's day to which it belongs; of a shift across midnight, the day it began."""
    counts_at = models.DateTimeField()
    received_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    """When it happened by the phone's clock."""
    skew_seconds = models.IntegerField(null=True)
    """Phone's clock minus the server's, when it was sent."""
    is_offline = models.BooleanField(default=False)
    contact_at = models.DateTimeField(null=True)
    """When the page that sent it last spoke with the server, by the server's own word."""
    confirmed_by = models.CharField(max_length=60, default="")
    """Who confirmed what the phone said, of a clocking that came in late."""
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    accuracy_m = models.PositiveIntegerField(null=True)
    place = models.ForeignKey("organisation.Place", models.PROTECT, null=True, related_name="+")
    distance_m = models.PositiveIntegerField(null=True)
    """From the nearest allowed place."""
    flags: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    """What looks odd, see ``rules.attendance``; flagged, never punished."""
    photo = models.ForeignKey("files.StoredFile", models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["account", "on"], name="clocking_by_account"),
            models.Index(fields=["unit", "on"], name="clocking_by_unit"),
            # What is still to forget, however long the history.
            models.Index(
                fields=["on"],
                name="clocking_with_point",
                condition=models.Q(latitude__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"clocking {self.pk}"


class Ruling(models.Model):
    """A day's result that its owner appeals against, and what the superior decided."""

    class State(models.TextChoices):
        ASKED = "asked", "asked for"
        GRANTED = "granted", "granted"
        REFUSED = "refused", "refused"

    account = models.ForeignKey("people.Account", models.PROTECT, related_name="rulings")
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    on = models.DateField()
    words = models.CharField(max_length=500)
    proof = models.ForeignKey("files.StoredFile", models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    counts_as = models.CharField(max_length=20, default="")
    """The result that holds instead, if granted; see ``rules.attendance``."""
    remark = models.CharField(max_length=300, default="")
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=60, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "on"],
                condition=~models.Q(state="refused"),
                name="ruling_once",
            ),
        ]
        indexes = [models.Index(fields=["unit", "state"], name="ruling_by_unit")]

    def __str__(self) -> str:
        return f"ruling on {self.on} of {self.account_id}"
