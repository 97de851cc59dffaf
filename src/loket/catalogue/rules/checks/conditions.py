"""Conditions that look at what is not there, or that can never hold."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from loket.catalogue.rules.conditions import holds, names_in
from loket.catalogue.rules.format import Condition, Question, Service
from loket.catalogue.rules.problems import Finding, Path
from loket.catalogue.rules.typed import years_after

from . import names
from .questions import asked

Scope = Mapping[str, Question]
"""What a condition may look at, in the order in which it is asked."""

_DAY = date(2026, 6, 15)
_MOST_TRIED = 50_000
_FORMS = ("question", "age", "days_since", "all", "any", "none")
_NAMED = ", ".join(_FORMS)


def check(service: Service) -> Iterator[Finding]:
    """Find what is wrong with every condition of a service."""
    for path, condition, scope in _places(service):
        found = list(_shape(condition, path, scope, service))
        yield from found
        if not found and not is_possible(condition, scope):
            yield Finding(path, "This can never hold, whatever is answered.")


def is_possible(condition: Condition, scope: Scope) -> bool:
    """Say whether some answers make a condition hold, by trying all that make a difference."""
    needed = _needed(condition, scope)
    tested = [condition, *(scope[name].when for name in needed)]
    domains = [_domain(name, scope, tested) for name in needed]
    if math.prod(len(d) for d in domains) > _MOST_TRIED:
        return True
    return any(
        holds(condition, _answered(dict(zip(needed, values, strict=True)), scope), on=_DAY)
        for values in itertools.product(*domains)
    )


def _places(service: Service) -> Iterator[tuple[Path, Condition, Scope]]:
    """Return every condition with its place and what it may look at."""
    scope: dict[str, Question] = {}
    for at, question in enumerate(service.questions):
        yield from _of_question(question, ("questions", at), dict(scope))
        scope[question.name] = question
        scope |= _fields(question)
    for at, rule in enumerate(service.eligibility):
        yield ("eligibility", at, "unless"), rule.unless, scope
    for path, question in asked(service):
        if path[0] != "questions":
            yield from _of_question(question, path, scope)
    everything = scope | names.answer_paths(service)
    for at, output in enumerate(service.outputs):
        for number, variant in enumerate(output.variants):
            yield ("outputs", at, "variants", number, "when"), variant.when, everything


def _of_question(
    question: Question, path: Path, scope: dict[str, Question]
) -> Iterator[tuple[Path, Condition, Scope]]:
    if question.when:
        yield (*path, "when"), question.when, scope
    for at, paper in enumerate(question.alternatives):
        if paper.when:
            yield (*path, "alternatives", at, "when"), paper.when, scope
    beside = dict(scope)
    for at, part in enumerate(question.of):
        if part.when:
            yield (*path, "of", at, "when"), part.when, dict(beside)
        beside[part.name] = part


def _fields(question: Question) -> dict[str, Question]:
    if question.kind != "person":
        return {}
    return {f"{question.name}.{part.name}": part for part in question.of}


def _shape(
    condition: Condition, path: Path, scope: Scope, service: Service
) -> Iterator[Finding]:
    given = [form for form in _FORMS if getattr(condition, form) not in (None, ())]
    if len(given) != 1:
        yield Finding(path, f"A condition is exactly one of: {_NAMED}.")
        return
    form = given[0]
    if form in {"all", "any", "none"}:
        for at, part in enumerate(getattr(condition, form)):
            yield from _shape(part, (*path, form, at), scope, service)
        return
    name = getattr(condition, form)
    if name not in scope:
        known = names.answer_paths(service)
        reason = (
            f"“{name}” is asked later: a condition can only look at earlier questions."
            if name in known
            else names.unknown(name, scope, "earlier question")
        )
        yield Finding((*path, form), reason)
    elif form == "question":
        yield from _comparison(condition, path, scope[name])
    else:
        yield from _count(condition, path, scope[name], form)


def _comparison(condition: Condition, path: Path, question: Question) -> Iterator[Finding]:
    tests = [
        condition.equals is not None,
        bool(condition.one_of),
        condition.answered is not None,
    ]
    if sum(tests) != 1:
        yield Finding(path, "Say exactly one of: equals, one_of, answered.")
        return
    if condition.answered is not None:
        return
    allowed = _values(question)
    wanted = condition.one_of or (condition.equals,)
    for at, value in enumerate(wanted):
        place = (*path, "one_of", at) if condition.one_of else (*path, "equals")
        if isinstance(allowed, str):
            yield Finding(place, f"A {question.kind} question can only be “answered”.")
        elif value not in allowed or type(value) is not type(allowed[0]):
            offered = ", ".join(
                str(v).lower() if v in (True, False) else str(v) for v in allowed
            )
            yield Finding(place, f"“{value}” is never the answer; it is one of: {offered}.")


def _values(question: Question) -> list[Any] | str:
    """Return the values that an answer can be compared with; text when there are none."""
    if question.kind == "choice":
        return [c.value for c in question.choices]
    if question.kind == "yes_no":
        return [True, False]
    if question.kind == "document" and question.alternatives:
        return [a.value for a in question.alternatives]
    return question.kind


def _count(
    condition: Condition, path: Path, question: Question, form: str
) -> Iterator[Finding]:
    if question.kind != "date":
        yield Finding((*path, form), f"“{getattr(condition, form)}” is not a date question.")
    if condition.at_least is None and condition.below is None:
        yield Finding(path, "Say at_least, below or both.")


def _needed(condition: Condition, scope: Scope) -> list[str]:
    """Return what decides a condition, and what decides whether that is asked, in order."""
    found: set[str] = set()
    waiting = list(names_in(condition))
    while waiting:
        name = waiting.pop()
        if name in found or name not in scope:
            continue
        found.add(name)
        waiting += names_in(scope[name].when)
        if "." in name:
            waiting += names_in(scope[name.partition(".")[0]].when)
    return [name for name in scope if name in found]


def _domain(name: str, scope: Scope, tested: Iterable[Condition | None]) -> list[Any]:
    """Return the answers to a question between which some condition tells a difference."""
    question = scope[name]
    values: list[Any]
    if question.kind == "choice":
        values = [c.value for c in question.choices]
    elif question.kind == "yes_no":
        values = [True, False]
    elif question.kind == "document":
        papers = [a.value for a in question.alternatives] or [""]
        values = [{"alternative": paper, "files": ["file"]} for paper in papers]
    elif question.kind == "date":
        values = _dates(name, tested)
    elif question.kind == "person":
        values = [{"": "x"}]
    else:
        values = ["x"]
    return values if question.required and "." not in name else [*values, None]


def _dates(name: str, tested: Iterable[Condition | None]) -> list[str]:
    """Return dates on both sides of every limit that a condition sets."""
    days = {_DAY}
    for condition in tested:
        for part in _leaves(condition):
            for limit in (part.at_least, part.below):
                if limit is not None and part.age == name:
                    turning = years_after(_DAY, -limit)
                    days |= {turning, turning + timedelta(days=1)}
                elif limit is not None and part.days_since == name:
                    days |= {_DAY - timedelta(days=limit), _DAY - timedelta(days=limit - 1)}
    return [day.isoformat() for day in sorted(days)]


def _leaves(condition: Condition | None) -> Iterator[Condition]:
    if condition is None:
        return
    parts = (*condition.all, *condition.any, *condition.none)
    if not parts:
        yield condition
    for part in parts:
        yield from _leaves(part)


def _answered(values: Mapping[str, Any], scope: Scope) -> dict[str, Any]:
    """Return answers as a form would hold them: those of hidden questions are missing."""
    answers: dict[str, Any] = {}
    for name, value in values.items():
        root, _dot, part = name.partition(".")
        if not holds(scope[root].when, answers, on=_DAY):
            continue
        if part:
            answers[root] = {**(answers.get(root) or {}), part: value}
        else:
            answers[name] = value
    return answers
