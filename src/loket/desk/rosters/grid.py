"""The grid of a roster: people by days, what stands in each cell, and how each day ends.

Made of plain facts, so that the page, its part and the list for a phone agree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta

from .values import (
    Board,
    Cell,
    Column,
    Difference,
    Facts,
    Lack,
    Person,
    Row,
    Sit,
    State,
)

__all__ = ["Board", "Cell", "Column", "Difference", "Facts", "Lack", "Person", "Row", "Sit"]

ABSENT: Mapping[str, State] = {"home": "away", "leave": "leave", "travel": "travel"}
CELLS = 1500
"""Cells of one page: more are neither read nor quick."""
WEEKDAYS = 5


def days_shown(facts: Facts) -> list[date]:
    """Return working days and holidays of the week, in order."""
    return sorted({*facts.days, *facts.closed})


def monday(on: date) -> date:
    return on - timedelta(days=on.weekday())


def pages(days: Sequence[date], people: int) -> list[list[date]]:
    """Split days into pages of whole weeks that hold few enough cells."""
    weeks: dict[date, list[date]] = {}
    for on in days:
        weeks.setdefault(monday(on), []).append(on)
    made: list[list[date]] = []
    for week in weeks.values():
        if made and (len(made[-1]) + len(week)) * people <= CELLS:
            made[-1] += week
        else:
            made.append(list(week))
    return made


def parts(people: Sequence[Person]) -> tuple[tuple[Person, ...], ...]:
    """Split people into parts of about the same size, of whom a page can show one week."""
    number = -(-len(people) * WEEKDAYS // CELLS) or 1
    size = -(-len(people) // number) or 1
    return tuple(tuple(people[n : n + size]) for n in range(0, len(people), size)) or ((),)


def board(
    facts: Facts,
    *,
    since: date | None,
    today: date,
    may_change: bool,
    part: int = 1,
) -> Board:
    """Return the page of a grid that holds a day, or the one with today, or the first.

    Of the people it shows one part, counted from 1, if they are many; 0 shows all of them.
    """
    split = parts(facts.people)
    part = part if 0 <= part <= len(split) else 1
    shown_people = split[part - 1] if part else facts.people
    weeks = pages(days_shown(facts), len(shown_people)) or [[]]
    wanted = since or today
    index = next((i for i, page in enumerate(weeks) if page and page[-1] >= wanted), 0)
    shown, here = weeks[index], sits_by_day(facts)
    columns = tuple(column(facts, on, shown, today, here.get(on, ())) for on in shown)
    turns = Counter(member for member, _on in facts.sits)
    return Board(
        columns=columns,
        rows=tuple(
            Row(person, cells(facts, person, columns, may_change=may_change), turns[person.key])
            for person in shown_people
        ),
        weeks=weeks_of(shown),
        before=weeks[index - 1][0] if index else None,
        after=weeks[index + 1][0] if index + 1 < len(weeks) else None,
        part=part,
        parts=split,
        first=1 + sum(map(len, split[: part - 1])) if part else 1,
        differences=differences(facts),
    )


def all_days(facts: Facts, *, today: date) -> tuple[Column, ...]:
    """Return every day of the roster."""
    shown, here = days_shown(facts), sits_by_day(facts)
    return tuple(column(facts, on, shown, today, here.get(on, ())) for on in shown)


def sits_by_day(facts: Facts) -> dict[date, list[Sit]]:
    """Return the turns of each day."""
    found: dict[date, list[Sit]] = {}
    for sit in facts.sits.values():
        found.setdefault(sit.on, []).append(sit)
    return found


def weeks_of(shown: Iterable[date]) -> tuple[tuple[date, int], ...]:
    counted: dict[date, list[date]] = {}
    for on in shown:
        counted.setdefault(monday(on), []).append(on)
    return tuple((days[0], len(days)) for days in counted.values())


def column(
    facts: Facts, on: date, shown: Sequence[date], today: date, here: Collection[Sit]
) -> Column:
    """Return a day with what it needs and who comes."""
    day = facts.days.get(on)
    there: dict[tuple[str, str], int] = {}
    for sit in here:
        there[sit.place] = there.get(sit.place, 0) + 1
    needs = day.needs if day else ()
    counted = [(need, there.get((need.shift, need.counter), 0)) for need in needs]
    place = shown.index(on)
    return Column(
        on=on,
        closed=facts.closed.get(on, ""),
        day=day,
        present=len(here),
        needed=sum(need.people for need in needs),
        met=sum(min(need.people, number) for need, number in counted),
        lacks=tuple(Lack(need, number) for need, number in counted if number < need.people),
        unmet=facts.unmet.get(on, ()),
        is_first_of_week=place == 0 or monday(shown[place - 1]) != monday(on),
        is_today=on == today,
        is_over=on < today or on in facts.replaced,
        is_replaced=on in facts.replaced,
    )


def cells(
    facts: Facts, person: Person, columns: Iterable[Column], *, may_change: bool
) -> tuple[Cell, ...]:
    return tuple(cell(facts, person.key, each, may_change=may_change) for each in columns)


def cell(facts: Facts, member: str, column: Column, *, may_change: bool) -> Cell:
    """Return what one person does on one day."""
    on = column.on
    if column.closed or column.day is None:
        return Cell(on, "holiday", is_first_of_week=column.is_first_of_week)
    sit, was = facts.sits.get((member, on)), facts.told.get((member, on))
    kind = facts.absent.get((member, on), "")
    state: State = "office" if sit else ABSENT.get(kind, "home")
    return Cell(
        on,
        state,
        sit,
        was,
        is_changed=on in facts.known and places(sit) != places(was),
        may_change=may_change and not column.is_over and (sit is not None or not kind),
        is_locked=sit.is_locked if sit else (member, on) in facts.kept,
        is_first_of_week=column.is_first_of_week,
    )


def places(sit: Sit | None) -> tuple[str, str] | None:
    return sit.place if sit else None


def differences(facts: Facts) -> tuple[Difference, ...]:
    """Return every day that differs from what people were told, by person and day."""
    return tuple(
        Difference(person, on, was, now)
        for person in facts.people
        for on in sorted(facts.known - facts.replaced)
        if places(was := facts.told.get((person.key, on)))
        != places(now := facts.sits.get((person.key, on)))
    )
