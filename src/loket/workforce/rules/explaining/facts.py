"""One day of a problem as demands, limits, and classes of people who can do the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from loket.workforce.rules.problem import Day, Lock, Member, Need, Problem, Span

from .circulation import FREE, Circulation
from .reasons import Demand, Limit

Kind = tuple[frozenset[int], frozenset[int], str, bool]
"""What makes people alike: which needs they can meet, in which groups of shifts they may
sit at their own desk, in which room that is, and whether they may come at all."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that decides whether one day can be staffed."""

    day: Day
    groups: tuple[tuple[str, ...], ...]
    kind_of: Mapping[str, Kind]
    kinds: Counter[Kind]
    """How many people are of each kind."""
    demands: tuple[Demand, ...]
    limits: tuple[Limit, ...]
    locks: Mapping[str, Sequence[Lock]]

    def kind_as(self, member: Member, *, is_locked: bool = True) -> Kind:
        """Return whom somebody would be like with other skills, or without locks."""
        locks = self.locks.get(member.key, ()) if is_locked else ()
        return _kind(member, self.day, self.groups, locks)

    def changed(self, key: str, after: Kind) -> Facts:
        """Return the same with one person of another kind."""
        kinds = self.kinds - Counter([self.kind_of[key]]) + Counter([after])
        return replace(self, kind_of={**self.kind_of, key: after}, kinds=kinds)

    def asked(self, demands: Iterable[Demand], limits: Iterable[Limit]) -> Asked:
        """Return what matters of a day where these demands meet these limits."""
        wanted = frozenset(demands)
        return Asked(
            demands=wanted,
            needs=frozenset(
                n for n, need in enumerate(self.day.needs) if need_in(need, wanted)
            ),
            rooms=frozenset(limit.room for limit in limits if limit.kind == "room"),
            least=max((d.people for d in wanted if d.kind == "least"), default=0),
            forced=Counter(self.kind_of[d.member] for d in wanted if d.member),
        )

    def can(
        self, demands: Collection[Demand], limits: Mapping[Limit, int], *, spare: int = 0
    ) -> bool:
        """Say whether these demands can be met within these limits.

        ``spare`` people more would come who can do everything.
        """
        asked = self.asked(demands, limits)
        net = Circulation()
        classes = self._classes(asked)
        for kind, least in asked.forced.items():
            whole = asked.of_one_forced(kind)
            _people(net, whole, classes, most=least if kind[3] else 0, least=least)
        free: Counter[Kind] = Counter()
        for kind, people in self.kinds.items():
            if kind[3]:
                free[asked.of(kind)] += people - asked.forced[kind]
        if spare:
            everything = frozenset(range(len(self.day.needs)))
            groups = frozenset(range(len(self.groups)))
            free[asked.of((everything, groups, "", True))] += spare
        for kind, people in free.items():
            if people and (kind[0] or kind[1]):
                _people(net, kind, classes, most=people, least=0)
        self._places(net, asked, limits)
        return net.exists()

    def _classes(self, asked: Asked) -> dict[str, frozenset[int]]:
        """Return the needs of each skill: whoever can meet all of them is led there at once."""
        found: dict[str, set[int]] = {}
        for number, need in enumerate(self.day.needs):
            if asked.is_whole or number in asked.needs:
                found.setdefault(need.skill, set()).add(number)
        return {skill: frozenset(numbers) for skill, numbers in found.items()}

    def _places(self, net: Circulation, asked: Asked, limits: Mapping[Limit, int]) -> None:
        groups = range(len(self.groups))
        rooms = {(room, group) for room in {*asked.rooms, ""} for group in groups}
        for skill, numbers in self._classes(asked).items():
            for number in numbers:
                need = self.day.needs[number]
                net.arc(("skill", skill), ("need", number))
                least = need.people if number in asked.needs else 0
                group = self._group(need.shift)
                if group is None:
                    net.arc(("need", number), "nowhere", least=least)
                    continue
                rooms.add((need.room, group))
                place = ("room", need.room, group)
                net.arc(("need", number), place, least=least, most=need.people)
        for room, group in rooms:
            most = _most(limits, "room", self.groups[group], room)
            net.arc(("room", room, group), ("group", group), most=most)
        for number, shifts in enumerate(self.groups):
            net.arc(("group", number), "day", most=_most(limits, "most_at_once", shifts))
        net.arc("day", "out", least=asked.least, most=_most(limits, "most"))

    def _group(self, shift: str) -> int | None:
        return next((n for n, group in enumerate(self.groups) if shift in group), None)


@dataclass(frozen=True, slots=True)
class Asked:
    """Some demands and limits, and what of people they ask.

    Nobody comes who need not: if nothing asks for mere presence, only the needs that are
    demanded tell people apart, and neither other counters nor their own desks do.
    """

    demands: frozenset[Demand]
    needs: frozenset[int]
    """Numbers of the needs that are demanded."""
    rooms: frozenset[str]
    """Rooms that have a limit; all others are one."""
    least: int
    forced: Counter[Kind]
    """How many of each kind are demanded by name."""

    @property
    def is_whole(self) -> bool:
        """Whether it matters where people are who are at no demanded counter."""
        return bool(self.least or self.forced)

    def of(self, kind: Kind) -> Kind:
        """Return what matters of somebody who is not demanded by name."""
        if not self.least:
            return kind[0] & self.needs, frozenset(), "", kind[3]
        return self.of_one_forced(kind)

    def of_one_forced(self, kind: Kind) -> Kind:
        """Return what matters of somebody who is demanded by name."""
        return kind[0], kind[1], kind[2] if kind[2] in self.rooms else "", kind[3]


def _people(
    net: Circulation,
    kind: Kind,
    classes: Mapping[str, frozenset[int]],
    *,
    most: int,
    least: int,
) -> None:
    """Let so many people of a kind come, to what they can do or to their own desks."""
    name = ("people", kind, most, least)
    net.arc("out", name, least=least, most=most)
    for skill, numbers in classes.items():
        if numbers <= kind[0]:
            net.arc(name, ("skill", skill))
            continue
        for number in numbers & kind[0]:
            net.arc(name, ("need", number))
    for group in kind[1]:
        net.arc(name, ("room", kind[2], group))


def _most(
    limits: Mapping[Limit, int], kind: str, shifts: tuple[str, ...] = (), room: str = ""
) -> int:
    asked = (kind, shifts, room)
    found = (most for li, most in limits.items() if (li.kind, li.shifts, li.room) == asked)
    return next(found, FREE)


def facts_of(problem: Problem, on: date) -> Facts:
    """Return what decides whether a day of the problem can be staffed."""
    day = next(day for day in problem.days if day.on == on)
    groups = groups_of(day.shifts)
    locks: dict[str, list[Lock]] = {}
    for lock in problem.locks:
        if lock.on == on:
            locks.setdefault(lock.member, []).append(lock)
    kind_of = {m.key: _kind(m, day, groups, locks.get(m.key, [])) for m in problem.members}
    return Facts(
        day=day,
        groups=groups,
        kind_of=kind_of,
        kinds=Counter(kind_of.values()),
        demands=tuple(_demands(day, problem.members, locks)),
        limits=tuple(_limits(day, groups)),
        locks=locks,
    )


def demand_of(need: Need) -> Demand:
    return Demand("counter", need.people, counter=need.counter, shift=need.shift)


def need_in(need: Need, demands: Collection[Demand]) -> bool:
    """Say whether a need is among some demands."""
    return demand_of(need) in demands


def groups_of(shifts: Iterable[Span]) -> tuple[tuple[str, ...], ...]:
    """Return the names of shifts that overlap, directly or through others, together."""
    groups: list[list[str]] = []
    until = -1
    for span in sorted(shifts, key=lambda s: (_minutes(s.since), _end(s), s.name)):
        if groups and _minutes(span.since) < until:
            groups[-1].append(span.name)
        else:
            groups.append([span.name])
        until = max(until, _end(span))
    return tuple(tuple(group) for group in groups)


def can_do(member: Member, need: Need) -> bool:
    return not need.skill or need.skill in member.skills


def _kind(
    member: Member, day: Day, groups: tuple[tuple[str, ...], ...], locks: Sequence[Lock]
) -> Kind:
    may_come = day.on not in member.away and all(lock.is_in for lock in locks)
    needs = frozenset(
        number
        for number, need in enumerate(day.needs)
        if can_do(member, need) and _allow(locks, need.shift, need.counter)
    )
    at_desk = frozenset(
        number
        for number, group in enumerate(groups)
        if any(_allow(locks, shift, "") for shift in group)
    )
    return needs, at_desk, member.room, may_come


def _allow(locks: Iterable[Lock], shift: str, counter: str) -> bool:
    return all(
        lock.shift in {None, shift} and lock.counter in {None, counter} for lock in locks
    )


def _demands(
    day: Day, members: Iterable[Member], locks: Mapping[str, list[Lock]]
) -> Iterable[Demand]:
    if day.least:
        yield Demand("least", day.least)
    for member in members:
        own = locks.get(member.key, [])
        if any(not lock.is_in for lock in own):
            continue
        if own:
            yield Demand("lock", 1, member=member.key)
        elif day.on in member.pinned and day.on not in member.away:
            yield Demand("pinned", 1, member=member.key)
    for need in sorted(day.needs, key=lambda need: (need.weight, need.counter, need.shift)):
        if need.people:
            yield demand_of(need)


def _limits(day: Day, groups: tuple[tuple[str, ...], ...]) -> Iterable[Limit]:
    if day.most is not None:
        yield Limit("most", day.most)
    for group in groups:
        if day.most_at_once is not None:
            yield Limit("most_at_once", day.most_at_once, shifts=group)
        for room, most in sorted(day.rooms.items()):
            yield Limit("room", most, shifts=group, room=room)


def _minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _end(span: Span) -> int:
    end = _minutes(span.until)
    return end if end > _minutes(span.since) else end + 24 * 60
