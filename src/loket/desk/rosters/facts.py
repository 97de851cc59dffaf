"""What the pages of one roster need to know, read in a few queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from loket.organisation import queries as organisation
from loket.organisation.models import Unit
from loket.people import queries as people
from loket.people.models import Account
from loket.people.rules.refs import number_of, ref_of
from loket.workforce import queries
from loket.workforce.models import Counter, Roster, RosterDay, Turn
from loket.workforce.rules.problem import Problem

from . import grid

DAY = timedelta(days=1)
FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Loaded:
    """A roster with all that its pages show."""

    roster: Roster
    unit: Unit
    today: date
    problem: Problem
    facts: grid.Facts
    skills: dict[str, str]
    """Code of a counter to the skill that it needs."""
    names: dict[str, str]
    """Key of a member to their name."""
    rooms: dict[str, str]
    """Code of a room to what it is called."""


def load(roster: Roster, *, at: datetime) -> Loaded:
    """Read a roster, the law and the staff behind it, and what was published before."""
    unit = roster.unit
    problem = queries.problem_of(roster=roster, at=at)
    turns = list(queries.bare(queries.turns_in(roster=roster)))
    holding = dict(
        RosterDay.objects.filter(
            unit=unit, on__gte=roster.starts_on, on__lt=roster.ends_on
        ).values_list("on", "roster_id")
    )
    is_draft = roster.state == Roster.State.DRAFT
    told = list(standing(roster)) if is_draft and holding else []
    counters = list(Counter.objects.filter(unit=unit).order_by("code"))
    persons = staff(roster, problem, [*turns, *told])
    facts = grid.Facts(
        people=persons,
        days={day.on: day for day in problem.days},
        closed=closed(roster, unit, problem),
        sits=sits(turns),
        told=sits(told),
        known=frozenset(holding) if is_draft else frozenset(),
        absent=absent(roster, problem),
        counters={counter.code: counter.title for counter in counters},
        replaced=frozenset()
        if is_draft
        else frozenset(on for on, other in holding.items() if other != roster.pk),
        kept=frozenset(
            (ref_of(number), date.fromisoformat(on)) for number, on in roster.kept_home
        ),
        unmet=unmet(roster),
    )
    skills = {counter.code: counter.skill for counter in counters}
    today = organisation.today(unit, at=at)
    names = {person.key: person.name for person in persons}
    rooms = {room.code: room.name for room in organisation.rooms(unit=unit.code)}
    return Loaded(roster, unit, today, problem, facts, skills, names, rooms)


def standing(roster: Roster) -> Iterable[Turn]:
    """Return the published turns on the days of a roster."""
    return queries.bare(
        queries.standing_turns(unit=roster.unit, since=roster.starts_on, until=roster.ends_on)
    )


def sits(turns: Iterable[Turn]) -> dict[tuple[str, date], grid.Sit]:
    return {
        (key, turn.on): grid.Sit(
            key,
            turn.on,
            turn.shift,
            turn.counter.code if turn.counter else "",
            is_locked=turn.is_locked,
        )
        for turn in turns
        if (key := ref_of(turn.account_id))
    }


def staff(roster: Roster, problem: Problem, turns: Iterable[Turn]) -> tuple[grid.Person, ...]:
    """Return who belongs to the unit, and who has turns though they no longer do.

    The highest post first, then by name, as the wall list has it.
    """
    keys = {member.key for member in problem.members}
    teams: dict[str, int] = {}
    for turn in turns:
        keys.add(ref_of(turn.account_id))
        if roster.teams > 1 and turn.roster_id == roster.pk:
            teams[ref_of(turn.account_id)] = turn.team + 1
    posts = {
        member.key: member for member in people.staff_of(roster.unit.code, on=roster.starts_on)
    }
    accounts = Account.objects.filter(pk__in=[number_of(key) for key in keys])
    persons = [
        grid.Person(
            key=account.ref,
            username=account.username,
            name=str(account),
            title=posts[account.ref].title if account.ref in posts else "",
            team=teams.get(account.ref),
        )
        for account in accounts
    ]

    def order(person: grid.Person) -> tuple[bool, str, str]:
        post = posts.get(person.key)
        level = post.level if post else ""
        return not level, level, person.name.casefold()

    return tuple(sorted(persons, key=order))


def closed(roster: Roster, unit: Unit, problem: Problem) -> dict[date, str]:
    """Return days from Monday to Friday on which nobody works, by what they are called."""
    working = {day.on for day in problem.days}
    last = roster.ends_on - DAY
    calendar = organisation.calendar(unit, range(roster.starts_on.year, last.year + 1))
    found = {}
    for number in range((roster.ends_on - roster.starts_on).days):
        on = roster.starts_on + number * DAY
        if on.weekday() <= FRIDAY and on not in working:
            found[on] = calendar.why_closed(on)
    return found


def absent(roster: Roster, problem: Problem) -> dict[tuple[str, date], str]:
    """Return who is away when and in which way, without a reason."""
    numbers = [number_of(member.key) for member in problem.members]
    kinds = queries.kinds_on(numbers, since=roster.starts_on, until=roster.ends_on)
    away = {(member.key, on): "home" for member in problem.members for on in member.away}
    return away | {(ref_of(number), on): kind for (number, on), kind in kinds.items()}


def unmet(roster: Roster) -> dict[date, tuple[str, ...]]:
    """Return who should be there by their post or by hand, and is not."""
    found: dict[date, tuple[str, ...]] = {}
    for row in roster.found.get("shortages", ()):
        if row["kind"] in {"pinned", "lock"}:
            on = date.fromisoformat(row["on"])
            found[on] = (*found.get(on, ()), *row["members"])
    return found
