from __future__ import annotations

from typing import Any

from django.db import models

from loket.kernel import codes


class Roster(models.Model):
    """A plan of who is in the office, for one unit and some days.

    Which roster holds on a day is said by :class:`RosterDay`. A published roster is changed
    by publishing another over some of its days, or by :class:`Swap` and single moves.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "draft"
        PUBLISHED = "published", "published"
        DISCARDED = "discarded", "discarded"

    code = models.CharField(max_length=12, unique=True, default=codes.new, editable=False)
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="rosters")
    starts_on = models.DateField()
    ends_on = models.DateField()
    """The first day after it."""
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    cause = models.CharField(max_length=60, default="")
    """Why it was planned again: ``circular:CODE``, ``closure:CODE``, ``absence``; else empty."""
    edition = models.PositiveIntegerField(default=0)
    """The edition of the law by which it was planned."""
    revision = models.PositiveIntegerField(default=1)
    """Grows with every change; two people cannot overwrite each other unseen."""
    teams = models.PositiveSmallIntegerField(default=0)
    """How many groups take turns; 0 or 1: none."""
    block = models.CharField(max_length=10, default="week")
    """How long a group's turn lasts: ``day``, ``week``, ``fortnight``."""
    kept_home: models.JSONField[list[list[Any]], list[list[Any]]] = models.JSONField(
        default=list
    )
    """Who was kept out of the office by hand, and when: ``[[account, "2026-03-09"], …]``."""
    found: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    """What the planner found: objective, shortages, gap, figures; no reason of anybody."""
    proof = models.BinaryField(null=True)
    """The certificate of the plan, packed; see ``rules.planning.certificates``."""
    planned_at = models.DateTimeField()
    planned_by = models.CharField(max_length=60)
    published_at = models.DateTimeField(null=True)
    published_by = models.CharField(max_length=60, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="roster_ends_after_it_begins",
                condition=models.Q(ends_on__gt=models.F("starts_on")),
            ),
            # One open draft of a unit from a day: a second plan replaces the first.
            models.UniqueConstraint(
                fields=["unit", "starts_on"],
                condition=models.Q(state="draft"),
                name="roster_draft_once",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "state", "starts_on"], name="roster_by_unit"),
        ]

    def __str__(self) -> str:
        return f"roster {self.code}"

    @property
    def subject(self) -> str:
        return f"roster:{self.code}"


class RosterDay(models.Model):
    """Which published roster holds for a unit on a day. At most one."""

    unit = models.ForeignKey(
        "organisation.Unit", models.PROTECT, related_name="+", db_index=False
    )
    on = models.DateField()
    roster = models.ForeignKey(Roster, models.PROTECT, related_name="days")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "on"], name="roster_day_once"),
        ]
        indexes = [models.Index(fields=["on"], name="roster_day_by_day")]

    def __str__(self) -> str:
        return f"{self.on} of {self.unit_id}"


class Turn(models.Model):
    """One person in the office for one shift of one day. Who has no turn works from home."""

    roster = models.ForeignKey(Roster, models.CASCADE, related_name="turns", db_index=False)
    account = models.ForeignKey(
        "people.Account", models.PROTECT, related_name="turns", db_index=False
    )
    on = models.DateField()
    shift = models.CharField(max_length=60)
    """Name of the shift as the law calls it; ``""`` for the ordinary hours."""
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    counter = models.ForeignKey(
        "workforce.Counter", models.PROTECT, null=True, related_name="turns"
    )
    room = models.ForeignKey(
        "organisation.Room", models.PROTECT, null=True, related_name="+", db_index=False
    )
    is_locked = models.BooleanField(default=False)
    """Put here by hand: planning again leaves it."""
    team = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField()
    """When it became what it is; the order of versions in calendars."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["roster", "on", "account"], name="turn_once"),
            models.CheckConstraint(
                name="turn_ends_after_it_begins",
                condition=models.Q(ends_at__gt=models.F("starts_at")),
            ),
        ]
        indexes = [
            models.Index(fields=["account", "on"], name="turn_by_account"),
            models.Index(fields=["room", "on"], name="turn_by_room"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} on {self.on}"


class Swap(models.Model):
    """Two colleagues who change turns: asked, agreed by the other, approved by the head."""

    class State(models.TextChoices):
        ASKED = "asked", "asked for"
        AGREED = "agreed", "agreed"
        APPROVED = "approved", "approved"
        DECLINED = "declined", "declined"
        REFUSED = "refused", "refused"
        WITHDRAWN = "withdrawn", "withdrawn"

    code = models.CharField(max_length=12, unique=True, default=codes.new, editable=False)
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    asker = models.ForeignKey("people.Account", models.PROTECT, related_name="swaps_asked")
    other = models.ForeignKey("people.Account", models.PROTECT, related_name="swaps_offered")
    gives_on = models.DateField()
    """The day whose turn the asker gives to the other."""
    takes_on = models.DateField(null=True)
    """The day whose turn the asker takes from the other; None: takes none."""
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    words = models.CharField(max_length=300, default="")
    remark = models.CharField(max_length=300, default="")
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # One open request for one's turn of a day.
            models.UniqueConstraint(
                fields=["asker", "gives_on"],
                condition=models.Q(state__in=["asked", "agreed"]),
                name="swap_asked_once",
            ),
        ]
        indexes = [models.Index(fields=["unit", "state"], name="swap_by_unit")]

    def __str__(self) -> str:
        return f"swap {self.code}"

    @property
    def subject(self) -> str:
        return f"swap:{self.code}"


class Feed(models.Model):
    """The secret address under which somebody's calendar reads their turns and meetings."""

    account = models.OneToOneField("people.Account", models.CASCADE, related_name="feed")
    digest = models.CharField(max_length=64, unique=True)
    """SHA-256 of the secret; the secret itself is shown once."""
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"feed of {self.account_id}"
