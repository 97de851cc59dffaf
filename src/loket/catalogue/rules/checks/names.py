"""Names that are given twice, or that name nothing."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from loket.catalogue.rules.format import Question, Service
from loket.catalogue.rules.problems import Finding, Path


class Named(Protocol):
    @property
    def name(self) -> str: ...


def twice(parts: Sequence[Named], path: Path, key: str = "name") -> Iterator[Finding]:
    """Find names that an earlier part already has."""
    yield from repeated([p.name for p in parts], path, key)


def repeated(names: Iterable[str], path: Path, key: str) -> Iterator[Finding]:
    """Find values that occurred before; ``path`` is that of the list."""
    seen: set[str] = set()
    for at, name in enumerate(names):
        if name in seen:
            yield Finding((*path, at, key), f"“{name}” is the name of an earlier one too.")
        seen.add(name)


def unknown(name: str, known: Iterable[str], what: str) -> str:
    """Return the sentence that there is no such thing, with the likeliest one meant."""
    near = difflib.get_close_matches(name, list(known), n=1)
    return f"There is no {what} “{name}”." + (f" Did you mean “{near[0]}”?" if near else "")


def answer_paths(service: Service) -> dict[str, Question]:
    """Return what residents' answers and officers' asks can be named by."""
    paths: dict[str, Question] = {}
    asked = [q for action in service.workflow.actions for q in action.asks]
    for question in (*service.questions, *asked):
        paths[question.name] = question
        if question.kind == "person":
            paths |= {f"{question.name}.{part.name}": part for part in question.of}
    return paths
