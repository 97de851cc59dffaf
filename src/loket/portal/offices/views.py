"""The board as pages: list, one office, on paper, for the press."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loket.catalogue import queries as catalogue
from loket.kernel import clock
from loket.policies.rules.resolving import Book
from loket.portal.applying.places import source
from loket.portal.requests import PortalRequest
from loket.ui import reply
from loket.ui.numbers import percent
from loket.ui.periods import day_in_words, local

from . import detail, names, searching
from .board import DAYS_AHEAD, Board, Row, Standing, build, day_wanted, moment_of
from .directory import Directory, current
from .grouping import Grouping
from .searching import PER_PAGE


def board_of(request: PortalRequest) -> tuple[Board, Book, Directory]:
    """Return the board of the day that is asked for, with what it was made from."""
    now = clock.now()
    book, directory = current()
    on = day_wanted(request.GET.get("on", ""), now=now)
    return build(book, directory, on=on, now=now), book, directory


def of_day(board: Board) -> dict[str, Any]:
    """Return what every page of the board says about its day."""
    return {
        "board": board,
        "day": day_in_words(board.on),
        "on": "" if board.is_today else board.on.isoformat(),
        "latest": board.today + timedelta(days=DAYS_AHEAD),
        "signs": [(names.SIGNS[state], label) for state, label in names.STATES.items()],
        "tally": [
            (state, names.STATES[state], names.KINDS[state], names.ICONS[state], count)
            for state, count in reversed(list(board.counts.items()))
        ],
    }


def today(*, now: datetime) -> dict[str, Any]:
    """Return what the front page says about the offices today."""
    book, directory = current()
    board = build(book, directory, on=local(now).date(), now=now)
    told = of_day(board)
    shut = [(label, count) for state, label, _k, _i, count in told["tally"] if state != "open"]
    return told | {"shut": [(label, count) for label, count in shut if count]}


@require_safe
def index(request: PortalRequest) -> HttpResponse:
    """Show how the offices stand, and find some."""
    board, book, directory = board_of(request)
    wanted = searching.read(request.GET, directory)
    version = searching.service_of(wanted)
    found = searching.matching(board, wanted, version, directory)
    grouping = Grouping(book, board.at)
    by_distance = searching.point_of(wanted, directory) is not None
    if not by_distance:
        found = grouping.ordered(found)
    pages = max(1, -(-len(found) // PER_PAGE))
    page = min(max(1, wanted.page), pages)
    served_by = searching.serving(wanted, version)
    rows = found[(page - 1) * PER_PAGE : page * PER_PAGE]
    context = of_day(board) | {
        "wanted": wanted,
        "found": len(found),
        "meant": "" if found else searching.meant(wanted.typed, directory),
        "groups": grouping.groups(rows, among=() if by_distance else found),
        "page": page,
        "pages": pages,
        "previous": wanted.query(page=page - 1) if page > 1 else "",
        "following": wanted.query(page=page + 1) if page < pages else "",
        "steps": searching.steps(wanted, directory),
        "source": source(),
        "states": list(names.STATES.items()),
        "services": [(v.code, v.service.title) for v in catalogue.published()],
        "version": version,
        "serving": next((row for row in board.rows if row.office.code == served_by), None),
        "place": directory.regions.get(wanted.region, ""),
    }
    return reply.page(request, "portal/offices/index.html", context, part="found")


@require_safe
def show(request: PortalRequest, code: str) -> HttpResponse:
    """Show one office: now, the days ahead, its services, and where else to go."""
    now = clock.now()
    book, directory = current()
    office = detail.office_of(directory, code)
    on = day_wanted(request.GET.get("on", ""), now=now)
    board = build(book, directory, on=on, now=now)
    row = next(row for row in board.rows if row.office.code == code)
    answer = book.in_force(code, at=moment_of(on, now=now))
    share = answer.rooms.max_share.value
    context = of_day(board) | {
        "office": office,
        "row": row,
        "standing": row.standing,
        "title": detail.title_of(row.standing),
        "meaning": names.MEANINGS[row.standing.state],
        "answer": answer,
        "days": detail.days(book, code, since=on),
        "ways": detail.ways(answer, office),
        "given": detail.services(book, office, at=answer.at),
        "protocol": detail.protocol(answer),
        "counter_reasons": detail.counter_reasons(answer),
        "priority": names.named(names.GROUPS, answer.services.priority.value),
        "neighbours": detail.neighbours(office, board.rows),
        "same_place": detail.same_place(office, directory),
        "share": "" if share is None else percent(share),
    }
    return reply.page(request, "portal/offices/show.html", context)


@require_safe
def on_paper(request: PortalRequest) -> HttpResponse:
    """Show every office, close together, to print."""
    board, _book, directory = board_of(request)
    context = of_day(board) | {"groups": by_city(board, directory)}
    return reply.page(request, "portal/offices/print.html", context)


def by_city(board: Board, directory: Directory) -> list[tuple[str, list[Row]]]:
    """Return the rows of each city, those of the province first."""
    cities = [("", _("Province")), *directory.cities]
    groups = [
        (name, [row for row in board.rows if row.office.city == code]) for code, name in cities
    ]
    return [(name, rows) for name, rows in groups if rows]


@require_safe
def press(request: PortalRequest) -> HttpResponse:
    """List what is not open as usual, with the reason and until when."""
    board, _book, _directory = board_of(request)
    context = of_day(board) | {"groups": press_groups(board)}
    return reply.page(request, "portal/offices/press.html", context)


def press_groups(board: Board) -> list[tuple[Standing, list[Row]]]:
    """Return the offices that are not open as usual, by what is so for the same reason."""
    groups: defaultdict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in board.rows:
        if not row.standing.is_usual:
            said = (row.standing.state, row.standing.why, row.standing.until)
            groups[said].append(row)
    return [(rows[0].standing, rows) for rows in groups.values()]
