"""One's meetings, one of them, and its entry for a calendar."""

from __future__ import annotations

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

MOST_PAST = 30
PRESENCE = {
    "room": _("in the room"),
    "link": _("by the link"),
    "absent": _("absent"),
    "": _("not noted"),
}


@require_safe
@staff_only
@reply.private
def index(request: DeskRequest) -> HttpResponse:
    """List the meetings that come and those that were."""
    at = clock.now()
    coming = queries.coming_meetings(actor=request.actor, at=at)
    past = queries.past_meetings(actor=request.actor, at=at)[:MOST_PAST]
    context = {
        "coming": [listed(row) for row in coming],
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
    presence = (typed or {}).get("presence", {})
    context = {
        **listed(meeting),
        "people": [
            {
                "participant": each,
                "field": f"presence-{each.account_id}",
                "value": presence.get(each.account_id, each.presence),
                "label": PRESENCE[each.presence],
            }
            for each in people
        ],
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
