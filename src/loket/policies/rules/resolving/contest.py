"""Which of several provisions holds: closure, then narrower, then later, then stricter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from loket.policies.rules.facts import Effect
from loket.policies.rules.values import Because, Dispute, Part

from .claims import Claim
from .scopes import Narrowness
from .spans import Spans


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """An effect as it meets one kind of question: when it applies there, and how narrowly."""

    effect: Effect
    claims: tuple[Claim, ...]
    tie: str
    """Makes the order of precedence total, so that the order of records never matters."""
    narrowness: Narrowness
    spans: Spans

    @property
    def may_end_at(self) -> datetime | None:
        """When an open closure is expected to end: at its earliest reopening."""
        effect = self.effect
        return effect.earliest_at if effect.ends_at is None else None

    def applies(self, moment: datetime) -> bool:
        return any(start <= moment < end for start, end in self.spans)


class Weight(NamedTuple):
    """What decides between provisions, from the first to the last. The greater holds."""

    is_closure: bool
    narrowness: Narrowness
    issued_on: date
    starts_at: datetime


class Bid(NamedTuple):
    """One value of one part. Its order is that of precedence."""

    weight: Weight
    strictness: float
    tie: str
    value: Any
    because: Because


class Contest:
    """All that is said at one moment, part by part, the strongest first."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.bids: dict[str, list[Bid]] = {}
        for rule in rules:
            effect = rule.effect
            because = effect.because
            weight = Weight(
                effect.is_closure, rule.narrowness, effect.issued_on, effect.starts_at
            )
            for part, value, strictness in rule.claims:
                bid = Bid(weight, strictness, rule.tie, value, because)
                self.bids.setdefault(part, []).append(bid)
        for bids in self.bids.values():
            if len(bids) > 1:
                bids.sort(key=_rank, reverse=True)

    def winner(self, part: str, ordinary: Any) -> Part[Any]:
        """Return the value that holds, with all provisions that say the same."""
        bids = self.bids.get(part)
        if not bids:
            return Part(ordinary)
        value = bids[0].value
        return Part(value, reasons(bid for bid in bids if bid.value == value))

    def union(self, part: str) -> Part[tuple[str, ...]]:
        """Return all that anybody says, in the order of the alphabet."""
        bids = self.bids.get(part, ())
        return Part(tuple(sorted({v for bid in bids for v in bid.value})), reasons(bids))

    def disputes(self, part: str) -> Iterator[Dispute]:
        """Find provisions that are as narrow as the one that holds, and say another thing."""
        bids = self.bids.get(part, [])
        for bid in bids[1:]:
            first = bids[0]
            is_equal = bid.weight.narrowness == first.weight.narrowness
            if is_equal and not first.weight.is_closure and bid.value != first.value:
                yield Dispute(part, first.because, bid.because, rule(first, bid))


def rule(first: Bid, second: Bid) -> Literal["closure", "narrower", "later", "stricter"]:
    """Return why the first of two holds."""
    one, other = first.weight, second.weight
    if one.is_closure != other.is_closure:
        return "closure"
    if one.narrowness != other.narrowness:
        return "narrower"
    return "later" if one != other else "stricter"


def reasons(bids: Iterable[Bid]) -> tuple[Because, ...]:
    """Return what is behind some bids, each once."""
    return tuple(dict.fromkeys(bid.because for bid in bids))


def _rank(bid: Bid) -> tuple[Weight, float, str]:
    return bid.weight, bid.strictness, bid.tie
