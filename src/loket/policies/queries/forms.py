"""Records as the format has them: the same circular, whether it came from YAML or a form."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from pydantic import TypeAdapter

from loket.policies.models import Circular, Provision
from loket.policies.rules import format as form

_PROVISION: TypeAdapter[form.AnyProvision] = TypeAdapter(form.AnyProvision)


def as_circular(circular: Circular) -> form.Circular:
    """Return a stored circular in the format, ready to be written as YAML or edited."""
    written: dict[str, Any] = {
        "format": 1,
        "issuer": circular.issuer,
        "number": circular.number,
        "date": circular.date,
        "title": {"id": circular.title_id, "en": circular.title_en},
        "effective": _period(circular.starts_at, circular.ends_at),
        "legal_basis": circular.legal_basis,
        "source": circular.source,
        "amends": circular.amends,
        "revokes": circular.revokes,
        "provisions": [
            _provision(row) for row in sorted(circular.provisions.all(), key=lambda p: p.place)
        ],
    }
    if circular.summary_id or circular.summary_en:
        written["summary"] = {"id": circular.summary_id, "en": circular.summary_en}
    return form.Circular.model_validate(written)


def typed_provision(row: Provision) -> form.AnyProvision:
    """Return one stored provision as a typed value, without its period."""
    return _PROVISION.validate_python(_provision(row, with_period=False))


def _provision(row: Provision, *, with_period: bool = True) -> dict[str, Any]:
    written = {"kind": row.kind, "article": row.article, "scope": row.scope, **row.params}
    if row.words_id or row.words_en:
        written["words"] = {"id": row.words_id, "en": row.words_en}
    if with_period and row.has_own_period:
        written["period"] = _period(row.starts_at, row.ends_at)
    return written


def _period(starts_at: datetime, ends_at: datetime | None) -> dict[str, Any]:
    """Return a period in days where it begins and ends at midnight, else in moments."""
    written: dict[str, Any] = {"from": _day_or_moment(starts_at)}
    if ends_at is None:
        return written | {"until_evaluated": True}
    end = _day_or_moment(ends_at)
    if isinstance(end, datetime):
        return written | {"to": end}
    return written | {"through": end - timedelta(days=1)}


def _day_or_moment(moment: datetime) -> date | datetime:
    local = moment.astimezone(ZoneInfo(settings.OFFICE_TIME_ZONE))
    return local.date() if local.time() == time() else local
