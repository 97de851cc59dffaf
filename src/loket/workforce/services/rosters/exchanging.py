"""Two people's turns that change hands: read, checked, carried out."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from loket.kernel.errors import Conflict, Invalid
from loket.organisation.models import Unit
from loket.people.models import Account
from loket.workforce.models import Roster, Swap, Turn
from loket.workforce.queries.rosters.standing import as_value, standing
from loket.workforce.rules.problem import Turn as Value

from .turns import checked, day_problem

SLOT = ("shift", "starts_at", "ends_at", "counter_id", "room_id", "team")


@dataclass(frozen=True, slots=True)
class Exchange:
    """What one gives and the other gives for it, of the rosters that stand."""

    asker: Account
    other: Account
    given: Turn
    taken: Turn | None

    @classmethod
    def of(cls, swap: Swap, *, at: datetime) -> Exchange:
        """Read the turns of a swap as they are now.

        :raises Invalid: if there are no such turns any more, or they have begun.
        """
        return cls.read(swap.asker, swap.other, swap.gives_on, swap.takes_on, at=at)

    @classmethod
    def read(
        cls,
        asker: Account,
        other: Account,
        gives_on: date,
        takes_on: date | None,
        *,
        at: datetime,
    ) -> Exchange:
        """Read the turns of two people.

        :raises Invalid: if there are no such turns, they have begun, or are of two units.
        """
        given = _turn(asker, gives_on, at=at)
        taken = _turn(other, takes_on, at=at) if takes_on else None
        if taken and taken.roster.unit_id != given.roster.unit_id:
            raise Invalid(_("Turns change hands only within one unit."))
        return cls(asker, other, given, taken)

    @property
    def unit(self) -> Unit:
        return self.given.roster.unit

    @property
    def turns(self) -> list[Turn]:
        return [self.given, self.taken] if self.taken else [self.given]

    @property
    def rosters(self) -> list[Roster]:
        """Return the rosters that change, each once."""
        return list({turn.roster_id: turn.roster for turn in self.turns}.values())

    def turns_in(self, roster: Roster) -> list[Turn]:
        """Return the turns of one roster."""
        return [turn for turn in self.turns if turn.roster_id == roster.pk]

    def check(self, *, is_for_planner: bool, at: datetime) -> None:
        """Stop if somebody must not or cannot take what they would get.

        Colleagues are not told what kind of absence stands against it.

        :raises Invalid: with one sentence for each broken rule in ``fields[""]``.
        """
        for on, steps in self._steps().items():
            roster = next(turn.roster for turn in self.turns if turn.on == on)
            problem = day_problem(roster, on, at=at)
            rows = standing().filter(roster=roster, on=on)
            turns = [as_value(row) for row in rows]
            for member, turn in steps:
                if turn and any(t.member == member for t in turns):
                    raise Invalid(_("One of them has a turn on that day already."))
                turns = checked(
                    roster, problem, turns, member, turn, is_for_planner=is_for_planner
                )

    def carry_out(self, *, at: datetime) -> None:
        """Let the turns change hands, all or nothing, in the transaction of the caller.

        :raises Conflict: if one of them is not theirs any more.
        """
        if self.taken and self.taken.on == self.given.on:
            self._set(self.given, {**_slot(self.taken), "changed_at": at})
            self._set(self.taken, {**_slot(self.given), "changed_at": at})
        else:
            self._set(self.given, {"account": self.other, "changed_at": at})
            if self.taken:
                self._set(self.taken, {"account": self.asker, "changed_at": at})
        for roster in self.rosters:
            # The proof was of other turns.
            found = {**roster.found, "is_proven": False, "is_by_hand": True}
            Roster.objects.filter(pk=roster.pk).update(revision=F("revision") + 1, found=found)

    def _set(self, turn: Turn, fields: dict[str, Any]) -> None:
        mine = Turn.objects.filter(
            pk=turn.pk, account_id=turn.account_id, changed_at=turn.changed_at
        )
        if not mine.update(**fields):
            raise Conflict(_("One of these turns was changed a moment ago. Look at it again."))

    def _steps(self) -> dict[date, list[tuple[str, Value | None]]]:
        """Return what changes on each day: first who leaves, then who comes."""
        found: defaultdict[date, list[tuple[str, Value | None]]] = defaultdict(list)
        for turn in self.turns:
            found[turn.on].insert(0, (turn.account.ref, None))
            getter = self.other if turn is self.given else self.asker
            value = as_value(turn)
            found[turn.on].append(
                (getter.ref, Value(value.on, value.shift, value.counter, getter.ref))
            )
        return dict(found)


def _slot(turn: Turn) -> dict[str, Any]:
    return {name: getattr(turn, name) for name in SLOT}


def _turn(account: Account, on: date, *, at: datetime) -> Turn:
    rows = standing().filter(account=account, on=on)
    turn = rows.select_related("roster__unit__office", "counter", "account").first()
    if turn is None:
        raise Invalid(
            _("%(name)s has no turn on %(day)s.")
            % {"name": account, "day": date_format(on, "j F Y")}
        )
    if turn.starts_at <= at:
        raise Invalid(_("This turn has begun: it cannot change hands any more."))
    return turn
