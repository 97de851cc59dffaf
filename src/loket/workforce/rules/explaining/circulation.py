"""Whether a circulation with lower and upper bounds exists (Hoffman, by maximum flow)."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable

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
            pushed = self._augment()
            if not pushed:
                return False
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

    def _augment(self) -> int:
        came_by = {0: -1}
        queue = deque([0])
        while queue and 1 not in came_by:
            node = queue.popleft()
            for arc in self._leaving[node]:
                if self._room[arc] and self._head[arc] not in came_by:
                    came_by[self._head[arc]] = arc
                    queue.append(self._head[arc])
        if 1 not in came_by:
            return 0
        path, node = [], 1
        while node:
            path.append(came_by[node])
            node = self._head[came_by[node] ^ 1]
        pushed = min(self._room[arc] for arc in path)
        for arc in path:
            self._room[arc] -= pushed
            self._room[arc ^ 1] += pushed
        return pushed
