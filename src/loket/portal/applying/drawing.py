"""How a question is drawn: its inputs, with what was typed and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from loket.catalogue.rules import flow
from loket.catalogue.rules.answers import MOST_ROWS
from loket.catalogue.rules.conditions import names_in
from loket.catalogue.rules.format import Question
from loket.catalogue.rules.typed import date_parts

from . import places

Messages = Mapping[str, list[str]]
LONG_TEXT = 120
RADIO_MOST = 9
REDRAW = {
    "hx_post": "?draw=1",
    "hx_trigger": "change",
    "hx_target": "#question",
    "hx_swap": "outerHTML",
}
"""What an input does on whose answer other inputs depend. Without JavaScript, a button does."""

INPUTS: dict[str, tuple[str, dict[str, Any]]] = {
    "text": ("text", {}),
    "place": ("text", {"autocomplete": "off", "autocapitalize": "words"}),
    "name": ("text", {"autocomplete": "off", "autocapitalize": "words", "spellcheck": "false"}),
    "nik": ("digits", {"width": "w16", "maxlength": "24"}),
    "kk": ("digits", {"width": "w16", "maxlength": "24"}),
    "number": ("text", {"inputmode": "numeric", "width": "w8", "autocomplete": "off"}),
    "time": ("text", {"width": "w8", "autocomplete": "off", "placeholder": "08.30"}),
    "phone": ("tel", {}),
    "email": ("email", {}),
    "date": ("date", {}),
}


@dataclass(frozen=True)
class Field:
    """One input, as the component draws it."""

    name: str
    label: str
    kind: str
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """One person of a group."""

    number: int
    fields: list[Field]

    @property
    def ordinal(self) -> int:
        return self.number + 1


@dataclass(frozen=True)
class Drawing:
    """Everything on the page of one question."""

    question: Question
    fields: list[Field] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    is_stepwise: bool = False
    """Whether there is a choice on which other inputs depend."""

    @property
    def labels(self) -> dict[str, str]:
        """What each input asks, where there are several: for the list of what is wrong."""
        several = self.fields if len(self.fields) > 1 else []
        person = _("Person %(number)s, %(label)s")
        return {f.name: f.label for f in several} | {
            f.name: person % {"number": row.ordinal, "label": f.label}
            for row in self.rows
            for f in row.fields
        }

    @property
    def can_add(self) -> bool:
        return len(self.rows) < (self.question.at_most or MOST_ROWS)

    @property
    def can_remove(self) -> bool:
        return len(self.rows) > least(self.question)


@dataclass(frozen=True)
class Sheet:
    """What stands on the page: what was typed, and what is said about it."""

    raw: Any
    errors: Messages
    warnings: Messages
    answers: Mapping[str, Any]
    on: date
    posted: Mapping[str, Any] = field(default_factory=dict)
    """The form as it came: it holds the way down to a village, which no answer keeps."""


def draw(question: Question, sheet: Sheet) -> Drawing:
    """Return the inputs of a question."""
    if question.kind == "person":
        fields = parts(question, sheet, sheet.raw, question.name)
        return Drawing(question, fields=fields, is_stepwise=bool(deciding(question)))
    if question.kind == "group":
        return Drawing(
            question, rows=rows(question, sheet), is_stepwise=bool(deciding(question))
        )
    if question.kind == "address":
        return Drawing(
            question, fields=address(sheet, sheet.raw, question.name), is_stepwise=True
        )
    if question.kind == "document":
        return Drawing(question, fields=papers(question, sheet))
    return Drawing(
        question, fields=[single(question, sheet, sheet.raw, question.name, large=True)]
    )


def single(
    question: Question, sheet: Sheet, value: Any, path: str, *, large: bool = False
) -> Field:
    """Return the input of a single value."""
    kind, options = kind_of(question)
    options |= {
        "value": shown(question, value),
        "hint": str(question.hint or ""),
        "errors": sheet.errors.get(path),
        "warnings": sheet.warnings.get(path),
        "optional": not question.required,
        "large": large,
    }
    return Field(path, str(question.label), kind, options)


def kind_of(question: Question) -> tuple[str, dict[str, Any]]:
    """Return which component draws a question, with what is special about it."""
    if question.kind == "yes_no":
        return "radio", {"choices": [("yes", _("Yes")), ("no", _("No"))], "inline": True}
    if question.kind == "choice":
        choices = [(c.value, str(c.label), str(c.hint or "")) for c in question.choices]
        if len(choices) > RADIO_MOST:
            return "select", {"choices": choices, "blank": _("Choose …")}
        return "radio", {"choices": choices}
    if question.kind == "text" and (question.at_most or LONG_TEXT + 1) > LONG_TEXT:
        return "textarea", {}
    kind, options = INPUTS[question.kind]
    return kind, dict(options)


def shown(question: Question, value: Any) -> Any:
    """Return a stored or typed value as its input holds it."""
    if question.kind == "date":
        return date_parts(value or "")
    if question.kind == "yes_no" and isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else value


def parts(question: Question, sheet: Sheet, value: Any, path: str) -> list[Field]:
    """Return the inputs of a person, or of one row of a group."""
    given = value if isinstance(value, Mapping) else {}
    decide = deciding(question)
    fields: list[Field] = []
    for part in flow.fields(question, given, sheet.answers, sheet.on):
        at, inner = f"{path}.{part.name}", given.get(part.name)
        if part.kind == "address":
            fields += address(sheet, inner, at)
            continue
        drawn = single(part, sheet, inner, at)
        if part.name in decide:
            drawn.options.update(REDRAW)
        fields.append(drawn)
    return fields


def deciding(question: Question) -> set[str]:
    """Return the fields on whose answers it depends which others are asked."""
    own = {part.name for part in question.of}
    return {
        name.partition(".")[0] for part in question.of for name in names_in(part.when)
    } & own


def least(question: Question) -> int:
    """Return how many people a group has at least."""
    return max(question.at_least or 1, 1)


def rows(question: Question, sheet: Sheet) -> list[Row]:
    """Return the people of a group, at least as many as are needed."""
    given = list(sheet.raw) if isinstance(sheet.raw, list) else []
    given += [{}] * (least(question) - len(given))
    return [
        Row(number, parts(question, sheet, value, f"{question.name}.{number}"))
        for number, value in enumerate(given)
    ]


def papers(question: Question, sheet: Sheet) -> list[Field]:
    """Return the choice among papers; the files are drawn by the page itself."""
    offered = flow.alternatives(question, sheet.answers, sheet.on)
    if len(offered) < 2:  # noqa: PLR2004 -- nothing to choose
        return []
    value = sheet.raw.get("alternative", "") if isinstance(sheet.raw, Mapping) else ""
    options = {
        "choices": [(a.value, title_of(a), str(a.hint or "")) for a in offered],
        "value": value,
        "errors": sheet.errors.get(f"{question.name}.alternative"),
    }
    return [
        Field(
            f"{question.name}.alternative", _("Which document do you have?"), "radio", options
        )
    ]


def title_of(paper: Any) -> str:
    """Return the name of a paper, with the code of its form."""
    label = str(paper.label)
    return label if paper.form in label else f"{label} ({paper.form})"


def address(sheet: Sheet, value: Any, path: str) -> list[Field]:
    """Return the inputs of an address: from the city down to the village, then the street."""
    given = dict(value) if isinstance(value, Mapping) else {}
    given |= {s: sheet.posted.get(f"{path}.{s}", "") for s in ("city", "district")}
    fields = []
    for step in places.chain(given):
        options: dict[str, Any] = {
            "choices": step.choices,
            "value": step.chosen,
            "blank": _("Choose …"),
            "disabled": not step.choices,
        }
        if step.name == "region":
            options["errors"] = sheet.errors.get(f"{path}.region")
        else:
            below = f"f-{path}-{step.fills}".replace(".", "-")
            options |= {"data_fills": below, "data_source": places.source()}
        fields.append(Field(f"{path}.{step.name}", step.label, "select", options))
    texts = (
        ("street", _("Street and house number"), {"autocomplete": "street-address"}),
        (
            "rt",
            "RT",
            {"inputmode": "numeric", "width": "w2", "maxlength": "3"},
        ),
        (
            "rw",
            "RW",
            {"inputmode": "numeric", "width": "w2", "maxlength": "3"},
        ),
    )
    for name, label, options in texts:
        at = f"{path}.{name}"
        own = {"value": given.get(name, ""), "errors": sheet.errors.get(at), **options}
        fields.append(Field(at, label, "text", own))
    return fields
