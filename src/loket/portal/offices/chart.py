"""The map: outlines and offices as one drawing, made here, without anybody's tiles.

An equirectangular projection, in which a degree of longitude is shortened by the cosine of
the latitude: at the size of a city nobody can tell it from a better one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians

from django.http import HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from loket.organisation import queries as organisation
from loket.organisation.queries import Ring
from loket.organisation.rules.places import Point
from loket.policies.rules.values import STATES
from loket.portal.requests import PortalRequest
from loket.ui import reply

from . import names
from .board import Row
from .directory import Directory, short
from .views import board_of, of_day

WIDTH = 600.0
MARGIN = 0.04
"""Share of the width that is left free around."""
TALLEST = 1.4
ISLANDS = "31.01"
"""So far out at sea that on one map with the others nothing could be told apart."""
SHORE = (-6.07, -6.12)
"""From about where it is sea, to where it is land. Others' coasts beside are not drawn."""
MOST_BESIDE = 20
SIZES = (1.0, 1.8, 3.0)
"""Of marks on the map of the province, of a city and of a district."""

SHAPES = {
    "open": "M-3.4 0a3.4 3.4 0 1 0 6.8 0a3.4 3.4 0 1 0-6.8 0z",
    "limited": "M0-5.2L5 3.6H-5z",
    "online_only": "M-4-4H4V4H-4z",
    "closed": "M-5-2.6L-2.6-5L0-2.4L2.6-5L5-2.6L2.4 0L5 2.6L2.6 5L0 2.4L-2.6 5L-5 2.6L-2.4 0z",
}
"""A circle, a triangle, a square and a cross: told apart without colour."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the world that is drawn, and where it comes to lie."""

    west: float
    north: float
    scale: float
    """Units of the drawing per degree of latitude."""
    squeeze: float
    """How much shorter a degree of longitude is."""
    height: float

    def at(self, point: Point) -> tuple[float, float]:
        """Return where a point lies on the drawing."""
        latitude, longitude = point
        x = (longitude - self.west) * self.squeeze * self.scale
        return round(x, 1), round((self.north - latitude) * self.scale, 1)


def frame(points: Iterable[Point]) -> Frame:
    """Return a frame around points."""
    listed = list(points)
    south, north = min(p[0] for p in listed), max(p[0] for p in listed)
    west, east = min(p[1] for p in listed), max(p[1] for p in listed)
    squeeze = cos(radians((south + north) / 2))
    wide = max((east - west) * squeeze, (north - south) / TALLEST, 0.01)
    around = wide * MARGIN
    scale = WIDTH / (wide + 2 * around)
    middle = (west + east) / 2
    return Frame(
        west=middle - (wide / 2 + around) / squeeze,
        north=north + around,
        scale=scale,
        squeeze=squeeze,
        height=round((north - south + 2 * around) * scale, 1),
    )


def land(shown: Frame, outlines: Mapping[str, Sequence[Ring]]) -> SafeString:
    """Return the outlines of regions as one path; islands with a bolder line, to be seen."""
    pieces = []
    for rings in outlines.values():
        for ring in rings:
            corners = [shown.at(point) for point in ring]
            pieces.append("M" + "L".join(f"{x:g} {y:g}" for x, y in corners) + "Z")
    looks = "land isles" if ISLANDS in outlines else "land"
    return format_html('<path class="{}" d="{}"/>', looks, "".join(pieces))


def sea(shown: Frame) -> tuple[float, float] | None:
    """Return between which heights of the drawing the sea fades into the land around."""
    open_sea, shore = (round((shown.north - north) * shown.scale, 1) for north in SHORE)
    return (open_sea, shore) if shore > 0 else None


def marks(shown: Frame, rows: Iterable[Row], *, size: float, on: str) -> SafeString:
    """Return one mark for each building, of the most restrictive state in it.

    Pointers may press them; keyboards and screen readers have the list beside.
    """
    by_point: defaultdict[Point, list[Row]] = defaultdict(list)
    for row in rows:
        if row.office.point:
            by_point[row.office.point].append(row)
    drawn = []
    for point, there in sorted(by_point.items(), key=lambda item: _weight(item[1])):
        worst = max(there, key=lambda row: STATES.index(row.standing.state))
        x, y = shown.at(point)
        drawn.append(
            format_html(
                '<a href="/offices/{}/{}" tabindex="-1"><title>{}</title><use href="#{}" '
                'class="{}" transform="translate({} {}) scale({})"/></a>',
                worst.office.code, on, told(there), worst.standing.state, worst.standing.kind,
                f"{x:g}", f"{y:g}", f"{size:g}",
            )
        )  # fmt: skip
    return mark_safe("".join(drawn))  # noqa: S308 -- each was escaped above


def told(there: Sequence[Row]) -> str:
    """Return who is in a building and how they stand, for whoever points at its mark."""
    by_label: defaultdict[str, list[str]] = defaultdict(list)
    for row in sorted(there, key=lambda row: -STATES.index(row.standing.state)):
        by_label[row.standing.label].append(row.office.name)
    return "\n".join(f"{label}: {', '.join(names)}" for label, names in by_label.items())


def _weight(there: list[Row]) -> int:
    """Return what is drawn last, over the others: what is not open."""
    return max(STATES.index(row.standing.state) for row in there)


def legend(rows: Iterable[Row]) -> list[tuple[str, str, str, str]]:
    """Return every state with its shape, colour and name, as the map shows it today.

    On a day of rest nothing is “open as usual”: then that is not what the colour says.
    """
    shown = {(row.standing.state, row.standing.kind, row.standing.label) for row in rows}
    usual = {(state, names.KINDS[state], str(names.STATES[state])) for state in STATES}
    drawn = {state for state, _kind, _label in shown}
    listed = shown | {one for one in usual if one[0] not in drawn}
    return [
        (state, SHAPES[state], kind, label)
        for state, kind, label in sorted(listed, key=lambda one: (STATES.index(one[0]), one[1]))
    ]


@require_safe
def chart(request: PortalRequest) -> HttpResponse:
    """Show the offices of all Jakarta, of a city or of a district on a map."""
    board, _book, directory = board_of(request)
    area = area_of(request.GET.get("area", ""), directory)
    rows = [row for row in board.rows if _shown(row, area) and row.office.point]
    outlines = {
        code: rings for code, rings in organisation.outlines().items() if _drawn(code, area)
    }
    corners = [row.office.point for row in rows if row.office.point]
    if area.count(".") < 2:  # noqa: PLR2004 -- a district is shown without the outline of its city around
        corners += [point for rings in outlines.values() for ring in rings for point in ring]
    shown = frame(corners) if corners else None
    context = of_day(board)
    on = f"?on={context['on']}" if context["on"] else ""
    chosen = next((r for r in rows if r.office.code == request.GET.get("office")), None)
    context |= {
        "area": area,
        "name": directory.regions.get(area, ""),
        "areas": areas(area, directory),
        "shapes": SHAPES.items(),
        "legend": legend(rows),
        "rows": rows[:MOST_BESIDE],
        "more": max(0, len(rows) - MOST_BESIDE),
        "chosen": chosen,
    }
    if shown:
        size = SIZES[area.count(".")]
        here = shown.at(chosen.office.point) if chosen and chosen.office.point else None
        context |= {
            "width": f"{WIDTH:g}",
            "height": f"{shown.height:g}",
            "land": land(shown, outlines),
            "sea": sea(shown),
            "marks": marks(shown, rows, size=size, on=on),
            "here": here,
        }
    return reply.page(request, "portal/offices/map.html", context)


def area_of(wanted: str, directory: Directory) -> str:
    """Return the region that is shown: the one asked for if we know it, or the province."""
    known = wanted in directory.regions and wanted.count(".") <= 2  # noqa: PLR2004 -- down to districts
    return wanted if known else next((code for code, _name in directory.below("")), "")


def areas(area: str, directory: Directory) -> list[tuple[str, str]]:
    """Return the regions that the map can be narrowed to, or those beside a district."""
    above = area.rpartition(".")[0] if area.count(".") >= 2 else area  # noqa: PLR2004 -- districts
    return [(code, short(name)) for code, name in directory.below(above)]


def _shown(row: Row, area: str) -> bool:
    region = row.office.region
    if "." not in area:
        return not region.startswith(ISLANDS)
    return region == area or region.startswith(f"{area}.")


def _drawn(code: str, area: str) -> bool:
    if "." not in area:
        return code != ISLANDS
    return area == code or area.startswith(f"{code}.")
