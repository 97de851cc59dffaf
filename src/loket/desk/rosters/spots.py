"""One cell of a roster: who, when, what stands in it, and what may be chosen instead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from loket.kernel.errors import NotFound

from . import grid, windows
from .facts import Loaded

HOME, DESK = "home", "desk"


@dataclass(frozen=True, slots=True)
class Spot:
    """One cell of a roster."""

    loaded: Loaded
    person: grid.Person
    on: date
    cell: grid.Cell

    @property
    def where(self) -> str:
        """What stands in it, as the form names it."""
        sit = self.cell.sit
        return (sit.counter or DESK) if sit else HOME

    @property
    def seen(self) -> str:
        """What stands in it, to be told whether it changed meanwhile."""
        sit = self.cell.sit
        return f"{self.where}|{sit.shift if sit else ''}"


def spot(loaded: Loaded, username: str, day: str, *, may_change: bool) -> Spot:
    """Return the cell of a person and a day.

    :raises NotFound: if the roster has no such person or day.
    """
    on = windows.day_of(day)
    people = loaded.facts.people
    person = next((each for each in people if each.username == username), None)
    if person is None or on not in {*loaded.facts.days, *loaded.facts.closed}:
        raise NotFound(_("This roster has no such person or day."))
    here = grid.sits_by_day(loaded.facts).get(on, ())
    column = grid.column(loaded.facts, on, [on], loaded.today, here)
    return Spot(
        loaded, person, on, grid.cell(loaded.facts, person.key, column, may_change=may_change)
    )


def shift_of(here: Spot) -> str:
    """Return the shift that stands in a cell, or the first of its day."""
    if here.cell.sit:
        return here.cell.sit.shift
    day = here.loaded.facts.days.get(here.on)
    return day.shifts[0].name if day and day.shifts else ""


def wheres(here: Spot) -> list[tuple[str, str, str]]:
    """Return where somebody can work on a day: at home, at a counter they can serve, or else."""
    day = here.loaded.facts.days.get(here.on)
    member = next((m for m in here.loaded.problem.members if m.key == here.person.key), None)
    skills = member.skills if member else frozenset()
    open_here = dict.fromkeys(need.counter for need in day.needs) if day else {}
    able = [
        code
        for code in open_here
        if not (skill := here.loaded.skills.get(code, "")) or skill in skills
    ]
    return [
        (HOME, _("At home"), ""),
        *(
            (code, here.loaded.facts.counters.get(code, code), room(here, code))
            for code in able
        ),
        (DESK, _("In the office, at their own desk"), ""),
    ]


def room(here: Spot, code: str) -> str:
    """Return the room of a counter on that day."""
    day = here.loaded.facts.days[here.on]
    found = next((need.room for need in day.needs if need.counter == code), "")
    return here.loaded.rooms.get(found, "")


def shifts(here: Spot) -> list[tuple[str, str]]:
    """Return the shifts of a day with their hours."""
    day = here.loaded.facts.days.get(here.on)
    return [
        (span.name, f"{span.name} {span.since:%H.%M}–{span.until:%H.%M}".strip())
        for span in (day.shifts if day else ())
    ]


def why_not(here: Spot) -> str:
    """Return why a cell cannot be changed."""
    if here.cell.state == "holiday":
        return _("Nobody works on this day.")
    if here.cell.state in {"away", "leave", "travel"}:
        return _("%(name)s cannot be planned for the office on this day.") % {
            "name": here.person.name
        }
    if here.on < here.loaded.today:
        return _("This day is over.")
    return _("This day can no longer be changed here.")
