"""What is read from answers: values by path, titles, keys of duplicates, facts of outputs."""

from __future__ import annotations

import hashlib
import hmac
import json
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from loket.catalogue.rules.conditions import lookup
from loket.catalogue.rules.format import Question, Service

MOST_TITLE = 200
MOST_NAME = 120
NUMBERS = ("nik", "kk")


def question_at(service: Service, path: str) -> Question | None:
    """Return the question, or the field of a person, at a path; officers' included."""
    first, _, rest = path.partition(".")
    asked = (*service.questions, *(q for a in service.workflow.actions for q in a.asks))
    found = next((q for q in asked if q.name == first), None)
    if found is None or not rest:
        return found
    return next((q for q in found.of if q.name == rest), None)


def name_in(value: Any) -> str:
    """Return the words of an answer that name somebody or something."""
    if isinstance(value, Mapping):
        return str(value.get("name", ""))
    return "" if value is None else str(value)


def title(service: Service, answers: Mapping[str, Any]) -> str:
    """Return what lists call a case: the named answers, never a NIK, KK or masked one."""
    words = []
    for path in service.subject_title:
        question = question_at(service, path)
        if question is None or question.masked or question.kind in NUMBERS:
            continue
        words.append(name_in(lookup(answers, path)))
    return ", ".join(w for w in words if w)[:MOST_TITLE]


def applicant(answers: Mapping[str, Any]) -> str:
    """Return the name of who applies: asked for, or somebody else of the form by their role."""
    themselves = answers.get("applicant") or answers.get("applicant_name")
    by_role = answers.get(str(answers.get("role", "")))
    return name_in(themselves or (by_role if isinstance(by_role, Mapping) else ""))[:MOST_NAME]


def normalised(value: Any) -> str:
    """Return a value as it is compared: one case, one spacing, one form of each letter."""
    if isinstance(value, str):
        return " ".join(unicodedata.normalize("NFKC", value).casefold().split())
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def duplicate_key(service: Service, answers: Mapping[str, Any], *, key: str) -> str:
    """Return the keyed digest that two applications about one event share.

    Keyed, because a NIK has too few digits for a plain digest to hide it. Empty when the
    service has no such questions or one of them has no answer.
    """
    values = [lookup(answers, path) for path in service.duplicates]
    if not values or any(v in (None, "") for v in values):
        return ""
    text = json.dumps([service.code, *(normalised(v) for v in values)], ensure_ascii=False)
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()


def regions_in(value: Any) -> Iterable[str]:
    """Yield every region's code in an answer."""
    if isinstance(value, Mapping):
        if isinstance(value.get("region"), str):
            yield value["region"]
        for inner in value.values():
            yield from regions_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from regions_in(inner)


LEVELS = (("village", 13), ("district", 8), ("city", 5), ("province", 2))
"""Parts of an address, with the length of each one's code."""


def printable(question: Question | None, value: Any, *, names: Mapping[str, str]) -> Any:
    """Return an answer as document templates want it: words for choices, names for regions."""
    if question is None or value in (None, "", [], {}):
        return value
    if question.kind == "choice":
        label = next((c.label for c in question.choices if c.value == value), None)
        return {"id": label.id, "en": label.en} if label else value
    if question.kind == "address" and isinstance(value, Mapping):
        region = str(value.get("region", ""))
        return dict(value) | {level: names.get(region[:length], "") for level, length in LEVELS}
    if question.kind == "group" and isinstance(value, list):
        return [fields_printable(question, row, names=names) for row in value]
    if question.kind == "person" and isinstance(value, Mapping):
        return fields_printable(question, value, names=names)
    return value


def fields_printable(
    question: Question, row: Mapping[str, Any], *, names: Mapping[str, str]
) -> dict[str, Any]:
    """Return the fields of a person or of one row as templates want them."""
    by_name = {field.name: field for field in question.of}
    return {
        name: printable(by_name.get(name), value, names=names) for name, value in row.items()
    }
