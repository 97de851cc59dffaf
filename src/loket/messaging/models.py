from __future__ import annotations

from django.db import models


class Message(models.Model):
    """One notice to one person over one channel: the outbox.

    ``key`` makes it unique per event, person and notice. ``subject`` says what it is about
    (``case:…``). The body of a ``secret`` message is blanked once it is delivered. While
    it is being sent, ``lease_until`` says until when nobody else may try. If the address
    turns out to be dead, ``spare_body`` goes by the other channel to ``spare_address``.
    """

    class Channel(models.TextChoices):
        EMAIL = "email", "e-mail"
        SMS = "sms", "SMS"

    class State(models.TextChoices):
        QUEUED = "queued", "queued"
        SENDING = "sending", "sending"
        SENT = "sent", "sent"
        FAILED = "failed", "failed"

    key = models.CharField(max_length=160, unique=True)
    notice = models.CharField(max_length=60)
    subject = models.CharField(max_length=60, db_index=True)
    channel = models.CharField(max_length=10, choices=Channel)
    address = models.CharField(max_length=254)
    language = models.CharField(max_length=5, default="id")
    title = models.CharField(max_length=200, default="")
    body = models.TextField()
    calendar = models.TextField(default="", db_default="")
    """An invitation (iCalendar) that goes along with an e-mail."""
    spare_address = models.CharField(max_length=254, default="")
    spare_body = models.TextField(default="")
    is_secret = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, default="")
    lease_until = models.DateTimeField(null=True)
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"message {self.pk} ({self.notice})"
