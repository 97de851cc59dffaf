"""Calendars that others subscribe to (RFC 5545): turns, meetings, invitations.

Times are written in UTC: every calendar shows them by the clock of its reader, whatever
it knows of time zones.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event, vDuration

MADE_BY = "-//Loket//Roster//ID"
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
REFRESH = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing in a calendar."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    title: str
    changed_at: datetime
    sequence: int = 0
    place: str = ""
    words: str = ""
    url: str = ""
    is_cancelled: bool = False


def uid(kind: str, *parts: object) -> str:
    """Return the same name for the same thing, whoever writes it into a calendar."""
    name = "/".join(str(part) for part in (kind, *parts))
    return f"{uuid5(NAMESPACE_URL, f'loket:{name}')}@loket"


def sequence(changed_at: datetime) -> int:
    """Return a number that grows with every version of something that was changed then."""
    return int((changed_at - EPOCH).total_seconds())


def written(entries: Iterable[Entry], *, name: str) -> bytes:
    """Return a calendar to subscribe to."""
    calendar = Calendar()
    calendar.add("prodid", MADE_BY)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    for entry in entries:
        calendar.add_component(event(entry))
    return bytes(calendar.to_ical())


def event(entry: Entry) -> Event:
    """Return an entry as it stands in a calendar."""
    made = Event()
    made.add("uid", entry.uid)
    made.add("dtstart", entry.starts_at.astimezone(UTC))
    made.add("dtend", entry.ends_at.astimezone(UTC))
    made.add("dtstamp", entry.changed_at.astimezone(UTC))
    made.add("last-modified", entry.changed_at.astimezone(UTC))
    made.add("sequence", entry.sequence)
    made.add("summary", entry.title)
    if entry.place:
        made.add("location", entry.place)
    if entry.words:
        made.add("description", entry.words)
    if entry.url:
        made.add("url", entry.url)
    made.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    return made
