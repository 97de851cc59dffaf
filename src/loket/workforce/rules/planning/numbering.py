"""The nodes of the circulation of a problem, as ``certificates`` numbers them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from loket.workforce.rules.planning.facts import Facts, Ints


@dataclass(frozen=True)
class Kinds:
    """Members and days sorted into kinds that are alike on their day."""

    of: Ints
    """Member and day to kind; -1: none."""
    day: Ints
    """Kind to day."""
    choice: Ints
    """Kind to what distinguishes it on its day."""
    size: Ints
    """How many members and days are of a kind."""


@dataclass(frozen=True)
class Numbers:
    """Where the nodes of each sort begin; arrays are by day."""

    members: int
    days: int
    clusters: Ints
    rooms: Ints
    needs: Ints
    desks: Ints
    pools: int
    classes: int
    kept: int
    banks: Ints
    """Only in a compact graph; see ``graphs``."""
    nodes: int


def kinds(choice: Ints) -> Kinds:
    """Sort members (rows) and days (columns), the first member who has a kind first."""
    by_day = choice.T
    width = int(choice.max(initial=0)) + 1
    codes = np.where(by_day >= 0, np.arange(len(by_day))[:, None] * width + by_day, -1)
    found, first, inverse = np.unique(codes.ravel(), return_index=True, return_inverse=True)
    is_real = found >= 0
    order = np.argsort(np.where(is_real, first, codes.size), kind="stable")
    rank = np.empty(len(found), dtype=np.int64)
    rank[order] = np.arange(len(found))
    rank[~is_real] = -1
    found = found[order][: int(is_real.sum())]
    of = rank[inverse].reshape(codes.shape).T
    size = np.bincount(of[of >= 0], minlength=len(found))
    return Kinds(of, found // width, found % width, size)


def room_width(facts: Facts) -> int:
    """Return one more than there can be rooms with a limit."""
    return 1 + max((len(layout.rooms) for layout in facts.layouts), default=0)


def pools(facts: Facts) -> tuple[Ints, list[tuple[int, ...]]]:
    """Return the distinct needs of each set of seats (-1: none), and what they are."""
    found: dict[tuple[int, ...], int] = {}
    of = [
        found.setdefault(served, len(found)) if served else -1 for served, _desks in facts.sets
    ]
    return ints([*of, -1]), list(found)


def numbers(facts: Facts, pools: int, classes: int, *, is_compact: bool) -> Numbers:
    """Number the nodes."""

    def starts(begin: int, sizes: Sequence[int]) -> tuple[Ints, int]:
        by_day = ints(sizes)[facts.layout_of] if sizes else facts.layout_of
        return begin + np.cumsum(by_day) - by_day, begin + int(by_day.sum())

    members, days = len(facts.problem.members), len(facts.days)
    of = facts.layouts
    at_clusters, end = starts(1 + members + days, [len(x.clusters) for x in of])
    at_rooms, end = starts(end, [len(x.clusters) * len(x.rooms) for x in of])
    at_needs, end = starts(end, [len(x.needs) for x in of])
    at_desks, end = starts(end, [x.desks for x in of])
    pooled, kept = end, end + pools + classes
    at_banks, end = starts(kept + len(facts.kept), [len(x.banks) * is_compact for x in of])
    return Numbers(
        members=1, days=1 + members, clusters=at_clusters, rooms=at_rooms, needs=at_needs,
        desks=at_desks, pools=pooled, classes=pooled + pools, kept=kept, banks=at_banks, nodes=end,
    )  # fmt: skip


def ints(values: Sequence[int]) -> Ints:
    """Return whole numbers as an array."""
    return np.array(values, dtype=np.int64)


def table(rows: Sequence[Sequence[int]]) -> Ints:
    """Return rows of unequal length as an array, filled with 0."""
    width = max([1, *map(len, rows)])
    found = np.zeros((max(1, len(rows)), width), dtype=np.int64)
    for at, row in enumerate(rows):
        found[at, : len(row)] = row
    return found


def spread(choice: Ints, members: Sequence[Sequence[int]]) -> tuple[Ints, Ints]:
    """Return, for each in ``choice``, its own position and every member of its set."""
    lengths = ints([len(one) for one in members])
    flat = ints([each for one in members for each in one])
    begins = np.cumsum(lengths) - lengths
    count = lengths[choice] if len(choice) else choice
    owner = np.repeat(np.arange(len(choice)), count)
    within = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
    return owner, flat[begins[choice[owner]] + within] if len(owner) else owner
