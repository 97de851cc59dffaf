"""What is doubtful about the law, as values and as one plain sentence each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .values import Because

Kind = Literal["contradiction", "impossible_cap", "no_channel", "gap", "nobody"]
KINDS: tuple[Kind, ...] = ("contradiction", "impossible_cap", "no_channel", "gap", "nobody")
_SHOWN = 3
_SUBJECTS = {
    "counters": gettext_lazy("counters"),
    "counters.state": gettext_lazy("counters"),
    "counters.hours": gettext_lazy("opening hours"),
    "hours": gettext_lazy("opening hours"),
    "room": gettext_lazy("room capacity"),
    "room.max_share": gettext_lazy("room capacity"),
    "attendance": gettext_lazy("staff present"),
    "attendance.min_share": gettext_lazy("staff present at least"),
    "attendance.max_share": gettext_lazy("staff present at most"),
    "attendance.max_share_concurrent": gettext_lazy("staff present at the same time"),
    "attendance.shifts": gettext_lazy("shifts"),
    "shifts": gettext_lazy("shifts"),
    "attendance.pinned": gettext_lazy("posts that stay in the office"),
    "pinned": gettext_lazy("posts that stay in the office"),
    "excused": gettext_lazy("staff who must not come"),
    "attendance.remote": gettext_lazy("work from home"),
    "remote": gettext_lazy("work from home"),
    "reporting": gettext_lazy("reports of work from home"),
    "suspension": gettext_lazy("suspended services"),
    "service.channels": gettext_lazy("ways to apply"),
    "channels": gettext_lazy("ways to apply"),
    "service.priority": gettext_lazy("who goes first"),
    "priority": gettext_lazy("who goes first"),
    "clock": gettext_lazy("due dates"),
    "clock.extended_by": gettext_lazy("longer due dates"),
    "letters": gettext_lazy("letters"),
    "protocol": gettext_lazy("health protocol"),
}
_RULES = {
    "closure": gettext_lazy("a closure beats a circular"),
    "narrower": gettext_lazy("it is narrower"),
    "later": gettext_lazy("it is later"),
    "stricter": gettext_lazy("it is stricter"),
}


@dataclass(frozen=True, slots=True)
class Cap:
    """The unit for which a cap is worst: so many may be present, so many must."""

    unit: str
    share: Decimal
    staff: int
    allowed: int
    pinned: int


@dataclass(frozen=True, slots=True)
class Finding:
    """Something doubtful, with the articles behind it and the units that it touches."""

    kind: Kind
    subjects: tuple[str, ...]
    """Parts of the answer, kinds of provision, or codes of services."""
    becauses: tuple[Because, ...]
    """Of a contradiction: what holds, then what yields. Of a gap: before, then after."""
    units: tuple[str, ...]
    """Codes, in order."""
    examples: tuple[str, ...]
    """Names of the first few units."""
    since: datetime
    until: datetime | None
    """In the time of the office. None: until evaluated."""
    rule: str = ""
    """Of a contradiction: why the first one holds. Of what holds for nobody: what is unmet."""
    cap: Cap | None = None

    @property
    def sentence(self) -> str:
        """What is wrong, where and when, in the language of the reader."""
        said = {
            "contradiction": _contradiction,
            "impossible_cap": _impossible_cap,
            "no_channel": _no_channel,
            "gap": _gap,
            "nobody": _nobody,
        }
        return said[self.kind](self)


def order(finding: Finding) -> tuple[int, datetime, tuple[tuple[str, str], ...], object]:
    """Sort findings the same way however they were found."""
    cited = tuple((because.label, because.article) for because in finding.becauses)
    return KINDS.index(finding.kind), finding.since, cited, (finding.subjects, finding.units)


def cited(because: Because) -> str:
    """Return a provision as it is cited, or a closure."""
    if because.is_closure:
        return f"{because.label} ({because.article})"
    if not because.article[:1].isdigit():  # It says itself what it is: “angka 1 huruf a”.
        return f"{because.label}, {because.article}"
    return _("%(label)s article %(article)s") % {
        "label": because.label,
        "article": because.article,
    }


def period(since: datetime, until: datetime | None) -> str:
    """Return a period in days, or in moments where it does not begin or end at midnight."""
    first = _shown(since)
    if until is None:
        return _("from %(first)s until evaluated") % {"first": first}
    if until.time() != time.min:
        return _("from %(first)s until %(end)s") % {"first": first, "end": _shown(until)}
    last = _shown(until - timedelta(days=1)) if until - since >= timedelta(days=1) else first
    if last == first:
        return _("on %(day)s") % {"day": first}
    return _("from %(first)s through %(last)s") % {"first": first, "last": last}


def _shown(moment: datetime) -> str:
    return f"{moment:%d-%m-%Y}" if moment.time() == time.min else f"{moment:%d-%m-%Y %H:%M}"


def _named(subjects: Iterable[str]) -> str:
    keys = (s if s in _SUBJECTS else s.partition(".")[0] for s in subjects)
    return ", ".join(dict.fromkeys(str(_SUBJECTS[key]) for key in keys))


def _joined(becauses: Iterable[Because]) -> str:
    return "; ".join(dict.fromkeys(cited(because) for because in becauses))


def _where_and_when(finding: Finding) -> dict[str, object]:
    count = len(finding.units)
    examples = ", ".join(finding.examples[:_SHOWN])
    offices = ngettext("%(count)d office", "%(count)d offices", count) % {"count": count}
    where = f"{offices} ({examples}{', …' if count > _SHOWN else ''})"
    return {"where": where, "when": period(finding.since, finding.until)}


def _contradiction(finding: Finding) -> str:
    holds, yields = finding.becauses
    sentence = _(
        "%(holds)s and %(yields)s contradict each other on %(what)s for %(where)s, %(when)s. "
        "The first one holds: %(rule)s."
    )
    return sentence % {
        "holds": cited(holds),
        "yields": cited(yields),
        "what": _named(finding.subjects),
        "rule": _RULES[finding.rule],
        **_where_and_when(finding),
    }


def _impossible_cap(finding: Finding) -> str:
    cap = finding.cap
    if cap is None:
        raise ValueError(finding)
    if len(finding.becauses) == 1:
        return _too_few(finding, cap)
    sentence = _(
        "%(cited)s cannot both be kept in %(where)s, %(when)s: in %(unit)s, %(share)s of "
        "%(staff)d staff is %(allowed)d, but %(pinned)d posts stay in the office."
    )
    return sentence % {
        "cited": _joined(finding.becauses),
        "unit": cap.unit,
        "share": f"{(cap.share * 100).normalize():f}%",
        "staff": cap.staff,
        "allowed": cap.allowed,
        "pinned": cap.pinned,
        **_where_and_when(finding),
    }


def _too_few(finding: Finding, cap: Cap) -> str:
    sentence = _(
        "%(cited)s: in %(unit)s at most %(allowed)d of %(staff)d (%(share)s), but %(pinned)d "
        "structural officials stay in the office, %(when)s."
    )
    return sentence % {
        "cited": _joined(finding.becauses),
        "unit": cap.unit,
        "share": f"{(cap.share * 100).normalize():f}%",
        "staff": cap.staff,
        "allowed": cap.allowed,
        "pinned": cap.pinned,
        "when": period(finding.since, finding.until),
    }


def _nobody(finding: Finding) -> str:
    names = finding.subjects
    told = {"cited": cited(finding.becauses[0]), "names": ", ".join(names)}
    if finding.rule == "place":
        sentence = _(
            "This provision holds for no unit: %(cited)s. No office that it is for is in "
            "%(names)s."
        )
        return sentence % told
    if finding.rule == "zone":
        sentence = _(
            "This provision holds for no unit: %(cited)s. No region that it is for has had "
            "“%(values)s” of the scheme “%(scheme)s” declared, %(when)s."
        )
        scheme, *values = names
        return sentence % {
            **told,
            "scheme": scheme,
            "values": ", ".join(values),
            "when": period(finding.since, finding.until),
        }
    sentence = _("This provision holds for no unit: %(cited)s. No unit fits its scope.")
    hint = _("Such units are under %(names)s.") if names else ""
    return " ".join(filter(None, (sentence, hint))) % told


def _no_channel(finding: Finding) -> str:
    sentence = _(
        "By %(cited)s nobody can ask for %(what)s at %(where)s, %(when)s: no way to apply is "
        "open. Open one, or suspend the service and say so."
    )
    return sentence % {
        "cited": _joined(finding.becauses),
        "what": ", ".join(finding.subjects),
        **_where_and_when(finding),
    }


def _gap(finding: Finding) -> str:
    before, after = finding.becauses
    sentence = _(
        "Nothing is in force on %(what)s for %(where)s, %(when)s: after %(before)s and before "
        "%(after)s."
    )
    return sentence % {
        "before": cited(before),
        "after": cited(after),
        "what": _named(finding.subjects),
        **_where_and_when(finding),
    }
