"""What answers are judged by: the day, the villages that exist on it, the files there are."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from datetime import date
from functools import partial
from typing import Any

from loket.catalogue.rules import answers as rules
from loket.catalogue.rules import flow
from loket.catalogue.rules.answers import Checked
from loket.catalogue.rules.format import Question, Service
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
