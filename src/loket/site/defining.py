"""Checks and imports definitions against what this installation can print and send."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from loket.catalogue import services
from loket.catalogue.models import ServiceVersion
from loket.catalogue.rules import parse
from loket.catalogue.rules.checks import Slots
from loket.documents.rendering.templates import TEMPLATES
from loket.kernel.access import Actor
from loket.kernel.errors import NotFound
from loket.messaging import rendering


def slots() -> dict[str, Slots]:
    """Return the templates that a definition may name, with what each prints."""
    return {
        name: Slots(
            required=frozenset(slot.name for slot in template.slots if slot.required),
            optional=frozenset(slot.name for slot in template.slots if not slot.required),
            signed=template.signed,
        )
        for name, template in TEMPLATES.items()
    }


def notices() -> set[str]:
    """Return the names of the notices that a step may send."""
    names = (path.name.partition(".")[0] for path in rendering.NOTICES.glob("*.txt"))
    return {name for name in names if not name.startswith("_")}


def read(path: Path) -> str:
    """Return the text of a definition.

    :raises NotFound: if there is no such file, or it is not text.
    """
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise NotFound(f"There is no file {path}.") from None
    except IsADirectoryError:
        raise NotFound(f"{path} is a folder: name a file in it.") from None
    except UnicodeDecodeError:
        raise NotFound(f"{path} is no text in UTF-8.") from None
    except OSError as error:
        raise NotFound(f"{path} cannot be read: {error.strerror}.") from None


def problems(path: Path) -> list[dict[str, Any]]:
    """Return every problem of a definition, with file, line and reason."""
    found = parse.inspect(read(path), name=str(path), templates=slots(), notices=notices())
    return [
        {
            "file": problem.file,
            "line": problem.line,
            "path": problem.path,
            "level": problem.level,
            "reason": problem.reason,
        }
        for problem in found.problems
    ]


def import_file(path: Path, *, actor: Actor, at: datetime) -> ServiceVersion:
    """Import one definition as the next version of its service.

    :raises DefinitionErrors: if it cannot be used.
    """
    return services.import_definition(
        text=read(path),
        name=str(path),
        actor=actor,
        at=at,
        templates=slots(),
        notices=notices(),
    )
