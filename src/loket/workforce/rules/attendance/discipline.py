"""Where a count of unexcused days stands in PP 94/2021. Counted and shown; never decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CONSECUTIVE = 10


@dataclass(frozen=True, slots=True)
class Step:
    """From so many days in a year on, the regulation names this measure."""

    since: int
    until: int | None
    words: str | Promise


STEPS = (
    Step(3, 3, _("an oral reprimand")),
    Step(4, 6, _("a written reprimand")),
    Step(7, 10, _("a written statement of dissatisfaction")),
    Step(11, 13, _("25% less allowance for 6 months")),
    Step(14, 16, _("25% less allowance for 9 months")),
    Step(17, 20, _("25% less allowance for 12 months")),
    Step(21, 24, _("demotion for 12 months")),
    Step(25, 27, _("release to an executing post for 12 months")),
    Step(28, None, _("dismissal")),
)


@dataclass(frozen=True, slots=True)
class Count:
    """Unexcused days of a year, and the longest run of working days among them."""

    days: int
    longest_run: int

    @property
    def step(self) -> Step | None:
        return step(self.days)

    @property
    def is_long_run(self) -> bool:
        """Whether the regulation names a measure for days in a row."""
        return self.longest_run >= CONSECUTIVE


def step(days: int) -> Step | None:
    """Return the step on which a count stands, if it reaches any."""
    return next(
        (
            each
            for each in STEPS
            if each.since <= days and (each.until is None or days <= each.until)
        ),
        None,
    )


def count(marks: Iterable[bool | None]) -> Count:
    """Count unexcused days; a day on which nobody works is None, and breaks no run."""
    days = run = longest = 0
    for is_unexcused in marks:
        if is_unexcused:
            days, run = days + 1, run + 1
            longest = max(longest, run)
        elif is_unexcused is False:
            run = 0
    return Count(days, longest)
