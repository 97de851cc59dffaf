from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models

from loket.kernel import codes
from loket.people.rules.refs import ref_of


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
        return ref_of(self.pk)


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


class Employment(models.Model):
    """How somebody on the staff is employed. One record per account."""

    class Kind(models.TextChoices):
        PNS = "pns", "PNS"
        PPPK = "pppk", "PPPK"
        PJLP = "pjlp", "PJLP"

    account = models.OneToOneField(Account, models.PROTECT, related_name="employment")
    kind = models.CharField(max_length=10, choices=Kind)
    nip = models.CharField(max_length=18, null=True, unique=True)  # noqa: DJ001 -- unique, and not everybody has one
    """18 digits; hired by contract (PJLP): none."""
    nrk = models.CharField(max_length=6, default="")
    """Number in the province's own register, if there is one."""
    born_on = models.DateField(null=True)
    phone = models.CharField(max_length=20, default="")
    """E.164; notices that cannot go by e-mail go there."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="employment_nip_unless_contract",
                condition=models.Q(kind="pjlp", nip=None)
                | (~models.Q(kind="pjlp") & models.Q(nip__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"employment of {self.account_id}"


class Position(models.Model):
    """A post that an account holds in a unit, from a day until a day (exclusive)."""

    class Role(models.TextChoices):
        STAFF = "staff", "staff"
        OFFICER = "officer", "officer"
        HEAD = "head", "head"
        PERSONNEL = "personnel", "personnel"
        TRACER = "tracer", "tracer"
        ADMINISTRATOR = "administrator", "administrator"
        AUDITOR = "auditor", "auditor"
        EXECUTIVE = "executive", "executive"

    class Level(models.TextChoices):
        """Structural level (eselon), the highest first."""

        I_A = "I.a", "I.a"
        I_B = "I.b", "I.b"
        II_A = "II.a", "II.a"
        II_B = "II.b", "II.b"
        III_A = "III.a", "III.a"
        III_B = "III.b", "III.b"
        IV_A = "IV.a", "IV.a"
        IV_B = "IV.b", "IV.b"
        V_A = "V.a", "V.a"

    class Basis(models.TextChoices):
        DEFINITIVE = "definitive", "definitive"
        ACTING = "acting", "acting (Plt.)"
        DELEGATED = "delegated", "delegated (Plh.)"

    account = models.ForeignKey(Account, models.PROTECT, related_name="positions")
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="positions")
    role = models.CharField(max_length=20, choices=Role)
    title = models.CharField(max_length=120)
    level = models.CharField(max_length=5, choices=Level, default="", db_default="", blank=True)
    """Empty for posts that are not structural."""
    basis = models.CharField(
        max_length=12, choices=Basis, default=Basis.DEFINITIVE, db_default=Basis.DEFINITIVE
    )
    """Somebody who acts for another (Plt.) or stands in for days (Plh.) is counted among the
    staff where the definitive position is."""
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="position_standing_in_ends",
                condition=~models.Q(basis="delegated") | models.Q(ends_on__isnull=False),
            ),
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
