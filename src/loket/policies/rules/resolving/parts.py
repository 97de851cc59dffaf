"""The parts of the answer, from all that is said at one moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from loket.policies.rules.values import (
    Attendance,
    Clock,
    Dispute,
    Letters,
    Measure,
    Part,
    Service,
    State,
)

from .claims import PROTOCOL
from .contest import Bid, Contest, reasons, rule

NOT_RECEIVING = frozenset({"online_only", "closed"})
CHANNELS = ("counter", "web")
"""Ways to ask when no circular says anything."""
SINGLE = (
    "counters.state", "room.max_share", "attendance.min_share", "attendance.max_share",
    "attendance.max_share_concurrent", "attendance.shifts", "attendance.pinned",
    "attendance.remote", "service.channels", "service.priority", "clock.extended_by",
    *(f"protocol.{item}" for item in PROTOCOL),
)  # fmt: skip
"""Parts of which one value holds, and two may contradict each other."""


def state(contest: Contest) -> Part[State]:
    """Return the state of the counters; a room that may not be full makes them limited."""
    said: Part[State] = contest.winner("counters.state", "open")
    share = contest.winner("room.max_share", None)
    if said.value == "open" and share.value is not None and share.value < 1:
        return Part("limited", share.because)
    return said


def attendance(contest: Contest) -> tuple[Attendance, tuple[Dispute, ...]]:
    """Return who of the staff is present, but for shifts, and the shares that cannot be kept."""
    shares = {
        name: contest.winner(f"attendance.{name}", None)
        for name in ("min_share", "max_share", "max_share_concurrent")
    }
    disputes = []
    for name in ("max_share", "max_share_concurrent"):
        if _contradict(name, shares["min_share"].value, shares[name].value):
            low, high = (contest.bids[f"attendance.{part}"][0] for part in ("min_share", name))
            dropped = "min_share" if _before(high, low) else name
            shares[dropped] = Part(None)
            holds, yields = (high, low) if dropped == "min_share" else (low, high)
            part = f"attendance.{dropped}"
            disputes.append(Dispute(part, holds.because, yields.because, rule(holds, yields)))
    ages = contest.bids.get("attendance.elderly_from", ())
    return Attendance(
        **shares,
        shifts=Part(()),
        pinned=contest.winner("attendance.pinned", ()),
        excused=contest.union("attendance.excused"),
        elderly_from=Part(min((bid.value for bid in ages), default=None), reasons(ages)),
        remote=contest.winner("attendance.remote", ""),
        reporting=contest.union("attendance.reporting"),
    ), tuple(disputes)


def service(contest: Contest, counters: Part[State]) -> Service:
    """Return how a service may be asked for, but for the hours."""
    suspended = contest.winner("service.suspended", ordinary=False)
    said = contest.winner("service.channels", (CHANNELS, ()))
    channels: Part[tuple[str, ...]] = Part(said.value[0], said.because)
    if suspended.value:
        channels = Part((), suspended.because)
    elif counters.value in NOT_RECEIVING and "counter" in channels.value:
        left = tuple(channel for channel in channels.value if channel != "counter")
        channels = Part(left, tuple(dict.fromkeys((*said.because, *counters.because))))
    return Service(
        suspended=suspended,
        channels=channels,
        hours=Part(()),
        priority=contest.winner("service.priority", ()),
    )


def clock(contest: Contest) -> Clock:
    """Return what happens to deadlines."""
    return Clock(
        suspended=contest.winner("clock.suspended", ordinary=False),
        extended_by=contest.winner("clock.extended_by", 0),
    )


def letters(contest: Contest) -> Letters:
    """Return how letters are taken."""
    return Letters(
        drop_box=contest.winner("letters.drop_box", ordinary=False),
        email=contest.winner("letters.email", ordinary=False),
    )


def protocol(contest: Contest) -> tuple[tuple[str, Part[Measure]], ...]:
    """Return the items of the health protocol of which something is said."""
    return tuple(
        (item, contest.winner(f"protocol.{item}", ""))
        for item in PROTOCOL
        if f"protocol.{item}" in contest.bids
    )


def disputes(contest: Contest, weekday: int) -> Iterator[Dispute]:
    """Find what is said differently by provisions that are equally narrow."""
    for part in SINGLE:
        yield from contest.disputes(part)
    for dispute in contest.disputes(f"counters.hours.{weekday}"):
        yield replace(dispute, part="counters.hours")


def _contradict(name: str, low: Decimal | None, high: Decimal | None) -> bool:
    if low is None or high is None:
        return False
    return low > high if name == "max_share" else bool(low) and not high


def _before(one: Bid, other: Bid) -> bool:
    return (one.weight, one.tie) > (other.weight, other.tie)
