"""Circulars that become law, as they were seen to."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from loket.kernel.access import Actor
from loket.kernel.errors import Conflict, NotAllowed
from loket.kernel.events import announce
from loket.policies import queries
from loket.policies.access import DRAFT, ENACT
from loket.policies.events import CircularEnacted, CircularSimulated
from loket.policies.models import Circular, Edition, Simulation
from loket.policies.rules import reasons

from .carrying import Step, carry_out, try_out
from .checking import refuse_wrong
from .editions import stale
from .scopes import require_all
from .weighing.spans import OPEN_ENDED

CLOCKS = {"clock", "suspension"}
"""Kinds of provision that move due dates by themselves."""


def simulate(*, circular: Circular, actor: Actor, at: datetime) -> Simulation:
    """Find what a draft would do, by enacting it and undoing that.

    :raises NotAllowed: if the actor may neither write nor enact it.
    :raises Invalid: if it cannot be enacted as it is.
    :raises Conflict: if it is no draft any more, or was changed since it was read.
    """
    if not all(actor.may(ENACT, scope=path) for path in circular.scopes):
        require_all(actor, DRAFT, circular.scopes)
    refuse_wrong(queries.as_circular(circular), code=circular.code)
    # Signed by nobody: the author may try it out too.
    signed_by = Actor.system("simulation")
    step = _enactment(circular, reason="", actor=signed_by, at=at)
    change = try_out(step, actor=signed_by, at=at)
    with transaction.atomic():
        made = Simulation.objects.create(
            circular=circular,
            circular_revision=circular.revision,
            edition=change.number - 1,
            made_at=at,
            made_by_name=actor.name[:120],
            impact=change.impact,
            cases_gz=change.cases_gz,
        )
        # Nothing can be enacted by an earlier one any more, and its lists are long.
        Simulation.objects.filter(circular=circular, pk__lt=made.pk).delete()
        announce(
            CircularSimulated(
                actor=actor,
                at=at,
                subject=circular.subject,
                label=str(circular),
                edition=made.edition,
            )
        )
    return made


def enact(
    *,
    circular: Circular,
    simulation: Simulation,
    retroactive_reason: str = "",
    actor: Actor,
    at: datetime,
) -> Circular:
    """Make a draft law, exactly as its simulation showed.

    :raises NotAllowed: if the actor may not enact for all of its units, or wrote it.
    :raises Invalid: if it began already and no reason is given, or it cannot be as it is.
    :raises Conflict: if it is no draft any more, or it or the law changed since the
        simulation; with what changed.
    """
    _require_another(circular, actor)
    _require_current(circular, simulation)
    refuse_wrong(queries.as_circular(circular), code=circular.code)
    reason = _reason(circular, retroactive_reason, at=at)
    step = _enactment(circular, reason=reason, actor=actor, at=at)
    carry_out(step, seen=simulation.edition, actor=actor, at=at)
    circular.refresh_from_db()
    return circular


def enact_history(*, circular: Circular, reason: str, actor: Actor, at: datetime) -> Circular:
    """Make a circular of a loaded timeline law: nobody is told, nothing is simulated.

    :raises NotAllowed: if the actor may not enact for all of its units, or wrote it.
    :raises Conflict: if it is no draft any more.
    """
    _require_another(circular, actor)
    reason = reason if circular.starts_at < at else ""
    step = _enactment(circular, reason=reason, actor=actor, at=at)
    carry_out(step, is_history=True, actor=actor, at=at)
    circular.refresh_from_db()
    return circular


def _enactment(circular: Circular, *, reason: str, actor: Actor, at: datetime) -> Step:
    drafts = Circular.objects.filter(
        pk=circular.pk, state=Circular.State.DRAFT, revision=circular.revision
    )

    def write() -> None:
        done = drafts.update(
            state=Circular.State.ENACTED,
            enacted_by_ref=actor.ref,
            enacted_by_name=actor.name[:120],
            enacted_at=at,
            retroactive_reason=reason,
        )
        if not done:
            raise Conflict(_changed(circular))

    def event(edition: int) -> CircularEnacted:
        return CircularEnacted(
            actor=actor,
            at=at,
            subject=circular.subject,
            label=str(circular),
            scopes=tuple(circular.scopes),
            touches_clocks=touches_clocks(circular),
            edition=edition,
            starts_at=circular.starts_at.isoformat(),
            ends_at=circular.ends_at.isoformat() if circular.ends_at else "",
            retroactive_reason=reason,
        )

    return Step(
        kind="enacted",
        subject=circular.subject,
        label=str(circular),
        scopes=tuple(circular.scopes),
        starts_at=circular.starts_at,
        ends_at=circular.ends_at,
        shows_until=_shows_until(circular),
        write=write,
        event=event,
        notice="" if is_over(circular, at) else "circular_enacted",
    )


def _shows_until(circular: Circular) -> datetime | None:
    """Return until when a circular makes a difference, as far as it is shown.

    What it ends stays ended when it ends itself.
    """
    ends_others = circular.amends or circular.revokes
    if circular.ends_at is None or not ends_others:
        return circular.ends_at
    return max(circular.ends_at, circular.starts_at + timedelta(days=OPEN_ENDED))


def is_over(circular: Circular, at: datetime) -> bool:
    """Say whether a circular has ended by itself: nobody need be told of it any more."""
    return circular.ends_at is not None and circular.ends_at <= at


def touches_clocks(circular: Circular) -> bool:
    """Say whether due dates may move: also by ending another circular that moved them."""
    kinds = set(circular.provisions.values_list("kind", flat=True))
    return bool(kinds & CLOCKS or circular.revokes or circular.amends)


def _require_another(circular: Circular, actor: Actor) -> None:
    """Stop whoever may not enact a circular, or wrote on it."""
    require_all(actor, ENACT, circular.scopes)
    if actor.ref in circular.writers:
        raise NotAllowed(_("Whoever wrote a circular may not enact it: ask somebody else."))


def _require_current(circular: Circular, simulation: Simulation) -> None:
    """Stop if the simulation is of another text, or of another state of the law."""
    same = simulation.circular_id == circular.pk
    if not same or simulation.circular_revision != circular.revision:
        raise Conflict(
            _("The draft was changed since this simulation. Simulate it again, then enact.")
        )
    now = Edition.objects.filter(pk=1).values_list("number", flat=True).first() or 0
    if simulation.edition != now:
        raise Conflict(stale(simulation.edition))


def _reason(circular: Circular, reason: str, *, at: datetime) -> str:
    """Return why it is enacted after it began; empty if it was not.

    :raises Invalid: if it began already and no reason is given.
    """
    if circular.starts_at >= at:
        return ""
    missing = _("It began already: say why it is enacted afterwards.")
    return reasons.given(reason, field="retroactive_reason", missing=missing)


def _changed(circular: Circular) -> str:
    now = Circular.objects.filter(pk=circular.pk).first()
    if now is not None and now.state == Circular.State.ENACTED:
        return _("%(name)s enacted this circular meanwhile.") % {"name": now.enacted_by_name}
    if now is not None and now.state == Circular.State.DRAFT:
        return _("The draft was changed since this simulation. Simulate it again, then enact.")
    return _("This draft was discarded meanwhile.")
