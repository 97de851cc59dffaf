"""Everything that decides a roster, read for one unit or for many in a dozen queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from loket.organisation import queries as organisation
from loket.organisation.models import Unit
from loket.organisation.rules.calendar import SATURDAY, Calendar
from loket.people.models import Employment, Position
from loket.people.rules.refs import ref_of
from loket.policies import queries as policies
from loket.policies.rules.facts import Week
from loket.policies.rules.resolving import Book
from loket.workforce.models import Counter, Desk, Skill
from loket.workforce.queries.absences import MANY, must_stay_out
from loket.workforce.rules import building, law
from loket.workforce.rules.building import Block, Facts, Person, Post, Ruled
from loket.workforce.rules.law import LawDay, Said
from loket.workforce.rules.problem import Lock, Problem
from loket.workforce.rules.problem import Turn as TurnValue

from .standing import standing

CARRIED = timedelta(weeks=8)
ROLES = (Position.Role.STAFF, Position.Role.OFFICER, Position.Role.HEAD)
RANKS = {level: rank for rank, level in enumerate(Position.Level.values)}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which days are asked about, by which law, and what is given besides."""

    since: date
    until: date
    book: Book
    teams: int = 0
    block: Block = "week"
    locks: Mapping[str, tuple[Lock, ...]] = field(default_factory=dict)
    """By unit."""
    published: frozenset[TurnValue] | None = None
    """None: what stands."""


def problem_for(
    *,
    unit: Unit,
    since: date,
    until: date,
    at: datetime,
    book: Book | None = None,
    teams: int = 0,
    block: Block = "week",
    locks: tuple[Lock, ...] = (),
    published: frozenset[TurnValue] | None = None,
) -> Problem:
    """Return everything that decides a roster of a unit for the days ``[since, until)``.

    ``published`` replaces what stands for these days.
    """
    book = law.expected(book or policies.book(), at=at)
    asked = Asked(since, until, book, teams, block, {unit.code: locks}, published)
    return _Reading([unit], asked).problem(unit)


def problems_for(
    *, units: Iterable[Unit], since: date, until: date, at: datetime, book: Book | None = None
) -> list[Problem]:
    """Return the same for many units, in as many queries as for one."""
    wanted = list(units)
    book = law.expected(book or policies.book(), at=at)
    reading = _Reading(wanted, Asked(since, until, book))
    return [reading.problem(unit) for unit in wanted]


def law_days(*, unit: Unit, since: date, until: date, at: datetime) -> tuple[LawDay, ...]:
    """Return what the law says of each working day in ``[since, until)``, and why."""
    asked = Asked(since, until, law.expected(policies.book(), at=at))
    reading = _Reading([unit], asked)
    return tuple(day.law for day in reading.law(reading.facts(unit)))


def require_calendar(*, unit: Unit, since: date, until: date) -> None:
    """Stop if nobody can say which of the days ``[since, until)`` are holidays.

    :raises CalendarMissing: if the joint leave of one of their years is not on record.
    """
    last = until - timedelta(days=1)
    calendar = organisation.calendars({since.year, last.year}).of(unit.path)
    for on in (since, last):
        calendar.is_working_day(on)


def working_days(since: date, until: date, calendar: Calendar, week: Week) -> list[date]:
    """Return the days on which a unit works, as far as holidays are on record."""
    every = (since + timedelta(days=n) for n in range((until - since).days))
    return [on for on in every if _works(on, calendar, week)]


def _works(on: date, calendar: Calendar, week: Week) -> bool:
    exception = calendar.days.get(on)
    if exception is not None:
        return exception.is_working
    return on.weekday() < SATURDAY or bool(week and week[on.weekday()])


class _Reading:
    """The rows about some units, and the law of their days."""

    def __init__(self, units: Collection[Unit], asked: Asked) -> None:
        self.asked = asked
        self.codes = {unit.pk: unit.code for unit in units}
        self.calendars = organisation.calendars({asked.since.year, asked.until.year})
        self.posts = self._posts()
        self.accounts = {number for posts in self.posts.values() for number in posts}
        self.counters = self._counters()
        self.skills = self._skills()
        self.rooms = self._rooms()
        self.absences = must_stay_out(
            self.accounts, since=asked.since - CARRIED, until=asked.until
        )
        self.past, self.now, self.elsewhere = self._turns()
        self._said: dict[tuple[int, date], Said] = {}
        self._born: dict[int, date] | None = None

    def problem(self, unit: Unit) -> Problem:
        facts = self.facts(unit)
        return building.problem(facts, self.law(facts))

    def facts(self, unit: Unit) -> Facts:
        """Return the facts of one unit."""
        asked, posts = self.asked, self.posts[unit.pk]
        counters = tuple(self.counters[unit.pk])
        seats = {self.rooms[number] for number in posts if number in self.rooms}
        published = asked.published
        return Facts(
            unit=unit.code,
            people=tuple(self._person(unit.pk, n, held) for n, held in posts.items()),
            counters=counters,
            past=tuple(self.past[unit.pk]),
            published=frozenset(self.now[unit.pk]) if published is None else published,
            locks=asked.locks.get(unit.code, ()),
            teams=asked.teams,
            block=asked.block,
            rooms=frozenset({*seats, *(c.room for c in counters)} - {""}),
        )

    def law(self, facts: Facts) -> list[Ruled]:
        """Return what the law says of each working day, in shares and in people."""
        book, unit = self.asked.book, self.asked.book.units[facts.unit]
        calendar = self.calendars.of(unit.path)
        days = working_days(self.asked.since, self.asked.until, calendar, unit.hours)
        rooms = [r for r in facts.rooms if r in book.rooms and book.has_room(unit.code, r)]
        return [self._day(facts, rooms, on) for on in days]

    def _day(self, facts: Facts, rooms: list[str], on: date) -> Ruled:
        book, people = self.asked.book, facts.people
        key = (book.class_of(facts.unit), on)
        if key not in self._said:
            self._said[key] = law.said(book, facts.unit, on)
        said = self._said[key]
        stays = building.pinned(people, said.pinned, on)
        gone = building.gone(people, said)
        day = law.counted(
            said,
            staff=sum(person.works(on) for person in people),
            able=len(people) - len(gone),
            pinned=len(stays),
            rooms=law.rooms(book, facts.unit, said, rooms),
        )
        return Ruled(said, day, stays, gone)

    def _person(self, unit: int, number: int, posts: list[Post]) -> Person:
        return Person(
            account=number,
            posts=tuple(posts),
            skills=frozenset(self.skills[number]),
            absences=self.absences.get(number, frozenset()),
            elsewhere=frozenset(
                on for on, other in self.elsewhere.get(number, ()) if other != unit
            ),
            born_on=self.born.get(number),
            room=self.rooms.get(number, ""),
        )

    @property
    def born(self) -> Mapping[int, date]:
        """Birthdays, read only if the law excuses anybody for their age."""
        if self._born is None:
            says = any(
                getattr(effect.params, "elderly_from", None) is not None
                for effect in self.asked.book.effects
            )
            rows = Employment.objects.exclude(born_on=None)
            self._born = dict(self._of_accounts(rows, "born_on")) if says else {}
        return self._born

    def _posts(self) -> dict[int, dict[int, list[Post]]]:
        asked = self.asked
        found: dict[int, dict[int, list[Post]]] = {unit: {} for unit in self.codes}
        rows = Position.objects.filter(
            _during(asked.since, asked.until),
            role__in=ROLES,
            basis=Position.Basis.DEFINITIVE,
            account__is_active=True,
        ).order_by("account_id", "starts_on", "id")
        for row in _within(rows, self.codes):
            rank = RANKS.get(row["level"], len(RANKS))
            post = Post(row["title"], row["level"], rank, row["starts_on"], row["ends_on"])
            found[row["unit_id"]].setdefault(row["account_id"], []).append(post)
        return found

    def _counters(self) -> dict[int, list[building.Counter]]:
        asked = self.asked
        found: defaultdict[int, list[building.Counter]] = defaultdict(list)
        rows = Counter.objects.filter(_during(asked.since, asked.until)).order_by("code")
        fields = ("code", "skill", "people", "weight", "room__code", "is_public")
        for row in _within(rows, self.codes, *fields, "starts_on", "ends_on", "unit_id"):
            unit, room = row.pop("unit_id"), row.pop("room__code") or ""
            found[unit].append(building.Counter(room=room, **row))
        return found

    def _skills(self) -> dict[int, set[str]]:
        found: defaultdict[int, set[str]] = defaultdict(set)
        for number, name in self._of_accounts(Skill.objects.order_by("id"), "name"):
            found[number].add(name)
        return found

    def _rooms(self) -> dict[int, str]:
        """Return where people sit: at their main desk of the first day on which they have one."""
        rows = Desk.objects.filter(_during(self.asked.since, self.asked.until), is_main=True)
        return dict(self._of_accounts(rows.order_by("-starts_on", "-id"), "room__code"))

    def _turns(self) -> tuple[Any, Any, dict[int, list[tuple[date, int]]]]:
        asked = self.asked
        past: dict[int, list[TurnValue]] = defaultdict(list)
        now: dict[int, list[TurnValue]] = defaultdict(list)
        elsewhere: dict[int, list[tuple[date, int]]] = defaultdict(list)
        rows = standing().filter(on__gte=asked.since - CARRIED, on__lt=asked.until)
        if len(self.accounts) <= MANY:
            rows = rows.filter(
                Q(roster__unit_id__in=self.codes) | Q(account_id__in=self.accounts)
            )
        # Plain values: what a roster keeps of its plan is not read again with each turn.
        fields = ("roster__unit_id", "on", "shift", "counter__code", "account_id")
        for unit, on, shift, counter, account in rows.values_list(*fields):
            if on >= asked.since:
                elsewhere[account].append((on, unit))
            turn = TurnValue(on, shift, counter or "", ref_of(account))
            (past if on < asked.since else now)[unit].append(turn)
        return past, now, elsewhere

    def _of_accounts(self, rows: QuerySet[Any], field: str) -> Iterable[tuple[int, Any]]:
        if len(self.accounts) <= MANY:
            rows = rows.filter(account_id__in=self.accounts)
        found = rows.values_list("account_id", field)
        return (row for row in found if row[0] in self.accounts)


def _within(rows: QuerySet[Any], units: Collection[int], *fields: str) -> Iterable[Any]:
    if len(units) <= MANY:
        rows = rows.filter(unit_id__in=list(units))
    return (row for row in rows.values(*fields) if row["unit_id"] in units)


def _during(since: date, until: date) -> Q:
    return Q(starts_on__lt=until) & (Q(ends_on=None) | Q(ends_on__gt=since))
