"""The region with which a NIK or a KK number begins: province, city or regency, district."""

from __future__ import annotations

from django.utils.translation import gettext as _

LOWEST_PROVINCE = 11
PROVINCES = frozenset(
    {*range(11, 20), 21, *range(31, 37), *range(51, 54), *range(61, 66), *range(71, 77)}
    | {81, 82, *range(91, 97)}
)
"""Codes given out so far (Kepmendagri 300.2.2-2138/2025 lists 38 provinces)."""


def dotted(number: str) -> tuple[str, str, str]:
    """Return province, city and district in official notation: ``31``, ``31.71``, …"""
    province, city, district = number[:2], number[2:4], number[4:6]
    return province, f"{province}.{city}", f"{province}.{city}.{district}"


def problem(number: str, *, what: str) -> str:
    """Return the sentence about a region that cannot be, or nothing."""
    if int(number[:2]) >= LOWEST_PROVINCE and number[2:4] != "00" and number[4:6] != "00":
        return ""
    return _(
        "The first 6 digits of the %(what)s stand for a district, and “%(digits)s” is no "
        "district. Compare them with the card."
    ) % {"what": what, "digits": number[:6]}


def doubt(number: str, *, what: str) -> str:
    """Return the warning about a province that is not known, or nothing."""
    if int(number[:2]) in PROVINCES:
        return ""
    return _(
        "The %(what)s begins with “%(digits)s”, and we know no province with that number. "
        "Compare it with the card. If it is the same, carry on."
    ) % {"what": what, "digits": number[:2]}
