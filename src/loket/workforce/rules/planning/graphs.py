"""The circulation of a problem: whole as ``certificates`` says, or compact.

The compact one is solved, the whole one proves. In the compact one, needs of the same skill
are reached through one node (a *bank*), and desks know no room on days that are not *strict*.
Rooms that overflow for desks are few; their days are made strict, and solved again.
"""

from __future__ import annotations

import numpy as np

from loket.workforce.rules.planning import numbering
from loket.workforce.rules.planning.arcs import LEVELS, Blocks, Draft, Graph
from loket.workforce.rules.planning.facts import Bools, Facts, Ints
from loket.workforce.rules.planning.layouts import Layout
from loket.workforce.rules.planning.numbering import Kinds, ints

LEAST_WEIGHS = 10


def build(facts: Facts, *, strict: Bools | None = None) -> Graph:
    """Write a problem as a circulation; compact, if it is said which days are strict."""
    is_compact = strict is not None
    rooms_of = facts.rooms_of[:, facts.layout_of]
    if strict is not None:
        rooms_of = np.where(strict[None, :], rooms_of, -1)
    width = numbering.room_width(facts)
    classes = numbering.kinds(
        np.where(facts.sets_of < 0, -1, facts.sets_of * width + rooms_of + 1)
    )
    pool_of, choices = numbering.pools(facts)
    pools = numbering.kinds(np.where(facts.sets_of < 0, -1, pool_of[facts.sets_of]))
    numbers = numbering.numbers(facts, len(pools.day), len(classes.day), is_compact=is_compact)
    draft = Draft(facts, numbers)
    rows, columns = np.nonzero(facts.sets_of >= 0)
    blocks = Blocks(
        turning=_turns(draft), coming=_coming(draft, classes, (rows, columns)),
        rows=rows, columns=columns,
        moving=_moving(draft, classes), keeping=_keeping(draft, rooms_of),
        choosing=_choosing(draft, classes, pools),
        serving=_banking(draft, pools, choices) if is_compact else _serving(draft, pools, choices),
        dealing=_dealing(draft, is_compact=is_compact),
        limits=_limits(draft),
    )  # fmt: skip
    return Graph(
        facts=facts, numbers=numbers, classes=classes, pools=pools, blocks=blocks,
        tail=draft.joined(0), head=draft.joined(1), capacity=draft.joined(2),
        costs={level: draft.cost(level) for level in LEVELS}, constants=_constants(facts),
    )  # fmt: skip


def _turns(draft: Draft) -> slice:
    """Let each member come once more and once more, at a growing price."""
    count = (draft.facts.sets_of >= 0).sum(axis=1)
    rows = np.repeat(np.arange(len(count)), count)
    nth = np.arange(len(rows)) - np.repeat(np.cumsum(count) - count, count) + 1
    return draft.add(
        np.zeros_like(rows),
        draft.numbers.members + rows,
        np.ones_like(rows),
        unfairness=2 * (draft.facts.start[rows] + nth) - 1,
    )


def _coming(draft: Draft, classes: Kinds, cells: tuple[Ints, Ints]) -> slice:
    """Let each member come on a day, to their class or to what they were told."""
    facts, numbers = draft.facts, draft.numbers
    rows, columns = cells
    heads = numbers.classes + classes.of
    changes = np.broadcast_to(facts.is_told, classes.of.shape).astype(np.int64)
    for at, (d, i, _seats) in enumerate(facts.kept):
        heads[i, d] = numbers.kept + at
        changes[i, d] = 0
    return draft.add(
        numbers.members + rows,
        heads[rows, columns],
        np.ones_like(rows),
        pinned=-facts.wanted[rows, columns].astype(np.int64),
        changes=changes[rows, columns],
    )


def _moving(draft: Draft, classes: Kinds) -> slice:
    """Let members not keep what they were told."""
    facts, numbers = draft.facts, draft.numbers
    tails = numbers.kept + np.arange(len(facts.kept))
    kept = [int(classes.of[i, d]) for d, i, _seats in facts.kept]
    ones = np.ones_like(tails)
    return draft.add(tails, numbers.classes + ints(kept), ones, changes=ones)


def _keeping(draft: Draft, rooms: Ints) -> slice:
    """Let members keep what they were told."""
    kept = draft.facts.kept
    owner, seats = numbering.spread(np.arange(len(kept)), [told for _d, _i, told in kept])
    days = ints([d for d, _i, _told in kept])[owner]
    members = ints([i for _d, i, _told in kept])[owner]
    ones = np.ones_like(owner)
    heads = draft.nodes(days, seats, rooms[members, days])
    return draft.add(draft.numbers.kept + owner, heads, ones, changes=-ones)


def _choosing(draft: Draft, classes: Kinds, pools: Kinds) -> slice:
    """Let each class serve with its pool, or take a desk."""
    facts, numbers = draft.facts, draft.numbers
    pool = np.full(len(classes.day), -1, dtype=np.int64)
    rows, columns = np.nonzero(pools.of >= 0)
    pool[classes.of[rows, columns]] = pools.of[rows, columns]
    serving = np.flatnonzero(pool >= 0)
    sets, rooms = np.divmod(classes.choice, numbering.room_width(facts))
    owner, desks = numbering.spread(sets, [desks for _served, desks in facts.sets])
    heads = draft.nodes(classes.day[owner], desks, rooms[owner] - 1)
    return draft.add(
        numbers.classes + np.concatenate([serving, owner]),
        np.concatenate([numbers.pools + pool[serving], heads]),
        np.concatenate([classes.size[serving], classes.size[owner]]),
    )


def _serving(draft: Draft, pools: Kinds, choices: list[tuple[int, ...]]) -> slice:
    """Let each pool serve at its needs."""
    facts, numbers = draft.facts, draft.numbers
    owner, need = numbering.spread(pools.choice, choices)
    people = _people(facts, pools.day[owner], need)
    capacity = np.minimum(pools.size[owner], people)
    heads = draft.nodes(pools.day[owner], need)
    return draft.add(numbers.pools + owner, heads, capacity)


def _banking(draft: Draft, pools: Kinds, choices: list[tuple[int, ...]]) -> slice:
    """Let each pool serve by banks, where it may serve at all needs of one."""
    facts, numbers = draft.facts, draft.numbers
    layouts = facts.layouts
    found, at = np.unique(
        pools.choice * len(layouts) + facts.layout_of[pools.day], return_inverse=True
    )
    split = [
        _split(choices[n // len(layouts)], layouts[n % len(layouts)]) for n in found.tolist()
    ]
    owner, bank = numbering.spread(at, [banks for banks, _needs in split])
    single, need = numbering.spread(at, [needs for _banks, needs in split])
    tails = np.concatenate([owner, single])
    heads = [numbers.banks[pools.day[owner]] + bank, draft.nodes(pools.day[single], need)]
    return draft.add(numbers.pools + tails, np.concatenate(heads), pools.size[tails])


def _dealing(draft: Draft, *, is_compact: bool) -> slice:
    """Let banks serve at their needs."""
    facts, numbers = draft.facts, draft.numbers
    if not is_compact:
        return slice(draft.count, draft.count)
    needs = [[k for bank in layout.banks for k in bank] for layout in facts.layouts]
    banks = [[n for n, bank in enumerate(x.banks) for _k in bank] for x in facts.layouts]
    day, need = numbering.spread(facts.layout_of, needs)
    _day, bank = numbering.spread(facts.layout_of, banks)
    heads = draft.nodes(day, need)
    return draft.add(numbers.banks[day] + bank, heads, _people(facts, day, need))


def _split(pool: tuple[int, ...], layout: Layout) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the banks of which a pool may serve at all needs, and its other needs."""
    may = set(pool)
    banks = [n for n, bank in enumerate(layout.banks) if may.issuperset(bank)]
    rest = may.difference(*(layout.banks[n] for n in banks))
    return tuple(banks), tuple(sorted(rest))


def _people(facts: Facts, days: Ints, needs: Ints) -> Ints:
    people = numbering.table([[n.people for n in layout.needs] for layout in facts.layouts])
    return people[facts.layout_of[days], needs] if len(days) else days


def _places(draft: Draft, layout: Layout, days: Ints) -> None:
    """Lead from the seats of days that look alike to rooms, and on to their clusters."""
    numbers, everybody = draft.numbers, len(draft.facts.problem.members)
    room_at = {room: at for at, room in enumerate(layout.rooms)}
    needs = [
        (k, layout.shift_of(k), room_at.get(need.room, -1), need.people, need.weight)
        for k, need in enumerate(layout.needs)
        if layout.shift_of(k) >= 0
    ]
    width = 1 + len(layout.rooms)
    desks = [(n, n // width, n % width - 1, everybody, 0) for n in range(layout.desks)]
    for begin, rows in ((numbers.needs, needs), (numbers.desks, desks)):
        seats, shifts, rooms, people, weights = np.array(rows, dtype=np.int64).reshape(-1, 5).T
        clusters = ints([layout.cluster_of[shift] for shift in shifts.tolist()])
        heads = np.where(
            rooms >= 0,
            numbers.rooms[days][:, None] + clusters * len(layout.rooms) + rooms,
            numbers.clusters[days][:, None] + clusters,
        )
        draft.add(
            (begin[days][:, None] + seats).ravel(),
            heads.ravel(),
            np.tile(people, len(days)),
            uncovered=np.tile(-weights, len(days)),
        )


def _limits(draft: Draft) -> tuple[slice, slice, slice, slice]:
    """Lead from seats through the limits of rooms, of moments and of days, back to the hub."""
    facts, numbers = draft.facts, draft.numbers
    begin = draft.count
    for at, layout in enumerate(facts.layouts):
        _places(draft, layout, np.flatnonzero(facts.layout_of == at))
    placing = slice(begin, draft.count)
    everybody = len(facts.problem.members)
    rooms: list[tuple[int, int, int]] = []
    clusters: list[tuple[int, int, int]] = []
    days: list[tuple[int, int, int]] = []
    for d, day in enumerate(facts.days):
        layout = facts.layout(d)
        at_once = everybody if day.most_at_once is None else day.most_at_once
        holds = [day.rooms[name] for name in layout.rooms]
        for c in range(len(layout.clusters)):
            cluster = int(numbers.clusters[d]) + c
            clusters.append((cluster, numbers.days + d, at_once))
            begin = int(numbers.rooms[d]) + c * len(holds)
            rooms += [(begin + r, cluster, limit) for r, limit in enumerate(holds)]
        most = everybody if day.most is None else day.most
        first = min(day.least, most)
        days += [(numbers.days + d, 0, first), (numbers.days + d, 0, most - first)]
    weigh = np.tile(ints([-LEAST_WEIGHS, 0]), len(facts.days))
    return (
        placing,
        draft.add(*_columns(rooms)),
        draft.add(*_columns(clusters)),
        draft.add(*_columns(days), uncovered=weigh),
    )


def _columns(rows: list[tuple[int, int, int]]) -> tuple[Ints, Ints, Ints]:
    found = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return found[:, 0], found[:, 1], found[:, 2]


def _constants(facts: Facts) -> dict[str, int]:
    """Return what the objective is when nobody comes."""
    return {
        "pinned": int(facts.wanted.sum()),
        "uncovered": sum(
            LEAST_WEIGHS * day.least + sum(need.weight * need.people for need in day.needs)
            for day in facts.days
        ),
        "changes": facts.told,
        "unfairness": int((facts.start**2).sum()),
    }
