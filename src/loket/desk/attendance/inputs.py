"""What a page sends when somebody presses the button, read as it may be: nothing is believed."""

from __future__ import annotations

import math
import uuid
from datetime import UTC, date, datetime

from django.http import HttpRequest
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from loket.kernel.errors import NotFound
from loket.workforce.rules.attendance.values import Sent

LONGEST_NAME = 100
EARLIEST, LATEST = 1970, 2999


def fresh_key() -> str:
    """Return a key for a form that is sent without a script."""
    return uuid.uuid4().hex


def sent(request: HttpRequest) -> Sent:
    """Return what a form or a script sent."""
    given = request.POST
    photo = request.FILES.get("photo")
    return Sent(
        key=given.get("key", ""),
        kind=given.get("kind", ""),
        way=given.get("way", ""),
        latitude=number(given.get("latitude", "")),
        longitude=number(given.get("longitude", "")),
        accuracy=number(given.get("accuracy", "")),
        fixed_at=moment(given.get("fixed_at", "")),
        code=given.get("code", ""),
        photo=photo.read() if photo else b"",
        photo_name=(photo.name or "")[-LONGEST_NAME:] if photo else "",
        claimed_at=moment(given.get("claimed_at", "")),
        sent_at=moment(given.get("sent_at", "")),
        is_offline=given.get("is_offline") == "1",
        contact=given.get("contact", ""),
    )


def number(written: str) -> float | None:
    """Return a finite number, or nothing."""
    try:
        found = float(written)
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def moment(written: str) -> datetime | None:
    """Return a moment with its offset, or nothing; phones may say any year."""
    try:
        found = parse_datetime(written)
        if found is None or found.tzinfo is None:
            return None
        there = found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return there if EARLIEST < there.year < LATEST else None


def day(written: str) -> date:
    """Return the day that an address names.

    :raises NotFound: if it names none.
    """
    try:
        found = date.fromisoformat(written)
    except ValueError:
        raise NotFound(_("There is no such day.")) from None
    if not EARLIEST < found.year < LATEST:
        raise NotFound(_("There is no such day."))
    return found


def first_of_month(written: str, *, today: date) -> date:
    """Return the first day of the month that an address asks for, such as ``2026-03``."""
    try:
        found = date.fromisoformat(f"{written}-01")
    except ValueError:
        return today.replace(day=1)
    return found if EARLIEST < found.year < LATEST else today.replace(day=1)


def next_month(first: date) -> date:
    """Return the first day of the month after."""
    months = 12
    return date(first.year + first.month // months, first.month % months + 1, 1)


def month_before(first: date) -> date:
    """Return the first day of the month before."""
    january, december = 1, 12
    if first.month == january:
        return date(first.year - 1, december, 1)
    return date(first.year, first.month - 1, 1)
