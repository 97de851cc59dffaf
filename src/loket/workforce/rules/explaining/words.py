"""Reasons as sentences. Who is absent is named by kind alone; why they are is not known here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.dateformat import format as written_date
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loket.workforce.rules import naming
from loket.workforce.rules.skills import SKILLS

from .reasons import Demand, Help, Limit, Reason


@dataclass(frozen=True, slots=True)
class _Titles:
    names: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[tuple[str, date], str] = field(default_factory=dict)
    counters: Mapping[str, str] = field(default_factory=dict)
    rooms: Mapping[str, str] = field(default_factory=dict)

    def name(self, member: str) -> str:
        return self.names.get(member, member)

    def people(self, members: Iterable[str]) -> str:
        return naming.people(self.name(member) for member in members)


def sentences(
    reasons: Iterable[Reason],
    *,
    names: Mapping[str, str],
    kinds: Mapping[tuple[str, date], str] | None = None,
    counters: Mapping[str, str] | None = None,
    rooms: Mapping[str, str] | None = None,
) -> tuple[str, ...]:
    """Return one sentence for each reason.

    ``kinds`` says of a member and a day ``home``, ``leave`` or ``travel``; who is not in it
    “must not be in the office”.
    """
    titles = _Titles(names, kinds or {}, counters or {}, rooms or {})
    return tuple(_sentence(reason, titles) for reason in reasons)


def ways_out(
    helps: Iterable[Help],
    *,
    names: Mapping[str, str],
    counters: Mapping[str, str] | None = None,
    rooms: Mapping[str, str] | None = None,
) -> tuple[str, ...]:
    """Return one sentence for each change that would help."""
    titles = _Titles(names, {}, counters or {}, rooms or {})
    return tuple(_way_out(help_, titles) for help_ in helps)


def _sentence(reason: Reason, titles: _Titles) -> str:
    parts = [_demand(demand, reason, titles) for demand in reason.demands]
    if any(demand.kind == "counter" for demand in reason.demands):
        parts += _who(reason, titles)
    elif not reason.limits and all(demand.kind == "least" for demand in reason.demands):
        parts.append(_few(sum(demand.people for demand in reason.demands) - reason.missing))
    parts += [
        _limit(limit, needed, titles)
        for limit, needed in zip(reason.limits, reason.needed, strict=True)
    ]
    said = _("%(day)s: %(clash)s") % {
        "day": written_date(reason.on, "l j F Y"),
        "clash": "; ".join(parts),
    }
    cited = f" ({'; '.join(reason.cited)})" if reason.cited else ""
    return f"{said}{cited}."


def _demand(demand: Demand, reason: Reason, titles: _Titles) -> str:
    people = demand.people
    if demand.kind == "least":
        return ngettext(
            "at least %(people)s must be in the office",
            "at least %(people)s must be in the office",
            people,
        ) % {"people": people}
    if demand.kind == "counter":
        counter = titles.counters.get(demand.counter, demand.counter)
        if demand.shift:
            counter = f"{counter} ({demand.shift})"
        return _("%(counter)s needs %(people)s") % {"counter": counter, "people": people}
    name = {"name": titles.name(demand.member)}
    if demand.kind == "pinned":
        return _("%(name)s must be in the office by their post") % name
    if not reason.limits and len(reason.demands) == 1:
        return _("%(name)s was put on this day by hand and cannot be there") % name
    return _("%(name)s was put on this day by hand") % name


def _few(people: int) -> str:
    """Say how many may come at all."""
    if not people:
        return _("nobody may come")
    said = ngettext("only %(people)s may come", "only %(people)s may come", people)
    return said % {"people": people}


def _who(reason: Reason, titles: _Titles) -> list[str]:
    said = []
    if not reason.limits:
        said.append(
            _("qualified: %(people)s") % {"people": titles.people(reason.able)}
            if reason.able
            else _("nobody who is qualified may come")
        )
    by_kind: dict[str, list[str]] = {}
    for member in () if reason.limits else reason.away:
        by_kind.setdefault(titles.kinds.get((member, reason.on), "home"), []).append(member)
    for kind, members in by_kind.items():
        said.append(_absent(kind, len(members)) % {"people": titles.people(members)})
    if reason.kept_out and not reason.limits:
        people = {"people": titles.people(reason.kept_out)}
        said.append(_("%(people)s kept out by hand") % people)
    return said


def _absent(kind: str, count: int) -> str:
    if kind == "leave":
        return ngettext("%(people)s is on leave", "%(people)s are on leave", count)
    if kind == "travel":
        return ngettext(
            "%(people)s is on official travel", "%(people)s are on official travel", count
        )
    return ngettext(
        "%(people)s must not be in the office", "%(people)s must not be in the office", count
    )


def _limit(limit: Limit, needed: int, titles: _Titles) -> str:
    facts = {
        "people": limit.people,
        "needed": needed,
        "room": titles.rooms.get(limit.room, limit.room),
        "shifts": get_text_list([shift for shift in limit.shifts if shift], _("and")),
    }
    if limit.kind == "most":
        return _("at most %(people)s may come, it would take %(needed)s") % facts
    if limit.kind == "room":
        said = _("at most %(people)s may be in %(room)s, it would take %(needed)s") % facts
    else:
        said = _("at most %(people)s may be there at once, it would take %(needed)s") % facts
    return f"{said} ({facts['shifts']})" if facts["shifts"] else said


def _way_out(change: Help, titles: _Titles) -> str:
    facts = {
        "people": change.people,
        "name": titles.name(change.member),
        "skill": str(SKILLS.get(change.skill, change.skill)),
    }
    if change.kind == "limit" and change.limit:
        if change.limit.kind == "room":
            room = titles.rooms.get(change.limit.room, change.limit.room)
            return _("if %(people)s might be in %(room)s") % (facts | {"room": room})
        if change.limit.kind == "most":
            return _("if %(people)s might come on this day") % facts
        return _("if %(people)s might be there at once") % facts
    if change.kind == "train":
        return _("if %(name)s learned: %(skill)s") % facts
    if change.kind == "admit":
        return _("if %(name)s were not kept out by hand") % facts
    return ngettext(
        "if %(people)s more person were there who can do it",
        "if %(people)s more people were there who can do it",
        change.people,
    ) % {"people": change.people}
