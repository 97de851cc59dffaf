"""Move the answers of a draft to a newer version of its service, and say what changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from .asking import Question
from .conditions import is_answered
from .format import Service

_WITH_FIELDS = {"person", "group"}


@dataclass(frozen=True)
class Change:
    """One difference that concerns the person, in words."""

    question: str
    words: str


@dataclass(frozen=True)
class Carried:
    """The answers that still fit, and what changed."""

    answers: dict[str, Any]
    changes: tuple[Change, ...]


def carry(old: Service, new: Service, answers: Mapping[str, Any]) -> Carried:
    """Return the answers as far as the new version still asks for them in the same way."""
    before = {q.name: q for q in old.questions}
    after = {q.name: q for q in new.questions}
    kept: dict[str, Any] = {}
    changes: list[Change] = []
    for question in new.questions:
        earlier = before.get(question.name)
        value = answers.get(question.name)
        if earlier is None:
            changes.append(_said(question, _("New question: %(label)s")))
            continue
        changes += _differences(earlier, question, value)
        if question.name in answers and _fits(earlier, question, value):
            kept[question.name] = _trimmed(question, value)
    for question in old.questions:
        if question.name not in after and is_answered(answers.get(question.name)):
            changes.append(_said(question, _("No longer asked: %(label)s")))
    return Carried(answers=kept, changes=tuple(changes))


def _said(question: Question, sentence: str) -> Change:
    return Change(question.name, sentence % {"label": question.label})


def _fits(old: Question, new: Question, value: Any) -> bool:
    """Say whether an answer still means what it meant."""
    if not is_answered(value):
        return True
    if new.kind == "choice":
        return old.kind == "choice" and value in {c.value for c in new.choices}
    return old.kind == new.kind


def _trimmed(question: Question, value: Any) -> Any:
    """Drop fields that are no longer asked, and what kind a paper is if that no longer counts.

    Its files stay: which paper they show is asked again.
    """
    if question.kind == "document" and isinstance(value, Mapping):
        if value.get("alternative") in {"", *(a.value for a in question.alternatives)}:
            return dict(value)
        return {**value, "alternative": ""}
    names = {part.name for part in question.of}
    if question.kind == "person" and isinstance(value, Mapping):
        return {name: part for name, part in value.items() if name in names}
    if question.kind == "group" and isinstance(value, list):
        return [{n: p for n, p in row.items() if n in names} for row in value]
    return value


def _differences(old: Question, new: Question, value: Any) -> Iterator[Change]:
    if is_answered(value) and not (_fits(old, new, value) and _same_paper(new, value)):
        yield _said(new, _("Please answer again: %(label)s"))
    elif new.required and not old.required and not is_answered(value):
        yield _said(new, _("Must be answered now: %(label)s"))
    elif old.label != new.label:
        yield _said(new, _("Asked in other words: %(label)s"))
    if new.kind in _WITH_FIELDS and {p.name for p in new.of} - {p.name for p in old.of}:
        yield _said(new, _("More is asked: %(label)s"))


def _same_paper(question: Question, value: Any) -> bool:
    return question.kind != "document" or bool(_trimmed(question, value) == value)
