"""A provision in words: what it sets, for whom, and from when until when."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from loket.organisation import queries as organisation
from loket.policies.models import Provision
from loket.policies.rules import format as form
from loket.ui.numbers import decimal, percent
from loket.ui.periods import in_words, times_in_words

from . import inputs, names, picking

Row = tuple[str, str]


def articles(rows: Iterable[Provision], provisions: Iterable[Any]) -> list[dict[str, Any]]:
    """Return each provision as the page of its circular shows it."""
    pairs = list(zip(rows, provisions, strict=True))
    called = names_of(provision.scope for _row, provision in pairs)
    return [
        {
            "number": number,
            "article": provision.article,
            "kind": names.KINDS[provision.kind],
            "words": provision.words,
            "rows": [*said(provision), *where(provision.scope, called)],
            "period": in_words(row.starts_at, row.ends_at) if row.has_own_period else "",
        }
        for number, (row, provision) in enumerate(pairs)
    ]


def said(provision: Any) -> list[Row]:
    """Return what a provision sets, input by input."""
    rows = [
        (str(field.label), value_words(field, getattr(provision, field.name)))
        for field in inputs.INPUTS[provision.kind]
    ]
    return [(label, text) for label, text in rows if text]


def value_words(field: inputs.Input, value: Any) -> str:
    """Return one value as it is read aloud; empty if nothing is said."""
    is_unsaid = value is None or (field.kind == "flag" and not value)
    if is_unsaid or (isinstance(value, tuple | dict) and not value):
        return ""
    if tell := _TELL.get(field.kind):
        return tell(value)
    if field.kind in {"checks", "posts"}:
        return listed(value, field.choices or {})
    return str((field.choices or {}).get(str(value), inputs.filled_state(field, value)))


def hours_words(hours: Mapping[str, tuple[str, ...]]) -> str:
    """Return the hours of each day that is named."""
    return "; ".join(
        f"{names.DAYS[day]} {', '.join(map(times_in_words, spans)) or _('closed')}"
        for day, spans in hours.items()
    )


def shift_words(shift: form.ShiftForm) -> str:
    """Return a shift with its hours and breaks by day."""
    days = []
    for day, span in shift.hours.items():
        pause = shift.pause.get(day)
        rest = _(" (break %(pause)s)") % {"pause": times_in_words(pause)} if pause else ""
        days.append(f"{names.DAYS[day]} {times_in_words(span)}{rest}")
    return f"{shift.name}: {', '.join(days)}"


def measured(name: str) -> str:
    """Return what an item of the health protocol is called."""
    return str(_MEASURES[name].label)


def measure(name: str, value: Any) -> str:
    """Return what the health protocol demands of one item; empty if nothing is demanded."""
    return value_words(_MEASURES[name], value) if name in _MEASURES else ""


_MEASURES = {field.name: field for field in inputs.INPUTS["protocol"]}
_TELL: dict[str, Callable[[Any], str]] = {
    "hours": hours_words,
    "shifts": lambda shifts: "; ".join(shift_words(shift) for shift in shifts),
    "share": percent,
    "decimal": decimal,
    "yes_no": lambda value: str(names.YES_NO["yes" if value else "no"]),
    "flag": lambda value: str(names.YES_NO["yes" if value else "no"]),
}


def listed(values: Iterable[str], called: Mapping[str, object]) -> str:
    """Return values by what they are called, with commas."""
    return ", ".join(str(called.get(value, value)) for value in values)


def names_of(scopes: Iterable[form.Scope]) -> dict[str, str]:
    """Return what the units, buildings, rooms and services of scopes are called."""
    scopes = list(scopes)
    codes = {code for scope in scopes for code in (*scope.units, *scope.except_units)}
    called = (
        {u.code: u.name for u in organisation.units().filter(code__in=codes)} if codes else {}
    )
    called |= organisation.names(
        places={scope.place for scope in scopes}, rooms={scope.room for scope in scopes}
    )
    return called | (dict(picking.services()) if any(s.services for s in scopes) else {})


def where(scope: form.Scope, called: Mapping[str, str]) -> list[Row]:
    """Return for whom and where a provision holds."""
    building = called.get(scope.place, scope.place)
    zone = f"{scope.zone.scheme}: {', '.join(scope.zone.values)}" if scope.zone else ""
    told = [
        (_("For"), listed(scope.units, called)),
        (_("Except"), listed(scope.except_units, called)),
        (_("Only units of this level"), listed(scope.kinds, names.UNIT_KINDS)),
        (_("Only offices for"), listed(scope.functions, names.FUNCTIONS)),
        (_("Services"), listed(scope.services, called)),
        (_("Building"), " · ".join(part for part in (building, scope.floor) if part)),
        (_("Room"), called.get(scope.room, scope.room)),
        (_("Zone"), zone),
    ]
    found = [(label, text) for label, text in told if text]
    return found or [(_("For"), _("all offices"))]
