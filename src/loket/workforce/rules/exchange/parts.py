"""Read JSON values strictly; every mistake is noted with its path and reading goes on."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from datetime import date, time
from types import TracebackType
from typing import Any, Self, TypeVar, cast

from django.utils.translation import gettext as _

T = TypeVar("T")

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TIME = re.compile(r"\d{2}:\d{2}", re.ASCII)
LONGEST = 300
"""Of a text; codes and names of shifts are much shorter."""
GREATEST = 10**12
REQUIRED: Any = object()


class Wrong(Exception):
    """A value is not what it should be; says what it should be."""


class Mistakes:
    """What is wrong so far, by path."""

    def __init__(self) -> None:
        self.found: dict[str, list[str]] = {}

    def note(self, path: str, sentence: str) -> None:
        self.found.setdefault(path, []).append(sentence)


class Part:
    """One JSON object. On leaving it, keys that nobody asked for are mistakes."""

    def __init__(self, value: Any, path: str, mistakes: Mistakes) -> None:
        self.path = path
        self.mistakes = mistakes
        self._asked: list[str] = []
        self._values: dict[str, Any] = {}
        if isinstance(value, dict):
            self._values = value
        else:
            mistakes.note(path, _("This must be an object in braces."))
            self.mistakes = Mistakes()  # what it should have held needs no more words

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for key in self._values.keys() - self._asked:
            self.mistakes.note(
                self.under(key),
                _("This is not a key here. Allowed: %(keys)s.")
                % {"keys": ", ".join(self._asked)},
            )

    def under(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def has(self, key: str) -> bool:
        self._asked.append(key)
        return self._values.get(key) is not None

    def text(self, key: str, default: str = REQUIRED) -> str:
        return self._take(key, default, "", _text)

    def optional_text(self, key: str) -> str | None:
        return self.text(key) if self.has(key) else None

    def long_text(self, key: str) -> str:
        """Return text of any length in which only letters and digits make sense."""
        return self._take(key, "", "", _long_text)

    def one_of(self, key: str, allowed: Collection[str], default: str = REQUIRED) -> str:
        word = self.text(key, default)
        if word not in allowed:
            words = {"words": ", ".join(allowed)}
            self.mistakes.note(self.under(key), _("This must be one of: %(words)s.") % words)
        return word

    def whole(self, key: str, default: int = REQUIRED, *, least: int = 0) -> int:
        return self._take(key, default, least, lambda value: _whole(value, least))

    def optional_whole(self, key: str) -> int | None:
        return self.whole(key) if self.has(key) else None

    def number(self, key: str, default: float = REQUIRED) -> float:
        return self._take(key, default, 0.0, _number)

    def yes_or_no(self, key: str, default: bool = REQUIRED) -> bool:
        return self._take(key, default, False, _yes_or_no)

    def day(self, key: str) -> date:
        return self._take(key, cast("date", REQUIRED), date.min, _day)

    def optional_day(self, key: str) -> date | None:
        return self.day(key) if self.has(key) else None

    def time(self, key: str) -> time:
        return self._take(key, cast("time", REQUIRED), time.min, _time)

    def days(self, key: str) -> frozenset[date]:
        return frozenset(self._each(key, _day))

    def texts(self, key: str) -> tuple[str, ...]:
        return tuple(self._each(key, _text))

    def parts(self, key: str, *, required: bool = False) -> Iterator[Part]:
        """Yield the objects of a list, one by one."""
        for number, value in enumerate(self._list(key, required=required)):
            with Part(value, f"{self.under(key)}[{number}]", self.mistakes) as part:
                yield part

    def part(self, key: str) -> Part:
        self._asked.append(key)
        return Part(self._values.get(key, {}), self.under(key), self.mistakes)

    def keys(self) -> list[str]:
        """Return the keys of an object whose keys are data."""
        return list(self._values)

    def _list(self, key: str, *, required: bool) -> list[Any]:
        value = self._take(key, REQUIRED if required else [], [], lambda found: found)
        if isinstance(value, list):
            return value
        self.mistakes.note(self.under(key), _("This must be a list in brackets."))
        return []

    def _each(self, key: str, read: Callable[[Any], T]) -> Iterator[T]:
        for number, value in enumerate(self._list(key, required=False)):
            try:
                yield read(value)
            except Wrong as error:
                self.mistakes.note(f"{self.under(key)}[{number}]", str(error))

    def _take(self, key: str, default: T, instead: T, read: Callable[[Any], T]) -> T:
        self._asked.append(key)
        if key not in self._values:
            if default is REQUIRED:
                self.mistakes.note(self.under(key), _("This is missing."))
                return instead
            return default
        try:
            return read(self._values[key])
        except Wrong as error:
            self.mistakes.note(self.under(key), str(error))
            return instead


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise Wrong(_("This must be text in quotes."))
    if len(value) > LONGEST:
        raise Wrong(_("This is longer than %(most)s characters.") % {"most": LONGEST})
    if not value.isprintable():
        raise Wrong(_("There is a sign in it that nobody sees."))
    return value


def _long_text(value: Any) -> str:
    return value if isinstance(value, str) else _text(value)


def _whole(value: Any, least: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise Wrong(_("This must be a whole number."))
    if not least <= value <= GREATEST:
        raise Wrong(
            _("This must be from %(least)s to %(most)s.") % {"least": least, "most": GREATEST}
        )
    return value


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Wrong(_("This must be a number."))
    return float(value)


def _yes_or_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Wrong(_("This must be true or false."))
    return value


def _day(value: Any) -> date:
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise Wrong(_("This must be a day such as 2020-09-22."))


def _time(value: Any) -> time:
    if isinstance(value, str) and _TIME.fullmatch(value):
        try:
            return time.fromisoformat(value)
        except ValueError:
            pass
    raise Wrong(_("This must be a time such as 07:30."))
