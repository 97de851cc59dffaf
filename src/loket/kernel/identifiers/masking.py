"""Takes NIK and KK numbers out of free text, such as a line of a log."""

from __future__ import annotations

import logging
import re

from . import nik

# Sixteen digits that stand alone, as typed: in one row, or in groups.
_SIXTEEN = re.compile(r"(?<!\d)\d(?:[ .\-‐‑–\u00a0]?\d){15}(?!\d)")


def scrub(text: str) -> str:
    """Return the text with every number of 16 digits masked."""
    return _SIXTEEN.sub(lambda found: nik.mask(found[0]), text)


class ScrubFilter(logging.Filter):
    """A logging filter that lets no NIK or KK number into a log."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Mask the finished message; the record then needs no arguments."""
        record.msg = scrub(record.getMessage())
        record.args = None
        return True
