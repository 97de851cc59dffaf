"""Invitations as mail programs understand them (RFC 5546): asked, changed, withdrawn.

One to each person, who alone is named in it: a calendar is no list of who else is invited.
"""

from __future__ import annotations

from icalendar import Calendar, vCalAddress, vText

from .calendars import MADE_BY, Entry, event


def written(entry: Entry, *, organiser: tuple[str, str], guest: tuple[str, str]) -> str:
    """Return an invitation; both people are name and e-mail address.

    No answer is asked for: whoever cannot come says so to the organiser.
    """
    calendar = Calendar()
    calendar.add("prodid", MADE_BY)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if entry.is_cancelled else "REQUEST")
    asked = event(entry)
    asked.add("organizer", _person(*organiser), encode=False)
    person = _person(*guest)
    person.params["ROLE"] = vText("REQ-PARTICIPANT")
    person.params["PARTSTAT"] = vText("NEEDS-ACTION")
    person.params["RSVP"] = vText("FALSE")
    asked.add("attendee", person, encode=False)
    calendar.add_component(asked)
    return bytes(calendar.to_ical()).decode()


def _person(name: str, email: str) -> vCalAddress:
    person = vCalAddress(f"mailto:{email}")
    person.params["CN"] = vText(name)
    return person
