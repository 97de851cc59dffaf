"""One's meetings, one of them, and its entry for a calendar."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from loket.desk.requests import DeskRequest, staff_only
from loket.kernel import clock
from loket.organisation import queries as organisation
from loket.ui import periods, reply
from loket.workforce import queries
from loket.workforce.access import MEET
from loket.workforce.models import Meeting, Participant
from loket.workforce.transports import PROVIDERS

from . import answers

MOST_PAST = 30
PRESENCE = {
    "room": _("in the room"),
    "link": _("by the link"),
    "absent": _("absent"),
    "": _("not noted"),
}
PRESENCE_OF = {"no": "absent"}
"""What an answer becomes unless somebody notes otherwise; the others are the same word."""


@require_safe
@staff_only
@reply.private
def index(request: DeskRequest) -> HttpResponse:
    """List the meetings that come and those that were."""
    at = clock.now()
    coming = queries.coming_meetings(actor=request.actor, at=at)
    past = queries.past_meetings(actor=request.actor, at=at)[:MOST_PAST]
    context = {
        "coming": [listed(row) | {"asks": asks(row, at)} for row in coming],
        "past": [listed(row) for row in past],
        "may_call": bool(request.actor.scopes(MEET)),
    }
    return reply.page(request, "desk/meetings/index.html", context)


def listed(meeting: Meeting) -> dict[str, Any]:
    """Return a meeting with its time in words."""
    zone = organisation.zone(meeting.unit)
    since, until = (each.astimezone(zone) for each in (meeting.starts_at, meeting.ends_at))
    provider = PROVIDERS.get(meeting.provider)
    last = "" if since.date() == until.date() else f"{periods.day_in_words(until.date())}, "
    return {
        "meeting": meeting,
        "day": since.date(),
        "hours": f"{since:%H.%M}–{last}{until:%H.%M}",
        "provider": provider.LABEL if provider else meeting.provider,
    }


def asks(meeting: Meeting, at: datetime) -> bool:
    """Say whether who is invited can still say whether they come."""
    return is_open(meeting) and meeting.starts_at > at


@require_safe
@staff_only
@reply.private
def show(request: DeskRequest, code: str) -> HttpResponse:
    """Show one meeting: when, where, who, what was said."""
    return page(request, queries.meeting(code=code, actor=request.actor))


def page(
    request: DeskRequest,
    meeting: Meeting,
    *,
    wrong: dict[str, list[str]] | None = None,
    said: str = "",
    typed: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show a meeting, with what was typed and refused."""
    at = clock.now()
    may_lead = request.actor.may(MEET, scope=meeting.unit.path)
    is_cancelled = meeting.state == Meeting.State.CANCELLED
    people = queries.participants_of(meeting)
    own = next((each for each in people if each.account_id == request.user.pk), None)
    context = {
        **listed(meeting),
        **answers.own(meeting, own, typed or {}, is_open=asks(meeting, at)),
        **(answers.of_all(meeting, people, at=at) if may_lead and not is_cancelled else {}),
        "people": came(meeting, people, typed or {}),
        "presence": presences(meeting),
        "minutes": (typed or {}).get("minutes", meeting.minutes),
        "may_change": may_lead
        and not is_cancelled
        and meeting.ends_at > at
        and is_open(meeting),
        "may_write": may_lead and not is_cancelled and meeting.starts_at <= at,
        "is_cancelled": is_cancelled,
        "is_over": meeting.ends_at <= at,
        "errors": wrong or {},
        "refusal": said,
    }
    status = 422 if wrong or said else 200
    return reply.page(request, "desk/meetings/show.html", context, status=status)


def came(
    meeting: Meeting, people: list[Participant], typed: dict[str, Any]
) -> list[dict[str, Any]]:
    """Return who came, as noted; before anything is noted, as they answered."""
    presence = typed.get("presence", {})
    return [
        {
            "participant": each,
            "field": f"presence-{each.account_id}",
            "value": presence.get(each.account_id, noted(meeting, each)),
            "label": PRESENCE[each.presence],
            "answer": answers.SAID[each.answer],
        }
        for each in people
    ]


def noted(meeting: Meeting, each: Participant) -> str:
    """Return what stands beside somebody when minutes are written."""
    if each.presence or not is_open(meeting):
        return each.presence
    return PRESENCE_OF.get(each.answer, each.answer)


def is_open(meeting: Meeting) -> bool:
    return meeting.state == Meeting.State.CALLED


def presences(meeting: Meeting) -> list[tuple[str, Any]]:
    """Return how somebody can have taken part."""
    ways = [Participant.Presence.ABSENT, Participant.Presence.UNKNOWN]
    if meeting.link:
        ways.insert(0, Participant.Presence.LINK)
    if meeting.room_id:
        ways.insert(0, Participant.Presence.ROOM)
    return [(str(way.value), PRESENCE[str(way.value)]) for way in ways]


@require_safe
@staff_only
@reply.private
def calendar(request: DeskRequest, code: str) -> HttpResponse:
    """Answer with the meeting's entry for a calendar."""
    meeting = queries.meeting(code=code, actor=request.actor)
    data = queries.calendar_of(meeting, at=clock.now())
    return reply.download(data, name=f"{meeting.code}.ics", media_type="text/calendar")
