"""What each value of a file says alone may be right and still make no sense together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from itertools import pairwise

from django.utils.translation import gettext as _

from loket.workforce.rules.problem import Day, Problem, Turn

from .parts import Mistakes


def look(problem: Problem, turns: tuple[Turn, ...], mistakes: Mistakes) -> None:
    """Note what does not fit together.

    Turns that break rules are no mistakes of the file: the checker names them.
    """
    for number, (one, other) in enumerate(pairwise(problem.days)):
        if other.on <= one.on:
            path = f"days[{number + 1}].on"
            mistakes.note(path, _("Days must follow each other, each once."))
    for number, day in enumerate(problem.days):
        _day(day, f"days[{number}]", mistakes)
    _once([m.key for m in problem.members], "members[{}].key", mistakes)
    keys = {member.key for member in problem.members}
    for number, lock in enumerate(problem.locks):
        if lock.member not in keys:
            path = f"locks[{number}].member"
            mistakes.note(path, _("There is no such member in the file."))
    _once(turns, "turns[{}]", mistakes)


def _day(day: Day, path: str, mistakes: Mistakes) -> None:
    if not day.shifts:
        mistakes.note(f"{path}.shifts", _("At least one shift is needed."))
    _once([span.name for span in day.shifts], path + ".shifts[{}].name", mistakes)
    names = {span.name for span in day.shifts}
    for number, need in enumerate(day.needs):
        if not need.counter:
            mistakes.note(f"{path}.needs[{number}].counter", _("A counter needs a code."))
        if need.shift not in names:
            here = f"{path}.needs[{number}].shift"
            mistakes.note(here, _("There is no such shift on this day."))
    needs = [(need.counter, need.shift) for need in day.needs]
    _once(needs, path + ".needs[{}]", mistakes)


def _once(values: Iterable[Hashable], path: str, mistakes: Mistakes) -> None:
    seen: Counter[Hashable] = Counter()
    for number, value in enumerate(values):
        if seen[value]:
            mistakes.note(path.format(number), _("This is there twice."))
        seen[value] += 1
