"""Numbers and dates in Indonesian words, as certificates print them."""

from __future__ import annotations

from datetime import date

_ONES = (
    "nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan",
    "sepuluh", "sebelas",
)  # fmt: skip
_TWENTY = 20
_SCALES = ((1000, "ribu", "seribu"), (100, "ratus", "seratus"), (10, "puluh", "sepuluh"))
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
    "Oktober", "November", "Desember",
)  # fmt: skip
ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def number_in_words(number: int) -> str:
    """Return a whole number from 0 to 999,999 in words: ``dua puluh enam``."""
    if number < len(_ONES):
        return _ONES[number]
    if number < _TWENTY:
        return f"{_ONES[number - 10]} belas"
    size, many, one = next(scale for scale in _SCALES if number >= scale[0])
    count, rest = divmod(number, size)
    head = one if count == 1 else f"{number_in_words(count)} {many}"
    return f"{head} {number_in_words(rest)}" if rest else head


def date_in_words(day: date) -> str:
    """Return a date in words: ``tujuh belas Agustus dua ribu dua puluh enam``."""
    return f"{number_in_words(day.day)} {MONTHS[day.month - 1]} {number_in_words(day.year)}"


def long_date(day: date, language: str = "id") -> str:
    """Return a date as letters write it: ``17 Agustus 2026``, ``17 August 2026``."""
    months = ENGLISH_MONTHS if language.startswith("en") else MONTHS
    return f"{day.day} {months[day.month - 1]} {day.year}"
