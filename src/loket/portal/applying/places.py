"""The way down to a village: city, district, village. Each choice offers the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from loket.organisation import queries as organisation

CITY, DISTRICT, VILLAGE = 2, 3, 4
"""How many steps the code of a region has at each level."""


@dataclass(frozen=True)
class Step:
    """One of the three choices. ``fills`` names the one that depends on it."""

    name: str
    label: str
    chosen: str
    choices: list[tuple[str, str]]
    fills: str = ""


def chain(given: Mapping[str, Any]) -> list[Step]:
    """Return the choices, filled as far as has been chosen.

    A choice that does not lie below the one above it is dropped.
    """
    village = text(given.get("region"))
    district = up(village, DISTRICT) or text(given.get("district"))
    city = text(given.get("city")) or up(district, CITY)
    if city and not district.startswith(f"{city}."):
        district = ""
    chosen_district = text(given.get("district"))
    if chosen_district and chosen_district.startswith(f"{city}."):
        district = chosen_district
    if not (district and village.startswith(f"{district}.")):
        village = ""
    return [
        Step("city", _("City or regency"), city, cities(), "district"),
        Step("district", _("Kecamatan (district)"), district, below(city), "region"),
        Step("region", _("Kelurahan (urban village)"), village, below(district)),
    ]


def source() -> str:
    """Return the address that lists what lies below a region; its code is appended."""
    return reverse("portal:regions", args=["0"]).removesuffix("0/")


def text(value: object) -> str:
    """Return a code, or nothing."""
    return value.strip() if isinstance(value, str) else ""


def up(code: str, steps: int) -> str:
    """Return the region of a level that a code lies in, or nothing."""
    found = code.split(".")
    return ".".join(found[:steps]) if len(found) >= steps else ""


def cities() -> list[tuple[str, str]]:
    """Return every city and regency."""
    found = organisation.regions()
    return [pair for province in found for pair in below(province.code)]


def below(code: str) -> list[tuple[str, str]]:
    """Return the regions right below one."""
    if not code:
        return []
    return [(c, n) for c, n in organisation.regions(parent=code).values_list("code", "name")]
