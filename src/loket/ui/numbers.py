"""Numbers as people write them, with the comma or the point of their language."""

from __future__ import annotations

from decimal import Decimal

from django.utils.formats import number_format


def decimal(value: Decimal) -> str:
    """Return a number without needless zeros."""
    return str(number_format(value.normalize(), use_l10n=True))


def percent(share: Decimal) -> str:
    """Return a share of 0 to 1 as it is written: “12,5%” in Indonesian."""
    return f"{decimal(share * 100)}%"
