"""Recaps of daily work on paper: a month of a unit by person, or of one person by day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from loket.documents.rules import words

from . import engine

Facts = Mapping[str, Any]
MANY = 6
"""More columns than this lie on their side."""


def recap(facts: Facts, language: str, *, at: datetime) -> bytes:
    """Return a recap as PDF.

    Facts: ``title``; ``office``; ``about``, lines under the title; ``heads``; ``rows`` and
    ``total``, cells as they are printed, a line break within a cell is one on paper;
    ``numbers``, the places of columns that hold numbers, and ``wide``, of those that take
    the room. A cell that is missing at the end of a row is empty.
    """
    heads = [str(head) for head in facts["heads"]]
    with translation.override(language):
        local = at.astimezone(ZoneInfo(settings.OFFICE_TIME_ZONE))
        moment = f"{words.long_date(local.date(), language)}, {local:%H.%M} {local:%Z}"
        data = {
            "title": str(facts["title"]),
            "language": "en" if language.startswith("en") else "id",
            "office": str(facts.get("office") or ""),
            "about": [str(each) for each in facts.get("about") or ()],
            "heads": heads,
            "rows": [_cells(row, heads) for row in facts.get("rows") or ()],
            "total": _cells(facts.get("total") or (), heads),
            "numbers": list(facts.get("numbers") or ()),
            "wide": list(facts.get("wide") or ()),
            "is_wide": len(heads) > MANY,
            "is_specimen": settings.DEMO,
            "words": {
                "none": _("Nothing was handed in during this month."),
                "counted": _(
                    "Work done in Loket is counted from its journal; the rest was written "
                    "down by whoever did it. Nothing follows from a number by itself."
                ),
                "page": pgettext("on paper", "Page"),
                "printed": _("Printed on %(moment)s") % {"moment": moment},
            },
        }
        return engine.pdf("recap", data, at=at)


def _cells(row: Sequence[Any], heads: Sequence[str]) -> list[list[str]]:
    """Return the lines of each cell, with as many cells as there are columns."""
    cells = [str(cell).split("\n") for cell in row][: len(heads)]
    return [*cells, *([""] for _missing in heads[len(cells) :])]
