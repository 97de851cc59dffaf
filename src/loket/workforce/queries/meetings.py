"""Which meetings somebody sees, who is invited and away, and a meeting as a calendar has it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from django.db.models import (
    BooleanField,
    Count,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.utils.translation import gettext as _

from loket.kernel.access import Actor
from loket.kernel.errors import NotFound
from loket.messaging.queries import page_address
from loket.organisation import queries as organisation
from loket.organisation.models import Unit
from loket.people import queries as people
from loket.people.models import Position
from loket.people.queries import Member
from loket.people.rules.refs import number_of
from loket.workforce.access import MEET
from loket.workforce.models import Meeting, Participant
from loket.workforce.queries.absences import kinds_on
from loket.workforce.rules import absences, calendars
from loket.workforce.rules.calendars import Entry


def meetings_of(*, actor: Actor) -> QuerySet[Meeting]:
    """Return the meetings to which somebody is invited or which their units called.

    Each with how many are invited, and what they answered: nothing said is ``""``, and None
    where they are not invited.

    :raises NotAllowed: if the actor is not signed in.
    """
    account = people.account_of(actor)
    seen = Q(pk__in=Participant.objects.filter(account=account).values("meeting"))
    for path in actor.scopes(MEET):
        seen |= Q(unit__path__startswith=path)
    rows = Meeting.objects.filter(seen).select_related("unit__office", "room", "organiser")
    invited = Participant.objects.filter(meeting=OuterRef("pk")).order_by()
    own = invited.filter(account=account)
    # Counted for the meetings that a page shows, not for all before it is cut.
    counted = invited.values("meeting").annotate(people=Count("pk")).values("people")
    return rows.annotate(
        people=Subquery(counted), own_answer=Subquery(own.values("answer")[:1])
    )


def coming_meetings(*, actor: Actor, at: datetime) -> QuerySet[Meeting]:
    """Return the meetings that are not over, the next first; no cancelled ones."""
    rows = meetings_of(actor=actor).filter(ends_at__gt=at)
    return rows.exclude(state=Meeting.State.CANCELLED).order_by("starts_at", "id")


def pressing_meetings(
    *, actor: Actor, at: datetime, until: datetime
) -> QuerySet[Participant, tuple[str, str, datetime, bool]]:
    """Return the meetings to come to which the actor is invited, the next first.

    Those that begin before ``until``, and later ones that they have not answered. Of each its
    code and title, when it begins, and whether an answer is missing.
    """
    rows = Participant.objects.filter(account=number_of(actor.ref), meeting__ends_at__gt=at)
    asks = Q(answer="", meeting__starts_at__gt=at)
    held = rows.exclude(meeting__state=Meeting.State.CANCELLED)
    pressing = held.filter(asks | Q(meeting__starts_at__lt=until))
    known = pressing.annotate(asks=ExpressionWrapper(asks, output_field=BooleanField()))
    return known.order_by("meeting__starts_at", "meeting_id").values_list(
        "meeting__code", "meeting__title", "meeting__starts_at", "asks"
    )


def past_meetings(*, actor: Actor, at: datetime) -> QuerySet[Meeting]:
    """Return the meetings that are over or cancelled, the last first."""
    rows = meetings_of(actor=actor)
    over = Q(ends_at__lte=at) | Q(state=Meeting.State.CANCELLED)
    return rows.filter(over).order_by("-starts_at", "-id")


def meeting(*, code: str, actor: Actor) -> Meeting:
    """Return a meeting.

    :raises NotFound: if there is none with this code that the actor may see.
    """
    found = meetings_of(actor=actor).filter(code=code).first()
    if found is None:
        raise NotFound(_("There is no such meeting."))
    return found


def participants_of(meeting: Meeting) -> list[Participant]:
    """Return who is invited, by name."""
    rows = meeting.participants.select_related("account")
    return sorted(rows, key=lambda row: str(row.account).casefold())


def invitable(unit: Unit, *, on: date) -> list[Member]:
    """Return whom a unit may invite: its staff, and the heads of the units below it."""
    below = organisation.children(unit.code, on=on).values_list("code", flat=True)
    return _once([*_heads(below, on), *people.staff_of(unit.code, on=on)])


def leaders(unit: Unit, *, on: date) -> list[Member]:
    """Return who leads a unit or one below it: heads, and holders of structural posts."""
    below = organisation.children(unit.code, on=on).values_list("code", flat=True)
    own = [m for m in people.staff_of(unit.code, on=on) if m.level or _is_head(m)]
    return _once([*_heads(below, on), *own])


def away_from(meeting: Meeting, accounts: Collection[int]) -> dict[int, str]:
    """Return who of these is away on the days of a meeting, as :func:`away` says. Two queries."""
    zone = organisation.zone(meeting.unit)
    first, last = (m.astimezone(zone).date() for m in (meeting.starts_at, meeting.ends_at))
    return away(accounts, unit=meeting.unit, since=first, until=last + timedelta(days=1))


def away(accounts: Collection[int], *, unit: Unit, since: date, until: date) -> dict[int, str]:
    """Return who of these is away or must not be in the office within ``[since, until)``.

    Each with the kind that weighs most, never why; only who belongs to the unit or below it,
    for whoever calls its meetings. Two queries.
    """
    staff = people.belonging_to([unit.path], on=since).filter(pk__in=accounts)
    return _heaviest(set(staff.values_list("pk", flat=True)), since=since, until=until)


def own_away(meeting: Meeting, *, account: int) -> str:
    """Return how somebody is away on the days of a meeting; empty if they are not."""
    zone = organisation.zone(meeting.unit)
    first, last = (m.astimezone(zone).date() for m in (meeting.starts_at, meeting.ends_at))
    found = _heaviest([account], since=first, until=last + timedelta(days=1))
    return found.get(account, "")


def entry_of(meeting: Meeting, *, at: datetime) -> Entry:
    """Return a meeting as a calendar has it."""
    return Entry(
        uid=calendars.uid("meeting", meeting.code),
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        title=meeting.title,
        changed_at=at,
        sequence=meeting.sequence,
        place=where(meeting),
        words=meeting.agenda,
        url=meeting.link or address(meeting),
        is_cancelled=meeting.state == Meeting.State.CANCELLED,
    )


def where(meeting: Meeting) -> str:
    """Return room and link in words."""
    room = f"{meeting.room.name}, {meeting.room.place.name}" if meeting.room else ""
    return " · ".join(part for part in (room, meeting.link) if part)


def address(meeting: Meeting) -> str:
    """Return the address of the meeting's page."""
    return page_address(f"/desk/meetings/{meeting.code}/")


def calendar_of(meeting: Meeting, *, at: datetime) -> bytes:
    """Return a calendar with this meeting alone."""
    return calendars.written([entry_of(meeting, at=at)], name=meeting.title)


def _heaviest(accounts: Collection[int], *, since: date, until: date) -> dict[int, str]:
    found: dict[int, str] = {}
    for (number, _on), kind in kinds_on(accounts, since=since, until=until).items():
        found[number] = absences.heaviest((found.get(number, kind), kind))
    return found


def _heads(units: Iterable[str], on: date) -> list[Member]:
    wanted = list(units)
    return [m for m in people.staff_of(wanted, on=on) if _is_head(m)] if wanted else []


def _is_head(member: Member) -> bool:
    return member.role == Position.Role.HEAD


def _once(members: Iterable[Member]) -> list[Member]:
    # Of two posts the later in this order counts: that of the unit itself.
    found = {member.account_id: member for member in members}
    return sorted(
        found.values(), key=lambda member: (member.name.casefold(), member.account_id)
    )
