"""What somebody did on a day, as Loket knows it: four queries, however much it was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from loket.journal import queries as journal
from loket.organisation import queries as organisation
from loket.organisation.models import Unit
from loket.people.models import Account
from loket.workforce.models import Clocking, Participant
from loket.workforce.queries.rosters.standing import standing
from loket.workforce.rules import work

IN, OUT = Clocking.Kind.IN, Clocking.Kind.OUT
CAME = (Participant.Presence.ROOM, Participant.Presence.LINK)


def counted(account: Account, unit: Unit, on: date, *, at: datetime) -> tuple[work.Line, ...]:
    """Return what was done on a day of a unit, by the journal, roster, clock and minutes."""
    since, until = span_of(unit, on)
    found = journal.by(account.ref).filter(
        name__in=work.READ, at__gte=since - work.LONGEST, at__lt=until
    )
    rows = found.order_by("at", "id").values_list("at", "name", "subject", "facts")
    acts = [
        work.Act(moment, name, subject)
        for moment, name, subject, facts in rows
        if work.is_told(name, facts, actor=account.ref)
    ]
    recorded = [*_at_counters(account, unit, on, at=at), *_in_meetings(account, unit, on)]
    return work.lines(acts, since=since, recorded=recorded)


def span_of(unit: Unit, on: date) -> tuple[datetime, datetime]:
    """Return when a day of a unit begins and ends."""
    zone = organisation.zone(unit)
    return (
        datetime.combine(on, time(), tzinfo=zone),
        datetime.combine(on + timedelta(days=1), time(), tzinfo=zone),
    )


def _at_counters(
    account: Account, unit: Unit, on: date, *, at: datetime
) -> Iterator[work.Spell]:
    """Return the time that somebody sat at a counter: within the turn, and clocked in."""
    there = _in_office(account, on, at=at)
    turns = standing().filter(account=account, on=on, counter__isnull=False)
    for turn in turns:
        shared = there and work.overlap((turn.starts_at, turn.ends_at), there)
        if shared and turn.counter:
            words = f"{turn.counter.title}, {_hours(unit, *shared)}"
            yield work.Spell(*shared, work.AT_COUNTER, words)


def _in_office(account: Account, on: date, *, at: datetime) -> tuple[datetime, datetime] | None:
    """Return from when until when somebody was in an office; who did not clock out, until now."""
    rows = list(Clocking.objects.filter(account=account, on=on).order_by("counts_at", "id"))
    came = [row.counts_at for row in rows if row.kind == IN and row.way != Clocking.Way.HOME]
    if not came:
        return None
    left = [row.counts_at for row in rows if row.kind == OUT and row.counts_at > came[0]]
    return came[0], left[-1] if left else at


def _in_meetings(account: Account, unit: Unit, on: date) -> Iterator[work.Spell]:
    """Return the meetings of a day in which somebody was, as their minutes note."""
    since, until = span_of(unit, on)
    rows = Participant.objects.filter(
        account=account,
        presence__in=CAME,
        meeting__starts_at__gte=since,
        meeting__starts_at__lt=until,
    )
    times = rows.values_list("meeting__starts_at", "meeting__ends_at").order_by(
        "meeting__starts_at", "meeting_id"
    )
    for starts_at, ends_at in times:
        yield work.Spell(starts_at, ends_at, work.IN_MEETING, _hours(unit, starts_at, ends_at))


def _hours(unit: Unit, starts_at: datetime, ends_at: datetime) -> str:
    zone = organisation.zone(unit)
    return f"{starts_at.astimezone(zone):%H.%M}–{ends_at.astimezone(zone):%H.%M}"
