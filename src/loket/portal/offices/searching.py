"""What somebody looks for on the board, and which offices that leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from loket.catalogue import queries as catalogue
from loket.catalogue.models import ServiceVersion
from loket.kernel.errors import NotFound
from loket.organisation import queries as organisation
from loket.organisation.rules.places import Point, kilometres
from loket.policies.rules.values import STATES
from loket.portal.applying.places import DISTRICT, Step, text, up

from .board import Board, Row
from .directory import Directory

MOST_TYPED = 100
MOST_WORDS = 5
ALIKE = 0.7
"""How much a word must be like another to be taken for it, of 1."""
PER_PAGE = 20
CITY = 2
SPAN = 11.0
"""Degrees of latitude and longitude that the country may span from its middle."""


@dataclass(frozen=True)
class Wanted:
    """What was asked for. What is left out does not narrow."""

    typed: str = ""
    state: str = ""
    city: str = ""
    district: str = ""
    region: str = ""
    service: str = ""
    near: Point | None = None
    on: str = ""
    page: int = 1

    @property
    def is_narrow(self) -> bool:
        """Say whether anything was asked for that folds away."""
        return bool(self.city or self.service or self.near or self.state)

    def query(self, *, page: int) -> str:
        """Return this wish, on another page of the list, as the end of an address."""
        near = f"{self.near[0]:.3f},{self.near[1]:.3f}" if self.near else ""
        given = {
            "q": self.typed,
            "state": self.state,
            "city": self.city,
            "district": self.district,
            "region": self.region,
            "service": self.service,
            "near": near,
            "on": self.on,
            "page": str(page) if page > 1 else "",
        }
        return urlencode({name: value for name, value in given.items() if value})


def read(given: Mapping[str, str], directory: Directory) -> Wanted:
    """Return what an address asks for; what cannot be is dropped."""
    city, district, region = _places(given, directory)
    state = text(given.get("state"))
    page = text(given.get("page"))
    return Wanted(
        typed=text(given.get("q"))[:MOST_TYPED],
        state=state if state in STATES else "",
        city=city,
        district=district,
        region=region,
        service=text(given.get("service"))[:MOST_TYPED],
        near=_point(text(given.get("near"))),
        on=text(given.get("on"))[:10],
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 4 else 1,  # noqa: PLR2004 -- as many pages as nobody has
    )


def _places(given: Mapping[str, str], directory: Directory) -> tuple[str, str, str]:
    """Return city, district and village, dropping what does not lie in the one above it."""
    region = text(given.get("region"))
    region = region if region in directory.points else ""
    district = text(given.get("district")) or up(region, DISTRICT)
    city = text(given.get("city")) or up(district, CITY)
    if not (city and district.startswith(f"{city}.")):
        district = ""
    if not (district and region.startswith(f"{district}.")):
        region = ""
    return city if city in directory.regions else "", district, region


def _point(given: str) -> Point | None:
    """Return the position that a browser gave, rounded to some 100 metres."""
    parts = given[:40].split(",")
    try:
        latitude, longitude = (round(float(part), 3) for part in parts)
    except ValueError:
        return None
    inside = abs(latitude + 2.5) <= SPAN and abs(longitude - 118) <= 2.2 * SPAN
    return (latitude, longitude) if inside else None


def steps(wanted: Wanted, directory: Directory) -> list[Step]:
    """Return the way down to a village, as choices of which each offers the next."""
    districts = directory.below(wanted.city) if wanted.city else []
    villages = directory.below(wanted.district) if wanted.district else []
    return [
        Step("city", _("City or regency"), wanted.city, directory.cities, "district"),
        Step("district", _("Kecamatan (district)"), wanted.district, districts, "region"),
        Step("region", _("Kelurahan (urban village)"), wanted.region, villages),
    ]


def point_of(wanted: Wanted, directory: Directory) -> Point | None:
    """Return from where distances are told: the given position, or the chosen kelurahan."""
    return wanted.near or directory.points.get(wanted.region)


def service_of(wanted: Wanted) -> ServiceVersion | None:
    """Return the service that was asked for, if it is published."""
    if not wanted.service:
        return None
    try:
        return catalogue.get(wanted.service)
    except NotFound:
        return None


def serving(wanted: Wanted, version: ServiceVersion | None) -> str:
    """Return the code of the office that gives a service to the chosen kelurahan, or nothing."""
    if version is None or not wanted.region:
        return ""
    offered = version.service
    try:
        return organisation.serving(
            region=wanted.region, function=offered.function, level=offered.level
        ).code
    except NotFound:
        return ""


def matching(
    board: Board, wanted: Wanted, version: ServiceVersion | None, directory: Directory
) -> list[Row]:
    """Return the offices that are looked for; the nearest first if a place was given."""
    words = wanted.typed.casefold().split()
    area = wanted.district or wanted.city
    point = point_of(wanted, directory)
    found = [
        row
        for row in board.rows
        if (not wanted.state or row.standing.state == wanted.state)
        and (not area or point or _inside(row.office.region, area))
        and (version is None or _gives(row, version))
        and all(word in row.office.text for word in words)
    ]
    return nearest(found, point) if point else found


def meant(typed: str, directory: Directory) -> str:
    """Return what was typed as it was probably meant, if an office fits that; or nothing."""
    words = [_known(word, directory) for word in typed.casefold().split()[:MOST_WORDS]]
    fits = all(words) and any(
        all(word in office.text for word in words) for office in directory.offices.values()
    )
    return " ".join(words) if fits else ""


def _known(word: str, directory: Directory) -> str:
    """Return a word, or the one most like it by which an office may be found."""
    if any(word in known for known in directory.words):
        return word
    return next(iter(get_close_matches(word, directory.words, n=1, cutoff=ALIKE)), "")


def _inside(region: str, area: str) -> bool:
    return region == area or region.startswith(f"{area}.")


def _gives(row: Row, version: ServiceVersion) -> bool:
    """Say whether an office is of the function and the level that gives a service."""
    offered = version.service
    level = organisation.LEVELS[row.office.region.count(".")]
    return row.office.function == offered.function and level == offered.level


def nearest(rows: list[Row], point: Point) -> list[Row]:
    """Return rows with their distance from a point, the nearest first."""
    far = float("inf")
    told = [
        replace(row, kilometres=kilometres(row.office.point, point))
        for row in rows
        if row.office.point
    ]
    return sorted(told, key=lambda row: row.kilometres if row.kilometres is not None else far)
