"""Takes NIK and KK numbers out of free text, such as a line of a log."""

from __future__ import annotations

import logging
import re

from . import nik

# Sixteen digits that stand alone, as typed: in one row, or in groups.
_SIXTEEN = re.compile(r"(?<!\d)\d(?:[ .\-‐‑–\u00a0]?\d){15}(?!\d)")


_SECRET = re.compile(r"(/(?:d|calendar)/)[A-Za-z0-9_-]{8,}")
"""The address of a download page is half of what opens it; the PIN is the other half. The
address of somebody's calendar is all of it."""

_WRITER = logging.Formatter()


def scrub(text: str) -> str:
    """Return the text with every number of 16 digits masked."""
    return _SIXTEEN.sub(lambda found: nik.mask(found[0]), text)


def _for_log(text: str) -> str:
    return _SECRET.sub(r"\1***", scrub(text))


class ScrubFilter(logging.Filter):
    """A logging filter that lets no NIK, KK number or secret address into a log."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Mask the finished message; the record then needs no arguments."""
        record.msg = _for_log(record.getMessage())
        record.args = None
        if record.exc_info:
            # Formatters write this text where they find it: errors name the values they met.
            record.exc_text = _for_log(_WRITER.formatException(record.exc_info))
        return True
