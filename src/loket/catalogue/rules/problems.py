"""What is wrong with a definition, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from loket.kernel.errors import Invalid

Path = tuple[str | int, ...]
Level = Literal["error", "warning"]


@dataclass(frozen=True)
class Finding:
    """Something wrong at a place in the document; the line is not known yet."""

    path: Path
    reason: str
    level: Level = "error"


@dataclass(frozen=True)
class Problem:
    """Something wrong at a line of a file. As a string, what an administrator reads."""

    file: str
    line: int
    path: str
    reason: str
    level: Level = "error"

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}: {self.level}: "
        return place + (f"{self.path}: {self.reason}" if self.path else self.reason)


class DefinitionErrors(Invalid):
    """A definition cannot be used. ``problems`` lists everything, in the order of lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        fields: dict[str, list[str]] = {}
        for problem in self.problems:
            fields.setdefault(problem.path, []).append(problem.reason)
        super().__init__("\n".join(str(p) for p in self.problems), fields=fields)


def dotted(path: Path) -> str:
    """Return a path as an administrator reads it: ``questions[3].when.equals``."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text
