"""When circulars really end: what revokes them, ends their articles, or moves their end.

Nothing of this is written into the circular that is ended: it follows, each time anew, from
the circulars that do it. A circular acts on others at the moment at which it begins, if it
holds at that moment; what happens to it later does not undo what it did. It acts on what
still holds then: an end that is past is not moved any more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from .facts import CircularFact, ClosureFact, Effect, ProvisionFact
from .format import Amendment
from .values import Because

Name = tuple[str, str, date]
"""Issuer, number and date: never the number alone."""


@dataclass(frozen=True, slots=True)
class Act:
    """What a circular that holds does to another one."""

    by: CircularFact
    amends: Amendment | None
    """None: it revokes it."""

    @property
    def order(self) -> tuple[date, datetime, str]:
        """The greatest decides where two move the same end."""
        return self.by.date, self.by.starts_at, self.by.label


def effects(
    *,
    circulars: Iterable[CircularFact],
    closures: Iterable[ClosureFact] = (),
    zone: ZoneInfo,
) -> tuple[Effect, ...]:
    """Return all provisions and closures with the periods in which they really hold.

    ``circulars`` are the enacted ones. Days begin at midnight in ``zone``.
    """
    known = tuple(circulars)
    acts = _acts(known, zone)
    found = [
        effect
        for circular in known
        for effect in _provisions(circular, acts[_name(circular)], zone)
    ]
    found += [_closed(closure, zone) for closure in closures]
    return tuple(e for e in found if e.ends_at is None or e.ends_at > e.starts_at)


def ends(*, circulars: Iterable[CircularFact], zone: ZoneInfo) -> dict[str, datetime | None]:
    """Return when each enacted circular really ends, by subject; None: nobody knows yet."""
    known = tuple(circulars)
    acts = _acts(known, zone)
    return {c.subject: _end(c, acts[_name(c)], zone) for c in known}


def _acts(circulars: tuple[CircularFact, ...], zone: ZoneInfo) -> dict[Name, list[Act]]:
    """Return what is done to each circular, by those that hold when they begin.

    One that begins can only be stopped from beginning by another that began before it; of
    two that begin at once, by the one of the later date, and of two of one date, by the one
    that speaks of the other. So a ring stops nobody twice.
    """
    acts: dict[Name, list[Act]] = defaultdict(list)
    by_name = {_name(circular): circular for circular in circulars}
    later_first = sorted(
        circulars,
        key=lambda c: (c.date, len(_reach(_name(c), by_name)), c.label),
        reverse=True,
    )
    for circular in sorted(later_first, key=lambda c: c.starts_at):
        end = _end(circular, acts[_name(circular)], zone)
        if end is not None and end <= circular.starts_at:
            continue
        for reference in circular.revokes:
            acts[reference.issuer, reference.number, reference.date].append(Act(circular, None))
        for amendment in circular.amends:
            acts[amendment.issuer, amendment.number, amendment.date].append(
                Act(circular, amendment)
            )
    return acts


def _reach(name: Name, by_name: Mapping[Name, CircularFact]) -> set[Name]:
    """Return the names of a circular and of all that it speaks of, itself or by another."""
    found: set[Name] = set()
    ahead = [name]
    while ahead:
        name = ahead.pop()
        if name not in found:
            found.add(name)
            if circular := by_name.get(name):
                named = (*circular.amends, *circular.revokes)
                ahead += [(other.issuer, other.number, other.date) for other in named]
    return found


def _provisions(circular: CircularFact, acts: list[Act], zone: ZoneInfo) -> Iterator[Effect]:
    end = _end(circular, acts, zone)
    in_order = sorted(acts, key=lambda act: act.order)
    for fact in circular.provisions:
        replaced = [
            act.by.starts_at
            for act in acts
            if act.amends and fact.provision.article in act.amends.articles
        ]
        ends_at = _first(end, *replaced, fact.ends_at if fact.has_own_period else None)
        amended_by = tuple(act.by.label for act in in_order if _touches(act, fact))
        yield Effect(
            kind=fact.provision.kind,
            params=fact.provision,
            scope=fact.provision.scope,
            starts_at=fact.starts_at,
            ends_at=ends_at,
            because=Because(
                subject=circular.subject,
                label=circular.label,
                article=fact.provision.article,
                starts_at=fact.starts_at,
                ends_at=ends_at,
                words=fact.provision.words,
                amended_by=tuple(dict.fromkeys(amended_by)),
                issuer=circular.issuer,
                number=circular.number,
                issued_on=circular.date,
            ),
            issued_on=circular.date,
        )


def _touches(act: Act, fact: ProvisionFact) -> bool:
    if act.amends is None or fact.provision.article in act.amends.articles:
        return True
    return act.amends.extended_through is not None and not fact.has_own_period


def _end(circular: CircularFact, acts: list[Act], zone: ZoneInfo) -> datetime | None:
    end = circular.ends_at
    for act in sorted(acts, key=lambda act: act.order):
        last = act.amends and act.amends.extended_through
        if last and (end is None or act.by.starts_at <= end):
            over = datetime.combine(last + timedelta(days=1), time.min, zone)
            end = max(over, act.by.starts_at)
    revoked = [act.by.starts_at for act in acts if act.amends is None]
    return _first(end, circular.revoked_from, *revoked)


def _closed(closure: ClosureFact, zone: ZoneInfo) -> Effect:
    return Effect(
        kind="closure",
        params=None,
        scope=closure.scope,
        starts_at=closure.starts_at,
        ends_at=closure.reopened_at,
        because=Because(
            subject=closure.subject,
            label=closure.label,
            article=closure.basis,
            starts_at=closure.starts_at,
            ends_at=closure.reopened_at,
            words=closure.words,
            reason=closure.reason,
            earliest_at=closure.earliest_at,
        ),
        issued_on=closure.starts_at.astimezone(zone).date(),
        is_closure=True,
        stays_open=closure.stays_open,
        earliest_at=closure.earliest_at,
    )


def _first(*moments: datetime | None) -> datetime | None:
    return min((moment for moment in moments if moment), default=None)


def _name(circular: CircularFact) -> Name:
    return circular.issuer, circular.number, circular.date
