"""What of a timeline is on record already, and whether it says the same there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loket.policies import queries
from loket.policies.models import Circular, Closure, Zone
from loket.policies.rules import format as form
from loket.policies.rules.checks import ref
from loket.policies.rules.names import Complaint, Path
from loket.policies.rules.ordering import in_order
from loket.policies.rules.periods import moment, moments

SCOPE = ("units", "place", "floor", "room")
_PARTS = {
    "title": gettext_lazy("title"),
    "summary": gettext_lazy("summary"),
    "effective": gettext_lazy("period"),
    "legal_basis": gettext_lazy("legal basis"),
    "source": gettext_lazy("source"),
    "amends": gettext_lazy("what it amends"),
    "revokes": gettext_lazy("what it revokes"),
    "provisions": gettext_lazy("number of provisions"),
    "reason": gettext_lazy("reason"),
    "basis": gettext_lazy("rule that demands it"),
    "words": gettext_lazy("words"),
    "stays_open": gettext_lazy("what stays open"),
    "records": gettext_lazy("records"),
    "reopened": gettext_lazy("reopening"),
    "value": gettext_lazy("value"),
    "period": gettext_lazy("period"),
}


def other_content(timeline: form.Timeline) -> list[Complaint]:
    """Return what a timeline says otherwise than the record of the same."""
    return list(chain(_circulars(timeline), _closures(timeline), _zones(timeline)))


def circular_of(given: form.Circular) -> Circular | None:
    """Return the circular on record that a timeline means."""
    same = Circular.objects.exclude(state=Circular.State.DISCARDED)
    return same.filter(issuer=given.issuer, number=given.number, date=given.date).first()


def closure_of(given: form.ClosureForm) -> Closure | None:
    """Return the closure on record that a timeline means: of the same, from the same moment."""
    scope = scope_of(given)
    same = Closure.objects.filter(starts_at=moment(given.since, _zone())).order_by("id")
    return next((row for row in same if _sorted(row.scope) == scope), None)


def zone_of(given: form.ZoneForm) -> Zone | None:
    """Return the zone on record that a timeline means: of a region, from the same moment."""
    since = moment(given.period.since, _zone())
    same = Zone.objects.filter(unit__code=given.region, scheme=given.scheme, starts_at=since)
    return same.first()


def scope_of(given: form.ClosureForm) -> dict[str, Any]:
    """Return what a closure shuts, as it is stored, its units in order."""
    written = given.model_dump(mode="json", exclude_defaults=True)
    return _sorted({name: written[name] for name in SCOPE if name in written})


def _circulars(timeline: form.Timeline) -> Iterator[Complaint]:
    for at, given in enumerate(timeline.circulars):
        row = circular_of(given)
        if row is not None and row.state == Circular.State.ENACTED:
            found = _differences(_content(given), _content(queries.as_circular(row)))
            articles: dict[Path, str] = {
                ("provisions", place): _("article %(article)s") % {"article": said.article}
                for place, said in enumerate(given.provisions)
            }
            yield from _told(("circulars", at), given.label, found, articles)


def _closures(timeline: form.Timeline) -> Iterator[Complaint]:
    for at, given in enumerate(timeline.closures):
        row = closure_of(given)
        if row is not None:
            label = _("The closure of %(what)s from %(since)s") % {
                "what": ", ".join([*given.units, given.place, given.floor, given.room]).strip(
                    ", "
                ),
                "since": given.since,
            }
            found: list[Path] = [
                (part,) for part, differs in _of_closure(given, row) if differs
            ]
            yield from _told(("closures", at), label, found)


def _zones(timeline: form.Timeline) -> Iterator[Complaint]:
    for at, given in enumerate(timeline.zones):
        row = zone_of(given)
        if row is not None:
            ends_at = moments(given.period, _zone())[1]
            parts: list[tuple[str, bool]] = [
                ("value", row.value != given.value),
                ("period", row.ends_at != ends_at),
                ("source", row.source != given.source),
            ]
            label = _("The zone %(scheme)s of %(region)s from %(since)s") % {
                "scheme": given.scheme,
                "region": given.region,
                "since": given.period.since,
            }
            found: list[Path] = [(part,) for part, differs in parts if differs]
            yield from _told(("zones", at), label, found)


def _told(
    path: Path, label: str, found: list[Path], names: dict[Path, str] | None = None
) -> Iterator[Complaint]:
    if not found:
        return
    known = names or {}
    parts = dict.fromkeys(known.get(one) or str(_PARTS[str(one[0])]) for one in found)
    sentence = _("%(label)s is on record with other content: %(parts)s.") % {
        "label": label,
        "parts": ", ".join(parts),
    }
    yield (*path, *found[0]), sentence


def _content(circular: form.Circular) -> dict[str, Any]:
    """Return what a circular says, however it was written: periods as moments."""
    said = in_order(circular)
    content = {name: getattr(said, name) for name in form.Circular.model_fields}
    return content | {
        "effective": moments(said.effective, _zone()),
        "amends": sorted(said.amends, key=ref),
        "revokes": sorted(said.revokes, key=ref),
        "provisions": [
            (
                provision.model_copy(update={"period": None}),
                moments(provision.period, _zone()) if provision.period else None,
            )
            for provision in said.provisions
        ],
    }


def _differences(ours: dict[str, Any], theirs: dict[str, Any]) -> list[Path]:
    found: list[Path] = [(name,) for name in _PARTS if ours.get(name) != theirs.get(name)]
    if ("provisions",) in found and len(ours["provisions"]) == len(theirs["provisions"]):
        found.remove(("provisions",))
        pairs = enumerate(zip(ours["provisions"], theirs["provisions"], strict=True))
        found += [("provisions", at) for at, (one, other) in pairs if one != other]
    return found


def _of_closure(given: form.ClosureForm, row: Closure) -> Iterator[tuple[str, bool]]:
    """Yield each part of a closure, and whether it differs from the one on record.

    What the record does not have yet can be entered while it is shut.
    """
    words = (row.words_id, row.words_en)
    yield "reason", row.reason != given.reason
    yield "basis", row.basis != given.basis
    yield "words", words != ((given.words.id, given.words.en) if given.words else ("", ""))
    stays = tuple(form.Scope.model_validate(scope) for scope in row.stays_open)
    yield "stays_open", stays != given.stays_open
    if row.reopened_at is not None:
        there = set(row.records.values_list("kind", "done_at", "words"))
        ours = {(one.kind, moment(one.at, _zone()), one.words) for one in given.records}
        yield "records", not ours <= there
        yield "reopened", _reopening(given, row) not in {None, row.reopened_at}


def _reopening(given: form.ClosureForm, row: Closure) -> datetime | None:
    if given.reopened is None:
        return None
    if given.reopened == "earliest":
        return row.earliest_at
    return moment(given.reopened, _zone())


def _sorted(scope: dict[str, Any]) -> dict[str, Any]:
    units = scope.get("units")
    return {**scope, "units": sorted(units)} if units else scope


def _zone() -> ZoneInfo:
    return ZoneInfo(settings.OFFICE_TIME_ZONE)
