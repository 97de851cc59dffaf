"""What a day came to: a pure rule over what is known of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from .values import Clocked, DayFacts, DayResult, Hours, Line

AWAY = frozenset({"leave", "travel"})


def judge(facts: DayFacts, *, at: datetime) -> DayResult:
    """Return what somebody's day came to, as it stands at a moment."""
    if given := _given(facts):
        return given
    day = _Day(facts, at)
    if day.came is None and day.left is None and not day.waiting:
        return _nobody_came(facts, day)
    return _came(facts, day)


def may_be_absent(facts: DayFacts) -> bool:
    """Say whether a day can come to “absent”; cheap, for counting the days of a year."""
    return not (facts.clocked or facts.holiday or facts.ruling or facts.absence in AWAY)


def _given(facts: DayFacts) -> DayResult | None:
    """Return a result that no clocking decides."""
    if facts.ruling:
        return _plain(facts, facts.ruling, Line("ruled"))
    if not facts.is_kept:
        return _plain(facts, "none", Line("none"))
    if facts.absence in AWAY:
        return _plain(facts, facts.absence, Line(facts.absence))
    if facts.holiday:
        return _plain(facts, "free", Line("free", {"name": facts.holiday}), worked=True)
    return None


def _plain(facts: DayFacts, result: str, line: Line, *, worked: bool = False) -> DayResult:
    came, left = _first(facts, "in"), _last(facts, "out")
    done = (
        facts.hours[0].worked(came.counts_at, left.counts_at)
        if worked and came and left
        else None
    )
    return DayResult(
        on=facts.on,
        result=result,
        minutes_worked=done,
        came_at=came.counts_at if came else None,
        left_at=left.counts_at if left else None,
        flags=_flags(facts),
        lines=(line, *_clocked_lines(came, left)),
    )


@dataclass(frozen=True, slots=True)
class _Day:
    facts: DayFacts
    at: datetime

    @property
    def ends_at(self) -> datetime:
        return max(hours.over_at for hours in self.facts.hours)

    @property
    def came(self) -> Clocked | None:
        return _first(self.facts, "in", before=self.ends_at)

    @property
    def left(self) -> Clocked | None:
        return _last(self.facts, "out", before=self.ends_at)

    @property
    def waiting(self) -> bool:
        """Whether something came in after the day was over; it counts once confirmed."""
        return any(each.counts_at > self.ends_at for each in self.facts.clocked)

    @property
    def hours(self) -> Hours:
        return fitting(
            self.facts.hours,
            self.came.counts_at if self.came else None,
            self.left.counts_at if self.left else None,
        )

    @property
    def is_over(self) -> bool:
        return self.at >= self.ends_at


def fitting(choice: tuple[Hours, ...], came: datetime | None, left: datetime | None) -> Hours:
    """Return the hours that somebody kept best, where the law lets them choose."""

    def missed(hours: Hours) -> int:
        late = minutes_late(hours, came) if came else 0
        return late + (minutes_early(hours, left) if left else 0)

    return min(choice, key=missed)


def minutes_late(hours: Hours, came: datetime) -> int:
    """Return the whole minutes after the beginning; 07:30:59 is not late for 07:30."""
    return max(0, int((came - hours.starts_at).total_seconds() // 60))


def minutes_early(hours: Hours, left: datetime) -> int:
    """Return the whole minutes before the end."""
    return max(0, int((hours.ends_at - left) / timedelta(minutes=1)))


def _nobody_came(facts: DayFacts, day: _Day) -> DayResult:
    because = facts.because
    if facts.is_closed:
        return _without(facts, "closed", Line("closed", because=because.get("closed", ())))
    if facts.where == "home" and not facts.reports_home:
        return _without(facts, "home", Line("home_free", because=because.get("home", ())))
    expected = _expected(facts, day.hours)
    if not day.is_over:
        return _without(facts, "pending", *expected, Line("waiting"), is_final=False)
    return _without(facts, "absent", *expected, Line("absent"))


def _without(facts: DayFacts, result: str, *lines: Line, is_final: bool = True) -> DayResult:
    due = facts.hours[0].minutes
    return DayResult(facts.on, result, is_final=is_final, minutes_due=due, lines=lines)


def _came(facts: DayFacts, day: _Day) -> DayResult:
    came, left, hours = day.came, day.left, day.hours
    late = minutes_late(hours, came.counts_at) if came else 0
    early = minutes_early(hours, left.counts_at) if left else 0
    lacking = _lacking(day)
    is_waiting = bool(lacking) and not day.is_over and left is None
    result = _result(came, late=late, early=early)
    if lacking and not is_waiting:
        result = "incomplete"
    done = None
    if came and left and left.counts_at >= came.counts_at:
        done = hours.worked(came.counts_at, left.counts_at)
    lines = (
        *_expected(facts, hours),
        *_clocked_lines(came, left),
        *((Line("late", {"minutes": late}),) if late else ()),
        *((Line("early", {"minutes": early}),) if early else ()),
        *(() if is_waiting else lacking),
        *_worked_lines(done, hours.minutes),
        *_claims(facts),
        *_doubts(facts, came),
    )
    return DayResult(
        on=facts.on,
        result=result,
        is_final=day.is_over or not lacking,
        minutes_late=late,
        minutes_early=early,
        minutes_worked=done,
        minutes_due=hours.minutes,
        came_at=came.counts_at if came else None,
        left_at=left.counts_at if left else None,
        flags=_flags(facts),
        lines=lines,
    )


def _result(came: Clocked | None, *, late: int, early: int) -> str:
    if came is not None and came.way == "home":
        return "home"
    if late:
        return "late"
    return "left_early" if early else "present"


def _lacking(day: _Day) -> tuple[Line, ...]:
    """Return what is missing for the day to be whole."""
    came, left = day.came, day.left
    if came is None:
        return (Line("no_in" if left else "unconfirmed"),)
    if left is None:
        return (Line("no_out"),)
    if left.counts_at < came.counts_at:
        return (Line("out_before_in"),)
    return ()


def _expected(facts: DayFacts, hours: Hours) -> tuple[Line, ...]:
    """Return where and when somebody was to work, and by what."""
    told = {"since": hours.starts_at, "until": hours.ends_at, "shift": hours.shift}
    because = facts.because.get("shifts", ())
    if facts.source == "turn":
        return (Line("turn", told),)
    if facts.where == "home":
        key = "home_roster" if facts.source == "roster" else "home_law"
        return (Line(key, told, facts.because.get("home", ()) + because),)
    return (Line("choice" if len(facts.hours) > 1 else "ordinary", told, because),)


def _clocked_lines(came: Clocked | None, left: Clocked | None) -> tuple[Line, ...]:
    return tuple(
        Line(
            f"clocked_{each.kind}_{each.way}" + ("_confirmed" if each.is_confirmed else ""),
            {"time": each.counts_at},
        )
        for each in (came, left)
        if each is not None
    )


def _worked_lines(done: int | None, due: int) -> tuple[Line, ...]:
    return () if done is None else (Line("worked", {"minutes": done, "due": due}),)


def _claims(facts: DayFacts) -> tuple[Line, ...]:
    """Return what phones say of clockings that came in late, for the superior to confirm."""
    return tuple(
        Line(f"claim_{each.kind}", {"time": each.claimed_at})
        for each in facts.clocked
        if each.claimed_at is not None
    )


def _doubts(facts: DayFacts, came: Clocked | None) -> tuple[Line, ...]:
    """Return what the superior may want to ask about; it changes no result."""
    if came is None or facts.source == "ordinary":
        return ()
    if facts.where == "home" and came.way != "home":
        return (Line("office_unplanned"),)
    if facts.where == "office" and came.way == "home":
        return (Line("home_unplanned"),)
    return ()


def _first(facts: DayFacts, kind: str, before: datetime | None = None) -> Clocked | None:
    return min(_of(facts, kind, before), key=lambda each: each.counts_at, default=None)


def _last(facts: DayFacts, kind: str, before: datetime | None = None) -> Clocked | None:
    return max(_of(facts, kind, before), key=lambda each: each.counts_at, default=None)


def _of(facts: DayFacts, kind: str, before: datetime | None) -> Iterator[Clocked]:
    for each in facts.clocked:
        if each.kind == kind and (before is None or each.counts_at <= before):
            yield each


def _flags(facts: DayFacts) -> tuple[str, ...]:
    return tuple(dict.fromkeys(flag for each in facts.clocked for flag in each.flags))
