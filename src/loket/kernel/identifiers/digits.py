"""Digits as people type them: in groups, with dots or dashes, from any keyboard."""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

SEPARATORS = re.compile(r"[\s.\-_/‐‑‒–—\u200b-\u200f\u2060\ufeff]+")
SHOWN = 5
"""How many wrong signs a sentence lists."""


def compact(text: str) -> str:
    """Return the text without separators; digits of any script become 0 to 9."""
    return "".join(
        sign if (digit := unicodedata.decimal(sign, None)) is None else str(digit)
        for sign in SEPARATORS.sub("", text)
    )


def shape_problem(number: str, *, what: str, length: int) -> str:
    """Return the sentence about signs that are no digits or a wrong length, or nothing."""
    if not number:
        return _("Write the %(what)s. It has %(length)d digits.") % {
            "what": what,
            "length": length,
        }
    if strange := list(dict.fromkeys(s for s in number if s not in "0123456789")):
        return _("The %(what)s has digits only. Take out: %(signs)s") % {
            "what": what,
            "signs": " ".join(strange[:SHOWN]),
        }
    if len(number) != length:
        return ngettext(
            "The %(what)s has %(length)d digits. You typed %(count)d digit.",
            "The %(what)s has %(length)d digits. You typed %(count)d digits.",
            len(number),
        ) % {"what": what, "length": length, "count": len(number)}
    return ""


def mask_middle(number: str, *, length: int, head: int = 4, tail: int = 4) -> str:
    """Return the number with its middle hidden; anything of another length is hidden whole."""
    number = compact(number)
    if len(number) != length:
        return "*" * len(number)
    return number[:head] + "*" * (length - head - tail) + number[-tail:]
