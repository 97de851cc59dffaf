"""Whether a condition holds for what has been answered so far. Never raises."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from .format import Condition


def holds(condition: Condition | None, answers: Mapping[str, Any], *, on: date) -> bool:
    """Say whether a condition holds on the day of filing; no condition always holds."""
    if condition is None:
        return True
    if condition.all:
        return all(holds(part, answers, on=on) for part in condition.all)
    if condition.any:
        return any(holds(part, answers, on=on) for part in condition.any)
    if condition.none:
        return not any(holds(part, answers, on=on) for part in condition.none)
    if condition.question is not None:
        return _answer_holds(condition, lookup(answers, condition.question))
    return _date_holds(condition, answers, on)


def lookup(answers: Mapping[str, Any], path: str) -> Any:
    """Return the answer at a path such as ``mother.nik``, or None."""
    value: Any = answers
    for step in path.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def is_answered(value: Any) -> bool:
    """Say whether an answer says anything. False and 0 do; nothing but blanks does not."""
    if isinstance(value, str):
        return bool(value.strip())
    if isinstance(value, Mapping):
        if "files" in value:
            return bool(value["files"])
        return any(is_answered(part) for part in value.values())
    if isinstance(value, list | tuple):
        return any(is_answered(part) for part in value)
    return value is not None


def as_date(value: Any) -> date | None:
    """Return an ISO date that exists, or None."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def full_years(born: date, on: date) -> int:
    """Return the age in full years. Who was born on 29 February turns on 1 March."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def names_in(condition: Condition | None) -> Iterator[str]:
    """Return every question path that a condition looks at, in order."""
    if condition is None:
        return
    for name in (condition.question, condition.age, condition.days_since):
        if name is not None:
            yield name
    for part in (*condition.all, *condition.any, *condition.none):
        yield from names_in(part)


def _answer_holds(condition: Condition, value: Any) -> bool:
    if condition.answered is not None:
        return is_answered(value) == condition.answered
    value = essence(value)
    if condition.equals is not None:
        # True == 1 in Python, but not in a form.
        return type(value) is type(condition.equals) and bool(value == condition.equals)
    return isinstance(value, str) and value in condition.one_of


def essence(value: Any) -> Any:
    """Return what an answer is compared by: a paper's kind, an address's village."""
    if isinstance(value, Mapping):
        return value.get("alternative", value.get("region"))
    return value


def _date_holds(condition: Condition, answers: Mapping[str, Any], on: date) -> bool:
    since = as_date(lookup(answers, condition.age or condition.days_since or ""))
    if since is None:
        return False
    count = full_years(since, on) if condition.age else (on - since).days
    if condition.at_least is not None and count < condition.at_least:
        return False
    return condition.below is None or count < condition.below
