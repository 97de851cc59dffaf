from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.functional import cached_property

from .rules import parse
from .rules.format import Service


class ServiceVersion(models.Model):
    """One version of a service. Published versions never change."""

    class State(models.TextChoices):
        IMPORTED = "imported", "imported"
        PUBLISHED = "published", "published"
        RETIRED = "retired", "retired"

    code = models.CharField(max_length=30)
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.IMPORTED)
    definition: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    digest = models.CharField(max_length=64)
    imported_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="service_version_once"),
            models.UniqueConstraint(
                fields=["code"],
                condition=models.Q(state="published"),
                name="service_published_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"

    @cached_property
    def service(self) -> Service:
        """Return the definition as values; parsed once per process and version."""
        # A query may defer the definition: it is only fetched if this process lacks it.
        return parse.cached(self.digest) or parse.trusted(self.digest, self.definition)

    @property
    def subject(self) -> str:
        return f"service:{self.code}"
