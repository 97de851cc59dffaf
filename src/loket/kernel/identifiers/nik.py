"""NIK: the number every resident keeps for life (16 digits, ``PPKKCC DDMMYY SSSS``).

It holds the district of *first* registration, the date of birth as first recorded (day
plus 40 for women) and a serial. It is not reissued when the data is corrected, so it may
rightly disagree with a person's papers: that is a warning, never an error.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.translation import gettext as _

from loket.kernel.errors import Invalid

from . import digits, regions

LENGTH = 16
WOMEN_FROM = 40
_LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class Nik:
    """A NIK, read. Regions are in official notation; ``year`` has two digits."""

    number: str
    province: str
    city: str
    district: str
    day: int
    month: int
    year: int
    sex: Literal["male", "female"]
    serial: int


def read(text: str) -> Nik:
    """Return what a person typed as the NIK they meant.

    :raises Invalid: with a sentence that says what to mend.
    """
    if found := problems(text):
        raise Invalid(" ".join(found))
    number = digits.compact(text)
    province, city, district = regions.dotted(number)
    day = int(number[6:8])
    return Nik(
        number=number,
        province=province,
        city=city,
        district=district,
        day=day % WOMEN_FROM if day > WOMEN_FROM else day,
        month=int(number[8:10]),
        year=int(number[10:12]),
        sex="female" if day > WOMEN_FROM else "male",
        serial=int(number[12:]),
    )


def problems(text: str) -> list[str]:
    """Return the sentences about why this cannot be a NIK; none if it can."""
    number = digits.compact(text)
    if sentence := digits.shape_problem(number, what=_("NIK"), length=LENGTH):
        return [sentence]
    found = [regions.problem(number, what=_("NIK")), _date_problem(number)]
    if number[12:] == "0000":
        found.append(_("The last 4 digits of a NIK begin at 0001. Compare them with the card."))
    return [sentence for sentence in found if sentence]


def disagreements(
    nik: Nik,
    *,
    birth_date: date | None,
    sex: str = "",
    known_district: Callable[[str], bool] | None = None,
) -> list[str]:
    """Return warnings about what the NIK says otherwise than the person.

    ``sex`` is ``male``, ``female`` or nothing. ``known_district`` says whether a district
    code such as ``31.71.01`` is known to the caller.
    """
    found = [regions.doubt(nik.number, what=_("NIK"))]
    if known_district is not None and not known_district(nik.district):
        found.append(
            _(
                "We do not know the district “%(code)s” with which the NIK begins; it may have "
                "been renamed. Compare the NIK with the card. If it is the same, carry on."
            )
            % {"code": nik.district}
        )
    if birth_date is not None and not _born_on(nik, birth_date):
        found.append(
            _(
                "The NIK says born on %(in_nik)s, but the form says %(stated)s. Check both. "
                "If both are as on the papers, carry on."
            )
            % {
                "in_nik": f"{nik.day:02}-{nik.month:02}-{nik.year:02}",
                "stated": f"{birth_date:%d-%m-%Y}",
            }
        )
    if sex and sex != nik.sex:
        found.append(
            _("The NIK is that of a woman, but the form says “male”. Check both.")
            if nik.sex == "female"
            else _("The NIK is that of a man, but the form says “female”. Check both.")
        )
    return [sentence for sentence in found if sentence]


def mask(text: str) -> str:
    """Return the NIK fit for lists, logs and messages: ``3171********0001``."""
    return digits.mask_middle(text, length=LENGTH)


def _date_problem(number: str) -> str:
    day, month, year = int(number[6:8]), int(number[8:10]), int(number[10:12])
    day = day - WOMEN_FROM if day > WOMEN_FROM else day
    if is_day_of_some_century(day, month, year):
        return ""
    return _(
        "Digits 7 to 12 of a NIK are the date of birth (day, month, year; 40 is added to the "
        "day for women). “%(digits)s” is no date. Compare it with the card."
    ) % {"digits": number[6:12]}


def is_day_of_some_century(day: int, month: int, year: int) -> bool:
    """Say whether the date exists for some century; 29 February 00 does, in 2000."""
    leaps = year % 4 == 0
    return (
        1 <= month <= len(_LONGEST_MONTHS)
        and 1 <= day <= _LONGEST_MONTHS[month - 1]
        and (leaps or (day, month) != (29, 2))
    )


def _born_on(nik: Nik, on: date) -> bool:
    return (nik.day, nik.month, nik.year) == (on.day, on.month, on.year % 100)
