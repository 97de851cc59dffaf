"""What holds today for the offices in which somebody works, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loket.desk.circulars import names, telling
from loket.desk.circulars.glances import number
from loket.organisation.models import Unit
from loket.policies import queries
from loket.policies.queries.findings import headcounts
from loket.policies.rules.resolving import Book
from loket.policies.rules.shares import at_least, at_most
from loket.policies.rules.values import Attendance, InForce, Measure, Part, Shift
from loket.ui.numbers import percent
from loket.ui.periods import moment_in_words, times_in_words

from . import coming

RECEIVES = {"open", "limited"}
"""States in which the public is received, during the hours of the day."""
Row = dict[str, Any]


class _Staff:
    """Who works where, counted for all units together when one is asked for."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def of(self, unit: Unit) -> int:
        """Return the staff of a unit."""
        staff, _pinned = self._counted.get(unit.code, (0, 0))
        return staff

    @cached_property
    def _counted(self) -> dict[str, tuple[int, int]]:
        return headcounts(at=self._at)


def today(units: Iterable[Unit], *, at: datetime) -> list[dict[str, Any]]:
    """Return a panel for each unit; the law is read once, and the staff counted once."""
    known = {unit.code: unit for unit in units}
    if not known:
        return []
    book = queries.book()
    staff = _Staff(at)
    panels = [panel(unit, book, staff, at=at) for unit in known.values()]
    return [each for each in panels if each["rows"] or each["coming"] or each["has_counters"]]


def panel(unit: Unit, book: Book, staff: _Staff, *, at: datetime) -> dict[str, Any]:
    """Return what holds for one unit now, and what is about to change."""
    law = queries.in_force(unit=unit.code, at=at, book=book)
    state = law.counters.state
    rests = state.value in RECEIVES and not law.counters.hours.value
    has_counters = bool(book.units[unit.code].hours) or state.value != "open"
    return {
        "unit": unit,
        "has_counters": has_counters,
        "state": {
            "label": _("nobody is received today") if rests else names.STATES[state.value],
            "tag": "quiet" if rests else names.STATE_TAGS[state.value],
            "part": state,
            "until": until(state),
        },
        "opens_at": book.opening_at_or_after(unit.code, at) if rests and has_counters else None,
        "hours": {
            "text": ", ".join(times_in_words(str(each)) for each in law.counters.hours.value),
            "part": law.counters.hours,
        },
        "rows": list(rows(unit, law, book, staff)),
        "reopens_at": law.reopens_at.value,
        "coming": coming.changes(book, unit.code, at=at),
    }


def until(part: Part[Any]) -> str:
    """Return until when a part stays as it is, if something decided it and says so."""
    ends = part.because[0].ends_at if part.because else None
    return moment_in_words(ends) if ends else ""


def rows(unit: Unit, law: InForce, book: Book, staff: _Staff) -> Iterator[Row]:
    """Yield what circulars say about the room, the staff and the protocol of an office."""
    work = law.attendance
    told: list[tuple[str, str, Part[Any]]] = [
        (_("In the service room"), *room(unit, law, book)),
        *attendance(unit, work, staff),
        (_("Shifts"), shifts(work.shifts.value), work.shifts),
        (_("Stay in the office"), said(work.pinned, names.POSTS), work.pinned),
        (_("Excused from the office"), excused(work), work.excused),
        (_("Working from home is"), said_one(work.remote, names.WORK), work.remote),
        (_("Whoever works at home owes"), said(work.reporting, names.DUTIES), work.reporting),
        (
            _("Go first at the counter"),
            said(law.services.priority, names.GROUPS),
            law.services.priority,
        ),
        *protocol(law.protocol),
    ]
    for label, text, part in told:
        if text:
            yield {"label": label, "text": text, "part": part}


def room(unit: Unit, law: InForce, book: Book) -> tuple[str, Part[Any]]:
    """Return how full the service room may be, in people if the unit has just one room."""
    share = law.rooms.max_share
    if share.value is None:
        return "", share
    words = {"share": percent(share.value)}
    own = [each for each in book.rooms.values() if each.unit == unit.code]
    if len(own) != 1 or not own[0].capacity:
        return _("at most %(share)s of its capacity") % words, share
    people_in = at_most(share.value, own[0].capacity)
    words |= {"people": number(people_in), "capacity": number(own[0].capacity)}
    return _("at most %(people)s of %(capacity)s people (%(share)s)") % words, share


def attendance(
    unit: Unit, found: Attendance, staff: _Staff
) -> Iterator[tuple[str, str, Part[Any]]]:
    """Yield how many of the staff may or must be in the office, by heads."""
    shares = (
        (at_least, _("at least %(people)s"), found.min_share),
        (at_most, _("at most %(people)s"), found.max_share),
        (at_most, _("at most %(people)s at the same time"), found.max_share_concurrent),
    )
    if all(part.value is None for _count, _words, part in shares):
        return
    people = staff.of(unit)
    for count, words, part in shares:
        if part.value is not None:
            heads = _heads(count(part.value, people), people, part.value)
            yield _("In the office"), words % {"people": heads}, part


def _heads(present: int, staff: int, share: Decimal) -> str:
    """Return a share of the staff as heads; of nobody on record, as a share."""
    words = {
        "present": number(present),
        "share": percent(share),
        "staff": number(staff),
    }
    if not staff:
        return _("%(share)s of the staff") % words
    return (
        ngettext(
            "%(present)s of %(staff)s person (%(share)s)",
            "%(present)s of %(staff)s people (%(share)s)",
            staff,
        )
        % words
    )


def shifts(found: Iterable[Shift]) -> str:
    """Return the shifts of the day with their hours and breaks."""
    return "; ".join(
        f"{shift.name} {times_in_words(str(shift.hours))}"
        + (
            _(" (break %(pause)s)") % {"pause": times_in_words(str(shift.pause))}
            if shift.pause
            else ""
        )
        for shift in found
    )


def excused(staff: Attendance) -> str:
    """Return who need not come, with the age from which somebody is elderly."""
    text = said(staff.excused, names.GROUPS)
    if text and staff.elderly_from.value and "elderly" in staff.excused.value:
        text += " " + _("(elderly from %(age)s years)") % {"age": staff.elderly_from.value}
    return text


def said(part: Part[tuple[str, ...]], called: names.Names) -> str:
    return telling.listed(part.value, called)


def said_one(part: Part[str], called: names.Names) -> str:
    return str(called.get(part.value, ""))


def protocol(
    items: Iterable[tuple[str, Part[Measure]]],
) -> Iterator[tuple[str, str, Part[Measure]]]:
    """Yield each item of the health protocol with its own reason."""
    for name, part in items:
        if text := telling.measure(name, part.value):
            yield telling.measured(name), text, part
