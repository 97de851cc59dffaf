"""Histories and plans: circulars, closures and zones from one file, each once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from loket.catalogue.rules.problems import dotted
from loket.kernel.access import Actor
from loket.kernel.errors import Conflict, Invalid
from loket.policies.models import Circular, Closure
from loket.policies.rules import format as form
from loket.policies.rules.periods import moment

from .checking import refuse, refuse_wrong_timeline
from .closing import close_history, record
from .drafting import draft
from .enacting import enact_history
from .recorded import circular_of, closure_of, other_content, zone_of
from .reopening import reopen_history
from .zones import declare_zone

CLERK = "timeline"
"""Who writes the circulars of a timeline down; another process enacts them."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a timeline brought; what was there already is left out."""

    circulars: tuple[str, ...]
    closures: tuple[str, ...]
    zones: tuple[str, ...]


@transaction.atomic
def load_timeline(*, timeline: form.Timeline, actor: Actor, at: datetime) -> Loaded:
    """Load a timeline in order of date, all of it or nothing; twice is once.

    Nobody is told: it is history.

    :raises NotAllowed: if the actor may not enact or close all of it.
    :raises Invalid: if any part of it is wrong, with its path in the timeline.
    :raises Conflict: if somebody is writing one of its circulars; nothing is loaded then.
    """
    check_timeline(timeline=timeline)
    zone = ZoneInfo(settings.OFFICE_TIME_ZONE)
    loaded: dict[str, list[str]] = {"circulars": [], "closures": [], "zones": []}
    acts: list[tuple[datetime, int, str, Callable[[], str]]] = []
    for place, area in enumerate(timeline.zones):
        since = moment(area.period.since, zone)
        acts.append((since, place, "zones", partial(_zone, area, actor, at)))
    for place, circular in enumerate(timeline.circulars):
        since = moment(circular.date, zone)
        acts.append((since, place, "circulars", partial(_circular, circular, actor, at)))
    for place, closure in enumerate(timeline.closures):
        since = moment(closure.since, zone)
        acts.append((since, place, "closures", partial(_closure, closure, actor, at)))
    for _since, place, kind, act in sorted(acts, key=lambda one: one[:3]):
        try:
            label = act()
        except (Invalid, Conflict) as refusal:
            fields = {dotted((kind, place)): [str(refusal)]}
            raise Invalid(str(refusal), fields=fields) from refusal
        if label:
            loaded[kind].append(label)
    return Loaded(**{kind: tuple(labels) for kind, labels in loaded.items()})


def check_timeline(*, timeline: form.Timeline) -> None:
    """Stop at a timeline that cannot be loaded as a whole; writes nothing.

    :raises Invalid: if any part of it is wrong, or is on record with other content.
    :raises Conflict: if somebody is writing one of its circulars.
    """
    refuse_wrong_timeline(timeline)
    refuse(other_content(timeline))
    _refuse_drafts(timeline)


def _refuse_drafts(timeline: form.Timeline) -> None:
    """Stop if a circular of the timeline is somebody's draft."""
    ours = Actor.system(CLERK).ref
    drafts = Circular.objects.filter(state=Circular.State.DRAFT).exclude(author_ref=ours)
    labels = {circular.label for circular in timeline.circulars}
    for row in drafts:
        if str(row) in labels:
            sentence = _("%(name)s is writing %(label)s: enact or discard that draft first.")
            raise Conflict(sentence % {"name": row.author_name, "label": row})


def _zone(area: form.ZoneForm, actor: Actor, at: datetime) -> str:
    if zone_of(area) is not None:
        return ""
    return str(declare_zone(form=area, is_history=True, actor=actor, at=at))


def _circular(circular: form.Circular, actor: Actor, at: datetime) -> str:
    clerk = Actor.system(CLERK)
    row = circular_of(circular)
    if row is not None and row.state != Circular.State.DRAFT:
        return ""
    if row is None:
        row = draft(circular=circular, actor=clerk, at=at)
    with override("id"):  # for the record, whoever loads it
        reason = _("Loaded as history.")
    return str(enact_history(circular=row, reason=reason, actor=actor, at=at))


def _closure(given: form.ClosureForm, actor: Actor, at: datetime) -> str:
    same = closure_of(given)
    row = same or close_history(form=given, actor=actor, at=at)
    changed = same is None
    if row.reopened_at is None:
        changed |= _finish(row, given, actor, at)
    return str(row) if changed else ""


def _finish(row: Closure, given: form.ClosureForm, actor: Actor, at: datetime) -> bool:
    """Enter the records and the reopening that are missing."""
    zone, changed = ZoneInfo(settings.OFFICE_TIME_ZONE), False
    present = set(row.records.values_list("kind", "done_at"))
    for one in given.records:
        done_at = moment(one.at, zone)
        if (one.kind, done_at) not in present:
            record(
                closure=row, kind=one.kind, done_at=done_at, words=one.words,
                actor=actor, at=at,
            )  # fmt: skip
            changed = True
    if given.reopened is None:
        return changed
    reopened = given.reopened
    opens_at = row.earliest_at if reopened == "earliest" else moment(reopened, zone)
    reopen_history(closure=row, at_moment=opens_at, actor=actor, at=at)
    return True
