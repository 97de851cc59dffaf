"""Official numbers: which series, and how a number is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from string import Formatter

PLACEHOLDERS = frozenset({"city", "prefix", "ddmmyyyy", "serial"})


@dataclass(frozen=True, slots=True)
class Numbering:
    """What a definition says about the numbers of one output.

    ``city`` has four digits, such as ``3174``; the pattern is such as
    ``{city}-{prefix}-{ddmmyyyy}-{serial:04d}``.
    """

    pattern: str
    city: str
    prefix: str

    def series(self, on: date) -> str:
        """Return the name of the series: each city, prefix and year counts from one."""
        return f"{self.city}-{self.prefix}-{on.year}"

    def write(self, serial: int, *, on: date) -> str:
        """Return the number with this serial, given out on this day."""
        return self.pattern.format(
            city=self.city, prefix=self.prefix, ddmmyyyy=f"{on:%d%m%Y}", serial=serial
        )


def problems(pattern: str) -> list[str]:
    """Return what is wrong with a pattern; nothing if it can number documents."""
    try:
        fields = [name for _, name, _, _ in Formatter().parse(pattern) if name is not None]
    except ValueError as error:
        return [str(error)]
    found = [f"unknown placeholder {{{name}}}" for name in fields if name not in PLACEHOLDERS]
    # The serial begins again each year: a number without its date would come twice.
    return found + [f"{{{name}}} is missing" for name in sorted(PLACEHOLDERS - set(fields))]
