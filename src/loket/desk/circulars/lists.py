"""The circulars in four lists: in force, coming, drafts, ended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from loket.kernel.texts import Text
from loket.policies.models import Circular
from loket.ui.periods import in_words

SECTIONS: dict[str, str | Promise] = {
    "now": _("In force now"),
    "soon": _("Coming"),
    "draft": _("Drafts"),
    "past": _("Ended"),
}
TAGS = {"now": "good", "soon": "", "draft": "warning", "past": "quiet"}
Key = tuple[str, str, str]
Ends = Mapping[str, datetime | None]
"""When each enacted circular ends, by code: ``policies.queries.effective_ends()``."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One circular as a list shows it."""

    circular: Circular
    title: Text
    section: str
    period: str
    provisions: int

    @property
    def is_retroactive(self) -> bool:
        return self.circular.is_retroactive


def sections(
    rows: Iterable[Circular], counts: Mapping[int, int], ends: Ends, *, at: datetime
) -> list[dict[str, Any]]:
    """Return the lists in their order, each with its circulars."""
    known = [row for row in rows if row.state != Circular.State.DISCARDED]
    found = [
        Listed(
            row,
            title_of(row),
            section_of(row, ends, at=at),
            period_of(row, ends),
            counts.get(row.pk, 0),
        )
        for row in known
    ]
    return [
        {
            "name": name,
            "label": label,
            "tag": TAGS[name],
            "rows": [one for one in found if one.section == name],
        }
        for name, label in SECTIONS.items()
    ]


def title_of(row: Circular) -> Text:
    """Return the title, which reads in either language."""
    return Text(row.title_id, row.title_en)


def section_of(row: Circular, ends: Ends, *, at: datetime) -> str:
    """Return which list a circular belongs to at a moment."""
    if row.state == Circular.State.DRAFT:
        return "draft"
    end = end_of(row, ends)
    if end is not None and end <= max(at, row.starts_at):
        return "past"
    return "now" if row.starts_at <= at else "soon"


def period_of(row: Circular, ends: Ends) -> str:
    """Return when a circular holds, or would have held if it was ended before it began."""
    end = end_of(row, ends)
    never = end is not None and end <= row.starts_at
    return in_words(row.starts_at, row.ends_at if never else end)


def end_of(row: Circular, ends: Ends) -> datetime | None:
    """Return when a circular ends or ended, whoever decided it."""
    return ends.get(row.code, row.ends_at)


def key(issuer: str, number: str, on: object) -> Key:
    return (issuer, number, str(on))
