"""The board for machines: ``offices.json`` and ``offices.atom``.

What they hold is described in ``docs/reference/board.md``.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree as ET

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loket.kernel import clock
from loket.policies import queries as policies
from loket.policies.rules.values import Because
from loket.portal.requests import PortalRequest

from .board import Board, Row
from .news import Item, latest
from .views import board_of

MINUTE = 60
ATOM = "http://www.w3.org/2005/Atom"
FORMAT = 1
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
"""When nothing has ever changed."""


@require_safe
def as_json(request: PortalRequest) -> HttpResponse:
    """Give the board of a day as JSON."""
    board, _book, _directory = board_of(request)
    body = json_of(board)
    return answer(request, body, media_type="application/json")


@require_safe
def as_atom(request: PortalRequest) -> HttpResponse:
    """Give what changed, and when, as an Atom feed."""
    body = atom_of(latest(at=clock.now()))
    return answer(request, body, media_type="application/atom+xml; charset=utf-8")


def answer(request: HttpRequest, body: bytes, *, media_type: str) -> HttpResponse:
    """Answer with bytes that may be kept for a minute, or say that they are unchanged."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    unchanged = tag in request.headers.get("If-None-Match", "")
    response = (
        HttpResponseNotModified() if unchanged else HttpResponse(body, content_type=media_type)
    )
    response["ETag"] = tag
    response["Cache-Control"] = f"public, max-age={MINUTE}"
    response["Access-Control-Allow-Origin"] = "*"
    return response


def json_of(board: Board) -> bytes:
    """Return a board as JSON; reasons that many offices share are written once."""
    reasons: dict[Because, str] = {}
    offices = [_office(row, reasons) for row in board.rows]
    cited = policies.because_json(reasons)
    document = {
        "format": FORMAT,
        "on": board.on.isoformat(),
        "counts": dict(board.counts),
        "reasons": dict(zip(reasons.values(), cited, strict=True)),
        "offices": offices,
    }
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def _office(row: Row, reasons: dict[Because, str]) -> dict[str, Any]:
    office, standing = row.office, row.standing
    found: dict[str, Any] = {
        "code": office.code,
        "name": office.name,
        "region": office.region,
        "address": office.address,
        "state": standing.state,
        "hours": standing.hours_json,
    }
    if office.point:
        found["point"] = [round(part, 5) for part in office.point]
    if not standing.is_usual:
        found["until"] = standing.until_json
        found["because"] = [
            reasons.setdefault(reason, f"r{len(reasons) + 1}")
            for reason in standing.because.because
        ]
    return found


def atom_of(items: list[Item]) -> bytes:
    """Return what changed as Atom 1.0 (RFC 4287), in the reader's language."""
    ET.register_namespace("", ATOM)
    language = "en" if (get_language() or "id").startswith("en") else "id"
    feed = ET.Element(_name("feed"), {"{http://www.w3.org/XML/1998/namespace}lang": language})
    own = settings.PUBLIC_URL + reverse("portal:offices-atom")
    board = settings.PUBLIC_URL + reverse("portal:offices")
    _add(feed, "id", own)
    _add(feed, "title", _("Offices: what opens, what closes"))
    _add(feed, "updated", max((i.updated for i in items), default=EPOCH).isoformat())
    _add(_add(feed, "author"), "name", "Loket")
    _add(feed, "link", rel="self", type="application/atom+xml", href=own)
    _add(feed, "link", rel="alternate", type="text/html", href=board)
    for item in items:
        entry = _add(feed, "entry")
        _add(entry, "id", settings.PUBLIC_URL + item.key)
        _add(entry, "title", item.title)
        _add(entry, "updated", item.updated.isoformat())
        _add(entry, "summary", item.words)
        _add(entry, "link", rel="alternate", href=settings.PUBLIC_URL + item.url)
    return bytes(ET.tostring(feed, encoding="utf-8", xml_declaration=True))


def _name(tag: str) -> str:
    return f"{{{ATOM}}}{tag}"


def _add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    made = ET.SubElement(parent, _name(tag), attributes)
    made.text = text or None
    return made
