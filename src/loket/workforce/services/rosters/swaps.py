"""Two colleagues change turns: one asks, the other agrees, the head approves."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from loket.kernel.access import Actor, require
from loket.kernel.errors import Conflict, Invalid, NotAllowed
from loket.kernel.events import announce
from loket.messaging import services as messaging
from loket.messaging.queries import page_address, recipients
from loket.organisation import queries as organisation
from loket.people import queries as people
from loket.people.models import Account
from loket.workforce.access import PLAN
from loket.workforce.events import RosterChanged, SwapAnswered, SwapAsked, SwapDecided
from loket.workforce.models import Swap
from loket.workforce.queries import superiors

from .exchanging import Exchange
from .telling import day_words, planners
from .writing import queue

ASKED, AGREED = Swap.State.ASKED, Swap.State.AGREED


def ask_swap(
    *,
    other: Account,
    gives_on: date,
    takes_on: date | None = None,
    words: str = "",
    actor: Actor,
    at: datetime,
) -> Swap:
    """Ask a colleague to take one's turn of a day, for theirs of another day or for nothing.

    :raises NotAllowed: if the actor is not signed in.
    :raises Invalid: if there are no such turns, they have begun, or the exchange would break
        a rule, with one sentence for each in ``fields[""]``.
    :raises Conflict: if the actor has asked somebody about this turn already.
    """
    asker = people.account_of(actor)
    if asker == other:
        raise Invalid(_("Ask a colleague, not yourself."))
    found = Exchange.read(asker, other, gives_on, takes_on, at=at)
    found.check(is_for_planner=False, at=at)
    try:
        with transaction.atomic():
            swap = Swap.objects.create(
                unit=found.unit,
                asker=asker,
                other=other,
                gives_on=gives_on,
                takes_on=takes_on,
                words=words.strip()[:300],
                asked_at=at,
            )
            about = {"unit": swap.unit.path, "gives_on": gives_on.isoformat()}
            announce(SwapAsked(actor=actor, at=at, subject=swap.subject, **about))
            _tell(swap, other, "swap_asked", actor=actor, at=at)
    except IntegrityError as error:
        sentence = _("You have asked somebody about this turn already. Withdraw that first.")
        raise Conflict(sentence) from error
    return swap


def agree_swap(*, swap: Swap, does_agree: bool, actor: Actor, at: datetime) -> Swap:
    """Agree to a swap or decline it, as the colleague who was asked.

    :raises NotAllowed: if somebody else was asked.
    :raises Invalid: if the exchange would break a rule by now.
    :raises Conflict: if it was answered or withdrawn already.
    """
    if actor.ref != swap.other.ref:
        raise NotAllowed(_("Only the colleague who was asked can answer this."))
    if does_agree:
        Exchange.of(swap, at=at).check(is_for_planner=False, at=at)
    state = AGREED if does_agree else Swap.State.DECLINED
    with transaction.atomic():
        mine = _settle(swap, ASKED, state=state)
        _answered(mine, actor=actor, at=at)
        if not does_agree:
            _tell(mine, mine.asker, "swap_decided", actor=actor, at=at)
            return mine
        for head in planners(mine.unit, of=(mine.asker, mine.other), at=at):
            _tell(mine, head, "swap_agreed", actor=actor, at=at)
    return mine


def withdraw_swap(*, swap: Swap, actor: Actor, at: datetime) -> Swap:
    """Take back what one asked for, as long as nobody has decided it.

    :raises NotAllowed: if somebody else asked.
    :raises Conflict: if it was decided already.
    """
    if actor.ref != swap.asker.ref:
        raise NotAllowed(_("Only who asked for this swap can withdraw it."))
    with transaction.atomic():
        mine = _settle(swap, ASKED, AGREED, state=Swap.State.WITHDRAWN)
        _answered(mine, actor=actor, at=at)
    return mine


def decide_swap(
    *, swap: Swap, is_approved: bool, remark: str = "", actor: Actor, at: datetime
) -> Swap:
    """Approve a swap, so that the turns change at once, or refuse it.

    :raises NotAllowed: if the actor may not plan the unit, is one of the two, or is no
        superior of one.
    :raises Invalid: if the exchange would break a rule by now.
    :raises Conflict: if it was decided already, or the turns are not theirs any more.
    """
    _require_superior(actor, swap, at=at)
    with transaction.atomic():
        queue(swap.unit)
        state = Swap.State.APPROVED if is_approved else Swap.State.REFUSED
        given = {"state": state, "remark": remark.strip()[:300], "decided_at": at}
        mine = _settle(swap, AGREED, **given)
        if is_approved:
            _carry_out(mine, actor=actor, at=at)
        announce(
            SwapDecided(
                actor=actor,
                at=at,
                subject=mine.subject,
                unit=mine.unit.path,
                gives_on=mine.gives_on.isoformat(),
                state=mine.state,
            )
        )
        for person in (mine.asker, mine.other):
            _tell(mine, person, "swap_decided", actor=actor, at=at)
    return mine


def _require_superior(actor: Actor, swap: Swap, *, at: datetime) -> None:
    require(actor, PLAN, scope=swap.unit.path)
    if actor.ref in (swap.asker.ref, swap.other.ref):
        raise NotAllowed(_("Nobody decides on a swap of their own: ask whoever is above."))
    rule = superiors.deciding(actor, on=organisation.today(None, at=at)).swaps
    if not Swap.objects.filter(rule, pk=swap.pk).exists():
        raise NotAllowed(
            _("A head changes turns in this swap: whoever heads the unit above decides.")
        )


def _carry_out(swap: Swap, *, actor: Actor, at: datetime) -> None:
    exchange = Exchange.of(swap, at=at)
    exchange.check(is_for_planner=True, at=at)
    exchange.carry_out(at=at)
    for roster in exchange.rosters:
        announce(
            RosterChanged(
                actor=actor,
                at=at,
                subject=roster.subject,
                unit=swap.unit.path,
                starts_on=roster.starts_on.isoformat(),
                ends_on=roster.ends_on.isoformat(),
                changes=len(exchange.turns_in(roster)),
            )
        )


def _settle(swap: Swap, *states: str, **outcome: object) -> Swap:
    if not Swap.objects.filter(pk=swap.pk, state__in=states).update(**outcome):
        raise Conflict(_("This swap was answered or withdrawn a moment ago."))
    rows = Swap.objects.select_related("unit__office", "asker", "other")
    return rows.get(pk=swap.pk)


def _answered(swap: Swap, *, actor: Actor, at: datetime) -> None:
    announce(
        SwapAnswered(
            actor=actor,
            at=at,
            subject=swap.subject,
            unit=swap.unit.path,
            gives_on=swap.gives_on.isoformat(),
            state=swap.state,
        )
    )


def _tell(swap: Swap, person: Account, notice: str, *, actor: Actor, at: datetime) -> None:
    with override(person.language):
        facts = {
            "asker": str(swap.asker),
            "other": str(swap.other),
            "gives": day_words(swap.gives_on),
            "takes": day_words(swap.takes_on) if swap.takes_on else "",
            "words": swap.words,
            "remark": swap.remark,
            "state": swap.state,
            "url": page_address("/desk/turns/"),
        }
    messaging.send(
        notice=notice,
        to=recipients([person])[person.pk],
        subject=swap.subject,
        key=f"{swap.subject}:{notice}:{swap.state}:{person.pk}",
        facts=facts,
        actor=actor,
        at=at,
    )
