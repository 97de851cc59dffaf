"""The circulars that are or were in force, each on a page that every “why” leads to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loket.files import queries as files
from loket.kernel import clock
from loket.kernel.access import Actor
from loket.kernel.errors import NotFound
from loket.policies import queries as policies
from loket.policies.models import Circular, Closure
from loket.portal.requests import PortalRequest
from loket.ui import reply
from loket.ui.periods import in_words, until_in_words

from .directory import current
from .provisions import articles

Key = tuple[str, str, str]
STATES = ("now", "soon", "past")


@dataclass(frozen=True, slots=True)
class Link:
    """Another circular: its label, and its page if we have it."""

    label: str
    url: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """One circular of the list."""

    circular: Circular
    title: str
    period: str
    state: str
    """``now``, ``soon`` or ``past``."""


@require_safe
def index(request: PortalRequest) -> HttpResponse:
    """List what is in force, what comes, and what has been."""
    at = clock.now()
    # In this order: what is enacted in between has an end, and is not listed yet.
    rows = sorted(enacted(), key=lambda row: (row.starts_at, row.pk), reverse=True)
    ends = policies.effective_ends()
    found = [
        Listed(
            row,
            in_language(row, "title"),
            period_of(row, ends[row.code]),
            state_of(row, ends[row.code], at),
        )
        for row in rows
    ]
    parts = {name: [one for one in found if one.state == name] for name in STATES}
    return reply.page(request, "portal/offices/circulars.html", parts)


@require_safe
def show(request: PortalRequest, code: str) -> HttpResponse:
    """Show one circular: what it says in plain words, when, and what became of it."""
    rows = enacted()
    row = next((row for row in rows if row.code == code), None)
    if row is None:
        raise NotFound(_("There is no circular with this code."))
    ends_at = policies.effective_ends()[code]
    context = {
        "circular": row,
        "title": in_language(row, "title"),
        "summary": in_language(row, "summary"),
        "period": in_words(row.starts_at, row.ends_at),
        "state": state_of(row, ends_at, clock.now()),
        "ends_at": ends_at,
        "really": really(row, ends_at),
        "articles": articles(row.provisions.order_by("place"), unit_names()),
        "relations": relations(row, rows),
    }
    return reply.page(request, "portal/offices/circular.html", context)


@require_safe
def attached(request: PortalRequest, code: str) -> HttpResponse:
    """Give the file of an enacted circular."""
    del request
    row = policies.get(code=code, actor=Actor.visitor())
    if row.file is None:
        raise NotFound(_("There is no circular with this code."))
    data = files.read(row.file)
    return reply.download(data, name=f"{code}.pdf", media_type=row.file.media_type)


def unit_names() -> dict[str, str]:
    """Return what units are called, by code."""
    _book, directory = current()
    return {code: office.name for code, office in directory.offices.items()}


def enacted() -> list[Circular]:
    """Return every circular that was enacted; they are law, and so everybody may read them."""
    return policies.circulars(actor=Actor.visitor(), state=Circular.State.ENACTED)[::-1]


def in_language(row: Circular | Closure, name: str) -> str:
    """Return a text of a row, such as its title, in the reader's language."""
    language = "en" if (get_language() or "id").startswith("en") else "id"
    return str(getattr(row, f"{name}_{language}"))


def key_of(row: Circular) -> Key:
    """Return what identifies a circular: issuer, number and date."""
    return (row.issuer, row.number, row.date.isoformat())


def named_in(references: Iterable[Mapping[str, Any]]) -> set[Key]:
    """Return the circulars that references name."""
    return {(r["issuer"], r["number"], str(r["date"])) for r in references}


def period_of(row: Circular, end: datetime | None) -> str:
    """Return when a circular held, or would have held if it was ended before it began."""
    never = end is not None and end <= row.starts_at
    return in_words(row.starts_at, row.ends_at if never else end)


def really(row: Circular, end: datetime | None) -> str:
    """Return until when a circular held in fact."""
    if end is not None and end <= row.starts_at:
        return _("ended before it began")
    return until_in_words(end)


def state_of(row: Circular, end: datetime | None, at: datetime) -> str:
    """Say whether a circular is in force, is to come, or is past."""
    if end is not None and end <= max(at, row.starts_at):
        return "past"
    return "soon" if at < row.starts_at else "now"


def relations(row: Circular, rows: list[Circular]) -> list[tuple[str, list[Link]]]:
    """Return what a circular changes and what changes it."""
    known = {key_of(other): other for other in rows}
    mine = key_of(row)
    found = [
        (_("Changes"), [_link(r, known) for r in row.amends]),
        (_("Ends"), [_link(r, known) for r in row.revokes]),
        (_("Changed by"), [_to(o) for o in rows if mine in named_in(o.amends)]),
        (_("Ended by"), [_to(o) for o in rows if mine in named_in(o.revokes)]),
    ]
    return [(label, links) for label, links in found if links]


def _to(other: Circular) -> Link:
    return Link(
        str(other),
        reverse("portal:circular", args=[other.code]),
        in_words(other.starts_at, other.ends_at),
    )


def _link(reference: Mapping[str, Any], known: Mapping[Key, Circular]) -> Link:
    key = next(iter(named_in([reference])))
    if other := known.get(key):
        return _to(other)
    on = date.fromisoformat(key[2])
    return Link(f"{key[0]} {key[1]} ({on:%d-%m-%Y})", "")
