"""How many text messages a text takes (3GPP TS 23.038 and 23.040)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_ESCAPED = frozenset("\f^{}\\[~]|€")
_PLAINER = str.maketrans(
    {
        "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "`": "'", "–": "-", "—": "-",
        "‐": "-", "‑": "-", "…": "...", "•": "-", "·": "-", "\t": " ", "\u00a0": " ",
        "\u202f": " ", "\u200b": "",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Size:
    """The alphabet a text needs, its length in units of it, and the messages it takes."""

    alphabet: str
    units: int
    parts: int


def plain(text: str) -> str:
    """Return the text with typographic signs replaced: one of them would halve what fits."""
    return text.translate(_PLAINER)


def size(text: str) -> Size:
    """Return what a text takes: septets of GSM 7-bit if it can, UTF-16 units if not."""
    if all(sign in _GSM or sign in _GSM_ESCAPED for sign in text):
        units = [2 if sign in _GSM_ESCAPED else 1 for sign in text]
        return Size("GSM-7", sum(units), _parts(units, alone=160, joined=153))
    units = [len(sign.encode("utf-16-le")) // 2 for sign in text]
    return Size("UCS-2", sum(units), _parts(units, alone=70, joined=67))


def _parts(units: Iterable[int], *, alone: int, joined: int) -> int:
    """Count messages; a sign of two units is never cut between two of them."""
    widths = list(units)
    if sum(widths) <= alone:
        return 1
    parts, room = 1, joined
    for width in widths:
        if width > room:
            parts, room = parts + 1, joined
        room -= width
    return parts
