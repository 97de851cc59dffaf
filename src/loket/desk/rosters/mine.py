"""One's own turns: the next one first, the calendar's address, and swaps."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from loket.desk.requests import DeskRequest, staff_only
from loket.kernel import clock
from loket.organisation import queries as organisation
from loket.ui import reply
from loket.workforce import queries
from loket.workforce import services as workforce
from loket.workforce.models import RosterDay, Turn

from . import swapping, words

DAY = timedelta(days=1)
AHEAD = timedelta(days=184)
"""No roster reaches further."""
Refused = tuple[str, list[str]]


@require_safe
@staff_only
@reply.private
def turns(request: DeskRequest) -> HttpResponse:
    """Show one's coming turns."""
    return page(request)


@require_POST
@staff_only
@reply.private
def feed(request: DeskRequest) -> HttpResponse:
    """Make one's calendar address, and show it this once."""
    secret = workforce.make_feed(actor=request.actor, at=clock.now())
    path = reverse("api:calendar", args=[secret])
    base = (settings.PUBLIC_URL or request.build_absolute_uri("/")).rstrip("/")
    return page(request, secret_url=f"{base}{path}")


@require_POST
@staff_only
def drop(request: DeskRequest) -> HttpResponse:
    """Let the calendar's address lead nowhere from now on."""
    workforce.drop_feed(actor=request.actor, at=clock.now())
    messages.success(request, _("Your calendar address no longer works."))
    return reply.seen_other(reverse("desk:my-turns"))


def coming(request: DeskRequest, *, at: datetime) -> list[Turn]:
    """Return one's turns that are not over."""
    today = organisation.today(None, at=at)
    found = queries.turns_of(account=request.user, since=today, until=today + AHEAD)
    return [turn for turn in found if turn.ends_at > at]


def page(
    request: DeskRequest,
    *,
    secret_url: str = "",
    refused: Refused = ("", []),
    status: int = 200,
) -> HttpResponse:
    """Show one's turns, with what was refused where it was asked."""
    at = clock.now()
    today = organisation.today(None, at=at)
    rows = [listed(turn, today) for turn in coming(request, at=at)]
    made = queries.feed_of(account=request.user)
    context = {
        "next": rows[0] if rows else None,
        "later": rows[1:],
        "published_days": published_days(rows, today),
        "may_ask": bool(rows),
        "secret_url": secret_url,
        "has_feed": made is not None,
        "feed_made": made.made_at if made else None,
        "swaps": swapping.to_decide(request.actor, refused=refused),
        **swapping.mine(request.user, refused=refused),
    }
    return reply.page(request, "desk/rosters/mine.html", context, status=status)


def listed(turn: Turn, today: date) -> dict[str, Any]:
    """Return a turn as its owner reads it."""
    return {
        "turn": turn,
        "where": words.place(turn),
        "is_today": turn.on == today,
        "is_tomorrow": turn.on == today + DAY,
    }


def published_days(rows: list[dict[str, Any]], today: date) -> str:
    """Return the days to come for which the units of one's turns have published rosters."""
    units = {row["turn"].roster.unit_id for row in rows}
    if not units:
        return ""
    found = RosterDay.objects.filter(unit__in=units, on__gte=today, on__lt=today + AHEAD)
    return words.spans(set(found.values_list("on", flat=True)))
