"""Heads of the units that a change touches are told."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import override

from loket.kernel.access import Actor
from loket.messaging import services as messaging
from loket.messaging.queries import page_address
from loket.messaging.services import Recipient
from loket.organisation import queries as organisation
from loket.policies import queries
from loket.policies.models import Change, Circular, Closure
from loket.policies.queries.heads import Head, heads_of, touched
from loket.policies.rules.closing import REASONS

BATCH = 100
"""Notices in one transaction: it holds the write lock of SQLite only for a moment."""


def tell_heads(*, number: int, notice: str, actor: Actor, at: datetime) -> int:
    """Queue a notice about a change to each head of a unit that it touches; twice is once.

    Return how many heads can be told.
    """
    change = Change.objects.get(number=number)
    units = touched(queries.book(), subject=change.subject, within=change.scopes)
    heads = [head for head in heads_of(units, at=at) if head.email]
    said = {language: _facts(change, language) for language in {h.language for h in heads}}
    for first in range(0, len(heads), BATCH):
        with transaction.atomic():
            for head in heads[first : first + BATCH]:
                _tell(head, change, notice, said[head.language], actor=actor, at=at)
    return len(heads)


def _tell(
    head: Head,
    change: Change,
    notice: str,
    facts: dict[str, str],
    *,
    actor: Actor,
    at: datetime,
) -> None:
    messaging.send(
        notice=notice,
        to=Recipient(email=head.email, language=head.language, name=head.name),
        subject=change.subject,
        key=f"{change.subject}:{notice}:{change.number}:{head.account}",
        facts=facts,
        actor=actor,
        at=at,
    )


def _facts(change: Change, language: str) -> dict[str, str]:
    """Return what a notice may mention, in one language."""
    kind, _colon, code = change.subject.partition(":")
    with override(language):
        known = {"label": change.label, "by": change.actor_name, "code": code}
        if kind == "closure":
            closure = Closure.objects.get(code=code)
            return known | {
                "reason": str(REASONS[closure.reason].label),
                "starts": _written(closure.starts_at),
                "earliest": _written(closure.earliest_at),
                "reopened": _written(closure.reopened_at),
                "basis": closure.basis,
                "url": page_address(f"/desk/closures/{code}/"),
            }
        circular = Circular.objects.get(code=code)
        is_english = language.startswith("en")
        return known | {
            "title": circular.title_en if is_english else circular.title_id,
            "summary": circular.summary_en if is_english else circular.summary_id,
            "starts": _written(circular.starts_at),
            "ends": _written(circular.ends_at),
            "revoked": _written(circular.revoked_from),
            "reason": circular.revoked_reason,
            "retroactive": circular.retroactive_reason,
            "url": page_address(f"/circulars/{code}/"),
        }


def _written(moment: datetime | None) -> str:
    if moment is None:
        return ""
    return formats.date_format(
        timezone.localtime(moment, organisation.zone(None)), "j F Y, H.i"
    )
