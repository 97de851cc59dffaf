"""When a region is in which zone: the nearest region that has one decides."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise

from loket.policies.rules.facts import ZoneFact
from loket.policies.rules.format import ZoneScope

from .spans import FIRST, LAST, Span, Spans, joined, span


class Zones:
    """The zones of all regions."""

    def __init__(self, facts: Iterable[ZoneFact]) -> None:
        self._declared: dict[str, list[tuple[Span, str, str]]] = {}
        for fact in facts:
            row = (span(fact.starts_at, fact.ends_at), fact.scheme, fact.value)
            self._declared.setdefault(fact.region, []).append(row)
        self._found: dict[tuple[tuple[str, ...], ZoneScope], Spans] = {}

    def lineage(self, region: str) -> tuple[str, ...]:
        """Return the regions that can decide for a region, the nearest first.

        Regions with equal lineages are always in the same zone.
        """
        steps = region.split(".")
        way_up = (".".join(steps[:length]) for length in range(len(steps), 0, -1))
        return tuple(code for code in way_up if code in self._declared)

    def spans(self, lineage: tuple[str, ...], zone: ZoneScope) -> Spans:
        """Return when the nearest region that has a zone of a scheme has one of its values."""
        key = lineage, zone
        if key not in self._found:
            self._found[key] = self._search(lineage, zone)
        return self._found[key]

    def _search(self, lineage: tuple[str, ...], zone: ZoneScope) -> Spans:
        rows = [self._of(region, zone.scheme) for region in lineage]
        moments = {moment for row in rows for period, _ in row for moment in period}
        cuts = sorted(moments | {FIRST, LAST})
        return joined(
            tuple((a, b) for a, b in pairwise(cuts) if _value(rows, a) in zone.values)
        )

    def _of(self, region: str, scheme: str) -> list[tuple[Span, str]]:
        return [(period, value) for period, s, value in self._declared[region] if s == scheme]


def _value(rows: list[list[tuple[Span, str]]], moment: datetime) -> str:
    for row in rows:
        held = [(p[0], value) for p, value in row if p[0] <= moment < p[1]]
        if held:
            return max(held)[1]
    return ""
