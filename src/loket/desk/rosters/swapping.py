"""Swaps as pages tell them: who gives which day to whom, and where the swap stands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from loket.kernel import clock
from loket.kernel.access import Actor
from loket.organisation import queries as organisation
from loket.organisation.models import Unit
from loket.people.models import Account
from loket.workforce import queries
from loket.workforce.models import Swap

from . import words

OPEN = frozenset({Swap.State.ASKED, Swap.State.AGREED})
KINDS = {
    Swap.State.APPROVED: "good",
    Swap.State.DECLINED: "bad",
    Swap.State.REFUSED: "bad",
    Swap.State.WITHDRAWN: "quiet",
}


def row(swap: Swap, refused: list[str] | None = None) -> dict[str, Any]:
    """Return a swap as it is told."""
    return {
        "swap": swap,
        "asker": str(swap.asker),
        "other": str(swap.other),
        "gives": words.long_day(swap.gives_on),
        "takes": words.long_day(swap.takes_on) if swap.takes_on else "",
        "state": state(swap),
        "kind": KINDS.get(Swap.State(swap.state), "warning"),
        "is_open": swap.state in OPEN,
        "refused": refused,
    }


def state(swap: Swap) -> str:
    """Return where a swap stands, as the person who asked reads it."""
    return {
        Swap.State.ASKED: _("waits for %(name)s") % {"name": swap.other},
        Swap.State.AGREED: _("waits for your superior"),
        Swap.State.APPROVED: _("approved"),
        Swap.State.DECLINED: _("%(name)s declined") % {"name": swap.other},
        Swap.State.REFUSED: _("refused by your superior"),
        Swap.State.WITHDRAWN: _("withdrawn"),
    }[Swap.State(swap.state)]


def rows(
    swaps: Iterable[Swap], *, refused: tuple[str, list[str]] = ("", [])
) -> list[dict[str, Any]]:
    """Return swaps; ``refused`` says of one of them, by its code, why it could not be done."""
    code, sentences = refused
    return [row(swap, sentences if swap.code == code else None) for swap in swaps]


def to_decide(
    actor: Actor, *, unit: Unit | None = None, refused: tuple[str, list[str]] = ("", [])
) -> list[dict[str, Any]]:
    """Return swaps that wait for the actor's decision, of one unit or of all."""
    today = organisation.today(None, at=clock.now())
    return rows(queries.swaps_to_decide(actor=actor, today=today, unit=unit), refused=refused)


def mine(account: Account, *, refused: tuple[str, list[str]] = ("", [])) -> dict[str, Any]:
    """Return the swaps that somebody asked for, and those that wait for their answer."""
    swaps = list(queries.swaps_of(account=account))
    asked = [swap for swap in swaps if swap.asker_id == account.pk]
    offered = [
        swap for swap in swaps if swap.other_id == account.pk and swap.state == Swap.State.ASKED
    ]
    return {"asked": rows(asked), "offered": rows(offered, refused=refused)}
