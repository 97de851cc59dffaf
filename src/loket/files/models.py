from __future__ import annotations

from django.db import models


class StoredFile(models.Model):
    """Bytes that passed inspection, as they were found to be after cleaning.

    ``ref`` is random and is the only name used in addresses. ``sha256`` is of the stored
    bytes, ``received_sha256`` of what was sent (not kept).
    """

    ref = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    received_sha256 = models.CharField(max_length=64)
    pages = models.PositiveSmallIntegerField(default=1)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    owner = models.CharField(max_length=60, db_index=True)
    path = models.CharField(max_length=120)
    stored_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, db_index=True)

    def __str__(self) -> str:
        return f"file {self.ref}"
