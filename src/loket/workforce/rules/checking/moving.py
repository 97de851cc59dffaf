"""What one manual move would newly break: asked while somebody drags it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from loket.workforce.rules.problem import Problem, Turn

from .broken import PERSONAL, Broken
from .checker import check_day
from .days import is_frozen, sheets

Key = tuple[str, str, str, str, tuple[str, ...]]


def move_problems(
    problem: Problem,
    turns: Iterable[Turn],
    *,
    member: str,
    on: date,
    to_shift: str | None,
    counter: str = "",
) -> tuple[Broken, ...]:
    """Return what is broken after the move and was not before, or is broken worse.

    ``to_shift`` None takes the member out of the office. What was locked for them on that
    day does not count: the hand decides anew.
    """
    day = next((day for day in problem.days if day.on == on), None)
    if day is None:
        return (Broken(on, "day", (member,), found=1),)
    if is_frozen(problem, on):
        return (Broken(on, "frozen", (member,), found=1),)
    locks = tuple(lock for lock in problem.locks if lock.on == on and lock.member != member)
    narrow = replace(problem, days=(day,), locks=locks)
    before = [turn for turn in turns if turn.on == on]
    after = [turn for turn in before if turn.member != member]
    if to_shift is not None:
        after.append(Turn(on, to_shift, counter, member))
    was = _badness(narrow, before)
    return tuple(
        broken for key, broken in _badness(narrow, after).items() if _is_worse(broken, was, key)
    )


def _badness(problem: Problem, turns: list[Turn]) -> dict[Key, Broken]:
    found: dict[Key, Broken] = {}
    for sheet in sheets(problem, turns):
        for broken in check_day(sheet):
            members = broken.members if broken.rule in PERSONAL else ()
            # The fullest moment of a limit may be another one after the move.
            shift = "" if broken.rule in {"room", "most_at_once"} else broken.shift
            found[broken.rule, shift, broken.counter, broken.room, members] = broken
    return found


def _is_worse(broken: Broken, was: dict[Key, Broken], key: Key) -> bool:
    before = was.get(key)
    return before is None or abs(broken.found - broken.allowed) > abs(
        before.found - before.allowed
    )
