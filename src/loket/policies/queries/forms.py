"""Records as the format has them: the same circular, whether it came from YAML or a form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from pydantic import TypeAdapter, ValidationError
from pydantic_core import to_jsonable_python

from loket.catalogue.rules.problems import Finding, dotted
from loket.kernel.errors import Invalid
from loket.policies.models import Circular, Provision
from loket.policies.rules import complaints
from loket.policies.rules import format as form
from loket.policies.rules.writing import as_text

_PROVISION: TypeAdapter[form.AnyProvision] = TypeAdapter(form.AnyProvision)


class Outdated(Invalid):
    """A circular that was written down by rules that are stricter by now."""

    def __init__(self, findings: Sequence[Finding], text: str) -> None:
        self.findings = tuple(findings)
        """What the rules of today refuse, and where."""
        self.text = text
        """All that it says, as YAML."""
        sentence = _(
            "This was written when the rules were less strict. Open it: its page says which "
            "part must be written anew."
        )
        super().__init__(sentence, fields={dotted(f.path): [f.reason] for f in findings})


def as_circular(circular: Circular) -> form.Circular:
    """Return a stored circular in the format, ready to be written as YAML or edited.

    :raises Outdated: if the format does not take it any more; it says what and keeps all.
    """
    written = _written(circular)
    try:
        return form.Circular.model_validate(written)
    except ValidationError as error:
        plain = to_jsonable_python(written)
        findings = complaints.findings(error, plain, form.Circular)
        raise Outdated(findings, as_text(plain)) from error


def _written(circular: Circular) -> dict[str, Any]:
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
    return written


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
