"""NIP: the number of a civil servant (18 digits).

Birth date ``YYYYMMDD``, year and month of appointment, sex (1 man, 2 woman), serial of
three. Staff on a work agreement (PPPK) have no month there but a code, such as 21.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.translation import gettext as _

from loket.kernel.errors import Invalid

from . import digits

LENGTH = 18
MONTHS = 12
_SEXES: dict[str, Literal["male", "female"]] = {"1": "male", "2": "female"}


@dataclass(frozen=True, slots=True)
class Nip:
    """A NIP, read. ``appointed_month`` is None for staff on a work agreement."""

    number: str
    birth_date: date
    appointed_year: int
    appointed_month: int | None
    sex: Literal["male", "female"]
    serial: int


def read(text: str) -> Nip:
    """Return what a person typed as the NIP they meant.

    :raises Invalid: with a sentence that says what to mend.
    """
    if found := problems(text):
        raise Invalid(" ".join(found))
    number = digits.compact(text)
    month = int(number[12:14])
    return Nip(
        number=number,
        birth_date=date(int(number[:4]), int(number[4:6]), int(number[6:8])),
        appointed_year=int(number[8:12]),
        appointed_month=month if month <= MONTHS else None,
        sex=_SEXES[number[14]],
        serial=int(number[15:]),
    )


def problems(text: str) -> list[str]:
    """Return the sentences about why this cannot be a NIP; none if it can."""
    number = digits.compact(text)
    if sentence := digits.shape_problem(number, what=_("NIP"), length=LENGTH):
        return [sentence]
    found = []
    if not _is_date(number[:8]):
        found.append(
            _(
                "The first 8 digits of a NIP are the date of birth (year, month, day). "
                "“%(digits)s” is no date."
            )
            % {"digits": number[:8]}
        )
    if number[8:12] <= number[:4] or number[12:14] == "00":
        found.append(
            _(
                "Digits 9 to 14 of a NIP are the year and month of appointment. "
                "“%(digits)s” cannot be."
            )
            % {"digits": number[8:14]}
        )
    if number[14] not in _SEXES:
        found.append(_("Digit 15 of a NIP is 1 for a man or 2 for a woman."))
    return found


def mask(text: str) -> str:
    """Return the NIP without its middle: ``1986**********1001``."""
    return digits.mask_middle(text, length=LENGTH)


def _is_date(compact: str) -> bool:
    try:
        date(int(compact[:4]), int(compact[4:6]), int(compact[6:]))
    except ValueError:
        return False
    return True
