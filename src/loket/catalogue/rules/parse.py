"""Turn a definition file into a :class:`~.format.Service`, or say all that is wrong with it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from . import checks, complaints, document
from .format import Service
from .problems import DefinitionErrors, Finding, Problem, dotted

__all__ = [
    "DefinitionErrors",
    "Inspected",
    "Problem",
    "cached",
    "canonical",
    "digest_of",
    "inspect",
    "load",
    "schema",
    "trusted",
]

_MOST_CACHED = 512
_trusted: dict[str, Service] = {}


@dataclass(frozen=True)
class Inspected:
    """A file after reading: the service if it can be used, and every problem."""

    service: Service | None
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(p for p in self.problems if p.level == "error")


def inspect(
    text: str,
    *,
    name: str,
    templates: Mapping[str, checks.Slots] | None = None,
    notices: AbstractSet[str] | None = None,
) -> Inspected:
    """Return the service in a text with all errors and warnings, sorted by line.

    ``templates`` are the document templates with their slots and ``notices`` the messages
    that exist; what is not given is not checked.
    """
    read = document.read(text)
    found = list(read.findings)
    service: Service | None = None
    if read.value is not None:
        try:
            service = Service.model_validate(read.value)
        except ValidationError as error:
            findings = complaints.findings(error, read.value)
        else:
            findings = checks.check(service, templates=templates, notices=notices)
        told = {finding.path for _, finding in found}
        found += [(read.line(f.path), f) for f in findings if f.path not in told]
    problems = sorted((_problem(name, line, finding) for line, finding in found), key=_order)
    if any(p.level == "error" for p in problems):
        service = None
    return Inspected(service=service, problems=tuple(problems))


def load(
    text: str,
    *,
    name: str,
    templates: Mapping[str, checks.Slots] | None = None,
    notices: AbstractSet[str] | None = None,
) -> Service:
    """Return the service in a text.

    :raises DefinitionErrors: if it cannot be used; lists all errors.
    """
    inspected = inspect(text, name=name, templates=templates, notices=notices)
    if inspected.service is None:
        raise DefinitionErrors(inspected.errors)
    return inspected.service


def canonical(service: Service) -> dict[str, Any]:
    """Return the service as plain values, without what is left at its default."""
    return service.model_dump(mode="json", exclude_defaults=True)


def digest_of(definition: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a canonical definition: the same words, the same digest."""
    text = json.dumps(definition, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def cached(digest: str) -> Service | None:
    """Return an already parsed definition, if this process has it."""
    return _trusted.get(digest)


def trusted(digest: str, definition: Mapping[str, Any]) -> Service:
    """Return a stored definition as values; parsed once per process and digest."""
    service = _trusted.get(digest)
    if service is None:
        service = Service.model_validate(definition)
        if len(_trusted) >= _MOST_CACHED:
            _trusted.pop(next(iter(_trusted)))
        _trusted[digest] = service
    return service


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a definition, for editors and other programs."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Service.model_json_schema(),
    }


def _problem(name: str, line: int, finding: Finding) -> Problem:
    return Problem(name, line, dotted(finding.path), finding.reason, finding.level)


def _order(problem: Problem) -> tuple[int, str, str]:
    return (problem.line, problem.path, problem.reason)
