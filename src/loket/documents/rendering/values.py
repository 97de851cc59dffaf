"""Answers as words on paper."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from loket.documents.rules import words

NONE = "–"
LONGEST_NUMBER = 6
"""Digits of the largest number that is written in words."""

SEX = {"male": "Laki-laki", "female": "Perempuan"}


def words_of(value: Any, language: str = "id") -> str:
    """Return a choice as words: its label if it carries one, or else the value itself."""
    if isinstance(value, Mapping):
        return str(value.get(language) or value.get("id") or NONE)
    if value in (None, ""):
        return NONE
    return SEX.get(str(value), str(value).replace("_", " "))


def line(value: Any) -> str:
    """Return a text answer, or a dash where there is none."""
    return (
        NONE
        if value in (None, "", [], {})
        else words_of(value)
        if isinstance(value, Mapping)
        else str(value)
    )


def capitals(value: Any) -> str:
    """Return an answer in capitals, as certificates write names and words."""
    return line(value).upper()


def day(value: Any) -> date | None:
    """Return a stored date; None if it is none."""
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def short_date(value: Any) -> str:
    """Return a date as cards write it: ``17-08-2026``."""
    found = day(value)
    return f"{found:%d-%m-%Y}" if found else line(value)


def spelled_date(value: Any) -> str:
    """Return a date in words, in capitals."""
    found = day(value)
    return words.date_in_words(found).upper() if found else capitals(value)


def spelled_number(value: Any) -> str:
    """Return a whole number in words, in capitals."""
    text = str(value)
    known = text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
    return words.number_in_words(int(text)).upper() if known else capitals(value)


def address(value: Any) -> dict[str, str]:
    """Return the parts of an address, each as it is printed."""
    parts = value if isinstance(value, Mapping) else {"street": value}
    rt, rw = str(parts.get("rt") or "").zfill(3), str(parts.get("rw") or "").zfill(3)
    return {
        "street": line(parts.get("street")),
        "rt_rw": f"{rt}/{rw}" if parts.get("rt") or parts.get("rw") else NONE,
        "village": line(parts.get("village") or parts.get("region")),
        "district": line(parts.get("district")),
        "city": line(parts.get("city")),
        "province": line(parts.get("province")),
        "postal_code": line(parts.get("postal_code")),
    }
