"""Which part of a large roster a page shows: from which day on, and whose rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.utils.dateparse import parse_date

from loket.desk import typed
from loket.desk.requests import DeskRequest

from . import grid

ALL = "all"
"""Everybody at once, to print."""
DIGITS = 4


@dataclass(frozen=True, slots=True)
class Window:
    """What an address or a form says of it; may be nonsense, which shows the beginning."""

    since: str = ""
    part: str = ""
    find: str = ""
    """Part of a name: the rows around whoever is called so."""

    @property
    def query(self) -> str:
        """Return it as the end of an address."""
        given = {"since": self.since, "part": self.part}
        found = urlencode({name: said for name, said in given.items() if said})
        return f"?{found}" if found else ""


def window_of(request: DeskRequest) -> Window:
    """Return what is asked for, by a form first."""

    def said(name: str) -> str:
        return typed.one(request.POST, name) or request.GET.get(name, "").strip()

    return Window(said("since"), said("part"), said("find"))


def day_of(text: str) -> date | None:
    """Return the day that an address names, if it names one."""
    try:
        return parse_date(text)
    except ValueError:
        return None


def part_of(window: Window, people: tuple[grid.Person, ...]) -> int:
    """Return which part of the people is asked for, as the grid counts them."""
    if window.part == ALL:
        return 0
    if words := window.find.casefold():
        for number, part in enumerate(grid.parts(people), 1):
            if any(words in person.name.casefold() for person in part):
                return number
    return int(window.part) if window.part.isdecimal() and len(window.part) <= DIGITS else 1


def shown(board: grid.Board, window: Window) -> Window:
    """Return what is shown, for links and forms that lead back to it."""
    part = (str(board.part) if board.part else ALL) if len(board.parts) > 1 else ""
    return Window(window.since, part, window.find)


def links(board: grid.Board, window: Window) -> dict[str, str]:
    """Return where the neighbours of what is shown are, and all the people at once."""
    since, number, many = window.since, board.part, len(board.parts) > 1
    here = shown(board, window).part
    ways = {
        "before": Window(f"{board.before}", here) if board.before else None,
        "after": Window(f"{board.after}", here) if board.after else None,
        "above": Window(since, str(number - 1)) if many and number > 1 else None,
        "below": Window(since, str(number + 1)) if 0 < number < len(board.parts) else None,
        "everybody": Window(since, ALL) if many and number else None,
        "in_parts": Window(since, "1") if many and not number else None,
    }
    return {name: way.query for name, way in ways.items() if way}
