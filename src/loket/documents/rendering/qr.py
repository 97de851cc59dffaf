"""The QR of a signed document."""

from __future__ import annotations

from io import BytesIO

import segno

MODULE_MILLIMETRES = 0.42
"""A telephone reads this from a hand's breadth, also from a laser print."""


def svg(url: str) -> tuple[str, float]:
    """Return a QR as SVG, quiet zone included, and the side it must have in millimetres."""
    # Any mask is valid. The payload is as good as random, so choosing the best of the eight
    # gains nothing and costs four times the work.
    code = segno.make(url, error="l", mode="byte", boost_error=False, micro=False, mask=2)
    out = BytesIO()
    code.save(out, kind="svg", border=4, xmldecl=False, svgclass=None, lineclass=None)
    side = code.symbol_size(border=4)[0] * MODULE_MILLIMETRES
    return out.getvalue().decode(), round(side, 2)
