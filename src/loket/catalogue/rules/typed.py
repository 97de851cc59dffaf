"""What people type, tidied: blanks, signs that cannot be seen, digits, dates, times."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from loket.kernel.errors import Invalid

OLDEST = 130
"""Years before filing that a date may lie; nobody alive or newly reported is older."""

MOST_KEPT, MOST_ITEMS, DEEPEST = 10_000, 100, 4
"""Signs of a text, items of a list and levels of nesting that are kept of what is typed."""

MOST_COUNTED = 10**9

_UNSEEN = frozenset("\u200b\u200e\u200f\u2060\ufeff") | {
    chr(n) for n in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
}
_CLOCK = re.compile(r"(\d{1,2})[.:](\d{2})|(\d{2})(\d{2})", re.ASCII)
_WHOLE = re.compile(r"\d{1,9}|\d{1,3}(?:\.\d{3}){1,2}", re.ASCII)
MONTHS = {
    "id": (
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ),
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}


def storable(raw: Any, depth: int = 0) -> Any:
    """Return what was given as far as a database can keep it: no NUL, no broken signs.

    What is nested deeper or written longer than any form allows is cut.
    """
    if isinstance(raw, str):
        if raw.isascii() and raw.isprintable():
            return raw[:MOST_KEPT]
        return "".join(
            s for s in raw[:MOST_KEPT] if s != "\0" and not "\ud800" <= s <= "\udfff"
        )
    if isinstance(raw, bool | int | None):
        return raw if raw is None or abs(raw) < MOST_COUNTED else None
    if depth < DEEPEST and isinstance(raw, Mapping):
        return {storable(str(k)): storable(v, depth + 1) for k, v in raw.items()}
    if depth < DEEPEST and isinstance(raw, list | tuple):
        return [storable(item, depth + 1) for item in raw[:MOST_ITEMS]]
    return None


def line(raw: object) -> str:
    """Return one line of text: composed signs, single blanks, nothing invisible."""
    return " ".join(lines(raw).split())


def lines(raw: object) -> str:
    """Return text of several lines, without control signs or marks that turn the order."""
    if not isinstance(raw, str):
        return ""
    if raw.isascii() and raw.isprintable():
        return raw.strip()
    text = unicodedata.normalize("NFC", raw.replace("\r\n", "\n").replace("\r", "\n"))
    kept = (s for s in text if s in "\n\t" or _is_visible(s))
    return "".join(kept).strip()


def _is_visible(sign: str) -> bool:
    return sign not in _UNSEEN and unicodedata.category(sign) not in {"Cc", "Cs", "Co", "Cn"}


def whole_number(raw: object) -> int:
    """Return a whole number; dots between thousands are read as Indonesians write them.

    :raises Invalid: if it is not one.
    """
    if isinstance(raw, int) and not isinstance(raw, bool) and 0 <= raw < MOST_COUNTED:
        return raw
    text = line(raw).replace(" ", "")
    if not _WHOLE.fullmatch(text):
        raise Invalid(_("Write a whole number in digits, such as 3 or 3200."))
    return int(text.replace(".", ""))


def clock_time(raw: object) -> str:
    """Return ``HH:MM`` for a time of day typed as 8.30, 08:30 or 0830.

    :raises Invalid: if there is no such time.
    """
    match = _CLOCK.fullmatch(line(raw).replace(" ", ""))
    hour, minute = (int(part) for part in match.groups() if part) if match else (99, 99)
    if hour > 23 or minute > 59:  # noqa: PLR2004 -- a day has 24 hours of 60 minutes
        raise Invalid(_("Write the time with hours and minutes, from 00.00 to 23.59."))
    return f"{hour:02}:{minute:02}"


def date_parts(raw: object) -> dict[str, str]:
    """Return day, month and year as typed, from an ISO date or from three fields."""
    if isinstance(raw, Mapping):
        return {part: line(str(raw.get(part) or "")) for part in ("day", "month", "year")}
    year, _dash, rest = line(raw).partition("-")
    month, _dash, day = rest.partition("-")
    return {"day": day, "month": month, "year": year}


def calendar_date(raw: Any) -> date:
    """Return the date that was typed.

    :raises Invalid: if it is incomplete or does not exist; says why.
    """
    parts = date_parts(raw)
    if not all(parts.values()):
        raise Invalid(_("Fill in the day, the month and the year."))
    month = _month(parts["month"])
    if not (month and parts["day"].isdecimal() and parts["year"].isdecimal()):
        raise Invalid(_("Write the date in digits, such as 27 3 2026."))
    day, year = int(parts["day"]), int(parts["year"])
    if len(parts["year"]) != 4 or year < 1000:  # noqa: PLR2004 -- 2026, not 26
        raise Invalid(_("Write the year with four digits, such as 2026."))
    if month not in range(1, 13):
        raise Invalid(_("There are only 12 months: write a month from 1 to 12."))
    try:
        return date(year, month, day)
    except ValueError:
        raise Invalid(_no_such_day(day, month, year)) from None


def _month(text: str) -> int:
    """Return the number of a month written in digits or as a name, or 0."""
    if text.isdecimal():
        return int(text)
    if len(text) >= 3:  # noqa: PLR2004 -- "Mar" is enough; "Ma" could be two months
        for names in MONTHS.values():
            for number, name in enumerate(names, start=1):
                if name.lower().startswith(text.lower()):
                    return number
    return 0


def _no_such_day(day: int, month: int, year: int) -> str:
    if (day, month) == (29, 2):
        return _("29 February %(year)s does not exist: February had 28 days in that year.") % {
            "year": year
        }
    if day not in range(1, 32):
        return _("No month has that day: write a day from 1 to 31.")
    return _("That month does not have %(day)s days. Check the day and the month.") % {
        "day": day
    }


def years_after(start: date, years: int) -> date:
    """Return the same day some years later; 29 February becomes 1 March where it must."""
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        return date(start.year + years, 3, 1)


def spoken_date(value: Any, language: str) -> str:
    """Return a date as it is said: ``1 Januari 2026``; what is no date stays as it is."""
    try:
        day = value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        return str(value)
    months = MONTHS["en" if language.startswith("en") else "id"]
    return f"{day.day} {months[day.month - 1]} {day.year}"
