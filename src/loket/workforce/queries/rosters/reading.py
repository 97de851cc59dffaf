"""Questions about rosters: for who may see or plan the unit."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from loket.kernel.access import Actor
from loket.kernel.errors import NotFound
from loket.messaging.queries import recipients
from loket.messaging.rules.letters import Recipient
from loket.organisation import queries as organisation
from loket.organisation.models import Unit
from loket.people.models import Account
from loket.people.rules.refs import ref_of
from loket.workforce.access import PLAN, VIEW
from loket.workforce.models import Roster, RosterDay, Turn
from loket.workforce.queries.staff.naming import naming
from loket.workforce.rules import explaining
from loket.workforce.rules.building import BLOCKS, Block
from loket.workforce.rules.problem import Lock, Problem

from .problems import problem_for
from .standing import standing_turns

ONE_DAY = timedelta(days=1)
Slot = tuple[date, datetime, datetime, str, int | None, int | None]
"""What a person is told of a turn."""


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody whose turns change when a roster is published."""

    account: Account
    channel: str
    """``email``, ``sms``, or empty if nothing reaches them."""
    before: list[Turn] = field(default_factory=list)
    after: list[Turn] = field(default_factory=list)


def may_see(unit: Unit, actor: Actor) -> bool:
    """Say whether somebody may see the rosters of a unit."""
    return any(actor.may(permission, scope=unit.path) for permission in (VIEW, PLAN))


def rosters_of(*, unit: Unit, actor: Actor) -> list[Roster]:
    """Return the drafts and published rosters of a unit, the latest days first.

    None for who may not see them.
    """
    if not may_see(unit, actor):
        return []
    rows = Roster.objects.filter(unit=unit).exclude(state=Roster.State.DISCARDED)
    return list(rows.defer("proof").select_related("unit").order_by("-starts_on", "-id"))


def roster(*, code: str, actor: Actor) -> Roster:
    """Return a roster.

    :raises NotFound: if there is none, or the actor may not see it.
    """
    found = Roster.objects.select_related("unit__office").filter(code=code).first()
    if found is None or not may_see(found.unit, actor):
        raise NotFound(_("There is no roster “%(code)s”.") % {"code": code})
    return found


def turns_in(*, roster: Roster) -> QuerySet[Turn]:
    """Return the turns of a roster in order, whether they hold or not."""
    rows = Turn.objects.filter(roster=roster)
    return rows.select_related("account", "counter", "room").order_by("on", "starts_at", "id")


def problem_of(*, roster: Roster, at: datetime) -> Problem:
    """Return what decides a roster: its locks, and what people were told of other ones."""
    return problem_for(
        unit=roster.unit,
        since=roster.starts_on,
        until=roster.ends_on,
        at=at,
        teams=roster.teams,
        block=block_of(roster),
        locks=locks_of(roster),
    )


def block_of(roster: Roster) -> Block:
    """Return how long a group's turn lasts in a roster."""
    for block in BLOCKS:
        if block == roster.block:
            return block
    raise ValueError(roster.block)


def locks_of(roster: Roster) -> tuple[Lock, ...]:
    """Return what was decided by hand in a roster."""
    rows = Turn.objects.filter(roster=roster, is_locked=True).order_by("on", "account_id")
    held = [
        Lock(ref_of(account), on, is_in=True, shift=shift, counter=counter or "")
        for account, on, shift, counter in rows.values_list(
            "account_id", "on", "shift", "counter__code"
        )
    ]
    out = [
        Lock(ref_of(account), date.fromisoformat(on), is_in=False)
        for account, on in roster.kept_home
    ]
    return (*held, *out)


def explained(*, roster: Roster, on: date, at: datetime) -> list[str]:
    """Return why a day of a roster cannot be staffed whole, in sentences; none if it can."""
    locks = tuple(lock for lock in locks_of(roster) if lock.on == on)
    problem = problem_for(
        unit=roster.unit,
        since=on,
        until=on + ONE_DAY,
        at=at,
        locks=locks,
        published=frozenset(),
    )
    if not problem.days:
        return []
    found = explaining.explain(problem, on)
    return naming(problem, unit=roster.unit).reasons(found)


def to_tell(*, roster: Roster, at: datetime) -> list[Told]:
    """Return whose turns change when a roster is published now, by name."""
    since = max(roster.starts_on, organisation.today(roster.unit, at=at))
    before, after = changed_turns(roster=roster, since=since)
    wanted = sorted({*before, *after})
    people = Account.objects.in_bulk(wanted)
    found = [
        Told(people[number], _channel(reached), before[number], after[number])
        for number, reached in recipients(people.values()).items()
    ]
    return sorted(found, key=lambda told: (str(told.account), told.account.pk))


def changed_turns(
    *, roster: Roster, since: date
) -> tuple[defaultdict[int, list[Turn]], defaultdict[int, list[Turn]]]:
    """Return the turns before and after, by account, of everybody for whom they differ."""
    days = {"since": since, "until": roster.ends_on}
    before = _by_account(standing_turns(unit=roster.unit, **days))
    after = _by_account(turns_in(roster=roster).filter(on__gte=since))
    same = [
        number
        for number in {*before, *after}
        if list(map(slot, before[number])) == list(map(slot, after[number]))
    ]
    for number in same:
        before.pop(number, None)
        after.pop(number, None)
    return before, after


def slot(turn: Turn) -> Slot:
    """Return what a person is told of a turn."""
    times = (turn.starts_at, turn.ends_at)
    return (turn.on, *times, turn.shift, turn.counter_id, turn.room_id)


def holds_on(*, unit: Unit, on: date) -> Roster | None:
    """Return the published roster that stands for a unit on a day."""
    row = RosterDay.objects.filter(unit=unit, on=on).select_related("roster").first()
    return row.roster if row else None


def _by_account(turns: QuerySet[Turn]) -> defaultdict[int, list[Turn]]:
    found: defaultdict[int, list[Turn]] = defaultdict(list)
    for turn in turns:
        found[turn.account_id].append(turn)
    return found


def _channel(reached: Recipient) -> str:
    return next((channel for channel, _address in reached.addresses()), "")
