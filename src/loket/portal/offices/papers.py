"""The board on paper: the notice for a door, and the list for the press."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loket.documents.rendering.notices import door_notice, press_list
from loket.kernel import clock
from loket.kernel.errors import NotFound
from loket.kernel.texts import LANGUAGES
from loket.policies.rules.resolving import Book
from loket.policies.rules.values import Because, InForce
from loket.portal.documents import slow_down
from loket.portal.requests import PortalRequest, network_of
from loket.ui import reply
from loket.ui.templatetags.why import sentence_of

from . import names
from .board import Board, Row, is_undecided, until
from .detail import RECEIVES, neighbours, office_of
from .directory import Directory, Office
from .views import board_of

PDF = "application/pdf"
NOTICES_PER_NETWORK = 60
LISTS_PER_NETWORK = 10
Sentence = dict[str, str]


@require_safe
def door(request: PortalRequest, code: str) -> HttpResponse:
    """Give the notice for the door of an office that is not open as usual."""
    slow_down(request, f"notice:{network_of(request)}", NOTICES_PER_NETWORK)
    board, book, directory = board_of(request)
    office = office_of(directory, code)
    answer = book.in_force(code, at=board.at)
    if answer.counters.state.value == "open":
        raise NotFound(_("This office is open as usual: it needs no notice on its door."))
    told = facts(office, answer, directory) | {"stays_open": stays_open(office, board)}
    told["instead"] += nearest_open(office, board)
    data = door_notice(told, at=clock.now())
    return reply.download(data, name=f"pengumuman-{code}.pdf", media_type=PDF, inline=True)


@require_safe
def press(request: PortalRequest) -> HttpResponse:
    """Give the list of offices that are not open as usual, for the press."""
    # Some 700 offices are some 90 pages, and those are seconds of work.
    slow_down(request, f"press:{network_of(request)}", LISTS_PER_NETWORK)
    board, book, directory = board_of(request)
    rows = [row for row in board.rows if not row.standing.is_usual]
    listed = {
        "government": government(directory),
        "url": settings.PUBLIC_URL + reverse("portal:offices-press"),
        "as_of": board.at,
        "rows": [_row(row.office, book, directory, board.at) for row in rows],
    }
    data = press_list(listed, get_language() or "id", at=clock.now())
    name = f"kantor-{board.on.isoformat()}.pdf"
    return reply.download(data, name=name, media_type=PDF, inline=True)


def _row(office: Office, book: Book, directory: Directory, at: datetime) -> dict[str, Any]:
    found = facts(office, book.in_force(office.code, at=at), directory)
    return found | {"region": office.city_name}


def facts(office: Office, answer: InForce, directory: Directory) -> dict[str, Any]:
    """Return what is printed about an office that is not open as usual."""
    state = answer.counters.state
    first = state.because[0] if state.because else None
    again = answer.reopens_at.value
    why = [_why(first)] if first else []
    if first and is_undecided(state):
        # Nobody has decided that it opens then: the door must not promise it.
        why.append(_in_both(lambda: capfirst(until(state, again)) + "."))
        again = None
    return {
        "state": state.value,
        "office": office.name,
        "address": office.address,
        "floor": office.floor,
        "government": government(directory),
        "since": first.starts_at if first else None,
        "until": first.ends_at if first else None,
        "reopens_at": again,
        "why": why,
        "citations": [_citation(first)] if first else [],
        "instead": instead(office, answer),
        "url": settings.PUBLIC_URL + reverse("portal:office", args=[office.code]),
    }


def government(directory: Directory) -> str:
    """Return the name of the government whose offices these are."""
    return next((name for _code, name in directory.below("")), "")


def _citation(reason: Because) -> str:
    """Return how a reason is cited on paper that is in two languages at once."""
    return reason.article if reason.is_closure else f"{reason.label}, {reason.article}"


def _why(reason: Because) -> Sentence:
    return _in_both(lambda: sentence_of(reason))


def instead(office: Office, answer: InForce) -> list[Sentence]:
    """Return the other ways to ask that are open, in both languages."""
    details = {
        "web": settings.PUBLIC_URL,
        "email": office.email,
        "phone": office.phone,
    }
    return [
        _in_both(partial(_way, way, details.get(way, "")))
        for way in answer.services.channels.value
        if way != "counter"
    ]


def stays_open(office: Office, board: Board) -> list[Sentence]:
    """Return the offices in the same building that receive the public."""
    return [
        dict.fromkeys(LANGUAGES, row.office.name)
        for row in board.rows
        if office.place
        and row.office.place == office.place
        and row.office.code != office.code
        and row.standing.state in RECEIVES
    ]


def nearest_open(office: Office, board: Board) -> list[Sentence]:
    """Return the nearest office of the same kind that receives the public."""
    return [_in_both(partial(_neighbour, row)) for row in neighbours(office, board.rows)[:1]]


def _neighbour(row: Row) -> str:
    said = {"office": row.office.name, "distance": row.distance}
    return _("nearest open office: %(office)s (%(distance)s km)") % said


def _way(way: str, detail: str) -> str:
    if way == "web":
        return _("on the web: %(address)s") % {"address": detail}
    return f"{names.CHANNELS[way]} {detail}".strip()


def _in_both(say: Callable[[], str]) -> Sentence:
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            found[language] = say()
    return found
