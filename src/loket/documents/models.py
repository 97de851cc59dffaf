from __future__ import annotations

from typing import Any

from django.db import models

from loket.kernel import codes


class Series(models.Model):
    """A run of official numbers without gaps, such as births of one city in one year."""

    name = models.CharField(max_length=80, unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} at {self.last}"


class DocumentQuerySet(models.QuerySet["Document"]):
    def below(self, paths: frozenset[str]) -> DocumentQuerySet:
        """Keep the documents of units below any of the paths."""
        below = models.Q(pk__in=[])
        for path in paths:
            below |= models.Q(unit__startswith=path)
        return self.filter(below)

    def issued(self) -> DocumentQuerySet:
        """Keep those the public may learn of."""
        return self.exclude(state__in=[Document.State.RESERVED, Document.State.VOID])


class Document(models.Model):
    """One numbered document. It exists for the public only once it is signed.

    A number is taken (``reserved``) before the document is rendered and signed; if it is
    never signed, the number stays here as ``void``, so that a series has no gap.
    """

    class State(models.TextChoices):
        RESERVED = "reserved", "reserved"
        VOID = "void", "void"
        VALID = "valid", "valid"
        SUPERSEDED = "superseded", "superseded"
        REVOKED = "revoked", "revoked"

    code = models.CharField(max_length=12, unique=True, default=codes.new, editable=False)
    subject_ref = models.CharField(max_length=60, db_index=True)
    output = models.CharField(max_length=40)
    template = models.CharField(max_length=40)
    title: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    series = models.ForeignKey(Series, models.PROTECT, related_name="documents")
    serial = models.PositiveIntegerField()
    number = models.CharField(max_length=60, unique=True)
    holder = models.CharField(max_length=120)
    unit = models.CharField(max_length=200)
    """Path of the unit that issues it."""
    facts: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()
    """What the template prints."""
    state = models.CharField(max_length=10, choices=State, default=State.RESERVED)
    reserved_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True)
    signer = models.CharField(max_length=60, default="")
    signer_name = models.CharField(max_length=120, default="")
    signer_title = models.CharField(max_length=120, default="")
    certificate_sha256 = models.CharField(max_length=64, default="")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    sha256 = models.CharField(max_length=64, default="", db_index=True)
    token = models.TextField(default="")
    """The signed payload of the QR (JWS)."""
    link = models.CharField(  # noqa: DJ001 -- unique, and many have none
        max_length=40, null=True, unique=True
    )
    """Random name of the download page; opened with the PIN."""
    pin_digest = models.CharField(max_length=128, default="")
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="superseded_by"
    )
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, default="")

    objects = DocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "serial"], name="document_serial_once"),
            # A correction is reserved while the document it replaces is still valid.
            models.UniqueConstraint(
                fields=["subject_ref", "output"],
                condition=models.Q(state="reserved"),
                name="document_reserved_once",
            ),
            models.UniqueConstraint(
                fields=["subject_ref", "output"],
                condition=models.Q(state="valid"),
                name="document_valid_once",
            ),
        ]

    def __str__(self) -> str:
        return f"document {self.number}"

    @property
    def subject(self) -> str:
        return f"document:{self.code}"
