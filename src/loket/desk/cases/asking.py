"""What staff fill in at a step or correct in a document, as fields of a form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from loket.catalogue.rules import reading
from loket.catalogue.rules.format import Question
from loket.kernel.errors import Invalid

KINDS = {
    "choice": "radio",
    "yes_no": "radio",
    "date": "date",
    "nik": "digits",
    "kk": "digits",
    "number": "number",
    "email": "email",
    "phone": "tel",
}
SIMPLE = frozenset({*KINDS, "text", "name", "place", "time"})
"""Kinds with one input; others have a page of their own on the portal."""


@dataclass(frozen=True)
class Refused:
    """A step that was not taken yet, with what had been typed."""

    action: str
    refusal: Invalid
    typed: Mapping[str, Any]
    doubts: Mapping[str, list[str]] | None = None
    """What may be wrong, by field. Whoever sends it once more has looked."""


def fields(
    question: Question, known: Mapping[str, Any], refused: Refused | None
) -> Iterator[dict[str, Any]]:
    """Yield the inputs of a question: one, or for a person one for each field."""
    raw = known.get(question.name)
    if refused:
        raw = reading.raw_from(question, refused.typed)
    values = reading.form_values(question, raw)
    if question.kind == "person":
        for part in question.of:
            path = f"{question.name}.{part.name}"
            yield field(part, path, values, refused, within=str(question.label))
    else:
        yield field(question, question.name, values, refused)


def field(
    question: Question,
    path: str,
    values: Mapping[str, Any],
    refused: Refused | None,
    *,
    within: str = "",
) -> dict[str, Any]:
    """Return one input: what it asks, what is in it, what is or may be wrong with it."""
    label = f"{within} – {question.label}" if within else question.label
    return {
        "name": path,
        "id": path.replace(".", "-"),
        "label": label,
        "hint": question.hint or "",
        "kind": KINDS.get(question.kind, "text"),
        "choices": choices(question),
        "optional": not question.required,
        "errors": refused.refusal.fields.get(path, []) if refused else [],
        "warnings": refused.doubts.get(path, []) if refused and refused.doubts else [],
        "value": value(question, path, values),
    }


def choices(question: Question) -> list[tuple[str, Any]]:
    if question.kind == "yes_no":
        return [("yes", _("Yes")), ("no", _("No"))]
    return [(choice.value, choice.label) for choice in question.choices]


def value(question: Question, path: str, values: Mapping[str, Any]) -> Any:
    if question.kind == "date":
        return {part: values.get(f"{path}.{part}", "") for part in ("day", "month", "year")}
    return values.get(path, "")
