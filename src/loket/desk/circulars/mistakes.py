"""What the format does not take, as sentences under the inputs it was typed into."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from loket.desk.typed import nearest
from loket.kernel.errors import Invalid

Wrong = dict[str, list[str]]
QUOTED = re.compile(r"“(\w+)”")
FILE = "file"
DAYS = (".from", ".through", ".to", "date", "extended_through")
"""How the names of inputs end that hold a day or a moment."""


def of_record(
    error: ValidationError, known: Iterable[str], *, within: tuple[str, ...]
) -> Wrong:
    """Return what pydantic found below one part of a circular, by the field to mend."""
    found: Wrong = {}
    names = list(known)
    for detail in error.errors():
        path = [str(step) for step in detail["loc"]]
        if path[: len(within)] != list(within):
            continue
        name = nearest(path[len(within) :], names)
        sentence = _day(detail) if name.endswith(DAYS) else sentence_of(detail)
        if sentence not in found.setdefault(name, []):
            found[name].append(sentence)
    return found


def of_refusal(refusal: Invalid, known: Iterable[str], *, within: tuple[str, ...]) -> Wrong:
    """Return what a service refused, by field where the field is on the page."""
    found: Wrong = {}
    names = list(known)
    for path, sentences in refusal.fields.items():
        steps = [step for step in re.split(r"[.\[\]/]+", path) if step]
        ours = steps[: len(within)] == list(within)
        name = nearest(steps[len(within) :], names) if ours else FILE if steps == [FILE] else ""
        found.setdefault(name, []).extend(sentences)
    return found or {"": [str(refusal)]}


def _sized(sentence: Callable[[Mapping[str, Any]], str]) -> Callable[[ErrorDetails], str]:
    return lambda detail: sentence(detail.get("ctx", {}))


def _least(context: Mapping[str, Any]) -> str:
    return _("This is too little: at least %(least)s.") % {
        "least": context.get("ge", context.get("gt"))
    }


def _most(context: Mapping[str, Any]) -> str:
    if context.get("le") == 1:
        return _("A share is at most 100 %.")
    return _("This is too much: at most %(most)s.") % {"most": context.get("le")}


def _pattern(_detail: ErrorDetails) -> str:
    return _("Write hours like 07:30-16:00; several with a comma between them.")


def _day(detail: ErrorDetails) -> str:
    if detail["type"] == "missing":
        return _("Please fill this in.")
    return _("Fill in a day that exists: day, month and year as numbers; time like 07:30.")


_SENTENCES: dict[str, Callable[[ErrorDetails], str]] = {
    "missing": lambda _d: _("Please fill this in."),
    "string_too_short": lambda _d: _("Please fill this in."),
    "string_too_long": _sized(
        lambda context: (
            _("This is too long: at most %(most)s characters.")
            % {"most": context.get("max_length")}
        )
    ),
    "string_type": lambda _d: _("Please fill this in."),
    "too_short": lambda _d: _("Choose at least one."),
    "literal_error": lambda _d: _("Choose one of the possibilities."),
    "string_pattern_mismatch": _pattern,
    "greater_than_equal": _sized(_least),
    "greater_than": _sized(_least),
    "less_than_equal": _sized(_most),
}


def sentence_of(detail: ErrorDetails) -> str:
    """Return one sentence about one mistake."""
    kind = detail["type"]
    if kind == "value_error":
        return str(detail["ctx"]["error"])
    if kind.startswith(("date", "time")):
        return _day(detail)
    if kind.startswith(("decimal", "int")):
        return _("Write a number.")
    if sentence := _SENTENCES.get(kind):
        return sentence(detail)
    return _("This cannot be read: %(given)s") % {"given": detail["input"]}


def about_end(period: Mapping[str, Any], name: str) -> Wrong:
    """Return what is wrong with the end of a period that the format cannot see."""
    end = period["end"]
    if end not in {"through", "to", "until_evaluated"}:
        return {f"{name}.end": [_("Choose how it ends.")]}
    if end != "until_evaluated" and not any(period[end].values()):
        return {f"{name}.{end}": [_("Fill in the day on which it ends.")]}
    return {}


def once(wrong: Wrong) -> Wrong:
    """Leave out what is said of a whole where something is said of one of its parts."""
    return {
        field: lines
        for field, lines in wrong.items()
        if not any(other.startswith(f"{field}.") for other in wrong if field)
    }


def called(wrong: Wrong, labels: Mapping[str, object]) -> Wrong:
    """Say what a field is called on the page where a sentence names its key."""

    def label(found: re.Match[str]) -> str:
        return f"“{labels.get(found[1], found[1])}”"

    return {
        field: [QUOTED.sub(label, line) for line in lines] for field, lines in wrong.items()
    }
