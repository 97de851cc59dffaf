"""The board of one day: how every office stands, what is not open first.

Offices that share an answer share its words: each answer is put into words once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.formats import localize
from django.utils.translation import gettext as _

from loket.policies.rules.resolving import Book
from loket.policies.rules.values import STATES, DayState, Hours, Part, State
from loket.ui.periods import local, moment_in_words, until_in_words
from loket.ui.templatetags.why import why

from . import names
from .directory import Directory, Office

DAYS_AHEAD = 14
NOON = time(12)


@dataclass(frozen=True, slots=True)
class Standing:
    """How an office stands, in words. One for all offices with the same answer."""

    state: State
    label: str
    kind: str
    icon: str
    why: str
    until: str
    hours: str
    is_usual: bool
    because: Part[Any]
    spans: tuple[Hours, ...]
    reopens_at: datetime | None

    @property
    def hours_json(self) -> list[list[str]]:
        """Return the hours as machines read them."""
        return [[f"{span.opens:%H:%M}", f"{span.closes:%H:%M}"] for span in self.spans]

    @property
    def until_json(self) -> str | None:
        """Return when it opens again, or else when what decided it ends, if that is known."""
        reasons = self.because.because
        end = self.reopens_at or (reasons[0].ends_at if reasons else None)
        return local(end).isoformat() if end else None


@dataclass(frozen=True, slots=True)
class Row:
    """One office on the board."""

    office: Office
    standing: Standing
    kilometres: float | None = None

    @property
    def sign(self) -> str:
        """Return the state as one sign."""
        return names.SIGNS[self.standing.state]

    @property
    def distance(self) -> str:
        """Return the distance, if one was asked for."""
        if self.kilometres is None:
            return ""
        return localize(round(self.kilometres, 1))


@dataclass(frozen=True)
class Board:
    """Every office on one day."""

    on: date
    today: date
    at: datetime
    """The moment that is shown: now, or noon of another day."""
    rows: tuple[Row, ...]
    counts: Mapping[str, int]

    @property
    def is_today(self) -> bool:
        return self.on == self.today

    @property
    def is_at_rest(self) -> bool:
        """Say whether no counter anywhere receives the public: a weekend, a holiday."""
        return not any(row.standing.hours for row in self.rows) and self.counts["open"] > 0

    @property
    def not_usual(self) -> int:
        """Return how many offices are not open as usual."""
        return len(self.rows) - self.counts["open"]


def day_wanted(text: str, *, now: datetime) -> date:
    """Return the day that is asked for, at most 14 days ahead; today if it is none."""
    today = local(now).date()
    try:
        wanted = date.fromisoformat(text)
    except ValueError:
        return today
    # The first years of the calendar have no moment in UTC.
    return wanted if date(2000, 1, 1) <= wanted <= today + timedelta(DAYS_AHEAD) else today


def moment_of(on: date, *, now: datetime) -> datetime:
    """Return now for today, and noon for any other day."""
    if on == local(now).date():
        return now
    return datetime.combine(on, NOON, ZoneInfo(settings.OFFICE_TIME_ZONE))


def build(book: Book, directory: Directory, *, on: date, now: datetime) -> Board:
    """Return how every office stands on a day."""
    wording = Wording()
    codes = list(directory.offices)
    at = moment_of(on, now=now)
    classes = {book.class_of(code): code for code in codes}
    said = {
        number: _now(book, code, wording, now) if at == now else _day(book, code, wording, on)
        for number, code in classes.items()
    }
    rows = [Row(directory.offices[code], said[book.class_of(code)]) for code in codes]
    counted = Counter(row.standing.state for row in rows)
    return Board(
        on=on,
        today=local(now).date(),
        at=at,
        rows=tuple(in_order(rows)),
        counts={state: counted[state] for state in STATES},
    )


def _now(book: Book, code: str, wording: Wording, now: datetime) -> Standing:
    answer = book.in_force(code, at=now)
    return wording.of(answer.counters.state, answer.counters.hours, answer.reopens_at)


def _day(book: Book, code: str, wording: Wording, on: date) -> Standing:
    (day,) = book.states([code], [on])[code]
    return of_day(day, wording)


def of_day(day: DayState, wording: Wording) -> Standing:
    """Return how an office stands on a day, in words."""
    return wording.of(day.state, day.hours, day.reopens_at)


def in_order(rows: Iterable[Row]) -> list[Row]:
    """Return rows with what is not open first, then by code."""
    return sorted(rows, key=lambda row: (-STATES.index(row.standing.state), row.office.code))


class Wording:
    """Puts answers into the reader's words, each once."""

    def __init__(self) -> None:
        self._said: dict[tuple[int, ...], tuple[Standing, tuple[Any, ...]]] = {}

    def of(
        self,
        state: Part[State],
        hours: Part[tuple[Hours, ...]],
        reopens_at: Part[datetime | None],
    ) -> Standing:
        """Return an answer in words.

        Known by identity: the book shares the parts of equal answers, and to compare their
        values would cost more than all the words. Kept with the words, so that no other
        part can take its place in memory.
        """
        key = (id(state), id(hours), id(reopens_at))
        if key not in self._said:
            words = _in_words(state, hours.value, reopens_at.value)
            self._said[key] = (words, (state, hours, reopens_at))
        return self._said[key][0]


def _in_words(
    state: Part[State], hours: tuple[Hours, ...], reopens_at: datetime | None
) -> Standing:
    # On a Sunday it would be wrong to say that an office is open as usual.
    is_at_rest = state.value == "open" and not hours
    return Standing(
        state=state.value,
        label=_("Not a working day") if is_at_rest else str(names.STATES[state.value]),
        kind="quiet" if is_at_rest else names.KINDS[state.value],
        icon="clock" if is_at_rest else names.ICONS[state.value],
        why=why(state),
        until=until(state, reopens_at),
        hours=hours_in_words(hours),
        is_usual=state.value == "open",
        because=state,
        spans=hours,
        reopens_at=reopens_at,
    )


def until(state: Part[State], reopens_at: datetime | None) -> str:
    """Return until when a state lasts; nothing for an office that is open as usual."""
    if state.value == "open":
        return ""
    if reopens_at is not None and is_undecided(state):
        return _("opens again on %(moment)s at the earliest") % {
            "moment": moment_in_words(reopens_at)
        }
    if reopens_at is not None:
        return _("opens again on %(moment)s") % {"moment": moment_in_words(reopens_at)}
    if not state.because:
        return ""
    first = state.because[0]
    return until_in_words(first.ends_at, is_closure=first.is_closure)


def is_undecided(state: Part[State]) -> bool:
    """Say whether an office is shut until somebody reopens it, which nobody has yet."""
    return any(reason.is_closure and reason.ends_at is None for reason in state.because[:1])


def hours_in_words(hours: tuple[Hours, ...]) -> str:
    """Return “07.30–12.00, 13.00–16.00”, or nothing."""
    return ", ".join(f"{span.opens:%H.%M}–{span.closes:%H.%M}" for span in hours)
