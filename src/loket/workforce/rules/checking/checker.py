"""Every rule that a roster breaks, day by day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from loket.workforce.rules.problem import Lock, Problem, Turn

from .broken import Broken
from .days import Sheet, is_frozen, sheets


def check(problem: Problem, turns: Iterable[Turn]) -> tuple[Broken, ...]:
    """Return every rule that these turns break, in order of days.

    Days before ``frozen_before`` are only compared with what was published.
    """
    all_ = sorted(turns)
    found = [*_elsewhere(problem, all_), *_frozen(problem, all_)]
    for sheet in sheets(problem, all_):
        found += check_day(sheet)
    return tuple(sorted(found, key=lambda broken: broken.on))


def check_day(sheet: Sheet) -> Iterator[Broken]:
    """Yield every rule that is broken on one day."""
    for rules in RULES:
        yield from rules(sheet)


def _elsewhere(problem: Problem, turns: list[Turn]) -> Iterator[Broken]:
    days = {day.on for day in problem.days}
    for on, people in Counter(t.on for t in turns if t.on not in days).items():
        members = tuple(turn.member for turn in turns if turn.on == on)
        yield Broken(on, "day", members, found=people)


def _frozen(problem: Problem, turns: list[Turn]) -> Iterator[Broken]:
    days = {day.on for day in problem.days if is_frozen(problem, day.on)}
    told = {turn for turn in problem.published if turn.on in days}
    changed = told ^ {turn for turn in turns if turn.on in days}
    for on in sorted({turn.on for turn in changed}):
        members = tuple(sorted({turn.member for turn in changed if turn.on == on}))
        yield Broken(on, "frozen", members, found=len(members))


def _people(sheet: Sheet) -> Iterator[Broken]:
    counted = Counter(turn.member for turn in sheet.turns)
    for key, times in sorted(counted.items()):
        member = sheet.members.get(key)
        if member is None:
            yield Broken(sheet.on, "member", (key,))
        elif sheet.on in member.away:
            yield Broken(sheet.on, "away", (key,))
        if times > 1:
            yield Broken(sheet.on, "twice", (key,), found=times, allowed=1)


def _places(sheet: Sheet) -> Iterator[Broken]:
    shifts = {span.name for span in sheet.day.shifts}
    for turn in sheet.turns:
        here = Broken(sheet.on, "place", (turn.member,), turn.shift, turn.counter)
        need = sheet.need(turn)
        member = sheet.members.get(turn.member)
        if turn.shift not in shifts:
            yield replace(here, rule="shift", cited=sheet.cited("shifts"))
        elif turn.counter and need is None:
            yield here
        elif turn.counter and need and member and need.skill not in {"", *member.skills}:
            yield replace(here, rule="skill")


def _most(sheet: Sheet) -> Iterator[Broken]:
    most, there = sheet.day.most, tuple(sorted(sheet.present))
    if most is not None and len(there) > most:
        yield Broken(
            sheet.on, "most", there, found=len(there), allowed=most, cited=sheet.cited("most")
        )


def _at_once(sheet: Sheet) -> Iterator[Broken]:
    """Report for each limit the fullest moment alone, by the shift that begins then."""
    limits: list[tuple[str, int]] = sorted(sheet.day.rooms.items())
    if sheet.day.most_at_once is not None:
        limits.insert(0, ("", sheet.day.most_at_once))
    for room, most in limits:
        fullest: tuple[int, str, tuple[str, ...]] = (most, "", ())
        for beginning, shifts in sheet.moments().items():
            there = _there(sheet, shifts, room)
            if len(there) > fullest[0]:
                fullest = (len(there), beginning, there)
        found, shift, members = fullest
        if members:
            cited = sheet.cited(f"room:{room}" if room else "most_at_once")
            yield Broken(
                sheet.on,
                "room" if room else "most_at_once",
                members,
                shift=shift,
                room=room,
                found=found,
                allowed=most,
                cited=cited,
            )


def _there(sheet: Sheet, shifts: frozenset[str], room: str) -> tuple[str, ...]:
    there = {
        turn.member
        for turn in sheet.turns
        if turn.shift in shifts and (not room or sheet.room(turn) == room)
    }
    return tuple(sorted(there))


def _counters(sheet: Sheet) -> Iterator[Broken]:
    staffed: dict[tuple[str, str], list[str]] = {}
    for turn in sheet.turns:
        staffed.setdefault((turn.counter, turn.shift), []).append(turn.member)
    for need in sheet.day.needs:
        there = tuple(staffed.get((need.counter, need.shift), ()))
        if len(there) != need.people:
            yield Broken(
                sheet.on,
                "full" if len(there) > need.people else "counter",
                there,
                shift=need.shift,
                counter=need.counter,
                found=len(there),
                allowed=need.people,
            )


def _least(sheet: Sheet) -> Iterator[Broken]:
    there = len(sheet.present)
    if there < sheet.day.least:
        cited = sheet.cited("least")
        yield Broken(sheet.on, "least", found=there, allowed=sheet.day.least, cited=cited)


def _pinned(sheet: Sheet) -> Iterator[Broken]:
    """Who is away, or was kept out by hand, is not kept in by their post."""
    free = {lock.member for lock in sheet.locks} | sheet.present
    for key, member in sorted(sheet.members.items()):
        is_due = sheet.on in member.pinned and sheet.on not in member.away
        if is_due and key not in free:
            yield Broken(sheet.on, "pinned", (key,), cited=sheet.cited("pinned"))


def _locks(sheet: Sheet) -> Iterator[Broken]:
    kept_out = {lock.member for lock in sheet.locks if not lock.is_in}
    for lock in sheet.locks:
        own = [turn for turn in sheet.turns if turn.member == lock.member]
        if not lock.is_in:
            if own:
                yield Broken(sheet.on, "by_hand", (lock.member,))
        elif not own and lock.member not in kept_out:
            yield Broken(sheet.on, "lock", (lock.member,))
        elif own and not any(_honours(turn, lock) for turn in own):
            shift, counter = lock.shift or "", lock.counter or ""
            yield Broken(sheet.on, "by_hand", (lock.member,), shift, counter)


def _honours(turn: Turn, lock: Lock) -> bool:
    return lock.shift in {None, turn.shift} and lock.counter in {None, turn.counter}


RULES: tuple[Callable[[Sheet], Iterator[Broken]], ...] = (
    _people,
    _places,
    _locks,
    _counters,
    _most,
    _at_once,
    _pinned,
    _least,
)
