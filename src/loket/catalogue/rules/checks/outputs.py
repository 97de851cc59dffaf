"""Outputs that cannot be numbered, filled or issued."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from string import Formatter

from loket.catalogue.rules.format import Output, Service
from loket.catalogue.rules.problems import Finding, Path

from . import names

PLACEHOLDERS = {"city": "", "prefix": "", "ddmmyyyy": "", "serial": r"(0[1-9]d)?"}
"""What a number pattern may hold, and the width that may follow the colon."""


@dataclass(frozen=True)
class Slots:
    """What a document template prints; its package tells."""

    required: frozenset[str]
    optional: frozenset[str] = frozenset()
    signed: bool = True


def check(service: Service, templates: Mapping[str, Slots] | None) -> Iterator[Finding]:
    """Find what is wrong with what comes out of a service."""
    yield from names.twice(service.outputs, ("outputs",))
    issued = {action.issues for action in service.workflow.actions}
    for at, output in enumerate(service.outputs):
        path: Path = ("outputs", at)
        if output.name not in issued:
            reason = f"No action issues “{output.name}”."
            yield Finding((*path, "name"), reason)
        yield from names.twice(output.variants, (*path, "variants"))
        yield from _number(service, output, path)
        yield from _sources(service, output, path)
        if templates is not None:
            yield from _template(output, path, templates)
    if not service.outputs:
        yield Finding(("outputs",), "A service needs at least one output.")


def _number(service: Service, output: Output, path: Path) -> Iterator[Finding]:
    if output.kind == "certificate" and "{serial" not in output.number:
        yield Finding((*path, "number"), "The number of a certificate needs “{serial}”.")
    yield from _placeholders(output, path)
    if "{prefix" in output.number and not output.prefix:
        yield Finding((*path, "prefix"), "The number has “{prefix}”, but no “prefix” is given.")
    if output.late_prefix and not service.lateness:
        reason = "A “late_prefix” is never used: there is no “lateness”."
        yield Finding((*path, "late_prefix"), reason)


def _placeholders(output: Output, path: Path) -> Iterator[Finding]:
    try:
        parts = list(Formatter().parse(output.number))
    except ValueError:
        yield Finding((*path, "number"), "A brace is open: write “{serial:04d}”.")
        return
    for _text, name, width, conversion in parts:
        if name is None:
            continue
        if name not in PLACEHOLDERS:
            reason = names.unknown(name, PLACEHOLDERS, "placeholder")
            yield Finding((*path, "number"), reason)
        elif conversion or not re.fullmatch(PLACEHOLDERS[name], width or ""):
            reason = f"“{width}” is no width for “{name}”; the serial's is such as 04d."
            yield Finding((*path, "number"), reason)


def _sources(service: Service, output: Output, path: Path) -> Iterator[Finding]:
    known = names.answer_paths(service)
    if output.holder and output.holder not in known:
        yield Finding((*path, "holder"), names.unknown(output.holder, known, "question"))
    for slot, source in output.facts.items():
        if source not in known:
            reason = names.unknown(source, known, "question")
            yield Finding((*path, "facts", slot), reason)


def _template(output: Output, path: Path, templates: Mapping[str, Slots]) -> Iterator[Finding]:
    slots = templates.get(output.template)
    if slots is None:
        reason = names.unknown(output.template, templates, "document template")
        yield Finding((*path, "template"), reason)
        return
    if slots.signed != (output.kind == "certificate"):
        reason = "A certificate needs a template that is signed, a card one that is not."
        yield Finding((*path, "template"), reason)
    known = slots.required | slots.optional
    for slot in output.facts:
        if slot not in known:
            reason = names.unknown(slot, sorted(known), f"place in “{output.template}”")
            yield Finding((*path, "facts", slot), reason)
    for slot in sorted(slots.required - set(output.facts)):
        reason = f"Nothing fills “{slot}”, which “{output.template}” must print."
        yield Finding((*path, "facts"), reason)
