"""A suspended service is not begun and not sent; the refusal says why, and until when."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from loket.cases.queries.offering import Stop
from loket.catalogue.rules.format import Service
from loket.kernel.errors import Conflict


class ServiceSuspended(Conflict):
    """The service is not given for a time. ``stop`` says by which circular."""

    def __init__(self, service: Service, stop: Stop) -> None:
        super().__init__(sentence(service, stop))
        self.stop = stop


def require_given(service: Service, stop: Stop | None) -> None:
    """Stop if a service is suspended.

    :raises ServiceSuspended: with the circular behind it, and until when if that is known.
    """
    if stop is not None:
        raise ServiceSuspended(service, stop)


def sentence(service: Service, stop: Stop) -> str:
    """Return why a service is not given, and from when it is again."""
    reason = stop.because[0]
    circular = ", ".join(part for part in (reason.label, reason.article) if part)
    said = {"service": service.title, "circular": circular}
    if stop.ends_at:
        said["day"] = day_of(stop.ends_at)
        words = _("%(circular)s has suspended “%(service)s”. It is given again from %(day)s.")
    else:
        words = _("%(circular)s has suspended “%(service)s” until further notice.")
    kept = _("What you have filled in is kept, and you can send it then.")
    return " ".join(part for part in (words % said, str(reason.words or ""), kept) if part)


def day_of(moment: datetime) -> str:
    """Return a moment in words, with the time of day unless it is the beginning of a day."""
    there = timezone.localtime(moment, ZoneInfo(settings.OFFICE_TIME_ZONE))
    return formats.date_format(there, "j F Y" if there.time() == time(0) else "j F Y, H.i")
