"""Complete answers to every service, and how a test judges them."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import loket
from loket.catalogue.rules import answers as rules
from loket.catalogue.rules import parse
from loket.catalogue.rules.format import Action, Service

DEFINITIONS = Path(loket.__file__).parent / "catalogue" / "definitions"
SAMPLES = Path(__file__).parent
ON = date(2026, 3, 2)
"""The day of filing, for which the samples are complete, right and in time."""
VILLAGES = {"31.74.04.1001", "31.74.04.1002", "31.74.04.1003", "31.74.04.1004"}

PATHS = {
    "BIRTH": ("verify", "sign"),
    "DEATH": ("verify", "sign"),
    "KK-ADD": ("verify", "sign"),
    "KK-LOST": ("verify", "sign"),
    "KTP-NEW": ("verify", "recorded", "print_done", "collected"),
    "KTP-LOST": ("verify", "print_done", "collected"),
    "KIA-NEW": ("verify", "print_done", "collected"),
    "MOVE-OUT": ("verify", "sign"),
}
"""Steps from filing to the end, when nothing is amiss."""


@cache
def definition(code: str) -> Service:
    path = DEFINITIONS / f"{code.lower()}.yaml"
    return parse.load(path.read_text(encoding="utf-8"), name=path.name)


def sample(code: str, **changes: Any) -> dict[str, Any]:
    """Return complete answers with some changed; ... leaves one out."""
    text = (SAMPLES / f"{code.lower()}.json").read_text(encoding="utf-8")
    answers = json.loads(text) | changes
    return {name: value for name, value in answers.items() if value is not ...}


def judged(code: str, *, on: date = ON, **changes: Any) -> rules.Checked:
    """Check a sample with some answers changed. Every file that it names is there."""
    answers = sample(code, **changes)
    return rules.check(
        definition(code), answers, on=on, regions=VILLAGES.__contains__, files=files_in(answers)
    )


def files_in(answers: dict[str, Any]) -> set[str]:
    papers = [v for v in answers.values() if isinstance(v, dict) and "files" in v]
    return {name for paper in papers for name in paper["files"]}


def paper(alternative: str, *files: str) -> dict[str, Any]:
    return {"alternative": alternative, "files": list(files or ("foto.jpg",))}


def step(service: Service, name: str) -> Action:
    return next(action for action in service.workflow.actions if action.name == name)
