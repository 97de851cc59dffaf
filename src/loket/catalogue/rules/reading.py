"""From an HTML form to an answer, and back to what the form shows again.

Fields are named by path: ``mother.nik``, ``birth_date.day``, ``members.0.name``,
``paper.alternative``, ``paper.files``. Whatever was typed survives, also when it is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from .asking import Question
from .conditions import is_answered
from .typed import date_parts

ADDRESS = ("region", "street", "rt", "rw")
DATE = ("day", "month", "year")
_PARTS: dict[str, dict[str, Any]] = {
    "address": dict.fromkeys(ADDRESS, ""),
    "document": {"alternative": "", "files": ()},
}
_MOST_ROWS = 100

Post = Mapping[str, Any]
"""Posted fields: Django's QueryDict, or names to a text or a list of texts."""


def raw_from(question: Question, post: Post) -> Any:
    """Return the answer in a posted form, or None if the fields were left empty."""
    return _raw(question, post, question.name)


def form_values(question: Question, raw: Any) -> dict[str, Any]:
    """Return what stands in each field of the form for an answer, valid or not."""
    return dict(_values(question, raw, question.name))


def _raw(question: Question, post: Post, path: str) -> Any:
    read = _READ.get(question.kind)
    raw = read(question, post, path) if read else _one(post, path)
    return raw if is_answered(raw) or _has_paper(raw) else None


def _has_paper(raw: Any) -> bool:
    """Say whether a paper was chosen, though its files are still missing."""
    return isinstance(raw, dict) and bool(raw.get("alternative"))


def _one(post: Post, name: str) -> str:
    value = post.get(name)
    if isinstance(value, list | tuple):
        value = value[-1] if value else ""
    return str(value).strip() if value is not None else ""


def _many(post: Post, name: str) -> list[str]:
    # Django's QueryDict gives one value by get() and all by getlist().
    getlist = getattr(post, "getlist", None)
    value = getlist(name) if getlist else post.get(name)
    listed = value if isinstance(value, list | tuple) else [value]
    return [str(item) for item in listed if item]


def _raw_date(_question: Question, post: Post, path: str) -> Any:
    if not any(f"{path}.{part}" in post for part in DATE):
        return _one(post, path)
    parts = {part: _one(post, f"{path}.{part}") for part in DATE}
    try:
        return date(int(parts["year"]), int(parts["month"]), int(parts["day"])).isoformat()
    except ValueError:
        return parts


def _raw_yes_no(_question: Question, post: Post, path: str) -> Any:
    return {"yes": True, "no": False}.get(_one(post, path))


def _raw_address(_question: Question, post: Post, path: str) -> Any:
    return {part: _one(post, f"{path}.{part}") for part in ADDRESS}


def _raw_document(_question: Question, post: Post, path: str) -> Any:
    paper = _one(post, f"{path}.alternative")
    return {"alternative": paper, "files": _many(post, f"{path}.files")}


def _raw_fields(question: Question, post: Post, path: str) -> dict[str, Any]:
    fields = {part.name: _raw(part, post, f"{path}.{part.name}") for part in question.of}
    return {name: value for name, value in fields.items() if value is not None}


def _raw_rows(question: Question, post: Post, path: str) -> Any:
    rows = [_raw_fields(question, post, f"{path}.{n}") for n in _row_numbers(post, path)]
    return [row for row in rows if is_answered(row)]


_READ: dict[str, Callable[[Question, Post, str], Any]] = {
    "date": _raw_date,
    "yes_no": _raw_yes_no,
    "address": _raw_address,
    "document": _raw_document,
    "person": _raw_fields,
    "group": _raw_rows,
}


def _row_numbers(post: Post, path: str) -> list[int]:
    pattern = re.compile(re.escape(path) + r"\.(\d{1,3})\.", re.ASCII)
    numbers = {int(match[1]) for name in post if (match := pattern.match(name))}
    return sorted(numbers)[:_MOST_ROWS]


def _values(question: Question, raw: Any, path: str) -> Iterator[tuple[str, Any]]:
    kind = question.kind
    if kind == "date":
        yield from ((f"{path}.{part}", text) for part, text in date_parts(raw).items())
    elif kind == "group":
        for number, row in enumerate(raw if isinstance(raw, list) else []):
            yield from _below(question, row, f"{path}.{number}")
    elif kind == "person":
        yield from _below(question, raw, path)
    elif kind in _PARTS:
        given = raw if isinstance(raw, Mapping) else {}
        for part, empty in _PARTS[kind].items():
            yield f"{path}.{part}", given.get(part) or empty
    elif isinstance(raw, bool):
        yield path, "yes" if raw else "no"
    else:
        yield path, "" if raw is None else str(raw)


def _below(question: Question, raw: Any, path: str) -> Iterator[tuple[str, Any]]:
    given = raw if isinstance(raw, Mapping) else {}
    for part in question.of:
        yield from _values(part, given.get(part.name), f"{path}.{part.name}")
