"""Text that the fonts can show. Whatever they cannot is replaced where all can see it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

COVERED = (
    "0020-007E 00A0-0377 037A-037F 0384-038A 038C-038C 038E-03A1 03A3-03E1 03F0-052F "
    "1E00-1F15 1F18-1F1D 1F20-1F45 1F48-1F4D 1F50-1F57 1F59-1F59 1F5B-1F5B 1F5D-1F5D "
    "1F5F-1F7D 1F80-1FB4 1FB6-1FC4 1FC6-1FD3 1FD6-1FDB 1FDD-1FEF 1FF2-1FF4 1FF6-1FFE "
    "2010-2027 2030-205E 2070-2071 2074-208E 2090-209C 20A0-20BF 2116-2116 2122-2122 "
    "FFFD-FFFD"
)
"""What the fonts in ``fonts/`` hold, as ranges of hexadecimal code points."""

_COVERED = frozenset(
    code
    for first, last in (pair.split("-") for pair in COVERED.split())
    for code in range(int(first, 16), int(last, 16) + 1)
)
_INVISIBLE = frozenset({"Cf", "Cc", "Zl", "Zp"})


def text(value: str) -> str:
    """Return a string that can be printed as it stands.

    Composed (NFC), on one line, without invisible signs that reorder or hide text; a sign
    that the fonts lack, such as an emoji or an Arabic letter, becomes a visible mark.
    """
    composed = unicodedata.normalize("NFC", value)
    return "".join(_sign(sign) for sign in composed)


def _sign(sign: str) -> str:
    if sign in "\t\n\r":
        return " "
    if unicodedata.category(sign) in _INVISIBLE:
        return ""
    return sign if ord(sign) in _COVERED else REPLACEMENT


def everything(value: Any) -> Any:
    """Return a value with every string in it made printable."""
    if isinstance(value, str):
        return text(value)
    if isinstance(value, Mapping):
        return {key: everything(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [everything(item) for item in value]
    return value
