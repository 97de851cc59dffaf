"""The law of one class of equal units, for one service and room: segment after segment."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

from loket.policies.rules.values import STATES, DayState, Extension, Hours, Part, Suspension

from .contest import Rule
from .openings import ONE_DAY, Setting
from .segments import Segment
from .spans import FIRST, LAST, end_of

Stretch = tuple[datetime, datetime, Part[Any]]


class Timeline:
    """Cut at every moment at which some rule begins or ends, or a closure may end."""

    def __init__(self, rules: Iterable[Rule], setting: Setting) -> None:
        self.setting = setting
        self._rules = tuple(rules)
        moments = {moment for rule in self._rules for span in rule.spans for moment in span}
        moments |= {rule.may_end_at for rule in self._rules if rule.may_end_at}
        self.boundaries = sorted(moments - {FIRST, LAST})
        self._segments: list[Segment | None] = [None] * (len(self.boundaries) + 1)
        self._reopenings: dict[int, Part[datetime | None]] = {}

    def number(self, moment: datetime) -> int:
        """Return which segment a moment lies in."""
        return bisect_right(self.boundaries, moment)

    def segment(self, number: int) -> Segment:
        """Return a segment by its number."""
        found = self._segments[number]
        if found is None:
            start = self.boundaries[number - 1] if number else FIRST
            end = self.boundaries[number] if number < len(self.boundaries) else LAST
            rules = (rule for rule in self._rules if rule.applies(start))
            found = self._segments[number] = Segment(start, end, rules, self.setting)
        return found

    def since(self, number: int) -> Iterator[Segment]:
        """Yield a segment and those after it."""
        return (self.segment(n) for n in range(number, len(self._segments)))

    def reopening(self, number: int) -> Part[datetime | None]:
        """Return when the counters next receive the public, if they do not in a segment.

        An open closure is taken to end at its earliest reopening, if that is to come. What
        keeps the counters shut until then is the reason.
        """
        found = self._reopenings.get(number)
        if found is None:
            found = self._reopenings[number] = self._search(number)
        return found

    def _search(self, number: int) -> Part[datetime | None]:
        shut = self.segment(number)
        if shut.receives():
            return Part(None)
        because = shut.state.because
        for segment in self.since(number):
            expected = self._expected(segment, shut.start)
            if not expected.receives():
                because = expected.state.because
            elif opening := expected.opening(expected.start):
                return Part(self.setting.shown(opening), because)
        return Part(None, shut.state.because)

    def _expected(self, segment: Segment, seen_from: datetime) -> Segment:
        """Return a segment without the closures that are expected to be over by then."""
        over = [
            rule
            for rule in segment.rules
            if rule.may_end_at and seen_from < rule.may_end_at <= segment.start
        ]
        if not over:
            return segment
        rules = (rule for rule in segment.rules if rule not in over)
        return Segment(segment.start, segment.end, rules, self.setting)

    def opening(self, moment: datetime) -> datetime | None:
        """Return the first moment within the hours of the office, whether it is shut or not."""
        for segment in self.since(self.number(moment)):
            if opening := segment.opening(moment):
                return self.setting.shown(opening)
        return None

    def day(self, day: date) -> DayState:
        """Return the strictest state within the hours of one day, and the hours left of it."""
        setting = self.setting
        weekday = setting.weekday(day)
        start, end = setting.moment(day, time.min), setting.moment(day + ONE_DAY, time.min)
        first, last = self.number(start), bisect_left(self.boundaries, end)
        if first == last:
            daily = self.segment(first).daily(weekday).counters
            return DayState(day, daily.state, daily.hours, self.reopening(first))
        numbers = self._within_hours(day, weekday, range(first, last + 1))
        strictest = max(numbers, key=lambda n: STATES.index(self.segment(n).state.value))
        return DayState(
            day,
            self.segment(strictest).state,
            self._hours(day, weekday, numbers),
            self.reopening(strictest),
        )

    def _within_hours(self, day: date, weekday: int, numbers: range) -> Sequence[int]:
        """Return the segments that hold at some time within the hours in force on a day.

        Where circulars leave no hours, within the ordinary ones; of a day without any, all.
        """
        in_force = [n for n in numbers if self._meets(day, n, self.segment(n).hours(weekday))]
        if in_force:
            return in_force
        ordinary = Part(self.setting.ordinary(weekday))
        return [n for n in numbers if self._meets(day, n, ordinary)] or numbers

    def _meets(self, day: date, number: int, hours: Part[tuple[Hours, ...]]) -> bool:
        segment, moment = self.segment(number), self.setting.moment
        return any(
            max(moment(day, h.opens), segment.start) < min(moment(day, h.closes), segment.end)
            for h in hours.value
        )

    def _hours(
        self, day: date, weekday: int, numbers: Sequence[int]
    ) -> Part[tuple[Hours, ...]]:
        found: list[Hours] = []
        because: dict[Any, None] = {}
        for number in numbers:
            segment = self.segment(number)
            said = segment.daily(weekday).counters.hours
            because.update(dict.fromkeys(said.because))
            for hours in said.value:
                opens = max(self.setting.moment(day, hours.opens), segment.start)
                closes = min(self.setting.moment(day, hours.closes), segment.end)
                if opens < closes:
                    _add(found, *(self.setting.shown(m).time() for m in (opens, closes)))
        return Part(tuple(found), tuple(because))

    @cached_property
    def suspensions(self) -> tuple[Suspension, ...]:
        """The times in which clocks stand still, in order."""
        found = self._stretches(lambda segment: segment.clock.suspended)
        return tuple(Suspension(start, end_of(end), part.because) for start, end, part in found)

    @cached_property
    def extensions(self) -> tuple[Extension, ...]:
        """The times in which deadlines are longer, in order."""
        found = self._stretches(lambda segment: segment.clock.extended_by)
        return tuple(
            Extension(start, end_of(end), part.value, part.because)
            for start, end, part in found
        )

    def _stretches(self, of: Callable[[Segment], Part[Any]]) -> Iterator[Stretch]:
        """Join segments that follow each other and agree, reason for reason."""
        held: Stretch | None = None
        for segment in self.since(0):
            part = of(segment)
            if held and held[2] == part:
                held = (held[0], segment.end, part)
                continue
            if held and held[2].value:
                yield held
            held = (segment.start, segment.end, part)
        if held and held[2].value:
            yield held


def _add(found: list[Hours], opens: time, closes: time) -> None:
    if found and found[-1].closes == opens:
        found[-1] = Hours(found[-1].opens, closes)
    else:
        found.append(Hours(opens, closes))
