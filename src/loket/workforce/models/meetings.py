from __future__ import annotations

from django.db import models

from loket.kernel import codes


class Meeting(models.Model):
    """Leaders or staff who meet, by a link or in a room."""

    class State(models.TextChoices):
        CALLED = "called", "called"
        HELD = "held", "held"
        CANCELLED = "cancelled", "cancelled"

    code = models.CharField(max_length=12, unique=True, default=codes.new, editable=False)
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="meetings")
    organiser = models.ForeignKey("people.Account", models.PROTECT, related_name="+")
    title = models.CharField(max_length=160)
    agenda = models.TextField(default="")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    provider = models.CharField(max_length=20, default="")
    """Folder in ``transports``; empty: no link."""
    link = models.CharField(max_length=300, default="")
    room = models.ForeignKey("organisation.Room", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.CALLED)
    sequence = models.PositiveIntegerField(default=0)
    """How often the invitation changed (iCalendar SEQUENCE)."""
    minutes = models.TextField(default="")
    minutes_at = models.DateTimeField(null=True)
    called_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="meeting_ends_after_it_begins",
                condition=models.Q(ends_at__gt=models.F("starts_at")),
            ),
        ]
        indexes = [models.Index(fields=["unit", "starts_at"], name="meeting_by_unit")]

    def __str__(self) -> str:
        return f"meeting {self.code}"

    @property
    def subject(self) -> str:
        return f"meeting:{self.code}"


class Participant(models.Model):
    """Somebody invited to a meeting, what they answered, and whether they came."""

    class Answer(models.TextChoices):
        NONE = "", "not answered"
        ROOM = "room", "coming"
        LINK = "link", "coming online"
        NO = "no", "cannot come"

    class Presence(models.TextChoices):
        UNKNOWN = "", "not noted"
        ROOM = "room", "in the room"
        LINK = "link", "by the link"
        ABSENT = "absent", "absent"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="participants")
    account = models.ForeignKey("people.Account", models.PROTECT, related_name="+")
    answer = models.CharField(
        max_length=10, choices=Answer, default="", blank=True, db_default=""
    )
    """The last one; gone when the meeting has another time or place."""
    answer_words = models.CharField(max_length=200, default="", blank=True, db_default="")
    """Forgotten when the meeting is over."""
    answered_at = models.DateTimeField(null=True)
    presence = models.CharField(max_length=10, choices=Presence, default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "account"], name="participant_once"),
        ]
        indexes = [
            # What is still to forget, however long the history.
            models.Index(
                fields=["meeting"],
                name="participant_with_words",
                condition=~models.Q(answer_words=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} in {self.meeting_id}"
