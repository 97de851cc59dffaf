from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models

from loket.kernel import codes


class Account(AbstractUser):
    """Someone who can sign in: staff with a password, a resident with a code."""

    class Kind(models.TextChoices):
        STAFF = "staff", "staff"
        RESIDENT = "resident", "resident"

    kind = models.CharField(max_length=10, choices=Kind, default=Kind.STAFF)
    full_name = models.CharField(max_length=120, default="")
    language = models.CharField(max_length=5, default="id")

    def __str__(self) -> str:
        return self.full_name or self.username

    @property
    def ref(self) -> str:
        return f"account:{self.pk}"


class Resident(models.Model):
    """A member of the public who has proved a contact point."""

    code = models.CharField(max_length=12, unique=True, default=codes.new, editable=False)
    account = models.OneToOneField(Account, models.PROTECT, related_name="resident")
    registered_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"resident {self.code}"

    @property
    def subject(self) -> str:
        return f"resident:{self.code}"


class ContactPoint(models.Model):
    """An e-mail address or a telephone number (E.164) that reaches a resident."""

    class Kind(models.TextChoices):
        EMAIL = "email", "e-mail"
        PHONE = "phone", "phone"

    resident = models.ForeignKey(Resident, models.CASCADE, related_name="contact_points")
    kind = models.CharField(max_length=10, choices=Kind)
    value = models.CharField(max_length=254)
    verified_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "value"], name="contact_point_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.resident_id}"


class SignInCode(models.Model):
    """A code sent to a contact point. Only its digest is kept; few tries; short life."""

    token = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=10, choices=ContactPoint.Kind)
    value = models.CharField(max_length=254)
    digest = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"sign-in code {self.pk}"


class Position(models.Model):
    """A post that an account holds in a unit, from a day until a day (exclusive)."""

    class Role(models.TextChoices):
        OFFICER = "officer", "officer"
        HEAD = "head", "head"
        ADMINISTRATOR = "administrator", "administrator"
        AUDITOR = "auditor", "auditor"
        EXECUTIVE = "executive", "executive"

    account = models.ForeignKey(Account, models.PROTECT, related_name="positions")
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="positions")
    role = models.CharField(max_length=20, choices=Role)
    title = models.CharField(max_length=120)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="position_ends_after_it_begins",
                condition=models.Q(ends_on=None) | models.Q(ends_on__gt=models.F("starts_on")),
            ),
            models.UniqueConstraint(
                fields=["account", "unit", "role", "starts_on"], name="position_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.role})"


class Throttle(models.Model):
    """How often something was tried within one window of time."""

    key = models.CharField(max_length=120)
    window = models.BigIntegerField()
    tries = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "window"], name="throttle_once"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.tries}"
