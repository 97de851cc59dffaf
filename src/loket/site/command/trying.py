"""Checks answers against a published service, exactly as every face does."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from django.utils import translation

from loket.cases.queries import judging
from loket.catalogue import queries as catalogue
from loket.files.rules import sandbox
from loket.kernel import clock
from loket.kernel.errors import Invalid
from loket.organisation import queries as organisation

from . import printing


def read_object(path: Path) -> dict[str, Any]:
    """Return the object in a JSON file: answers by question, hours by weekday.

    :raises Invalid: if it is not an object in JSON.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise Invalid(f"{path} is not JSON: {error}.") from None
    if not isinstance(found, dict):
        raise Invalid(f"{path} must hold one object, in braces.")
    return found


def named_files(answers: dict[str, Any]) -> dict[str, list[str]]:
    """Return the names of files that the answers give, by question."""
    return {
        question: [str(name) for name in answer["files"]]
        for question, answer in answers.items()
        if isinstance(answer, dict) and isinstance(answer.get("files"), list)
    }


def read_files(
    answers: dict[str, Any], folder: Path | None
) -> tuple[dict[str, list[tuple[str, bytes]]], dict[str, list[str]]]:
    """Return names and bytes by question, and what is wrong with those not found."""
    found: dict[str, list[tuple[str, bytes]]] = {}
    errors: dict[str, list[str]] = {}
    for question, names in named_files(answers).items():
        for name in names:
            path = folder / name if folder else None
            if path is None or not path.is_file():
                where = folder or "a folder: give --files DIR"
                errors.setdefault(question, []).append(f"{name} is not in {where}.")
            else:
                found.setdefault(question, []).append((path.name, path.read_bytes()))
    return found, errors


def inspect(found: dict[str, list[tuple[str, bytes]]]) -> dict[str, list[str]]:
    """Return what is wrong with the files, by question."""
    errors: dict[str, list[str]] = {}
    for question, group in found.items():
        for name, data in group:
            verdict = sandbox.inspect(data, name, max_bytes=settings.UPLOAD_MAX_BYTES)
            if verdict.outcome == "refused":
                errors.setdefault(question, []).append(f"{name}: {verdict.reason}")
    return errors


def run(
    code: str,
    path: Path,
    folder: Path | None,
    language: str,
    on: datetime | None,
    *,
    as_json: bool,
) -> None:
    """Print errors and warnings by field; exit with 1 if there is an error."""
    at = clock.now()
    with translation.override(language):
        service = catalogue.get(code.upper()).service
        answers = read_object(path)
        given, errors = read_files(answers, folder) if folder else ({}, {})
        names = {name for group in named_files(answers).values() for name in group}
        day = on.date() if on else organisation.today(None, at=at)
        checked = judging.judge(service, answers, files=names, on=day)
        errors = checked.errors | errors | inspect(given)
        result = {
            "service": service.code,
            "ok": not errors,
            "errors": {field: [str(s) for s in lines] for field, lines in errors.items()},
            "warnings": {f: [str(s) for s in lines] for f, lines in checked.warnings.items()},
            "effects": list(checked.effects),
        }
    if as_json:
        printing.data(result)
    else:
        show(errors, checked.warnings, checked.effects)
    raise SystemExit(bool(errors))


def show(
    errors: dict[str, list[str]], warnings: dict[str, list[str]], effects: tuple[str, ...]
) -> None:
    """Print for people: what is wrong to standard error, the rest to standard output."""
    for field, lines in errors.items():
        for line in lines:
            click.echo(f"{field}: error: {line}", err=True)
    for field, lines in warnings.items():
        for line in lines:
            click.echo(f"{field}: warning: {line}")
    for effect in effects:
        click.echo(f"effect: {effect}")
    if not errors:
        click.echo("The answers can be sent.")
