"""What answers are judged by: the day, the villages that exist on it, the files there are."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from datetime import date
from functools import partial
from typing import Any

from loket.cases.models import Case
from loket.catalogue.rules import answers as rules
from loket.catalogue.rules import flow
from loket.catalogue.rules.answers import Checked
from loket.catalogue.rules.conditions import holds
from loket.catalogue.rules.format import Action, Question, Service
from loket.catalogue.rules.values import Reading
from loket.organisation import queries as organisation


def villages(on: date) -> Callable[[str], bool]:
    """Return the question whether a code is a village that exists on a day."""
    return partial(organisation.is_region, kind="village", on=on)


def judge(
    service: Service,
    answers: Mapping[str, Any],
    *,
    files: Container[str],
    on: date,
    only: tuple[str, ...] | None = None,
) -> Checked:
    """Check a whole application exactly as every face does."""
    return rules.check(service, answers, on=on, regions=villages(on), files=files, only=only)


def judge_one(
    service: Service,
    question: Question,
    raw: Any,
    *,
    answers: Mapping[str, Any],
    files: Container[str],
    on: date,
) -> Reading:
    """Check one answer beside the others."""
    return rules.check_question(
        question,
        raw,
        answers=flow.kept(service, answers, on),
        on=on,
        regions=villages(on),
        files=files,
    )


def judge_step(case: Case, action: Action, raw: Mapping[str, Any], *, on: date) -> Checked:
    """Check what a step asks of whoever takes it."""
    checked, service = Checked(), case.service_version.service
    for question in action.asks:
        known = case.answers | case.added | checked.values
        if not holds(question.when, known, on=on):
            continue
        reading = judge_one(
            service, question, raw.get(question.name), answers=known, files=(), on=on
        )
        checked.values[question.name] = reading.value
        checked.errors |= reading.errors
        checked.warnings |= reading.warnings
    return checked


def doubts(case: Case, *, on: date) -> dict[str, list[str]]:
    """Return what does not fit together in the answers of a case, by question.

    The answers were accepted: this is for the eyes of those who decide.
    """
    service = case.service_version.service
    known = case.answers | case.added
    asked = (*service.questions, *(q for a in service.workflow.actions for q in a.asks))
    found: dict[str, list[str]] = {}
    for question in asked:
        if question.kind == "document" or known.get(question.name) is None:
            continue
        reading = rules.check_question(
            question, known[question.name], answers=known, on=on, regions=_any, files=()
        )
        for lines in reading.warnings.values():
            found.setdefault(question.name, []).extend(lines)
    return found


def _any(_code: str) -> bool:
    """Accept every village: the one of the case was checked when it was sent."""
    return True
