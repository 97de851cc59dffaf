"""What pydantic found wrong, as sentences for the person who wrote the file."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from . import format as format_
from .problems import Finding, Path

_NOTHING = object()
KNOWN_KEYS = sorted(
    {
        name
        for part in vars(format_).values()
        if isinstance(part, type) and issubclass(part, BaseModel)
        for name in part.model_fields
    }
    | {"id", "en"}
)
_PATTERNS = {
    "[a-z": "must be a name: a small letter, then small letters, digits or _; at most 40",
    "[A-Z": "must be a code: a capital, then capitals, digits or -; at most 30",
}


def findings(error: ValidationError, value: Any) -> list[Finding]:
    """Return one finding per place, in the order of the document."""
    found: dict[Path, Finding] = {}
    for detail in error.errors():
        path = _known_part(detail["loc"], value)
        if detail["type"] in {"missing", "extra_forbidden", "unexpected_keyword_argument"}:
            path = (*_known_part(detail["loc"][:-1], value), detail["loc"][-1])
        found.setdefault(path, Finding(path, _sentence(detail)))
    return list(found.values())


def _known_part(loc: Path, value: Any) -> Path:
    """Drop what pydantic appends to name the member of a union that it tried."""
    path: Path = ()
    for step in loc:
        inside: Any = _NOTHING
        if isinstance(value, dict):
            inside = value.get(step, _NOTHING)
        elif isinstance(value, list) and isinstance(step, int):
            inside = value[step]
        if inside is _NOTHING:
            break
        value, path = inside, (*path, step)
    return path


def _sentence(detail: ErrorDetails) -> str:
    sentence = _SENTENCES.get(detail["type"])
    return sentence(detail) if sentence else f"{detail['msg']}."


def _missing(detail: ErrorDetails) -> str:
    key = detail["loc"][-1]
    if key in {"id", "en"}:
        return (
            f"The translation “{key}” is missing: every sentence is needed in both languages."
        )
    return f"“{key}” is missing."


def _unknown(detail: ErrorDetails) -> str:
    key = str(detail["loc"][-1])
    near = difflib.get_close_matches(key, [k for k in KNOWN_KEYS if k != key], n=1)
    return f"“{key}” is not a key here." + (f" Did you mean “{near[0]}”?" if near else "")


def _text(_detail: ErrorDetails) -> str:
    return "Give the sentence in both languages: “id: …” and “en: …”."


def _pattern(detail: ErrorDetails) -> str:
    pattern = str(detail.get("ctx", {}).get("pattern", ""))
    return f"“{detail['input']}” {_PATTERNS[pattern[1:5]]}."


def _literal(detail: ErrorDetails) -> str:
    expected = str(detail.get("ctx", {}).get("expected", "")).replace("'", "")
    return f"“{detail['input']}” must be one of: {expected}."


def _string(detail: ErrorDetails) -> str:
    return f"“{detail['input']}” must be text: put it in quotes."


def _wants(what: str) -> Callable[[ErrorDetails], str]:
    return lambda detail: f"“{detail['input']}” must be {what}."


_SENTENCES: dict[str, Callable[[ErrorDetails], str]] = {
    "missing": _missing,
    "extra_forbidden": _unknown,
    "unexpected_keyword_argument": _unknown,
    "dataclass_type": _text,
    "string_too_short": lambda _: "The text is empty.",
    "too_short": lambda _: "At least one is needed.",
    "string_pattern_mismatch": _pattern,
    "literal_error": _literal,
    "string_type": _string,
    "bool_type": _wants("true or false"),
    "bool_parsing": _wants("true or false"),
    "int_type": _wants("a whole number"),
    "int_parsing": _wants("a whole number"),
    "greater_than": lambda d: f"Must be more than {d.get('ctx', {}).get('gt')}.",
    "tuple_type": lambda _: "This must be a list: each item begins with “- ”.",
    "dict_type": lambda _: "This must be keys and values.",
    "model_type": lambda _: "This must be keys and values.",
    "date_type": _wants("a date such as 2026-01-31"),
    "date_parsing": _wants("a date such as 2026-01-31"),
    "date_from_datetime_parsing": _wants("a date that exists, such as 2026-01-31"),
}
