"""Definitions and answers. The smallest definition is the example of the documentation."""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from loket.catalogue import services
from loket.catalogue.models import ServiceVersion
from loket.catalogue.rules import parse
from loket.catalogue.rules.format import Service
from loket.kernel.access import Actor

MANUAL = Path(__file__).parents[2] / "docs" / "reference" / "service-format.md"
VILLAGE = "31.74.04.1003"


def example() -> str:
    """Return the text of the example in the service format's documentation."""
    return MANUAL.read_text(encoding="utf-8").split("```yaml\n", 1)[1].split("```", 1)[0]


def small(*changes: tuple[str, str]) -> Service:
    """Return the example, with some words replaced."""
    return parse.load(changed(*changes), name="example.yaml")


def changed(*changes: tuple[str, str]) -> str:
    text = example()
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    return text


@cache
def bundled(code: str) -> Service:
    """Return a service that comes with Loket."""
    path = services.DEFINITIONS / f"{code.lower()}.yaml"
    return parse.load(path.read_text(encoding="utf-8"), name=path.name)


def published(text: str, *, actor: Actor, at: datetime) -> ServiceVersion:
    version = services.import_definition(text=text, name="test.yaml", actor=actor, at=at)
    return services.publish(version=version, actor=actor, at=at)


BIRTH: dict[str, Any] = {
    "role": "mother",
    "child_name": "Melati Ayuningtyas",
    "child_sex": "female",
    "child_birth_date": "2026-02-14",
    "birth_time": "04:30",
    "birth_place": "Jakarta",
    "birth_facility": "hospital",
    "attendant": "midwife",
    "birth_kind": "single",
    "birth_order": 1,
    "birth_weight": 3200,
    "birth_length": 49,
    "mother": {
        "name": "Ayu Lestari",
        "citizenship": "indonesian",
        "nik": "3174044905960003",
        "birth_date": "1996-05-09",
    },
    "marriage": "recorded",
    "father": {
        "name": "Bagus Prakoso",
        "citizenship": "indonesian",
        "nik": "3174040211940005",
        "birth_date": "1994-11-02",
    },
    "marriage_date": "2022-08-20",
    "kk_number": "3174042008220011",
    "address": {
        "region": VILLAGE,
        "street": "Jalan Kenanga III Nomor 12",
        "rt": "005",
        "rw": "002",
    },
    "phone": "+6281100000001",
    "witnesses": [
        {"name": "Ratna Sari", "nik": "3174045203880001"},
        {"name": "Joko Susilo", "nik": "3174041207850002"},
    ],
    "birth_proof": {"alternative": "birth_letter", "files": ["letter"]},
    "marriage_proof": {"alternative": "marriage_book", "files": ["book-1", "book-2"]},
    "family_card": {"alternative": "family_card", "files": ["card"]},
}
FILES = frozenset({"letter", "book-1", "book-2", "card", "statement"})


def birth_answers(**changes: Any) -> dict[str, Any]:
    """Return sound answers to BIRTH; a change to None leaves the answer out."""
    answers = deepcopy(BIRTH) | changes
    return {name: value for name, value in answers.items() if value is not None}
