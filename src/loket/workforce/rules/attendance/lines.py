"""What decided a day, said in sentences."""

from __future__ import annotations

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loket.kernel.durations import in_hours

from .values import Line

SENTENCES: dict[str, str | Promise] = {
    "ruled": gettext_lazy("The superior granted an appeal; this holds instead."),
    "none": gettext_lazy("No attendance was kept for this day."),
    "leave": gettext_lazy("Leave was granted for this day."),
    "travel": gettext_lazy("Official travel was granted for this day."),
    "free": gettext_lazy("Nobody works on this day: %(name)s."),
    "closed": gettext_lazy("The office is closed; nobody is counted as absent."),
    "home_free": gettext_lazy("Work at home; nobody asks for a clocking there."),
    "turn": gettext_lazy("The roster says: in the office from %(since)s to %(until)s."),
    "home_roster": gettext_lazy(
        "The roster has no turn in the office: work at home from %(since)s to %(until)s."
    ),
    "home_law": gettext_lazy("Work is at home, from %(since)s to %(until)s."),
    "ordinary": gettext_lazy("Ordinary hours: from %(since)s to %(until)s."),
    "choice": gettext_lazy(
        "Of the shifts, the one that fits best counts: %(since)s to %(until)s."
    ),
    "waiting": gettext_lazy("Not clocked in yet."),
    "absent": gettext_lazy("The day went by without clocking in or out."),
    "unconfirmed": gettext_lazy(
        "What the phone sent came in after the day was over; the superior may confirm it."
    ),
    "claim_in": gettext_lazy(
        "The phone says that it was pressed at %(time)s; the superior may confirm that."
    ),
    "claim_out": gettext_lazy(
        "Of going home the phone says %(time)s; the superior may confirm that."
    ),
    "no_in": gettext_lazy("Clocked out, but never in."),
    "no_out": gettext_lazy("Clocked in, but not out."),
    "out_before_in": gettext_lazy("The clocking out is earlier than the clocking in."),
    "office_unplanned": gettext_lazy("The roster has work at home; it was done in the office."),
    "home_unplanned": gettext_lazy("The roster has a turn in the office; work was at home."),
}
KINDS: dict[str, str | Promise] = {
    "in": gettext_lazy("Clocked in at %(time)s"),
    "out": gettext_lazy("Clocked out at %(time)s"),
}
WAYS: dict[str, str | Promise] = {
    "place": gettext_lazy("by place"),
    "code": gettext_lazy("by the code at the door"),
    "home": gettext_lazy("at home"),
}
LENGTHS: dict[str, str | Promise] = {
    "late": gettext_lazy("Late by %(span)s."),
    "early": gettext_lazy("Left %(span)s early."),
}


def words(line: Line) -> str:
    """Return what a line says."""
    if line.key.startswith("clocked_"):
        return _clocked(line)
    if line.key == "worked":
        told = {name: in_hours(line.facts[name]) for name in ("minutes", "due")}
        return _("Worked %(minutes)s of %(due)s, without the break.") % told
    if line.key in LENGTHS:
        return str(LENGTHS[line.key]) % {"span": in_hours(line.facts["minutes"])}
    told = {
        name: f"{value:%H.%M}" if isinstance(value, datetime) else value
        for name, value in line.facts.items()
    }
    said = str(SENTENCES[line.key]) % told
    return f"{said} ({told['shift']})" if told.get("shift") else said


def _clocked(line: Line) -> str:
    _clocking, kind, way, *confirmed = line.key.split("_")
    said = str(KINDS[kind]) % {"time": f"{line.facts['time']:%H.%M}"}
    tail = _("; the superior confirmed the time") if confirmed else ""
    return f"{said}, {WAYS[way]}{tail}."
