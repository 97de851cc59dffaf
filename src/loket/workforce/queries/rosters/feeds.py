"""Somebody's turns and meetings as a calendar, for whoever knows its secret."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import override

from loket.kernel.errors import NotFound
from loket.messaging.queries import page_address
from loket.organisation import queries as organisation
from loket.people.models import Account
from loket.workforce.models import Feed, Meeting, Turn
from loket.workforce.rules import calendars

from .standing import turns_of

BEFORE, AFTER = timedelta(days=28), timedelta(days=186)
"""Days that a calendar shows around today."""


def digest(secret: str) -> str:
    """Return what is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def feed_of(*, account: Account) -> Feed | None:
    """Return somebody's calendar address, without its secret."""
    return Feed.objects.filter(account=account).first()


def feed(*, secret: str, at: datetime) -> bytes:
    """Return the calendar behind a secret.

    :raises NotFound: if there is none, or its owner may not sign in any more.
    """
    rows = Feed.objects.filter(account__is_active=True).select_related("account")
    found = rows.filter(digest=digest(secret)).first()
    if found is None:
        raise NotFound(_("There is no such calendar."))
    owner, today = found.account, organisation.today(None, at=at)
    turns = turns_of(account=owner, since=today - BEFORE, until=today + AFTER)
    meetings = Meeting.objects.filter(
        participants__account=owner, starts_at__gte=at - BEFORE, starts_at__lt=at + AFTER
    ).select_related("room__place")
    with override(owner.language):
        entries = [*map(_turn, turns), *_meetings(meetings.order_by("starts_at", "id"))]
        return calendars.written(entries, name=_("Loket: work"))


def _turn(turn: Turn) -> calendars.Entry:
    office = turn.roster.unit.name
    counter = turn.counter.title if turn.counter else ""
    title = counter or _("In the office")
    return calendars.Entry(
        uid=calendars.uid("turn", turn.account_id, turn.on),
        starts_at=turn.starts_at,
        ends_at=turn.ends_at,
        title=f"{title} ({turn.shift})" if turn.shift else title,
        changed_at=turn.changed_at,
        sequence=calendars.sequence(turn.changed_at),
        place=f"{turn.room.name}, {office}" if turn.room else office,
        url=page_address("/desk/turns/"),
    )


def _meetings(meetings: Iterable[Meeting]) -> Iterator[calendars.Entry]:
    for meeting in meetings:
        room = meeting.room
        yield calendars.Entry(
            uid=calendars.uid("meeting", meeting.code),
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            title=meeting.title,
            changed_at=meeting.called_at,
            sequence=meeting.sequence,
            place=f"{room.name}, {room.place.name}" if room else meeting.link,
            words=meeting.agenda,
            url=meeting.link,
            is_cancelled=meeting.state == Meeting.State.CANCELLED,
        )
