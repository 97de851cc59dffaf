from __future__ import annotations

from typing import Any

from django.db import models


class Entry(models.Model):
    """One thing that happened. Never changed, never deleted before its time.

    The database refuses updates and deletes (see the migration that adds the triggers).
    """

    at = models.DateTimeField()
    name = models.CharField(max_length=60)
    subject = models.CharField(max_length=60)
    actor = models.CharField(max_length=60)
    actor_name = models.CharField(max_length=120)
    facts: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "id"], name="entry_by_subject"),
            models.Index(fields=["name", "at"], name="entry_by_name"),
            models.Index(fields=["actor", "at"], name="entry_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.name} {self.subject}"
