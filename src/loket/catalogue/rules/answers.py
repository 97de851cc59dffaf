"""Check answers against a service: the same judgement for every face.

Errors and warnings are by field path (``mother.nik``, ``members.0.name``). What is invalid
stays in ``values`` as it was typed, so that nothing is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import flow, typed, values
from .conditions import as_date, holds, is_answered, names_in
from .format import Eligibility, Question, Service
from .values import Reading, Setting

WITNESSES = "witnesses"
"""Name of the group question that holds the witnesses whom a paper needs."""

MOST_ROWS = 20
_OF_PARTS = {"address", "person", "group"}
"""Kinds whose parts say themselves that they are missing."""


@dataclass
class Checked:
    """Answers after the check. ``effects`` are names of lateness rules that apply."""

    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, list[str]] = field(default_factory=dict)
    warnings: dict[str, list[str]] = field(default_factory=dict)
    effects: tuple[str, ...] = ()

    def is_sound(self, question: str) -> bool:
        """Say whether a question has no error on it or below it."""
        return not any(p == question or p.startswith(f"{question}.") for p in self.errors)


def check(
    service: Service,
    answers: Mapping[str, Any],
    *,
    on: date,
    regions: Callable[[str], bool],
    files: Container[str],
    only: Iterable[str] | None = None,
) -> Checked:
    """Return the answers of all questions that are asked, with what is wrong with them.

    Answers to questions that are not asked are left out. With ``only``, what is wrong is
    told about these questions alone: those of the page that was just filled in.
    """
    wanted = {q.name for q in service.questions} if only is None else set(only)
    checked = Checked()
    for question in service.questions:
        if not holds(question.when, checked.values, on=on):
            continue
        reading = check_question(
            question,
            answers.get(question.name),
            answers=checked.values,
            on=on,
            regions=regions,
            files=files,
        )
        if question.name in answers:
            checked.values[question.name] = reading.value
        if question.name in wanted:
            checked.errors |= reading.errors
            checked.warnings |= reading.warnings
    _count_witnesses(service, checked, wanted)
    _refuse_ineligible(service, checked, wanted, on)
    _find_lateness(service, checked, wanted, on)
    if only is None:
        _name_strangers(service, answers, checked)
    return checked


def check_question(
    question: Question,
    raw: Any,
    *,
    answers: Mapping[str, Any],
    on: date,
    regions: Callable[[str], bool],
    files: Container[str],
) -> Reading:
    """Return the reading of one answer; ``answers`` are those given before it.

    Officers' questions (``asks`` of an action) are checked with this too.
    """
    setting = Setting(answers=answers, on=on, regions=regions, files=files)
    return _read(question, typed.storable(raw), setting, {}, question.name)


def _read(
    question: Question, raw: Any, setting: Setting, beside: Mapping[str, Any], path: str
) -> Reading:
    if not (is_answered(raw) or (question.required and question.kind in _OF_PARTS)):
        return _read_nothing(question, raw, path)
    if question.kind == "address":
        return values.read_address(raw, setting, path)
    if question.kind == "document":
        return values.read_document(question, raw, setting, path)
    if question.kind == "person":
        return _read_fields(question, raw, setting, path)
    if question.kind == "group":
        return _read_rows(question, raw, setting, path)
    return values.read(question, raw, setting, beside, path)


def _read_nothing(question: Question, raw: Any, path: str) -> Reading:
    chosen = raw.get("alternative") if isinstance(raw, Mapping) else None
    reading = Reading(value=dict(raw) if isinstance(raw, Mapping) and chosen else None)
    if question.required:
        at = f"{path}.files" if chosen else path
        reading.errors[at] = [_nothing(question)]
    return reading


def _nothing(question: Question) -> str:
    return {
        "choice": _("Choose one of the answers."),
        "yes_no": _("Choose yes or no."),
        "date": _("Fill in the day, the month and the year."),
        "time": _("Write the time with hours and minutes, from 00.00 to 23.59."),
        "document": _("Add a photo or a file of the paper."),
        "nik": _("Write the NIK: the 16 digits on the KTP-el or the family card."),
        "kk": _("Write the number of the family card: 16 digits at its top."),
        "name": _("Write the name."),
    }.get(question.kind, _("Please answer this question."))


def _read_fields(question: Question, raw: Any, setting: Setting, path: str) -> Reading:
    """Read a person, or one row of a group, field by field."""
    given = dict(raw) if isinstance(raw, Mapping) else {}
    reading = Reading(value={})
    # NIK last: it is compared with the birth date and sex that may stand below it.
    asked = flow.fields(question, given, setting.answers, setting.on)
    for part in sorted(asked, key=lambda q: q.kind == "nik"):
        below = _read(part, given.get(part.name), setting, reading.value, f"{path}.{part.name}")
        reading.errors |= below.errors
        reading.warnings |= below.warnings
        if below.value is not None:
            reading.value[part.name] = below.value
    return reading


def _read_rows(question: Question, raw: Any, setting: Setting, path: str) -> Reading:
    rows = [r for r in raw if is_answered(r)] if isinstance(raw, list) else []
    reading = Reading(value=[])
    for number, row in enumerate(rows):
        below = _read_fields(question, row, setting, f"{path}.{number}")
        reading.value.append(below.value)
        reading.errors |= below.errors
        reading.warnings |= below.warnings
    least, most = question.at_least or 1, question.at_most or MOST_ROWS
    if len(rows) < least:
        text = ngettext("%(n)s person is needed here.", "%(n)s people are needed here.", least)
        reading.errors[path] = [text % {"n": least}]
    if len(rows) > most:
        text = ngettext("At most %(n)s person fits.", "At most %(n)s people fit.", most)
        reading.errors[path] = [text % {"n": most}]
    _refuse_twins(question, reading, path)
    return reading


def _refuse_twins(question: Question, reading: Reading, path: str) -> None:
    """Refuse the same NIK in two rows."""
    for part in (p for p in question.of if p.kind == "nik"):
        seen: dict[str, int] = {}
        for number, row in enumerate(reading.value):
            value = row.get(part.name)
            at = f"{path}.{number}.{part.name}"
            if not isinstance(value, str) or at in reading.errors:
                continue
            if value in seen:
                text = _("This NIK was already given for person %(n)s.")
                reading.errors[at] = [text % {"n": seen[value] + 1}]
            seen.setdefault(value, number)


def _count_witnesses(service: Service, checked: Checked, wanted: set[str]) -> None:
    if WITNESSES not in wanted or not checked.is_sound(WITNESSES):
        return
    needed = 0
    for question in (q for q in service.questions if q.name in checked.values):
        chosen = checked.values[question.name] if question.kind == "document" else None
        for paper in question.alternatives:
            if chosen and paper.value == chosen.get("alternative"):
                needed = max(needed, paper.witnesses)
    if len(checked.values.get(WITNESSES) or ()) < needed:
        text = ngettext("Name %(n)s witness.", "Name %(n)s witnesses.", needed)
        checked.errors[WITNESSES] = [text % {"n": needed}]


def _refuse_ineligible(service: Service, checked: Checked, wanted: set[str], on: date) -> None:
    for rule in service.eligibility:
        anchor = _anchor(service, rule, checked)
        roots = {name.partition(".")[0] for name in names_in(rule.unless)}
        if anchor not in wanted or not all(checked.is_sound(root) for root in roots):
            continue
        if holds(rule.unless, checked.values, on=on):
            checked.errors.setdefault(anchor, []).append(str(rule.message))


def _anchor(service: Service, rule: Eligibility, checked: Checked) -> str:
    """Return the last question answered of those that a rule looks at."""
    roots = {name.partition(".")[0] for name in names_in(rule.unless)}
    inside = [q.name for q in service.questions if q.name in roots]
    answered = [name for name in inside if name in checked.values]
    return (answered or inside)[-1]


def _find_lateness(service: Service, checked: Checked, wanted: set[str], on: date) -> None:
    for rule in service.lateness:
        since = as_date(checked.values.get(rule.question))
        if since is None or on < rule.effective_from or not checked.is_sound(rule.question):
            continue
        if (on - typed.years_after(since, rule.years)).days > rule.days:
            checked.effects = (*checked.effects, rule.effect)
            if rule.question in wanted:
                checked.warnings.setdefault(rule.question, []).append(str(rule.message))


def _name_strangers(service: Service, answers: Mapping[str, Any], checked: Checked) -> None:
    known = {q.name for q in service.questions}
    for name in answers:
        if name not in known:
            checked.warnings[name] = [_("This service asks nothing of this name.")]
