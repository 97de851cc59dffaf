"""What is stopped for a time is not begun and not sent; the refusal says why, and until when."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from loket.cases.queries.offering import Stop
from loket.catalogue.rules.format import Service
from loket.kernel.errors import Conflict
from loket.policies.queries.words import channel_name


class NotGiven(Conflict):
    """A service cannot be asked for, or not this way. ``stop`` says by which circular."""

    def __init__(self, service: Service, stop: Stop) -> None:
        super().__init__(sentence(service, stop))
        self.stop = stop


class ServiceSuspended(NotGiven):
    """The service is not given at all for a time."""


class WayShut(NotGiven):
    """The service is given, but cannot be asked for this way."""


def require_given(service: Service, stop: Stop | None) -> None:
    """Stop if a service is suspended, or cannot be asked for this way.

    :raises ServiceSuspended: with the circular behind it, and until when if that is known.
    :raises WayShut: with the same, and with the ways that are open.
    """
    if stop is not None:
        raise (WayShut if stop.way else ServiceSuspended)(service, stop)


def sentence(service: Service, stop: Stop) -> str:
    """Return why a service is not given, from when it is again, and what to use instead."""
    reason = stop.because[0]
    circular = ", ".join(part for part in (reason.label, reason.article) if part)
    said = {"service": service.title, "circular": circular}
    if stop.way:
        said["way"] = channel_name(stop.way)
    if stop.ends_at:
        said["day"] = day_of(stop.ends_at)
    kept = _("What you have filled in is kept, and you can send it then.")
    parts = (outline(stop) % said, str(reason.words or ""), instead(stop), kept)
    return " ".join(part for part in parts if part)


def outline(stop: Stop) -> str:
    """Return the sentence that says what is stopped, to be filled in."""
    if stop.way and stop.ends_at:
        return _(
            "By %(circular)s, %(way)s takes no requests for “%(service)s”. It does again from "
            "%(day)s."
        )
    if stop.way:
        return _(
            "By %(circular)s, %(way)s takes no requests for “%(service)s” until further notice."
        )
    if stop.ends_at:
        return _("%(circular)s has suspended “%(service)s”. It is given again from %(day)s.")
    return _("%(circular)s has suspended “%(service)s” until further notice.")


def instead(stop: Stop) -> str:
    """Return which ways to ask are open meanwhile; nothing if the whole service is stopped."""
    if not stop.way:
        return ""
    if not stop.instead:
        return _("There is no other way to ask until then.")
    return _("Meanwhile use: %(ways)s.") % {"ways": ", ".join(stop.ways)}


def day_of(moment: datetime) -> str:
    """Return a moment in words, with the time of day unless it is the beginning of a day."""
    there = timezone.localtime(moment, ZoneInfo(settings.OFFICE_TIME_ZONE))
    return formats.date_format(there, "j F Y" if there.time() == time(0) else "j F Y, H.i")
