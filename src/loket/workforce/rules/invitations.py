"""Invitations as mail programs understand them (RFC 5546): asked, changed, withdrawn.

One to each person, who alone is named in it: a calendar is no list of who else is invited.
"""

from __future__ import annotations

from icalendar import Calendar, vCalAddress, vText

from .calendars import MADE_BY, Entry, event

PARTSTAT = {"": "NEEDS-ACTION", "no": "DECLINED"}
"""What somebody answered; all that is neither is an ACCEPTED."""


def written(
    entry: Entry, *, organiser: tuple[str, str], guest: tuple[str, str], answer: str = ""
) -> str:
    """Return an invitation; both people are name and e-mail address.

    Who has not answered is asked to. An answer that still counts is told, and not asked again.
    """
    calendar = Calendar()
    calendar.add("prodid", MADE_BY)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if entry.is_cancelled else "REQUEST")
    asked = event(entry)
    asked.add("organizer", _person(*organiser), encode=False)
    person = _person(*guest)
    person.params["ROLE"] = vText("REQ-PARTICIPANT")
    person.params["PARTSTAT"] = vText(PARTSTAT.get(answer, "ACCEPTED"))
    is_asked = not answer and not entry.is_cancelled
    person.params["RSVP"] = vText("TRUE" if is_asked else "FALSE")
    asked.add("attendee", person, encode=False)
    calendar.add_component(asked)
    return bytes(calendar.to_ical()).decode()


def _person(name: str, email: str) -> vCalAddress:
    person = vCalAddress(f"mailto:{email}")
    person.params["CN"] = vText(name)
    return person
