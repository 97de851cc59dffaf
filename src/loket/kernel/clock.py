"""The only place that reads the clock. Called at the edge, never in services."""

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """Return this moment, aware, in UTC."""
    return timezone.now()
