"""Answers as people read them: before sending, at the officer's desk, on the receipt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from loket.kernel.errors import NotFound
from loket.kernel.identifiers import emails, kk, nik, phones
from loket.kernel.texts import Text

from . import flow
from .asking import Question
from .conditions import is_answered
from .format import Service
from .typed import spoken_date

RegionName = Callable[[str], str]
"""Returns the name of a region by its code."""

YES, NO = Text(id="Ya", en="Yes"), Text(id="Tidak", en="No")
NOTHING = Text(id="Tidak diisi", en="Not filled in")
ONE_FILE, FILES = Text(id="1 berkas", en="1 file"), Text(id="{n} berkas", en="{n} files")
_REGIONS = ((13, "Kelurahan {}"), (8, "Kecamatan {}"), (5, "{}"))
"""How many signs of a village's code name each region around it, and what it is called."""


@dataclass(frozen=True)
class Shown:
    """One question with its answer. ``masked`` are the lines fit for lists and messages."""

    question: str
    kind: str
    label: str
    lines: tuple[str, ...]
    masked: tuple[str, ...]
    files: tuple[str, ...] = ()
    """References of the files, for a document."""


@dataclass(frozen=True)
class ShownSection:
    """A heading with the questions below it."""

    name: str
    title: str
    rows: tuple[Shown, ...]


@dataclass(frozen=True)
class Reader:
    """Who reads: in which language, and how regions are called."""

    language: str
    region_name: RegionName
    masks: bool = False


def shown(
    service: Service,
    answers: Mapping[str, Any],
    *,
    on: date,
    language: str,
    region_name: RegionName,
) -> tuple[ShownSection, ...]:
    """Return the questions that are asked, by section, with their answers."""
    asked = flow.visible(service, answers, on)
    sections = []
    for section in service.sections:
        inside = [q for q in asked if q.section == section.name]
        if inside:
            found = rows(inside, answers, on=on, language=language, region_name=region_name)
            title = section.title.in_language(language)
            sections.append(ShownSection(section.name, title, found))
    return tuple(sections)


def rows(
    questions: Iterable[Question],
    answers: Mapping[str, Any],
    *,
    on: date,
    language: str,
    region_name: RegionName,
) -> tuple[Shown, ...]:
    """Return some questions with their answers; also for what officers filled in."""
    plain = Reader(language, region_name)
    masking = Reader(language, region_name, masks=True)
    return tuple(
        Shown(
            question=question.name,
            kind=question.kind,
            label=question.label.in_language(language),
            lines=tuple(_lines(question, answers.get(question.name), answers, on, plain)),
            masked=tuple(_lines(question, answers.get(question.name), answers, on, masking)),
            files=_files(question, answers.get(question.name)),
        )
        for question in questions
    )


def _lines(
    question: Question, value: Any, answers: Mapping[str, Any], on: date, reader: Reader
) -> Iterator[str]:
    if not is_answered(value):
        yield NOTHING.in_language(reader.language)
    elif question.kind == "person":
        yield from _fields(question, value, answers, on, reader)
    elif question.kind == "group":
        for number, row in enumerate(value if isinstance(value, list) else [], start=1):
            pairs = list(_pairs(question, row, answers, on, reader))
            yield f"{number}. {pairs[0][1] if pairs else NOTHING.in_language(reader.language)}"
            yield from (f"{label}: {text}" for label, text in pairs[1:])
    elif question.kind == "address":
        yield from _address(value, reader)
    elif question.kind == "document":
        yield from _document(question, value, reader)
    elif question.kind == "text":
        yield from _masked(question, str(value), reader).splitlines()
    else:
        yield _one(question, value, reader)


def _fields(
    question: Question, value: Any, answers: Mapping[str, Any], on: date, reader: Reader
) -> Iterator[str]:
    for label, text in _pairs(question, value, answers, on, reader):
        yield f"{label}: {text}"


def _pairs(
    question: Question, value: Any, answers: Mapping[str, Any], on: date, reader: Reader
) -> Iterator[tuple[str, str]]:
    given = value if isinstance(value, Mapping) else {}
    for part in flow.fields(question, given, answers, on):
        if is_answered(given.get(part.name)):
            label = part.label.in_language(reader.language)
            yield label, ", ".join(_lines(part, given[part.name], answers, on, reader))


def _one(question: Question, value: Any, reader: Reader) -> str:
    if question.kind == "date":
        text = spoken_date(value, reader.language)
    elif question.kind == "time":
        text = str(value).replace(":", ".") if reader.language == "id" else str(value)
    elif question.kind == "yes_no" and isinstance(value, bool):
        text = (YES if value else NO).in_language(reader.language)
    elif question.kind == "choice":
        labels = {c.value: c.label.in_language(reader.language) for c in question.choices}
        text = labels.get(str(value), str(value))
    else:
        text = str(value)
    return _masked(question, text, reader)


def _masked(question: Question, text: str, reader: Reader) -> str:
    if not reader.masks:
        return text
    if question.kind in _MASKS and (question.masked or question.kind in {"nik", "kk"}):
        return _MASKS[question.kind](text)
    return f"{text[:1]}***" if question.masked else text


_MASKS: dict[str, Callable[[str], str]] = {
    "nik": nik.mask,
    "kk": kk.mask,
    "phone": phones.mask,
    "email": emails.mask,
}


def _address(value: Any, reader: Reader) -> Iterator[str]:
    given = value if isinstance(value, Mapping) else {}
    street = str(given.get("street") or "")
    rt, rw = str(given.get("rt") or ""), str(given.get("rw") or "")
    yield ", ".join(
        p for p in (street, f"RT {rt}" if rt else "", f"RW {rw}" if rw else "") if p
    )
    code = str(given.get("region") or "")
    names = [f.format(_region(code[:n], reader)) for n, f in _REGIONS if len(code) >= n]
    if names:
        yield ", ".join(names)


def _region(code: str, reader: Reader) -> str:
    try:
        return reader.region_name(code)
    except NotFound:
        # What was typed may be no region at all; it is shown, and the check refuses it.
        return code


def _document(question: Question, value: Any, reader: Reader) -> Iterator[str]:
    given = value if isinstance(value, Mapping) else {}
    for paper in question.alternatives:
        if paper.value == given.get("alternative"):
            yield paper.label.in_language(reader.language)
    files = _files(question, value)
    counted = ONE_FILE if len(files) == 1 else FILES
    yield counted.in_language(reader.language).format(n=len(files))


def _files(question: Question, value: Any) -> tuple[str, ...]:
    if question.kind != "document" or not isinstance(value, Mapping):
        return ()
    listed = value.get("files")
    return tuple(str(f) for f in listed) if isinstance(listed, list) else ()
