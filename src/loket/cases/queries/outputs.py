"""What a case's outputs print: answers put into the slots of a document template."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from loket.cases.models import Case
from loket.cases.rules import facts
from loket.catalogue.rules.conditions import holds, lookup
from loket.catalogue.rules.format import Output
from loket.organisation import queries as organisation

from .clocks import filed_on

CITY = slice(0, 5)
"""A city's part of a region's code: ``31.74`` of ``31.74.04.1003``."""


def facts_for(case: Case, output: Output, *, answers: Mapping[str, Any] | None = None) -> Any:
    """Return the facts of an output; ``answers`` are the corrected ones, if any."""
    service = case.service_version.service
    known = dict(answers if answers is not None else case.answers) | case.added
    names = organisation.region_names([*facts.regions_in(known), case.unit.region])
    slots = {
        slot: facts.printable(
            facts.question_at(service, path), lookup(known, path), names=names
        )
        for slot, path in output.facts.items()
    }
    on = filed_on(case)
    judged = known | dict.fromkeys(case.effects, True)
    return {
        **{slot: value for slot, value in slots.items() if value is not None},
        "variants": [
            {"id": v.words.id, "en": v.words.en}
            for v in output.variants
            if holds(v.when, judged, on=on)
        ],
        "late": "late" in case.effects,
        "office": case.unit.name,
        "issued_in": names.get(case.unit.region[CITY], ""),
    }


def pickup_facts(case: Case) -> dict[str, Any] | None:
    """Return what the slip for collecting a card prints, while a card waits to be collected."""
    service = case.service_version.service
    made = {a.issues for a in service.workflow.actions if a.issues and a.target == case.state}
    card = next((o for o in service.outputs if o.kind == "card" and o.name in made), None)
    if card is None:
        return None
    office = getattr(case.unit, "office", None)
    return {
        "card": {"id": card.title.id, "en": card.title.en},
        "address": office.address if office else "",
        **facts_for(case, card),
    }


def holder_of(case: Case, output: Output, answers: Mapping[str, Any]) -> str:
    """Return whom a document is about."""
    known = dict(answers) | case.added
    return facts.name_in(lookup(known, output.holder)) if output.holder else case.title
