"""Changing a roster by hand: checked at once, one change after the other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from loket.kernel.access import Actor, require
from loket.kernel.errors import Invalid
from loket.kernel.events import announce
from loket.organisation import queries as organisation
from loket.people.models import Account
from loket.people.rules.refs import number_of
from loket.workforce.access import PLAN
from loket.workforce.events import RosterChanged
from loket.workforce.models import Roster, RosterDay, Turn
from loket.workforce.queries.rosters.problems import problem_for
from loket.workforce.queries.rosters.reading import locks_of
from loket.workforce.queries.rosters.standing import as_value
from loket.workforce.queries.staff.naming import naming
from loket.workforce.rules import checking
from loket.workforce.rules import found as findings
from loket.workforce.rules.problem import Problem
from loket.workforce.rules.problem import Turn as Value

from .telling import enqueue_told
from .writing import Slots, claim, queue

ONE_DAY = timedelta(days=1)
OPEN = (Roster.State.DRAFT, Roster.State.PUBLISHED)


def move(
    *,
    roster: Roster,
    account: Account,
    on: date,
    to_shift: str | None,
    counter: str = "",
    revision: int,
    actor: Actor,
    at: datetime,
) -> Roster:
    """Put somebody into a shift of a day, at a counter or not; None keeps them at home.

    It is locked: planning again leaves it. Of a published roster, the person is told.

    :raises NotAllowed: if the actor may not plan the unit.
    :raises Invalid: if the move breaks a rule, with one sentence for each in ``fields[""]``;
        if the day is past, or another roster holds on it.
    :raises Conflict: if the roster was changed meanwhile, or discarded.
    """
    require(actor, PLAN, scope=roster.unit.path)
    wanted = _Wanted(account.ref, on, to_shift, counter)
    return _change(roster, [wanted], revision=revision, actor=actor, at=at)


def relocate(
    *,
    roster: Roster,
    account: Account,
    on: date,
    to_account: Account,
    to_on: date,
    revision: int,
    actor: Actor,
    at: datetime,
) -> Roster:
    """Give somebody's turn of a day to somebody else or to another day, with its counter.

    :raises NotAllowed: if the actor may not plan the unit.
    :raises Invalid: if there is no such turn, the other day is taken, or it breaks a rule.
    :raises Conflict: if the roster was changed meanwhile, or discarded.
    """
    require(actor, PLAN, scope=roster.unit.path)
    turns = Turn.objects.filter(roster=roster).select_related("counter")
    held = turns.filter(account=account, on=on).first()
    if held is None:
        raise Invalid(_("There is no turn to move on this day."))
    if turns.filter(account=to_account, on=to_on).exclude(pk=held.pk).exists():
        raise Invalid(_("%(name)s has a turn on that day already.") % {"name": to_account})
    value = as_value(held)
    steps = [
        _Wanted(account.ref, on, None, ""),
        _Wanted(to_account.ref, to_on, value.shift, value.counter),
    ]
    return _change(roster, steps, revision=revision, actor=actor, at=at)


def lock(
    *,
    roster: Roster,
    account: Account,
    on: date,
    is_locked: bool,
    revision: int,
    actor: Actor,
    at: datetime,
) -> Roster:
    """Hold what a roster says of somebody on a day when it is planned again, or let it go.

    :raises NotAllowed: if the actor may not plan the unit.
    :raises Conflict: if the roster was changed meanwhile, published or discarded.
    """
    require(actor, PLAN, scope=roster.unit.path)
    with transaction.atomic():
        mine = claim(roster, revision=revision, states=[Roster.State.DRAFT])
        held = Turn.objects.filter(roster=mine, account=account, on=on)
        if not held.update(is_locked=is_locked):
            _keep_home(mine, account.ref, on, is_kept=is_locked)
        _announce(mine, 1, actor=actor, at=at)
    return mine


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One person's day as it should be."""

    member: str
    on: date
    shift: str | None
    counter: str

    @property
    def account(self) -> int:
        return number_of(self.member)

    @property
    def turn(self) -> Value | None:
        if self.shift is None:
            return None
        return Value(self.on, self.shift, self.counter, self.member)


def _change(
    roster: Roster, steps: list[_Wanted], *, revision: int, actor: Actor, at: datetime
) -> Roster:
    with transaction.atomic():
        queue(roster.unit)
        mine = claim(roster, revision=revision, states=OPEN)
        for on in sorted({step.on for step in steps}):
            _require_open(mine, on, at=at)
        for on in sorted({step.on for step in steps}):
            _redo(mine, on, [step for step in steps if step.on == on], at=at)
        mine.save(update_fields=["found", "kept_home"])
        _announce(mine, len(steps), actor=actor, at=at)
        if mine.state == Roster.State.PUBLISHED:
            enqueue_told(mine, {step.account for step in steps}, at=at)
    return mine


def _redo(roster: Roster, on: date, steps: list[_Wanted], *, at: datetime) -> None:
    """Change one day, if no rule is broken by it that was not broken before."""
    problem = day_problem(roster, on, at=at)
    rows = Turn.objects.filter(roster=roster, on=on).select_related("counter")
    turns = [as_value(row) for row in rows]
    for step in steps:
        turns = checked(roster, problem, turns, step.member, step.turn)
        _write(roster, problem, step, at=at)
    roster.found = findings.refreshed(roster.found, _without(problem, steps), turns)


def checked(
    roster: Roster,
    problem: Problem,
    turns: list[Value],
    member: str,
    turn: Value | None,
    *,
    is_for_planner: bool = True,
) -> list[Value]:
    """Return the turns of the day of a problem after one person's is set or taken away.

    :raises Invalid: if that breaks a rule, with one sentence for each.
    """
    found = checking.move_problems(
        problem,
        turns,
        member=member,
        on=problem.days[0].on,
        to_shift=turn.shift if turn else None,
        counter=turn.counter if turn else "",
    )
    hard = tuple(broken for broken in found if not broken.is_lacking)
    if hard:
        named = naming(problem, unit=roster.unit)
        sentences = named.broken(hard, is_for_planner=is_for_planner)
        raise Invalid(" ".join(sentences), fields={"": sentences})
    rest = [other for other in turns if other.member != member]
    return [*rest, turn] if turn else rest


def day_problem(roster: Roster, on: date, *, at: datetime) -> Problem:
    """Return what decides one day of a roster.

    :raises Invalid: if the unit does not work on it.
    """
    locks = tuple(lock for lock in locks_of(roster) if lock.on == on)
    problem = problem_for(
        unit=roster.unit,
        since=on,
        until=on + ONE_DAY,
        at=at,
        locks=locks,
        published=frozenset(),
    )
    if not problem.days:
        sentence = _("%(unit)s does not work on any of these days.")
        raise Invalid(sentence % {"unit": roster.unit.name})
    return problem


def _without(problem: Problem, steps: list[_Wanted]) -> Problem:
    """Return a problem without what was locked for people whose day is decided anew."""
    moved = {step.member for step in steps}
    locks = tuple(lock for lock in problem.locks if lock.member not in moved)
    return replace(problem, locks=locks)


def _write(roster: Roster, problem: Problem, step: _Wanted, *, at: datetime) -> None:
    rows = Turn.objects.filter(roster=roster, account_id=step.account, on=step.on)
    _keep_home(roster, step.member, step.on, is_kept=step.turn is None)
    if step.turn is None:
        rows.delete()
        return
    fields = Slots(roster.unit, problem).fields(step.turn)
    fields |= {"is_locked": True, "changed_at": at}
    if not rows.update(**fields):
        Turn.objects.create(roster=roster, account_id=step.account, on=step.on, **fields)


def _keep_home(roster: Roster, member: str, on: date, *, is_kept: bool) -> None:
    mark = [number_of(member), on.isoformat()]
    rest = [other for other in roster.kept_home if other != mark]
    roster.kept_home = sorted([*rest, mark] if is_kept else rest)
    roster.save(update_fields=["kept_home"])


def _require_open(roster: Roster, on: date, *, at: datetime) -> None:
    if not roster.starts_on <= on < roster.ends_on:
        raise Invalid(_("This day is not part of the roster."))
    if on < organisation.today(roster.unit, at=at):
        raise Invalid(_("This day is past: its turns stay as they were."))
    if roster.state == Roster.State.PUBLISHED:
        held = RosterDay.objects.filter(unit=roster.unit, on=on, roster=roster)
        if not held.exists():
            raise Invalid(_("Another roster holds on this day. Change that one."))


def _announce(roster: Roster, changes: int, *, actor: Actor, at: datetime) -> None:
    announce(
        RosterChanged(
            actor=actor,
            at=at,
            subject=roster.subject,
            unit=roster.unit.path,
            starts_on=roster.starts_on.isoformat(),
            ends_on=roster.ends_on.isoformat(),
            changes=changes,
        )
    )
