"""Whether a circulation with lower and upper bounds exists (Hoffman, by maximum flow)."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterator
from itertools import chain

FREE = 1_000_000
"""More than anybody could come: no bound."""


class Circulation:
    """Arcs between named nodes; the lower bounds become one source and one sink."""

    def __init__(self) -> None:
        self._number: dict[Hashable, int] = {"+": 0, "-": 1}
        self._leaving: list[list[int]] = [[], []]
        self._head: list[int] = []
        self._room: list[int] = []
        self._wanted = 0

    def arc(self, tail: Hashable, head: Hashable, *, least: int = 0, most: int = FREE) -> None:
        """Let between ``least`` and ``most`` flow from one node to another.

        More demanded than let through is never possible: it is asked of the source.
        """
        start, end = self._node(tail), self._node(head)
        self._add(start, end, max(0, most - least))
        if least:
            self._add(0, end, min(least, max(most, 0)))
            self._add(start, 1, least)
            self._wanted += least

    def exists(self) -> bool:
        """Say whether every lower bound can be met within the upper bounds."""
        found = 0
        while found < self._wanted:
            depth = self._depths()
            if 1 not in depth:
                return False
            untried = [iter(arcs) for arcs in self._leaving]
            while pushed := self._push(0, FREE, depth, untried):
                found += pushed
        return True

    def _node(self, name: Hashable) -> int:
        if name not in self._number:
            self._number[name] = len(self._number)
            self._leaving.append([])
        return self._number[name]

    def _add(self, tail: int, head: int, room: int) -> None:
        self._leaving[tail].append(len(self._head))
        self._leaving[head].append(len(self._head) + 1)
        self._head += [head, tail]
        self._room += [room, 0]

    def _depths(self) -> dict[int, int]:
        depth = {0: 0}
        queue = deque([0])
        while queue and 1 not in depth:
            node = queue.popleft()
            for arc in self._leaving[node]:
                head = self._head[arc]
                if self._room[arc] and head not in depth:
                    depth[head] = depth[node] + 1
                    queue.append(head)
        return depth

    def _push(
        self, node: int, flow: int, depth: dict[int, int], untried: list[Iterator[int]]
    ) -> int:
        """Push along one shortest path; what leads nowhere is not tried again (Dinic)."""
        if node == 1:
            return flow
        left = untried[node]
        for arc in left:
            head = self._head[arc]
            if not self._room[arc] or depth.get(head) != depth[node] + 1:
                continue
            pushed = self._push(head, min(flow, self._room[arc]), depth, untried)
            if pushed:
                self._room[arc] -= pushed
                self._room[arc ^ 1] += pushed
                untried[node] = chain((arc,), left)
                return pushed
        return 0
