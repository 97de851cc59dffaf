"""Which units a change of the law would leave without enough people, as pages tell it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import get_language, ngettext

Json = dict[str, Any]


def shown(impact: Json) -> Json:
    """Return what a change means for rosters; empty where nobody plans any."""
    found = impact.get("rosters", {})
    if not found:
        return {}
    return {
        "looked_at": found["looked_at"],
        "unstaffed": found["unstaffed"],
        "since": parse_date(found["from"]),
        "rows": [row(each) for each in found["rows"]],
        "more": found["unstaffed"] - len(found["rows"]),
    }


def row(found: Json) -> Json:
    """Return one unit: the first day that lacks somebody, and why, in the reader's language."""
    language = "en" if (get_language() or "id").startswith("en") else "id"
    sentences = found["sentences"]
    return {
        "unit": found["unit"],
        "name": found["name"],
        "on": parse_date(found["on"]),
        "sentences": sentences.get(language, ()),
    }


def sentences(impact: Json) -> Iterator[str]:
    """Yield how many units lack people, if any do."""
    many = impact.get("rosters", {}).get("unstaffed", 0)
    if many:
        yield ngettext(
            "%(many)s unit cannot be staffed as it must be.",
            "%(many)s units cannot be staffed as they must be.",
            many,
        ) % {"many": many}
