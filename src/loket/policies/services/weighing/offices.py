"""Which counters open and close, day by day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from loket.policies.rules.values import STATES, DayState, Hours

from .spans import Span

RECEIVING = {"open", "limited"}
"""States in which counters have hours, on days on which somebody works."""


@dataclass(frozen=True)
class _Run:
    """Days on which one unit changes in the same way."""

    first: date
    last: date
    was: str
    now: str
    has_other_hours: bool
    hours_was: tuple[str, ...]
    hours_now: tuple[str, ...]


def offices(span: Span) -> dict[str, Any]:
    """Return how many offices are open how before and after, and which of them change."""
    groups = span.groups()
    first_of = [group[0] for group in groups]
    before = span.before.states(first_of, span.days)
    after = span.after.states(first_of, span.days)
    touched: dict[_Run, list[str]] = defaultdict(list)
    for group in groups:
        for run in _runs(before[group[0]], after[group[0]]):
            touched[run] += group
    rows = [_row(run, sorted(units)) for run, units in touched.items()]
    rows.sort(key=lambda row: (row["from"], row["was"], row["now"], row["units"]))
    sizes = [len(group) for group in groups]
    was, now = ([states[code] for code in first_of] for states in (before, after))
    return {
        "rows": rows,
        "by_day": [
            {"day": day.isoformat(), "was": _count(was, sizes, n), "now": _count(now, sizes, n)}
            for n, day in enumerate(span.days)
        ],
        "touched": len({unit for units in touched.values() for unit in units}),
    }


def _row(run: _Run, units: list[str]) -> dict[str, Any]:
    return {
        "from": run.first.isoformat(),
        "to": run.last.isoformat(),
        "was": run.was,
        "now": run.now,
        "hours": {"was": run.hours_was, "now": run.hours_now} if run.has_other_hours else None,
        "offices": len(units),
        "units": units,
    }


def _count(states: Iterable[Sequence[DayState]], sizes: list[int], n: int) -> dict[str, int]:
    counted: dict[str, int] = dict.fromkeys(STATES, 0)
    for size, days in zip(sizes, states, strict=True):
        counted[days[n].state.value] += size
    return counted


def _runs(before: Sequence[DayState], after: Sequence[DayState]) -> Iterator[_Run]:
    """Yield the changes of one unit, days of equal change together.

    A day on which nobody would work anyway, such as a Sunday, begins and parts nothing.
    """
    run: _Run | None = None
    for was, now in zip(before, after, strict=True):
        if _rests(was) or _rests(now):
            continue
        day = _change(was, now)
        if run and day and _alike(run, day):
            run = _Run(run.first, day.last, *list(vars(run).values())[2:])
            continue
        if run:
            yield run
        run = day
    if run:
        yield run


def _rests(day: DayState) -> bool:
    """Say whether nobody works on a day, whatever circulars say."""
    return day.state.value in RECEIVING and not day.hours.value


def _alike(run: _Run, day: _Run) -> bool:
    mine = (run.was, run.now, run.has_other_hours)
    return mine == (day.was, day.now, day.has_other_hours)


def _change(was: DayState, now: DayState) -> _Run | None:
    """Return the change of one day; None if it is as it was."""
    other = was.hours.value != now.hours.value and now.state.value in RECEIVING
    if was.state.value == now.state.value and not other:
        return None
    return _Run(
        now.day,
        now.day,
        was.state.value,
        now.state.value,
        other,
        _written(was.hours.value) if other else (),
        _written(now.hours.value) if other else (),
    )


def _written(hours: Iterable[Hours]) -> tuple[str, ...]:
    return tuple(str(span) for span in hours)
