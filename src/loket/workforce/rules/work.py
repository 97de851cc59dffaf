"""What somebody did on a day: counted from the journal, and the time between its entries.

To it come spells of which the hours are on record elsewhere: at a counter by roster and
clocking, in meetings by their minutes. They count as work that other work interrupts.

How long something took is read from two entries: a case was claimed or taken over, and a
step was taken. No more than :data:`LONGEST` counts for one step, whatever lies between. Of
what has no beginning on record one minute counts: the journal knows that it was done, not
how long it took. Where two spans overlap, the minutes belong to the work begun last, which
interrupted the other; nothing is counted twice, so the kinds add up to the day.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

COUNTED: Mapping[str, str] = {
    "case.submitted": "case_taken_in",
    "case.verified": "case_checked",
    "case.returned": "case_returned",
    "case.refused": "case_refused",
    "case.signed": "case_signed",
    "case.moved": "case_moved",
    "case.corrected": "case_corrected",
    "case.noted": "case_noted",
    "document.revoked": "document",
    "document.pin_renewed": "document",
    "circular.drafted": "circular_written",
    "circular.rewritten": "circular_written",
    "circular.simulated": "circular_tried",
    "circular.enacted": "circular_enacted",
    "circular.revoked": "circular",
    "circular.discarded": "circular",
    "zone.declared": "circular",
    "office.closed": "closure",
    "office.closure_recorded": "closure",
    "office.reopened": "closure",
    "incident.reported": "tracing",
    "incident.traced": "tracing",
    "incident.contact_added": "tracing",
    "incident.contact_set_aside": "tracing",
    "incident.contact_restored": "tracing",
    "incident.person_traced": "tracing",
    "incident.task_done": "tracing",
    "incident.cleared": "tracing",
    "roster.planned": "roster_planned",
    "roster.changed": "roster_planned",
    "roster.published": "roster_published",
    "roster.discarded": "roster",
    "swap.decided": "swap_decided",
    "absence.granted": "absence_decided",
    "absence.ended": "absence_decided",
    "attendance.confirmed": "attendance_judged",
    "attendance.appeal_decided": "appeal_decided",
    "meeting.called": "meeting_led",
    "meeting.changed": "meeting_led",
    "meeting.cancelled": "meeting_led",
    "meeting.minuted": "minutes_written",
    "work.validated": "report_judged",
    "work.returned": "report_judged",
    "organisation.calendar_changed": "office",
    "organisation.office_changed": "office",
    "organisation.office_moved": "office",
    "organisation.place_changed": "office",
    "organisation.room_changed": "office",
    "organisation.holidays_imported": "office",
    "catalogue.service_imported": "service",
    "catalogue.service_published": "service",
    "catalogue.service_retired": "service",
    "people.staff_created": "staff",
    "people.person_appointed": "staff",
    "people.position_ended": "staff",
    "people.position_corrected": "staff",
    "people.employment_recorded": "staff",
    "people.name_corrected": "staff",
    "people.sign_in_reset": "staff",
    "staff.skills_changed": "staff",
    "staff.desks_changed": "staff",
    "staff.imported": "staff_imported",
    "counter.changed": "staff",
}
"""Dotted names of events to the kind of work that each is. A line names nobody: of absences
and incidents it says no more than how often. Who reports their own test is no actor there."""

UNTOLD: Mapping[str, tuple[str, str]] = {"office.closed": ("reason", "positive_case")}
"""Events that are left out if a fact has a value: whoever is ill may have closed the office."""
NOT_OF_ONESELF = frozenset({"absence.granted", "absence.ended"})
"""Events that are left out where they are about the actor: one's own leave is no work."""

AT_COUNTER, IN_MEETING = "at_counter", "meeting_attended"
"""Kinds of which the hours are on record, not the steps."""

KINDS: Mapping[str, str | Promise] = {
    "at_counter": _("served at a counter by the roster"),
    "case_taken_in": _("applications taken in"),
    "case_checked": _("applications checked"),
    "case_returned": _("applications returned, the applicant was told why"),
    "case_refused": _("applications refused, the applicant was told why"),
    "case_signed": _("applications signed"),
    "case_moved": _("other steps on applications"),
    "case_corrected": _("documents corrected"),
    "case_noted": _("notes for colleagues"),
    "document": _("documents revoked or reopened"),
    "circular_written": _("circulars drafted"),
    "circular_tried": _("circulars tried out"),
    "circular_enacted": _("circulars enacted"),
    "circular": _("steps on circulars"),
    "closure": _("steps on closures"),
    "tracing": _("tasks of tracing"),
    "roster_planned": _("rosters planned or changed"),
    "roster_published": _("rosters published"),
    "roster": _("steps on rosters"),
    "swap_decided": _("swaps decided"),
    "absence_decided": _("absences of colleagues decided"),
    "attendance_judged": _("attendance of colleagues judged"),
    "appeal_decided": _("appeals of colleagues decided"),
    "report_judged": _("reports of colleagues judged"),
    "meeting_led": _("steps on meetings"),
    "minutes_written": _("minutes of meetings written"),
    "meeting_attended": _("meetings attended"),
    "office": _("changes to offices"),
    "service": _("changes to services"),
    "staff": _("changes to the staff"),
    "staff_imported": _("files of staff imported"),
}
"""Kinds of work that Loket counts by itself, in the order in which they are shown."""

OWN_KINDS: Mapping[str, str | Promise] = {
    "counter": _("serving at the counter"),
    "letter": _("letters and e-mail"),
    "call": _("telephone and WhatsApp"),
    "meeting": _("meetings"),
    "archive": _("archive"),
    "field": _("work outside the office"),
    "training": _("training"),
    "other": _("other work"),
}
"""Kinds of work that people write down themselves."""

BEGINNINGS = frozenset({"case.claimed", "case.taken_over"})
GIVEN_BACK = "case.released"
NOT_AN_END = frozenset({"case.noted"})
"""Done while working on; the work goes on after it."""
READ = frozenset({*COUNTED, *BEGINNINGS, GIVEN_BACK})
"""All that the journal is asked for."""

LONGEST = timedelta(minutes=60)
"""Of one step: two leases. A case left open over lunch is not an hour's more work."""
LEAST = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Act:
    """One entry of the journal by one person."""

    at: datetime
    name: str
    subject: str


@dataclass(frozen=True, slots=True)
class Line:
    """How often somebody did one kind of work on a day, and for how long."""

    kind: str
    count: int
    minutes: int
    words: str = ""
    """From when until when, and where, if that is on record."""

    def as_json(self) -> dict[str, str | int]:
        """Return the line as a report keeps it."""
        kept: dict[str, str | int] = {
            "kind": self.kind,
            "count": self.count,
            "minutes": self.minutes,
        }
        return kept | {"words": self.words} if self.words else kept

    @property
    def label(self) -> str:
        """Return what is counted."""
        return str(KINDS.get(self.kind, self.kind))


@dataclass(frozen=True, slots=True)
class Spell:
    """Time given to one kind of work."""

    starts_at: datetime
    ends_at: datetime
    kind: str
    words: str = ""


def lines(
    acts: Iterable[Act], *, since: datetime, recorded: Iterable[Spell] = ()
) -> tuple[Line, ...]:
    """Return what was done since a moment, by kind.

    ``acts`` are one person's, the first first; those before ``since`` only tell when
    something began. ``recorded`` is what has its hours on record.
    """
    spells = [*recorded, *spells_of(acts, since=since)]
    count = Counter(spell.kind for spell in spells)
    minutes = whole_minutes(seconds_by_kind(spells))
    words = {
        kind: "; ".join(spell.words for spell in spells if spell.kind == kind and spell.words)
        for kind in (AT_COUNTER, IN_MEETING)
    }
    return tuple(
        Line(kind, count[kind], minutes.get(kind, 0), words.get(kind, ""))
        for kind in KINDS
        if count[kind]
    )


def is_told(name: str, facts: Mapping[str, Any], *, actor: str) -> bool:
    """Say whether an event by an actor counts: not if it would tell who is ill, or is no work."""
    if name in NOT_OF_ONESELF and facts.get("account") == actor:
        return False
    fact, value = UNTOLD.get(name, ("", ""))
    return not fact or facts.get(fact) != value


def overlap(
    first: tuple[datetime, datetime], other: tuple[datetime, datetime]
) -> tuple[datetime, datetime] | None:
    """Return the time that two periods share, if any."""
    starts_at, ends_at = max(first[0], other[0]), min(first[1], other[1])
    return (starts_at, ends_at) if starts_at < ends_at else None


def spells_of(acts: Iterable[Act], *, since: datetime) -> list[Spell]:
    """Return the time from where each piece of work began to where it was done."""
    begun: dict[str, datetime] = {}
    found = []
    for act in acts:
        if act.name in BEGINNINGS:
            begun[act.subject] = act.at
        elif act.name == GIVEN_BACK:
            begun.pop(act.subject, None)
        else:
            first = begun.get(act.subject, act.at - LEAST)
            if act.name not in NOT_AN_END:
                begun.pop(act.subject, None)
            if act.at >= since:
                first = max(first, act.at - LONGEST, since)
                found.append(Spell(first, act.at, COUNTED[act.name]))
    return found


def seconds_by_kind(spells: Iterable[Spell]) -> dict[str, float]:
    """Return the seconds of each kind; each second goes to the work begun last."""
    known = sorted(spells, key=lambda spell: spell.starts_at)
    edges = sorted({edge for spell in known for edge in (spell.starts_at, spell.ends_at)})
    total: defaultdict[str, float] = defaultdict(float)
    open_spells: list[Spell] = []
    coming = iter(known)
    following = next(coming, None)
    for first, last in pairwise(edges):
        while following is not None and following.starts_at <= first:
            open_spells.append(following)
            following = next(coming, None)
        open_spells = [spell for spell in open_spells if spell.ends_at > first]
        if open_spells:
            latest = max(spell.starts_at for spell in open_spells)
            begun = [spell for spell in open_spells if spell.starts_at == latest]
            on = min(begun, key=lambda spell: spell.ends_at)
            total[on.kind] += (last - first).total_seconds()
    return dict(total)


def whole_minutes(seconds: Mapping[str, float]) -> dict[str, int]:
    """Return minutes that add up to the whole, rounded: the largest remainders go up."""
    down = {kind: int(spent // 60) for kind, spent in seconds.items()}
    missing = round(sum(seconds.values()) / 60) - sum(down.values())
    by_rest = sorted(seconds, key=lambda kind: (-(seconds[kind] % 60), kind))
    for kind in by_rest[:missing]:
        down[kind] += 1
    return down
