"""Circulars that cease to be law because somebody ends them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from loket.kernel.access import Actor
from loket.kernel.errors import Conflict, Invalid
from loket.policies import queries
from loket.policies.access import ENACT
from loket.policies.events import CircularRevoked
from loket.policies.models import Circular
from loket.policies.rules import reasons

from .carrying import Step, carry_out, try_out
from .enacting import is_over, touches_clocks
from .scopes import require_all


def revoke(
    *,
    circular: Circular,
    revoked_from: datetime,
    reason: str,
    seen: int | None = None,
    actor: Actor,
    at: datetime,
) -> Circular:
    """End a circular from a moment on; before now only with a reason, as always.

    What it had ended does not come back, unless it is revoked from its very beginning.
    ``seen`` is the edition of the law on which its preview was made, if there was one.

    :raises NotAllowed: if the actor may not enact for all of its units.
    :raises Invalid: if no reason is given, or it has ended by then.
    :raises Conflict: if it is not in force, was revoked meanwhile, or the law changed since
        its preview; with what changed.
    """
    step = _revocation(circular, revoked_from=revoked_from, reason=reason, actor=actor, at=at)
    carry_out(step, seen=seen, actor=actor, at=at)
    circular.refresh_from_db()
    return circular


def preview_revocation(
    *, circular: Circular, revoked_from: datetime, reason: str, actor: Actor, at: datetime
) -> dict[str, Any]:
    """Return what a revocation would do, by doing and undoing it; refuses as it would.

    :raises NotAllowed: if the actor may not enact for all of its units.
    :raises Invalid: if no reason is given, or it has ended by then.
    :raises Conflict: if it is not in force, or was revoked meanwhile.
    """
    step = _revocation(circular, revoked_from=revoked_from, reason=reason, actor=actor, at=at)
    return try_out(step, actor=actor, at=at).impact


def _revocation(
    circular: Circular, *, revoked_from: datetime, reason: str, actor: Actor, at: datetime
) -> Step:
    require_all(actor, ENACT, circular.scopes)
    since = max(revoked_from, circular.starts_at)
    ends_at = queries.effective_ends().get(circular.code, circular.ends_at)
    reason = reasons.given(reason, field="reason", missing=_("Say why it ends."))
    _require_revocable(circular, since=since, ends_at=ends_at)

    def write() -> None:
        done = _standing(circular).update(
            revoked_from=revoked_from,
            revoked_by_name=actor.name[:120],
            revoked_reason=reason,
        )
        if not done:
            raise Conflict(_("This circular is not in force, or was revoked already."))

    def event(edition: int) -> CircularRevoked:
        return CircularRevoked(
            actor=actor,
            at=at,
            subject=circular.subject,
            label=str(circular),
            scopes=tuple(circular.scopes),
            touches_clocks=touches_clocks(circular),
            edition=edition,
            revoked_from=revoked_from.isoformat(),
            reason=reason,
        )

    return Step(
        kind="revoked",
        subject=circular.subject,
        label=str(circular),
        scopes=tuple(circular.scopes),
        starts_at=since,
        ends_at=circular.ends_at,
        shows_until=ends_at,
        write=write,
        event=event,
        notice="" if is_over(circular, at) else "circular_revoked",
    )


def _standing(circular: Circular) -> QuerySet[Circular]:
    enacted = Circular.objects.filter(state=Circular.State.ENACTED, revoked_from=None)
    return enacted.filter(pk=circular.pk)


def _require_revocable(
    circular: Circular, *, since: datetime, ends_at: datetime | None
) -> None:
    if not _standing(circular).exists():
        raise Conflict(_("This circular is not in force, or was revoked already."))
    if ends_at and since >= ends_at:
        sentence = _("It has ended by that moment anyway.")
        raise Invalid(sentence, fields={"revoked_from": [sentence]})
