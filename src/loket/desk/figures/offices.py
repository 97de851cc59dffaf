"""What holds today for the offices in which somebody works, and why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from loket.desk.circulars import names, typed
from loket.organisation.models import Unit
from loket.policies import queries
from loket.policies.rules.values import Attendance, InForce, Part
from loket.ui.periods import moment_in_words


def today(units: Iterable[Unit], *, at: datetime) -> list[dict[str, Any]]:
    """Return a panel for each unit; the law is read once."""
    known = {unit.code: unit for unit in units}
    if not known:
        return []
    book = queries.book()
    return [
        panel(unit, queries.in_force(unit=code, at=at, book=book))
        for code, unit in known.items()
    ]


def panel(unit: Unit, law: InForce) -> dict[str, Any]:
    """Return what holds for one unit now."""
    state = law.counters.state
    return {
        "unit": unit,
        "state": {
            "label": names.STATES[state.value],
            "tag": names.STATE_TAGS[state.value],
            "part": state,
            "until": until(state),
        },
        "hours": {
            "text": ", ".join(str(hours) for hours in law.counters.hours.value),
            "part": law.counters.hours,
        },
        "attendance": list(attendance(law.attendance)),
        "shifts": {
            "text": "; ".join(f"{s.name} {s.hours}" for s in law.attendance.shifts.value),
            "part": law.attendance.shifts,
        },
        "reopens_at": law.reopens_at.value,
    }


def until(part: Part[Any]) -> str:
    """Return until when a part stays as it is, if something decided it and says so."""
    ends = part.because[0].ends_at if part.because else None
    return moment_in_words(ends) if ends else ""


def attendance(found: Attendance) -> list[dict[str, Any]]:
    """Return how many of the staff may or must be in the office."""
    shares = (
        (_("at least %(share)s of the staff"), found.min_share),
        (_("at most %(share)s of the staff"), found.max_share),
        (_("at most %(share)s of the staff at the same time"), found.max_share_concurrent),
    )
    return [
        {"text": words % {"share": percent(part.value)}, "part": part}
        for words, part in shares
        if part.value is not None
    ]


def percent(share: Decimal) -> str:
    return f"{typed.value_of(share * 100)} %"
