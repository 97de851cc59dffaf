from __future__ import annotations

from typing import Any, TypeVar

from django.db import models

from loket.kernel import codes

M = TypeVar("M", bound=models.Model)


class WithoutLists(models.Manager[M]):
    """Leaves the long lists in the database until somebody asks for one."""

    def get_queryset(self) -> models.QuerySet[M]:
        return super().get_queryset().defer("cases_gz")


class Circular(models.Model):
    """A circular, decree or instruction: a draft, or the law of a period."""

    class State(models.TextChoices):
        DRAFT = "draft", "draft"
        ENACTED = "enacted", "enacted"
        DISCARDED = "discarded", "discarded"

    code = models.CharField(max_length=12, unique=True, default=codes.new, editable=False)
    issuer = models.CharField(max_length=300)
    number = models.CharField(max_length=300)
    date = models.DateField()
    title_id = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300)
    summary_id = models.TextField(default="")
    summary_en = models.TextField(default="")
    legal_basis: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    source = models.TextField(default="")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    """None: until evaluated."""
    amends: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(
        default=list
    )
    revokes: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(
        default=list
    )
    scopes: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    """Paths of the units that it is for: who may write and enact it, and who is touched."""
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    """Grows with every change of a draft."""
    author_ref = models.CharField(max_length=60)
    author_name = models.CharField(max_length=120)
    writers: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    """Everybody who ever wrote on it: none of them may enact it."""
    written_at = models.DateTimeField()
    enacted_by_ref = models.CharField(max_length=60, default="")
    enacted_by_name = models.CharField(max_length=120, default="")
    enacted_at = models.DateTimeField(null=True)
    retroactive_reason = models.TextField(default="")
    """Why it was enacted after it began; empty if it was not."""
    revoked_from = models.DateTimeField(null=True)
    """The moment from which it holds no more because somebody ended it."""
    revoked_by_name = models.CharField(max_length=120, default="")
    revoked_reason = models.TextField(default="")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "number", "date"],
                condition=~models.Q(state="discarded"),
                name="circular_once",
            ),
            models.CheckConstraint(
                name="circular_ends_after_it_begins",
                condition=models.Q(ends_at=None) | models.Q(ends_at__gt=models.F("starts_at")),
            ),
            models.CheckConstraint(
                name="circular_enacted_by_another",
                condition=~models.Q(state="enacted")
                | ~models.Q(enacted_by_ref=models.F("author_ref")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issuer} {self.number} ({self.date:%d-%m-%Y})"

    @property
    def subject(self) -> str:
        return f"circular:{self.code}"

    @property
    def is_history(self) -> bool:
        """Say whether it was entered later, with a timeline, and not enacted late by anybody."""
        return bool(self.retroactive_reason) and self.enacted_by_ref.startswith("system:")

    @property
    def is_retroactive(self) -> bool:
        """Say whether somebody enacted it after it had begun."""
        return bool(self.retroactive_reason) and not self.is_history


class Provision(models.Model):
    """One rule of a circular, of one kind, for one scope, during one period."""

    circular = models.ForeignKey(Circular, models.CASCADE, related_name="provisions")
    place = models.PositiveSmallIntegerField()
    """Its place in the circular, from 1."""
    article = models.CharField(max_length=300)
    kind = models.CharField(max_length=20)
    scope: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    params: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    words_id = models.TextField(default="")
    words_en = models.TextField(default="")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    has_own_period = models.BooleanField(default=False)
    """Whether its period is its own; otherwise it follows the circular's."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["circular", "place"], name="provision_place_once"),
            models.CheckConstraint(
                name="provision_ends_after_it_begins",
                condition=models.Q(ends_at=None) | models.Q(ends_at__gt=models.F("starts_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article} {self.kind}"


class Closure(models.Model):
    """A unit, a building, a floor or a room shut from a moment on, until it is reopened."""

    code = models.CharField(max_length=12, unique=True, default=codes.new, editable=False)
    reason = models.CharField(max_length=20)
    scope: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    stays_open: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(
        default=list
    )
    unit_path = models.CharField(max_length=200, db_index=True)
    """Path of the unit in whose charge it is: who may reopen."""
    scopes: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    """Paths of the units that are shut, in whole or in part."""
    basis = models.CharField(max_length=300)
    words_id = models.TextField(default="")
    words_en = models.TextField(default="")
    starts_at = models.DateTimeField()
    earliest_at = models.DateTimeField()
    """Before this moment nobody may reopen: the minimum that the reason demands."""
    required: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    """Kinds of record without which it cannot reopen."""
    closed_by_ref = models.CharField(max_length=60)
    closed_by_name = models.CharField(max_length=120)
    closed_at = models.DateTimeField()
    reopened_by_name = models.CharField(max_length=120, default="")
    reopened_at = models.DateTimeField(null=True)
    """From when it is open again."""
    overran_on = models.DateField(null=True)
    """The last day on which it was said to be shut for longer than its minimum."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="closure_lasts_its_minimum",
                condition=models.Q(reopened_at=None)
                | models.Q(reopened_at__gte=models.F("earliest_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"closure {self.code}"

    @property
    def subject(self) -> str:
        return f"closure:{self.code}"


class ClosureRecord(models.Model):
    """Proof that something was done before reopening."""

    closure = models.ForeignKey(Closure, models.CASCADE, related_name="records")
    kind = models.CharField(max_length=20)
    done_at = models.DateTimeField()
    words = models.CharField(max_length=300)
    by_name = models.CharField(max_length=120)
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} of {self.closure_id}"


class Zone(models.Model):
    """The zone or level of a region during a period."""

    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="zones")
    scheme = models.CharField(max_length=40)
    value = models.CharField(max_length=40)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    source = models.TextField(default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "scheme", "starts_at"], name="zone_begins_once"
            ),
            models.CheckConstraint(
                name="zone_ends_after_it_begins",
                condition=models.Q(ends_at=None) | models.Q(ends_at__gt=models.F("starts_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.value} of {self.unit_id}"


class Edition(models.Model):
    """Which state of the law this is: one row, replaced with every change.

    ``token`` names the state for caches; one that was rolled back is never seen again.
    ``number`` counts the changes: two people who change the law at once cannot both
    succeed, and a simulation knows whether it still holds.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveIntegerField(default=0)
    token = models.CharField(max_length=40, default="")
    changed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="edition_is_one", condition=models.Q(id=1)),
        ]

    def __str__(self) -> str:
        return f"edition {self.number}"


class Change(models.Model):
    """One change of the law: what happened to which circular, closure, zone or office."""

    number = models.PositiveIntegerField(unique=True)
    kind = models.CharField(max_length=20)
    """``enacted``, ``revoked``, ``closed``, ``reopened``, ``zoned``, ``organisation``."""
    subject = models.CharField(max_length=60)
    label = models.CharField(max_length=700)
    actor_name = models.CharField(max_length=120)
    at = models.DateTimeField()
    scopes: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    """Paths of the units that may be touched."""
    impact: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    """What it did; the same that its simulation had shown."""
    cases_gz = models.BinaryField(null=True)
    """Every case whose due date it moved, as :mod:`.rules.lists` packs them."""

    objects = WithoutLists()

    class Meta:
        indexes = [models.Index(fields=["subject", "number"], name="change_by_subject")]

    def __str__(self) -> str:
        return f"{self.number} {self.kind} {self.subject}"


class Simulation(models.Model):
    """What a circular would do, as found by doing it and undoing it."""

    circular = models.ForeignKey(Circular, models.CASCADE, related_name="simulations")
    circular_revision = models.PositiveIntegerField()
    edition = models.PositiveIntegerField()
    """Number of the edition on which it was made."""
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=120)
    impact: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    cases_gz = models.BinaryField(null=True)
    """Every case whose due date it would move, as :mod:`.rules.lists` packs them."""

    objects = WithoutLists()

    class Meta:
        indexes = [models.Index(fields=["circular", "-made_at"], name="simulation_latest")]

    def __str__(self) -> str:
        return f"simulation {self.pk} of {self.circular_id}"
