"""Offices that shut at once, and open again when they may."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from loket.kernel import codes
from loket.kernel.access import Actor
from loket.kernel.errors import Conflict, Invalid
from loket.kernel.events import announce
from loket.organisation.models import Unit
from loket.policies import queries
from loket.policies.access import CLOSE, ENACT
from loket.policies.events import ClosureRecorded, OfficeClosed
from loket.policies.models import Closure, ClosureRecord
from loket.policies.rules import closing as rules
from loket.policies.rules import format as form
from loket.policies.rules.periods import moment

from .carrying import Step, carry_out, try_out
from .checking import refuse_wrong_closure
from .scopes import closed_units, in_charge, outermost, require_all

SCOPE = ("units", "place", "floor", "room")
LATELY = timedelta(days=2)
"""How long ago a closure may have begun that somebody writes down who cannot make law.

The days of a closure do not count: one that began long ago would wipe out every delay. Nor
can the longest minimum, of three days, be over before anybody was told.
"""


@dataclass(frozen=True, slots=True)
class _Closing:
    row: Closure
    step: Step


def close(*, form: form.ClosureForm, actor: Actor, at: datetime) -> Closure:
    """Shut units, a building, a floor or a room from a moment on, for at least the minimum.

    :raises NotAllowed: if the actor may not close all of it.
    :raises Invalid: if it names what does not exist, or nothing, or began long ago.
    :raises Conflict: if the same is shut already.
    """
    closing = _closing(form, actor=actor, at=at)
    carry_out(closing.step, actor=actor, at=at)
    return closing.row


def preview_closure(*, form: form.ClosureForm, actor: Actor, at: datetime) -> dict[str, Any]:
    """Return what a closure would do, by closing and undoing it; refuses as closing would.

    :raises NotAllowed: if the actor may not close all of it.
    :raises Invalid: if it names what does not exist, or nothing.
    :raises Conflict: if the same is shut already.
    """
    closing = _closing(form, actor=actor, at=at)
    change = try_out(closing.step, actor=actor, at=at)
    return {**change.impact, "earliest_at": closing.row.earliest_at.isoformat()}


def close_history(*, form: form.ClosureForm, actor: Actor, at: datetime) -> Closure:
    """Shut what a loaded timeline says was shut: nobody is told, nothing is weighed.

    :raises NotAllowed: if the actor may not close all of it.
    :raises Invalid: if it names what does not exist, or nothing.
    :raises Conflict: if the same is shut already.
    """
    closing = _closing(form, actor=actor, at=at)
    carry_out(closing.step, is_history=True, actor=actor, at=at)
    return closing.row


def record(
    *, closure: Closure, kind: str, done_at: datetime, words: str, actor: Actor, at: datetime
) -> ClosureRecord:
    """Write down that something was done before reopening, such as disinfection.

    :raises NotAllowed: if the actor may not reopen it.
    :raises Invalid: if the kind is none, nothing is said, or the moment cannot be.
    :raises Conflict: if it is open again.
    """
    require_all(actor, CLOSE, [closure.unit_path])
    _require_sound(closure, kind, done_at, words, at=at)
    with transaction.atomic():
        still = Closure.objects.select_for_update().filter(pk=closure.pk, reopened_at=None)
        if not still.exists():
            raise Conflict(_("This was reopened already."))
        made = ClosureRecord.objects.create(
            closure=closure,
            kind=kind,
            done_at=done_at,
            words=words.strip()[:300],
            by_name=actor.name[:120],
            recorded_at=at,
        )
        announce(ClosureRecorded(actor=actor, at=at, subject=closure.subject, kind=kind))
    return made


def _require_sound(
    closure: Closure, kind: str, done_at: datetime, words: str, *, at: datetime
) -> None:
    wrong: dict[str, list[str]] = {}
    if kind not in queries.RECORDS:
        wrong["kind"] = [_("Choose what was done.")]
    if not words.strip():
        wrong["words"] = [_("Say who did what.")]
    if done_at > at:
        wrong["done_at"] = [_("It cannot have been done in the future.")]
    elif done_at < closure.starts_at:
        wrong["done_at"] = [_("It must have been done after the closure began.")]
    if wrong:
        raise Invalid(next(iter(wrong.values()))[0], fields=wrong)


def _closing(given: form.ClosureForm, *, actor: Actor, at: datetime) -> _Closing:
    refuse_wrong_closure(given)
    units = closed_units(given)
    paths = outermost(unit.path for unit in units)
    require_all(actor, CLOSE, paths)
    row = _row(given, units, paths, actor=actor, at=at)
    _require_lately(row, actor=actor, at=at)

    def write() -> None:
        here = Closure.objects.filter(reason=row.reason, reopened_at=None, scopes=row.scopes)
        if any(other.scope == row.scope for other in here):
            raise Conflict(_("The same is closed already for this reason."))
        row.save(force_insert=True)

    def event(edition: int) -> OfficeClosed:
        return OfficeClosed(
            actor=actor,
            at=at,
            subject=row.subject,
            label=label_of(row, units),
            scopes=tuple(row.scopes),
            touches_clocks=True,
            edition=edition,
            reason=row.reason,
            starts_at=row.starts_at.isoformat(),
            earliest_at=row.earliest_at.isoformat(),
        )

    step = Step(
        kind="closed",
        subject=row.subject,
        label=label_of(row, units),
        scopes=tuple(row.scopes),
        starts_at=row.starts_at,
        ends_at=row.earliest_at if row.earliest_at > row.starts_at else None,
        shows_until=_last_night(row),
        write=write,
        event=event,
        notice="office_closed",
    )
    return _Closing(row, step)


def _last_night(row: Closure) -> datetime | None:
    """Return when the day begins on which it may be reopened; None if that is the first.

    That day is not shut for the whole: it is left out of what a closure shows.
    """
    zone = ZoneInfo(settings.OFFICE_TIME_ZONE)
    night = moment(row.earliest_at.astimezone(zone).date(), zone)
    return night if night > row.starts_at else None


def _require_lately(row: Closure, *, actor: Actor, at: datetime) -> None:
    """Stop at a closure that began long ago, unless the actor may make law for all of it."""
    may_enact = all(actor.may(ENACT, scope=path) for path in row.scopes)
    if row.starts_at < at - LATELY and not may_enact:
        sentence = _(
            "It began more than %(days)s days ago: only somebody who may enact circulars can "
            "still write it down."
        ) % {"days": LATELY.days}
        raise Invalid(sentence, fields={"from": [sentence]})


def _row(
    given: form.ClosureForm, units: list[Unit], paths: list[str], *, actor: Actor, at: datetime
) -> Closure:
    zone = ZoneInfo(settings.OFFICE_TIME_ZONE)
    starts_at = moment(given.since, zone)
    earliest = rules.earliest(
        given.reason,
        starts_at=starts_at,
        book=queries.book(),
        units=[unit.code for unit in units],
        room=given.room,
    )
    written = given.model_dump(mode="json", exclude_defaults=True)
    return Closure(
        code=codes.new(),
        reason=given.reason,
        scope={name: written[name] for name in SCOPE if name in written},
        stays_open=written.get("stays_open", []),
        unit_path=in_charge(units),
        scopes=paths,
        basis=given.basis,
        words_id=given.words.id if given.words else "",
        words_en=given.words.en if given.words else "",
        starts_at=starts_at,
        earliest_at=earliest or rules.over_at(given.reason, starts_at, zone),
        required=list(rules.REASONS[given.reason].requires),
        closed_by_ref=actor.ref,
        closed_by_name=actor.name[:120],
        closed_at=at,
    )


def label_of(row: Closure, units: list[Unit]) -> str:
    """Return what a closure is called: what is shut, by name."""
    where = row.scope.get("room") or " ".join(
        part for part in (row.scope.get("place", ""), row.scope.get("floor", "")) if part
    )
    if where:
        return where
    names = [unit.name for unit in units]
    return ", ".join(names[:3]) + (f" +{len(names) - 3}" if len(names) > 3 else "")  # noqa: PLR2004 -- three names fit
