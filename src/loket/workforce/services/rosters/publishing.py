"""A draft becomes what holds, from today on, and everybody whose turns change is told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from loket.kernel.access import Actor, require
from loket.kernel.errors import Conflict, Invalid
from loket.kernel.events import announce
from loket.organisation import queries as organisation
from loket.policies import queries as policies
from loket.policies.services.editions import is_still
from loket.workforce.access import PLAN
from loket.workforce.events import RosterPublished
from loket.workforce.models import Roster, RosterDay, Turn
from loket.workforce.queries.rosters.problems import problem_for
from loket.workforce.queries.rosters.reading import changed_turns, turns_in
from loket.workforce.queries.rosters.standing import as_value, bare
from loket.workforce.queries.staff.naming import naming
from loket.workforce.rules import checking

from .telling import enqueue_told
from .writing import BATCH, DRAFT, claim, queue

SHOWN = 10
"""Broken rules that a refusal names."""

TRIES = 3
"""Times that a draft is checked while the law changes under it."""


def publish(*, roster: Roster, revision: int, actor: Actor, at: datetime) -> Roster:
    """Let a draft hold for its unit on its days from today on; past days keep theirs.

    Where the law changes in this very moment, the draft is checked again by what holds then.

    :raises NotAllowed: if the actor may not plan the unit.
    :raises Invalid: if its days are over, or it breaks a rule by now, with one sentence for
        each in ``fields[""]``.
    :raises Conflict: if it was changed meanwhile, published or discarded.
    """
    require(actor, PLAN, scope=roster.unit.path)
    since = max(roster.starts_on, organisation.today(roster.unit, at=at))
    if since >= roster.ends_on:
        raise Invalid(_("The days of this roster are over."))
    for _try in range(TRIES):
        edition = policies.edition()
        _require_lawful(roster, since, at=at)
        with transaction.atomic():
            published = _publish(roster, since, revision=revision, actor=actor, at=at)
            # Asked last: whoever changes the law waits only for the end of this.
            if is_still(seen=edition):
                return published
            transaction.set_rollback(True)
    raise Conflict(
        _("The rules are being changed at this moment. Wait a little, then publish again.")
    )


def _publish(
    roster: Roster, since: date, *, revision: int, actor: Actor, at: datetime
) -> Roster:
    queue(roster.unit)
    mine = claim(roster, revision=revision, states=[DRAFT])
    before, after = changed_turns(roster=mine, since=since)
    _renew(after.values(), at=at)
    _let_hold(mine, since)
    mine.state = Roster.State.PUBLISHED
    mine.published_at, mine.published_by = at, actor.ref
    mine.save(update_fields=["state", "published_at", "published_by"])
    told = enqueue_told(mine, {*before, *after}, at=at)
    announce(
        RosterPublished(
            actor=actor,
            at=at,
            subject=mine.subject,
            unit=mine.unit.path,
            starts_on=since.isoformat(),
            ends_on=mine.ends_on.isoformat(),
            told=told,
        )
    )
    return mine


def _require_lawful(roster: Roster, since: date, *, at: datetime) -> None:
    """Stop if the law, an absence or a skill changed so that the draft breaks a rule."""
    problem = problem_for(
        unit=roster.unit, since=since, until=roster.ends_on, at=at, published=frozenset()
    )
    rows = bare(turns_in(roster=roster).filter(on__gte=since))
    turns = [as_value(turn) for turn in rows]
    found = checking.check(problem, turns)
    hard = tuple(broken for broken in found if not broken.is_lacking)
    if hard:
        sentences = naming(problem, unit=roster.unit).broken(hard[:SHOWN])
        sentence = _("This draft breaks rules by now. Plan it again. %(rules)s")
        raise Invalid(sentence % {"rules": " ".join(sentences)}, fields={"": sentences})


def _let_hold(roster: Roster, since: date) -> None:
    days = [
        RosterDay(unit=roster.unit, roster=roster, on=since + timedelta(days=n))
        for n in range((roster.ends_on - since).days)
    ]
    RosterDay.objects.bulk_create(
        days, update_conflicts=True, unique_fields=["unit", "on"], update_fields=["roster"]
    )


def _renew(changed: Iterable[list[Turn]], *, at: datetime) -> None:
    """Let calendars see that these turns are new."""
    keys = [turn.pk for turns in changed for turn in turns]
    for first in range(0, len(keys), BATCH):
        Turn.objects.filter(pk__in=keys[first : first + BATCH]).update(changed_at=at)
