from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django.db import models

from loket.kernel import codes


class Draft(models.Model):
    """An application that is being filled in. One open draft per resident and service."""

    code = models.CharField(max_length=12, unique=True, default=codes.new, editable=False)
    resident = models.ForeignKey("people.Resident", models.CASCADE, related_name="drafts")
    service_version = models.ForeignKey(
        "catalogue.ServiceVersion", models.PROTECT, related_name="drafts"
    )
    service_code = models.CharField(max_length=30)
    answers: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)
    """Grows with every save; two tabs cannot overwrite each other unseen."""
    touched: models.JSONField[dict[str, int], dict[str, int]] = models.JSONField(default=dict)
    """The revision in which each question was last answered."""
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField(db_index=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["resident", "service_code"], name="draft_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"draft {self.code}"

    @property
    def subject(self) -> str:
        return f"draft:{self.code}"


class CaseQuerySet(models.QuerySet["Case"]):
    def open(self) -> CaseQuerySet:
        return self.filter(closed_at=None)

    def among(self, keys: Sequence[int]) -> CaseQuerySet:
        """Keep the cases of some thousand keys.

        They are numbers in the statement: as parameters, Django and the driver spend more on
        them than the database on the rows.
        """
        if not keys:
            return self.none()
        named = ",".join(str(int(key)) for key in keys)
        where = f'"cases_case"."id" IN ({named})'
        return cast("CaseQuerySet", self.extra(where=[where]))  # noqa: S610 -- whole numbers

    def below(self, paths: frozenset[str]) -> CaseQuerySet:
        """Keep the cases of units below any of the paths."""
        below = models.Q(pk__in=[])
        for path in paths:
            below |= models.Q(unit_path__startswith=path)
        return self.filter(below)


class Case(models.Model):
    """A request for one version of one service."""

    code = models.CharField(max_length=12, default=codes.new, editable=False)
    service_version = models.ForeignKey(
        "catalogue.ServiceVersion", models.PROTECT, related_name="cases", db_index=False
    )
    service_code = models.CharField(max_length=30)
    unit = models.ForeignKey(
        "organisation.Unit", models.PROTECT, related_name="cases", db_index=False
    )
    unit_path = models.CharField(max_length=200)
    resident = models.ForeignKey(
        "people.Resident", models.PROTECT, null=True, related_name="cases", db_index=False
    )
    channel = models.CharField(max_length=20, default="web")
    title = models.CharField(max_length=200)
    """Whom or what it is about, as lists show it; no NIK and no KK."""
    applicant = models.CharField(max_length=120)
    contact: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    """``email``, ``phone`` (E.164) and ``language`` of who is told."""
    answers: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    added: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    """What officers filled in at a step."""
    effects: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    """Names of lateness rules that apply, such as ``late``."""
    returned: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    """Why it was last returned: ``reason``, ``words``, ``questions`` to mend, ``mended``."""
    duplicate_key = models.CharField(max_length=64, default="")
    state = models.CharField(max_length=40)
    state_kind = models.CharField(max_length=10)
    state_since = models.DateTimeField()
    submitted_at = models.DateTimeField()
    due_on = models.DateField()
    promised_on = models.DateField(null=True)
    """The due date that its applicant knows, while the clock stands still until further notice
    and ``due_on`` is carried along in silence."""
    closed_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)
    """When its personal data was erased, after the retention period of its service."""
    holder = models.ForeignKey(
        "people.Account",
        models.SET_NULL,
        null=True,
        related_name="held_cases",
        db_index=False,
    )
    held_until = models.DateTimeField(null=True)
    verified_by = models.ForeignKey(
        "people.Account",
        models.PROTECT,
        null=True,
        related_name="verified_cases",
        db_index=False,
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            # Not ``unique=True``: that brings a second index, for beginnings of codes.
            models.UniqueConstraint(fields=["code"], name="case_code_once"),
            models.CheckConstraint(
                name="case_closes_after_it_opens",
                condition=models.Q(closed_at=None)
                | models.Q(closed_at__gte=models.F("submitted_at")),
            ),
        ]
        # No key has an index of its own: each costs every case whose due date moves a page.
        indexes = [
            # The worklist: open cases of a unit by who must act, the oldest due date first.
            models.Index(
                fields=["unit", "state_kind", "due_on", "id"],
                condition=models.Q(closed_at=None),
                name="case_worklist",
            ),
            # The same for who sees so many units that their lists cannot be merged in time.
            models.Index(
                fields=["state_kind", "due_on", "id"],
                condition=models.Q(closed_at=None),
                name="case_by_due",
            ),
            # What a unit has done, the last first.
            models.Index(
                fields=["unit", "-id"],
                condition=models.Q(closed_at__isnull=False),
                name="case_closed",
            ),
            models.Index(fields=["resident", "-id"], name="case_by_resident"),
            models.Index(
                fields=["holder"],
                condition=models.Q(holder__isnull=False),
                name="case_by_holder",
            ),
            models.Index(
                fields=["duplicate_key"],
                condition=~models.Q(duplicate_key=""),
                name="case_duplicates",
            ),
        ]

    def __str__(self) -> str:
        return f"case {self.code}"

    @property
    def subject(self) -> str:
        return f"case:{self.code}"


class Attachment(models.Model):
    """One uploaded file that answers one question of a draft or a case."""

    draft = models.ForeignKey(Draft, models.CASCADE, null=True, related_name="attachments")
    case = models.ForeignKey(Case, models.CASCADE, null=True, related_name="attachments")
    question = models.CharField(max_length=40)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)
    """When a better one took its place; officers can still see what was replaced."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="attachment_of_draft_or_case",
                condition=models.Q(draft=None, case__isnull=False)
                | models.Q(draft__isnull=False, case=None),
            ),
        ]

    def __str__(self) -> str:
        return f"attachment {self.pk} to {self.question}"


class Note(models.Model):
    """What an officer wrote for colleagues. Residents never see it."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="notes")
    author = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")
    """None: nobody wrote it, the case was handed over by itself."""
    words = models.TextField()
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"note {self.pk}"


class Pause(models.Model):
    """A time during which the case's clock did not run, and why. Half-open."""

    class Cause(models.TextChoices):
        WAITING_APPLICANT = "waiting_applicant", "waiting for the applicant"

    case = models.ForeignKey(Case, models.CASCADE, related_name="pauses")
    cause = models.CharField(max_length=20, choices=Cause, default=Cause.WAITING_APPLICANT)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(ends_at=None), name="pause_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"pause {self.pk} of {self.case_id}"


class DueMove(models.Model):
    """A due date that moved because the law changed: from when to when, and by what."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="due_moves")
    edition = models.PositiveIntegerField()
    """Number of the edition of the law (:class:`loket.policies.models.Edition`)."""
    subject = models.CharField(max_length=60)
    """``circular:CODE`` or ``closure:CODE``."""
    was = models.DateField()
    now = models.DateField()
    moved_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "edition"], name="due_move_once"),
        ]
        indexes = [
            models.Index(
                fields=["edition", "id"],
                condition=models.Q(told_at=None),
                name="due_move_untold",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.was} to {self.now} for {self.case_id}"
