"""What an officer fills in at a step, as fields of a form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from loket.catalogue.rules.format import Question

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


def field(question: Question, added: Mapping[str, Any], refused: Any) -> dict[str, Any]:
    """Return one field: what it asks, what was typed or is known, what is wrong with it."""
    typed = refused.typed if refused else {}
    errors = refused.refusal.fields.get(question.name, []) if refused else []
    return {
        "name": question.name,
        "label": question.label,
        "hint": question.hint or "",
        "kind": KINDS.get(question.kind, "text"),
        "choices": choices(question),
        "optional": not question.required,
        "errors": errors,
        "value": value(question, typed, added),
    }


def choices(question: Question) -> list[tuple[str, Any]]:
    return [(choice.value, choice.label) for choice in question.choices]


def value(question: Question, typed: Mapping[str, Any], added: Mapping[str, Any]) -> Any:
    known = added.get(question.name, "")
    if question.kind == "date":
        year, month, day = ((known or "--").split("-") + ["", ""])[:3]
        parts = {"day": day, "month": month, "year": year}
        return {p: typed.get(f"{question.name}.{p}", parts[p]) for p in parts}
    return typed.get(question.name, known)
