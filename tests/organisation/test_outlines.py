"""The outlines of the cities: whether they are sound, and fit together."""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise

import pytest

from loket.organisation import queries
from loket.organisation import services as organisation
from loket.organisation.rules.places import Point, read_points

POINTS = read_points(
    organisation.JAKARTA.with_name("jakarta-coordinates.csv").read_text(encoding="utf-8")
)
ISLANDS = "31.01"
BOX = ((-6.38, 106.38), (-5.18, 106.99))
"""South-west and north-east of Jakarta with its islands."""


def is_inside(point: Point, ring: queries.Ring) -> bool:
    """Say whether a point is within a ring, by counting the sides east of it."""
    latitude, longitude = point
    crossed = 0
    for (lat1, lon1), (lat2, lon2) in pairwise(ring):
        if (lat1 > latitude) != (lat2 > latitude):
            at = lon1 + (lon2 - lon1) * (latitude - lat1) / (lat2 - lat1)
            crossed += longitude < at
    return crossed % 2 == 1


def area_of(ring: queries.Ring) -> float:
    """Return the area within a ring, in square degrees."""
    return abs(sum(y1 * x2 - y2 * x1 for (y1, x1), (y2, x2) in pairwise(ring))) / 2


def joined(edges: set[frozenset[Point]]) -> queries.Ring:
    """Return the ring that edges make, of which two meet at every point."""
    left = set(edges)
    edge = left.pop()
    ring = list(edge)
    while left:
        edge = next(one for one in left if ring[-1] in one)
        left.remove(edge)
        ring += edge - {ring[-1]}
    return tuple(ring)


def test_villages_are_within_the_outlines_that_others_drew() -> None:
    """Points and outlines are from two sources; three villages touch a drawn border."""
    outside = [
        code
        for code, point in POINTS.items()
        if len(code) == 13
        and not code.startswith(ISLANDS)
        and not any(is_inside(point, ring) for ring in queries.outlines()[code[:5]])
    ]
    assert outside == ["31.72.04.1004", "31.74.04.1005", "31.75.03.1001"]


def test_outlines_are_closed_rings_of_every_city() -> None:
    outlines = queries.outlines()
    assert sorted(outlines) == ["31.01", "31.71", "31.72", "31.73", "31.74", "31.75"]
    rings = [ring for rings in outlines.values() for ring in rings]
    assert [ring for ring in rings if ring[0] != ring[-1] or len(ring) < 4] == []
    (south, west), (north, east) = BOX
    assert all(
        south < latitude < north and west < longitude < east
        for ring in rings
        for latitude, longitude in ring
    )


def test_cities_share_their_borders_without_gap_or_overlap() -> None:
    """What one city alone has as a border is one coast and one edge of town around all."""
    rings = [rings[0] for code, rings in queries.outlines().items() if code != ISLANDS]
    edges = Counter(frozenset(edge) for ring in rings for edge in pairwise(ring))
    assert set(edges.values()) == {1, 2}
    around = {edge for edge, times in edges.items() if times == 1}
    assert set(Counter(point for edge in around for point in edge).values()) == {2}
    total = sum(area_of(ring) for ring in rings)
    assert total == pytest.approx(area_of(joined(around)))


def test_the_outlines_name_their_source() -> None:
    path = organisation.JAKARTA.with_name("jakarta-outlines.json")
    assert path.stat().st_size <= 45_000
    drawn = json.loads(path.read_text(encoding="utf-8"))
    assert (drawn["licence"], drawn["source"][:30]) == (
        "MIT", "cahyadsn/wilayah_boundaries, d",
    )  # fmt: skip
