"""Questions that cannot be asked as they are written."""

from __future__ import annotations

from collections.abc import Iterator

from loket.catalogue.rules.answers import WITNESSES
from loket.catalogue.rules.format import Question, Service
from loket.catalogue.rules.problems import Finding, Path
from loket.catalogue.rules.values import SEXES

from . import names

_WITH_FIELDS = {"person", "group"}
_TOO_DEEP = {"person", "group", "document"}
_FEWEST_CHOICES = 2
_ONLY_FOR = {
    "choices": {"choice"},
    "of": _WITH_FIELDS,
    "alternatives": {"document"},
    "sex": {"nik"},
    "born": {"nik"},
    "first_recording": {"name"},
    "future": {"date"},
    "earliest": {"date"},
    "not_before": {"date"},
    "not_after": {"date"},
    "at_least": {"number", "text", "place", "group", "document"},
    "at_most": {"number", "text", "place", "group", "document"},
}


def check(service: Service) -> Iterator[Finding]:
    """Find what is wrong with each question and with what points at questions."""
    yield from names.twice(service.sections, ("sections",))
    yield from _all_names(service)
    sections = {section.name for section in service.sections}
    for path, question in asked(service):
        if question.section not in sections:
            reason = names.unknown(question.section, sections, "section")
            yield Finding((*path, "section"), reason)
        yield from _shape(question, path)
        yield from _fields(service, question, path)
    yield from _pointers(service)
    yield from _lateness(service)
    yield from _witnesses(service)


def asked(service: Service) -> Iterator[tuple[Path, Question]]:
    """Return every question that is a page or an officer's field, with its place."""
    for at, question in enumerate(service.questions):
        yield ("questions", at), question
    for number, action in enumerate(service.workflow.actions):
        for at, question in enumerate(action.asks):
            yield ("workflow", "actions", number, "asks", at), question


def _all_names(service: Service) -> Iterator[Finding]:
    """Residents' answers and officers' share one namespace; one ask may be in two actions."""
    yield from names.twice(service.questions, ("questions",))
    residents = {q.name for q in service.questions}
    for path, question in asked(service):
        if path[0] != "questions" and question.name in residents:
            reason = f"“{question.name}” is the name of a question that residents answer."
            yield Finding((*path, "name"), reason)


def _shape(question: Question, path: Path) -> Iterator[Finding]:
    for key, kinds in _ONLY_FOR.items():
        if getattr(question, key) not in (None, "", (), False) and question.kind not in kinds:
            reason = f"“{key}” is only for {' and '.join(sorted(kinds))} questions."
            yield Finding((*path, key), reason)
    if question.kind == "choice" and len(question.choices) < _FEWEST_CHOICES:
        yield Finding(path, "A choice needs at least two “choices”.")
    values = [choice.value for choice in question.choices]
    yield from names.repeated(values, (*path, "choices"), "value")
    papers = [paper.value for paper in question.alternatives]
    yield from names.repeated(papers, (*path, "alternatives"), "value")
    least, most = question.at_least, question.at_most
    if least is not None and most is not None and least > most:
        yield Finding((*path, "at_least"), f"At least {least} is more than at most {most}.")


def _fields(service: Service, question: Question, path: Path) -> Iterator[Finding]:
    if question.kind in _WITH_FIELDS and not question.of:
        yield Finding(path, f"A {question.kind} needs its fields in “of”.")
    yield from names.twice(question.of, (*path, "of"))
    for at, part in enumerate(question.of):
        inside = (*path, "of", at)
        if part.kind in _TOO_DEEP:
            reason = f"A {part.kind} cannot be a field of a {question.kind}."
            yield Finding((*inside, "kind"), reason)
        yield from _shape(part, inside)
        yield from _targets(service, part, inside, {p.name: p for p in question.of})
    yield from _targets(service, question, path, {})


def _targets(
    service: Service, question: Question, path: Path, beside: dict[str, Question]
) -> Iterator[Finding]:
    """Find pointers to other answers that do not exist or are of the wrong kind."""
    known = names.answer_paths(service) | beside
    wanted = {"sex": "choice", "born": "date", "not_before": "date", "not_after": "date"}
    for key, kind in wanted.items():
        target = getattr(question, key)
        if not target or target in SEXES:
            continue
        if target not in known:
            yield Finding((*path, key), names.unknown(target, known, "question"))
        elif known[target].kind != kind:
            yield Finding((*path, key), f"“{target}” is not a {kind} question.")


def _pointers(service: Service) -> Iterator[Finding]:
    known = names.answer_paths(service)
    yield from _region(service.applicant_region, known)
    for at, name in enumerate(service.subject_title):
        if name not in known:
            yield Finding(("subject_title", at), names.unknown(name, known, "question"))
        elif known[name].kind in {"nik", "kk"}:
            yield Finding(("subject_title", at), "NIK and KK numbers are never shown in lists.")
    for at, path in enumerate(service.duplicates):
        if path not in known:
            yield Finding(("duplicates", at), names.unknown(path, known, "question"))


def _region(name: str, known: dict[str, Question]) -> Iterator[Finding]:
    region = known.get(name)
    reason = ""
    if region is None:
        reason = names.unknown(name, known, "question")
    elif region.kind != "address":
        reason = f"“{name}” is not an address question."
    elif region.when is not None or not region.required:
        reason = f"“{name}” is not always answered: nobody would know who handles the case."
    if reason:
        yield Finding(("applicant_region",), reason)


def _lateness(service: Service) -> Iterator[Finding]:
    dates = {q.name for q in service.questions if q.kind == "date"}
    effects = [rule.effect for rule in service.lateness]
    yield from names.repeated(effects, ("lateness",), "effect")
    for at, rule in enumerate(service.lateness):
        if rule.question not in dates:
            reason = names.unknown(rule.question, dates, "date question")
            yield Finding(("lateness", at, "question"), reason)


def _witnesses(service: Service) -> Iterator[Finding]:
    groups = {q.name for q in service.questions if q.kind == "group"}
    for at, question in enumerate(service.questions):
        for number, paper in enumerate(question.alternatives):
            if paper.witnesses and WITNESSES not in groups:
                reason = f"Witnesses are needed, but no group question “{WITNESSES}” asks them."
                place = ("questions", at, "alternatives", number, "witnesses")
                yield Finding(place, reason)
