"""Turn a circular or a timeline as text into values, or say all that is wrong with it.

The text is read by the same reader as the definitions of services: it knows the line of
each value and refuses what YAML would quietly change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from loket.catalogue.rules import document
from loket.catalogue.rules.problems import DefinitionErrors, Finding, Path, Problem, dotted

from . import checks, complaints
from .format import Circular, Timeline

__all__ = ["CircularErrors", "Problem", "circular_from", "load_circular", "load_timeline"]

M = TypeVar("M", bound=BaseModel)
Complaint = tuple[Path, str]


class CircularErrors(DefinitionErrors):
    """A circular cannot be used. ``problems`` lists everything, in the order of lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        super().__init__(problems)
        if not any(problem.file for problem in self.problems):
            self.args = ("\n".join(problem.reason for problem in self.problems),)


def load_circular(
    text: str, *, name: str, check: Callable[[Circular], Iterable[Complaint]] | None = None
) -> Circular:
    """Return the circular in a text.

    ``check`` knows the world around it: :func:`.checks.problems` with what exists.

    :raises CircularErrors: if it cannot be used; lists every problem with its line.
    """
    return _load(text, name, Circular, check or checks.alone)


def load_timeline(
    text: str, *, name: str, check: Callable[[Timeline], Iterable[Complaint]] | None = None
) -> Timeline:
    """Return the timeline in a text.

    ``check`` knows the world around it: :func:`.checks.timeline_problems` with what exists.

    :raises CircularErrors: if it cannot be used; lists every problem with its line.
    """
    return _load(text, name, Timeline, check or checks.timeline_alone)


def circular_from(
    values: Mapping[str, Any],
    *,
    check: Callable[[Circular], Iterable[Complaint]] | None = None,
) -> Circular:
    """Return the circular in plain values, such as a form or a record gives.

    :raises CircularErrors: if it cannot be used; ``fields`` names each place.
    """
    circular, findings = _validated(values, Circular, check or checks.alone)
    if circular is None:
        raise CircularErrors(Problem("", 0, dotted(f.path), f.reason) for f in findings)
    return circular


def _load(text: str, name: str, model: type[M], check: Callable[[M], Iterable[Complaint]]) -> M:
    read = document.read(text)
    found = list(read.findings)
    value: M | None = None
    if read.value is not None:
        value, findings = _validated(read.value, model, check)
        told = {finding.path for _, finding in found}
        found += [(read.line(f.path), f) for f in findings if f.path not in told]
    problems = [Problem(name, line, dotted(f.path), f.reason) for line, f in found]
    if value is None or problems:
        raise CircularErrors(sorted(problems, key=lambda p: (p.line, p.path, p.reason)))
    return value


def _validated(
    values: Any, model: type[M], check: Callable[[M], Iterable[Complaint]]
) -> tuple[M | None, list[Finding]]:
    try:
        value = model.model_validate(values)
    except ValidationError as error:
        return None, complaints.findings(error, values, model)
    findings = [Finding(path, reason) for path, reason in check(value)]
    return (None if findings else value), findings
