from __future__ import annotations

from django.db import models

from loket.kernel import codes
from loket.people.rules.refs import ref_of


class Incident(models.Model):
    """A positive case among staff or visitors, and what follows. Erased after its period."""

    class State(models.TextChoices):
        OPEN = "open", "open"
        CLEARED = "cleared", "cleared"
        ERASED = "erased", "erased"

    code = models.CharField(max_length=12, unique=True, default=codes.new, editable=False)
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="incidents")
    unit_path = models.CharField(max_length=200)
    account = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")
    """Who of the staff; None for a visitor, and after the data is erased."""
    visitor = models.CharField(max_length=200, default="")
    """How the team recognises a visitor; erased with the rest."""
    room = models.ForeignKey("organisation.Room", models.PROTECT, null=True, related_name="+")
    """Where a visitor was."""
    onset_on = models.DateField()
    """First symptoms, or the day of the specimen where there were none."""
    visited_from = models.DateTimeField(null=True)
    visited_until = models.DateTimeField(null=True)
    words = models.TextField(default="")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    closure = models.ForeignKey("policies.Closure", models.PROTECT, null=True, related_name="+")
    reported_at = models.DateTimeField()
    reported_by = models.CharField(max_length=60)
    """Ref of who reported it; who reported themself is not named."""
    absence = models.CharField(max_length=12, default="")
    """Code of the absence that keeps the person out of the office."""
    traced_at = models.DateTimeField(null=True)
    """When contacts were last looked for."""
    contacts_found = models.PositiveIntegerField(default=0)
    close_found = models.PositiveIntegerField(default=0)
    """Figures, which stay when the contacts are erased."""
    cleared_at = models.DateTimeField(null=True)
    erase_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=models.Q(state="open", account__isnull=False),
                name="incident_of_staff_once",
            ),
            models.UniqueConstraint(
                fields=["room", "visited_from", "visitor"],
                condition=models.Q(state="open", account=None),
                name="incident_of_visitor_once",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "unit_path"], name="incident_by_state"),
            models.Index(
                fields=["erase_on"], name="incident_by_end", condition=~models.Q(state="erased")
            ),
        ]

    def __str__(self) -> str:
        return f"incident {self.code}"

    @property
    def subject(self) -> str:
        return f"incident:{self.code}"


class Contact(models.Model):
    """Somebody who met a positive case: where, when, for how long."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="contacts")
    account = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")
    """Who of the staff; None for a visitor."""
    visitor = models.CharField(max_length=200, default="", db_default="")
    """Name or queue number of somebody who is not on the staff."""
    reach = models.CharField(max_length=200, default="", db_default="")
    """How the team reaches a visitor."""
    last_on = models.DateField()
    """The last day of contact: monitoring is counted from it."""
    minutes = models.PositiveIntegerField()
    """Together, of all days."""
    occasions: models.JSONField[list[dict[str, str]], list[dict[str, str]]] = models.JSONField(
        default=list
    )
    """Each time: ``room``, ``starts``, ``ends``, ``source``; one that the team was told of has
    ``where`` in words instead of the room, and the source ``told``."""
    is_close = models.BooleanField()
    """By the rule of KMK 413/2020: 15 minutes or more."""
    told_at = models.DateTimeField(null=True)
    monitored_until = models.DateField(null=True)
    absence = models.CharField(max_length=12, default="")
    """Code of the absence that keeps them out of the office."""
    is_contact = models.BooleanField(default=True, db_default=True)
    """False once the team said that it was none: it stays listed and counts for nothing."""
    set_aside_at = models.DateTimeField(null=True)
    """When it said so: what is found by itself adds nothing to this row any more."""
    set_aside_words = models.CharField(max_length=300, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "account"], name="contact_once"),
            models.UniqueConstraint(
                fields=["incident", "visitor"],
                condition=models.Q(account=None),
                name="contact_of_visitor_once",
            ),
        ]

    def __str__(self) -> str:
        return f"contact {self.pk} of {self.incident_id}"

    @property
    def ref(self) -> str:
        """Return by what a page names this contact among those of its incident."""
        return ref_of(self.account_id) if self.account_id else f"visitor:{self.visitor}"

    @property
    def name(self) -> str:
        return str(self.account) if self.account else self.visitor


class Task(models.Model):
    """Something that must be done before the office may reopen."""

    class Kind(models.TextChoices):
        DISINFECTION = "disinfection", "disinfection"
        TRACING = "tracing", "tracing"

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="tasks")
    kind = models.CharField(max_length=20, choices=Kind)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=60, default="")
    words = models.CharField(max_length=300, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "kind"], name="incident_task_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.incident_id}"
