"""Read one answer of one kind: the value as it is stored, or sentences about what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from loket.kernel.errors import Invalid
from loket.kernel.identifiers import emails, kk, names, nik, phones

from . import flow, typed
from .conditions import as_date, lookup
from .format import Question

LONGEST = {"text": 500, "place": 60, "street": 120}
MOST_FILES = 10
SEXES = ("male", "female")
_RT = re.compile(r"\d{1,3}", re.ASCII)


@dataclass(frozen=True)
class Setting:
    """What an answer is judged by: the other answers, the day, what exists."""

    answers: Mapping[str, Any]
    on: date
    regions: Callable[[str], bool]
    """Says whether a code is a village that exists on the day."""
    files: Container[str]
    """References of the files that belong to this application."""

    def find(self, path: str, beside: Mapping[str, Any]) -> Any:
        """Return an answer: first a field of the same person or row, then any earlier one."""
        return beside[path] if path in beside else lookup(self.answers, path)


@dataclass
class Reading:
    """A value with errors and warnings by path; an invalid value stays as it was typed."""

    value: Any
    errors: dict[str, list[str]] = field(default_factory=dict)
    warnings: dict[str, list[str]] = field(default_factory=dict)


Beside = Mapping[str, Any]


def read(question: Question, raw: Any, setting: Setting, beside: Beside, path: str) -> Reading:
    """Return the reading of an answer that is a single value."""
    reading = Reading(value=raw)
    try:
        reading.value = _READERS[question.kind](question, raw, setting)
        _agree(question, reading, setting, beside, path)
    except Invalid as refusal:
        sentences = [s for some in refusal.fields.values() for s in some] or [str(refusal)]
        reading.value = raw
        reading.errors[path] = sentences
    return reading


def _text(question: Question, raw: Any, _setting: Setting) -> str:
    text = typed.lines(raw) if question.kind == "text" else typed.line(raw)
    least, most = question.at_least or 1, question.at_most or LONGEST[question.kind]
    if len(text) < least:
        raise Invalid(
            ngettext("Write at least %(n)s letter.", "Write at least %(n)s letters.", least)
            % {"n": least}
        )
    if len(text) > most:
        raise Invalid(
            _("This is %(length)s letters long; at most %(most)s fit. Make it shorter.")
            % {"length": len(text), "most": most}
        )
    if question.kind == "place" and not any(s.isalpha() for s in text):
        raise Invalid(_("Write the name of a town or regency, such as Jakarta."))
    return text


def _name(_question: Question, raw: Any, _setting: Setting) -> str:
    return typed.line(raw)


def _nik(_question: Question, raw: Any, _setting: Setting) -> str:
    return nik.read(typed.line(raw)).number


def _kk(_question: Question, raw: Any, _setting: Setting) -> str:
    return kk.read(typed.line(raw)).number


def _phone(_question: Question, raw: Any, _setting: Setting) -> str:
    return phones.normalise(typed.line(raw))


def _email(_question: Question, raw: Any, _setting: Setting) -> str:
    return emails.normalise(typed.line(raw))


def _number(question: Question, raw: Any, _setting: Setting) -> int:
    number = typed.whole_number(raw)
    if question.at_least is not None and number < question.at_least:
        raise Invalid(_("This must be %(least)s or more.") % {"least": question.at_least})
    if question.at_most is not None and number > question.at_most:
        raise Invalid(_("This must be %(most)s or less.") % {"most": question.at_most})
    return number


def _date(question: Question, raw: Any, setting: Setting) -> str:
    day = typed.calendar_date(raw)
    if day > setting.on and not question.future:
        raise Invalid(_("This date lies in the future. Check the day, the month and the year."))
    if question.earliest and day < question.earliest:
        raise Invalid(
            _("This date must be %(date)s or later.") % {"date": _spoken(question.earliest)}
        )
    if day < typed.years_after(setting.on, -typed.OLDEST):
        raise Invalid(_("This date is more than 130 years ago. Check the year."))
    return day.isoformat()


def _time(_question: Question, raw: Any, _setting: Setting) -> str:
    return typed.clock_time(raw)


def _choice(question: Question, raw: Any, _setting: Setting) -> str:
    if not isinstance(raw, str) or raw not in {c.value for c in question.choices}:
        raise Invalid(_("Choose one of the answers."))
    return raw


def _yes_no(_question: Question, raw: Any, _setting: Setting) -> bool:
    if isinstance(raw, bool):
        return raw
    if raw in ("yes", "no"):
        return bool(raw == "yes")
    raise Invalid(_("Choose yes or no."))


_READERS: dict[str, Callable[[Question, Any, Setting], Any]] = {
    "text": _text, "place": _text, "name": _name, "nik": _nik, "kk": _kk, "phone": _phone,
    "email": _email, "number": _number, "date": _date, "time": _time, "choice": _choice,
    "yes_no": _yes_no,
}  # fmt: skip


def _agree(
    question: Question, reading: Reading, setting: Setting, beside: Beside, path: str
) -> None:
    """Compare a value with its own rules and with what was answered before."""
    warnings: list[str] = []
    if question.kind == "name":
        verdict = names.check(reading.value, first_recording=question.first_recording)
        if verdict.errors:
            raise Invalid(fields={path: list(verdict.errors)})
        reading.value = verdict.name
        warnings = list(verdict.warnings)
    elif question.kind == "nik":
        warnings = _disagreements(question, reading.value, setting, beside)
    elif question.kind == "kk":
        warnings = kk.doubts(kk.read(reading.value))
    elif question.kind == "date":
        _in_order(question, reading.value, setting, beside)
    if warnings:
        reading.warnings[path] = warnings


def _disagreements(
    question: Question, number: str, setting: Setting, beside: Beside
) -> list[str]:
    sex: Any = question.sex
    if sex and sex not in SEXES:
        sex = setting.find(sex, beside)
    born = setting.find(question.born, beside) if question.born else None
    return list(
        nik.disagreements(
            nik.read(number),
            birth_date=as_date(born),
            sex=sex if sex in SEXES else "",
        )
    )


def _in_order(question: Question, day: str, setting: Setting, beside: Beside) -> None:
    if question.not_before:
        other = as_date(setting.find(question.not_before, beside))
        if other and date.fromisoformat(day) < other:
            raise Invalid(
                _("This date lies before %(date)s, which you gave earlier. Check both.")
                % {"date": _spoken(other)}
            )
    if question.not_after:
        other = as_date(setting.find(question.not_after, beside))
        if other and date.fromisoformat(day) > other:
            raise Invalid(
                _("This date lies after %(date)s, which you gave earlier. Check both.")
                % {"date": _spoken(other)}
            )


def _spoken(day: date) -> str:
    return typed.spoken_date(day, get_language() or "id")


def read_address(raw: Any, setting: Setting, path: str) -> Reading:
    """Return the reading of an address: village, street, and RT and RW where there are."""
    given = raw if isinstance(raw, Mapping) else {}
    region = typed.line(given.get("region"))
    street = typed.line(given.get("street"))
    reading = Reading(value={"region": region, "street": street})
    if not region or not setting.regions(region):
        reading.errors[f"{path}.region"] = [_("Choose the kelurahan from the list.")]
    if not street:
        reading.errors[f"{path}.street"] = [_("Write the street and the number of the house.")]
    elif len(street) > LONGEST["street"]:
        reading.errors[f"{path}.street"] = [
            _("This is %(length)s letters long; at most %(most)s fit. Make it shorter.")
            % {"length": len(street), "most": LONGEST["street"]}
        ]
    for part in ("rt", "rw"):
        text = typed.line(str(given.get(part) or ""))
        if text and not _RT.fullmatch(text):
            reading.errors[f"{path}.{part}"] = [_("Write at most three digits, such as 005.")]
        elif text:
            text = text.zfill(3)
        reading.value[part] = text
    return reading


def read_document(question: Question, raw: Any, setting: Setting, path: str) -> Reading:
    """Return the reading of a paper: which one it is, and its files."""
    given = raw if isinstance(raw, Mapping) else {}
    offered = [a.value for a in flow.alternatives(question, setting.answers, setting.on)]
    alternative = str(given.get("alternative") or "")
    if not alternative and len(offered) == 1:
        alternative = offered[0]
    listed = given.get("files")
    files = list(dict.fromkeys(str(f) for f in listed)) if isinstance(listed, list) else []
    reading = Reading(value={"alternative": alternative, "files": files})
    if question.alternatives and alternative not in offered:
        reading.errors[f"{path}.alternative"] = [_("Choose which paper you have.")]
    if sentence := _files_wrong(question, files, setting):
        reading.errors[f"{path}.files"] = [sentence]
    return reading


def _files_wrong(question: Question, files: list[str], setting: Setting) -> str:
    least, most = question.at_least or 1, question.at_most or MOST_FILES
    if not files:
        return _("Add a photo or a file of the paper.")
    if any(reference not in setting.files for reference in files):
        return _("A file is no longer here. Please add it again.")
    if len(files) < least:
        return ngettext(
            "Add at least %(n)s photo or file.", "Add at least %(n)s photos or files.", least
        ) % {"n": least}
    if len(files) > most:
        return ngettext(
            "Add at most %(n)s photo or file.", "Add at most %(n)s photos or files.", most
        ) % {"n": most}
    return ""
