"""Zones and levels of regions, as somebody declared them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from loket.kernel.access import Actor
from loket.kernel.errors import Conflict, Invalid
from loket.organisation.models import Unit
from loket.policies.access import ENACT
from loket.policies.events import ZoneDeclared
from loket.policies.models import Zone
from loket.policies.rules.format import ZoneForm
from loket.policies.rules.periods import moments

from .carrying import Step, carry_out
from .scopes import require_all


def declare_zone(
    *, form: ZoneForm, is_history: bool = False, actor: Actor, at: datetime
) -> Zone:
    """Give a region a zone or level for a period; a later one takes its place.

    :raises NotAllowed: if the actor may not enact for the region.
    :raises Invalid: if there is no such region.
    :raises Conflict: if the scheme has another value there from the same moment.
    """
    unit = Unit.objects.filter(code=form.region, function=Unit.Function.GOVERNMENT).first()
    if unit is None:
        sentence = _("There is no region “%(code)s”.") % {"code": form.region}
        raise Invalid(sentence, fields={"region": [sentence]})
    require_all(actor, ENACT, [unit.path])
    starts_at, ends_at = moments(form.period, ZoneInfo(settings.OFFICE_TIME_ZONE))
    row = Zone(
        unit=unit,
        scheme=form.scheme,
        value=form.value,
        starts_at=starts_at,
        ends_at=ends_at,
        source=form.source,
    )
    step = _declaration(row, actor=actor, at=at)
    carry_out(step, is_history=is_history, actor=actor, at=at)
    return row


def _declaration(row: Zone, *, actor: Actor, at: datetime) -> Step:
    subject, label = f"unit:{row.unit.code}", f"{row.unit.name}: {row.scheme} {row.value}"

    def write() -> None:
        same = Zone.objects.filter(unit=row.unit, scheme=row.scheme, starts_at=row.starts_at)
        if same.exists():
            raise Conflict(_("A zone was declared there from this moment already."))
        row.save(force_insert=True)

    def event(edition: int) -> ZoneDeclared:
        return ZoneDeclared(
            actor=actor,
            at=at,
            subject=subject,
            label=label,
            scopes=(row.unit.path,),
            touches_clocks=True,
            edition=edition,
            scheme=row.scheme,
            value=row.value,
        )

    return Step(
        kind="zoned",
        subject=subject,
        label=label,
        scopes=(row.unit.path,),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        shows_until=row.ends_at,
        write=write,
        event=event,
    )
