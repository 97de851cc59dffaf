from __future__ import annotations

from django.db import models


class Stay(models.Model):
    """Somebody was in a room from a moment until another. What tracing reads.

    Written when somebody clocks in and out at an office (room of the turn, or of the main
    desk), and when a meeting in a room was held. Erased after the time of tracing.
    """

    class Source(models.TextChoices):
        CLOCK = "clock", "clocked in"
        MEETING = "meeting", "meeting"

    account = models.ForeignKey(
        "people.Account", models.PROTECT, related_name="stays", db_index=False
    )
    room = models.ForeignKey(
        "organisation.Room", models.PROTECT, related_name="stays", db_index=False
    )
    on = models.DateField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    """None while it lasts."""
    source = models.CharField(max_length=10, choices=Source, default=Source.CLOCK)
    source_key = models.CharField(max_length=60, default="")
    """``meeting:CODE``, or the key of the clocking in."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "source", "source_key"], name="stay_once"
            ),
        ]
        indexes = [
            # Covering: a day's people of a room are read without the table.
            models.Index(
                fields=["room", "on", "account", "starts_at", "ends_at"], name="stay_by_room"
            ),
            models.Index(
                fields=["account", "on", "room", "starts_at", "ends_at"],
                name="stay_by_account",
            ),
            models.Index(fields=["on"], name="stay_by_day"),
            models.Index(
                fields=["starts_at"], name="stay_open", condition=models.Q(ends_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"stay {self.pk}"
