"""The number of a family card (*Kartu Keluarga*): 16 digits, ``PPKKCC DDMMYY SSSS``.

The date is that of first registration. How strictly offices kept to it is not known, so
an unlikely date is a doubt for the officer, not an error for the resident.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from loket.kernel.errors import Invalid

from . import digits, regions
from .nik import is_day_of_some_century

LENGTH = 16


@dataclass(frozen=True, slots=True)
class Kk:
    """A KK number, read. Regions are in official notation; ``year`` has two digits."""

    number: str
    province: str
    city: str
    district: str
    day: int
    month: int
    year: int
    serial: int


def read(text: str) -> Kk:
    """Return what a person typed as the KK number they meant.

    :raises Invalid: with a sentence that says what to mend.
    """
    if found := problems(text):
        raise Invalid(" ".join(found))
    number = digits.compact(text)
    province, city, district = regions.dotted(number)
    return Kk(
        number=number,
        province=province,
        city=city,
        district=district,
        day=int(number[6:8]),
        month=int(number[8:10]),
        year=int(number[10:12]),
        serial=int(number[12:]),
    )


def problems(text: str) -> list[str]:
    """Return the sentences about why this cannot be a KK number; none if it can."""
    number = digits.compact(text)
    if sentence := digits.shape_problem(number, what=_("KK number"), length=LENGTH):
        return [sentence]
    sentence = regions.problem(number, what=_("KK number"))
    return [sentence] if sentence else []


def doubts(kk: Kk) -> list[str]:
    """Return warnings about what is unusual in a KK number."""
    found = [regions.doubt(kk.number, what=_("KK number"))]
    if not is_day_of_some_century(kk.day, kk.month, kk.year):
        found.append(
            _(
                "Digits 7 to 12 of a KK number are usually a date. Compare the number with "
                "the family card. If it is the same, carry on."
            )
        )
    return [sentence for sentence in found if sentence]


def mask(text: str) -> str:
    """Return the KK number fit for lists, logs and messages: ``3171********0001``."""
    return digits.mask_middle(text, length=LENGTH)
