"""What changed on the board: circulars that begin and end, closures and reopenings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loket.policies import queries as policies
from loket.policies.models import Circular, Closure
from loket.ui.periods import in_words, moment_in_words
from loket.ui.templatetags.why import REASONS

from .circulars import enacted, in_language
from .directory import Directory, current

MOST = 50
NAMED = 2
"""Offices that are named of those that were shut together."""


@dataclass(frozen=True, slots=True)
class Item:
    """One change. The key never changes: readers know by it what they have seen."""

    key: str
    title: str
    words: str
    updated: datetime
    url: str


def latest(*, at: datetime) -> list[Item]:
    """Return what changed up to a moment, the latest first."""
    _book, directory = current()
    rows, ends = enacted(), policies.effective_ends()
    found = [item for row in rows for item in _of_circular(row, ends.get(row.code))]
    closures = policies.latest_closures(most=MOST, at=at)
    found += [item for row in closures for item in _of_closure(row, directory)]
    known = [item for item in found if item.updated <= at]
    return sorted(known, key=lambda item: (item.updated, item.key), reverse=True)[:MOST]


def _of_circular(row: Circular, ends_at: datetime | None) -> Iterator[Item]:
    """Yield that a circular was enacted, and that it ended.

    What begins later is told when it is enacted: people plan by it.
    """
    url = reverse("portal:circular", args=[row.code])
    title = in_language(row, "title")
    yield Item(
        key=f"{url}#begins",
        title=_("In force from %(moment)s: %(title)s")
        % {"moment": moment_in_words(row.starts_at), "title": title},
        words=f"{row} · {in_words(row.starts_at, ends_at)}. {in_language(row, 'summary')}",
        # What was entered later as history is no news of the day on which it was entered.
        updated=row.starts_at if row.is_history else row.enacted_at or row.starts_at,
        url=url,
    )
    if ends_at is not None:
        yield Item(
            key=f"{url}#ends",
            title=_("No longer in force: %(title)s") % {"title": title},
            words=f"{row} · {in_words(row.starts_at, ends_at)}",
            updated=ends_at,
            url=url,
        )


def shut(codes: list[str], directory: Directory) -> str:
    """Return the names of offices that were shut together, of many the first."""
    offices = (directory.offices.get(code) for code in codes[:NAMED])
    named = [
        office.name if office else code for office, code in zip(offices, codes, strict=False)
    ]
    if more := len(codes) - len(named):
        said = ngettext(
            "%(offices)s and %(more)s other", "%(offices)s and %(more)s others", more
        )
        return said % {"offices": ", ".join(named), "more": more}
    return ", ".join(named)


def _of_closure(row: Closure, directory: Directory) -> Iterator[Item]:
    paths = row.scopes or [row.unit_path]
    codes = [path.strip("/").rpartition("/")[2] for path in paths]
    url = reverse("portal:office", args=[codes[0]])
    said = {
        "office": shut(codes, directory),
        "reason": REASONS.get(row.reason, REASONS["other"]),
        "moment": moment_in_words(row.starts_at),
    }
    own = in_language(row, "words")
    yield Item(
        key=f"{url}#closed-{row.code}",
        title=_("Closed: %(office)s") % said,
        words=own or _("Closed since %(moment)s because of %(reason)s.") % said,
        updated=max(row.closed_at, row.starts_at),
        url=url,
    )
    if row.reopened_at is not None:
        said["moment"] = moment_in_words(row.reopened_at)
        yield Item(
            key=f"{url}#reopened-{row.code}",
            title=_("Open again: %(office)s") % said,
            words=_("Open again from %(moment)s.") % said,
            updated=row.reopened_at,
            url=url,
        )
