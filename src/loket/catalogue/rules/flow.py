"""Which questions are asked, and in which order: one on each page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from .conditions import holds, is_answered
from .format import Alternative, Question, Service


@dataclass(frozen=True)
class Progress:
    """Which page of how many this is, as far as is known now."""

    number: int
    of: int


def visible(service: Service, answers: Mapping[str, Any], on: date) -> tuple[Question, ...]:
    """Return the questions that are asked, given what has been answered.

    A condition sees only the answers of questions that are themselves asked, so that an
    answer left behind on a hidden page decides nothing.
    """
    asked: list[Question] = []
    seen: dict[str, Any] = {}
    for question in service.questions:
        if holds(question.when, seen, on=on):
            asked.append(question)
            if question.name in answers:
                seen[question.name] = answers[question.name]
    return tuple(asked)


def kept(service: Service, answers: Mapping[str, Any], on: date) -> dict[str, Any]:
    """Return the answers of questions that are asked; the others are left out."""
    return {
        question.name: answers[question.name]
        for question in visible(service, answers, on)
        if question.name in answers
    }


def fields(
    question: Question, value: Mapping[str, Any], answers: Mapping[str, Any], on: date
) -> tuple[Question, ...]:
    """Return the fields of a person or of one row of a group that are asked.

    A field's condition may look at fields before it and at earlier questions.
    """
    seen = dict(answers)
    asked: list[Question] = []
    for part in question.of:
        if holds(part.when, seen, on=on):
            asked.append(part)
            seen[part.name] = value.get(part.name)
        else:
            seen[part.name] = None
    return tuple(asked)


def alternatives(
    question: Question, answers: Mapping[str, Any], on: date
) -> tuple[Alternative, ...]:
    """Return the papers that may be given, of those that would satisfy the question."""
    return tuple(a for a in question.alternatives if holds(a.when, answers, on=on))


def is_done(question: Question, answers: Mapping[str, Any]) -> bool:
    """Say whether a page was filled in, or left empty on purpose where that is allowed."""
    if question.name not in answers:
        return False
    return not question.required or is_answered(answers[question.name])


def first_unanswered(service: Service, answers: Mapping[str, Any], on: date) -> Question | None:
    """Return the question to go on with, or None when all have been answered."""
    return next((q for q in visible(service, answers, on) if not is_done(q, answers)), None)


def next_after(
    service: Service, name: str, answers: Mapping[str, Any], on: date
) -> Question | None:
    """Return the question on the page after this one, or None after the last.

    A question that is not asked any more is followed by the next one that is.
    """
    order = [q.name for q in service.questions]
    at = order.index(name)
    return next((q for q in visible(service, answers, on) if order.index(q.name) > at), None)


def before(
    service: Service, name: str, answers: Mapping[str, Any], on: date
) -> Question | None:
    """Return the question on the page before this one, or None before the first."""
    order = [q.name for q in service.questions]
    at = order.index(name)
    earlier = [q for q in visible(service, answers, on) if order.index(q.name) < at]
    return earlier[-1] if earlier else None


def progress(service: Service, name: str, answers: Mapping[str, Any], on: date) -> Progress:
    """Return which page this is of those asked now."""
    names = [q.name for q in visible(service, answers, on)]
    number = names.index(name) + 1 if name in names else 1
    return Progress(number=number, of=len(names))
