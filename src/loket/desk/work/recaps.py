"""The recap of a month: one's own, of a unit, or of one person in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.utils.dateformat import format as written
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loket.desk.requests import DeskRequest, staff_only
from loket.documents.rendering.recaps import recap
from loket.kernel import clock
from loket.kernel.errors import NotFound
from loket.organisation import queries as organisation
from loket.organisation.models import Unit
from loket.ui import reply
from loket.workforce import queries
from loket.workforce.access import VALIDATE
from loket.workforce.queries import RecapPerson

from . import days, sheets, tables

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Asked:
    """What the address asks for, and what was found."""

    month: date
    unit: Unit | None
    person: RecapPerson | None
    """None: everybody of the unit."""
    people: list[RecapPerson]
    query: dict[str, str]

    @property
    def table(self) -> tables.Table:
        """Return the days of one person, or the people of a unit."""
        if self.person is not None:
            return tables.of_days(self.person)
        return tables.of_people(self.people)

    def other(self, **changed: str) -> str:
        """Return the address again, with something else in it."""
        return "?" + urlencode({**self.query, **changed})


def asked(request: DeskRequest) -> Asked:
    """Return the month, and whose recap is asked for: without a unit, one's own.

    :raises NotAllowed: if the actor may not see the recap of the unit.
    :raises NotFound: if nobody of that name handed anything in.
    """
    month = days.month(request.GET.get("month", ""), at=clock.now())
    query = {"month": month.strftime("%Y-%m")}
    code, username = request.GET.get("unit", ""), request.GET.get("person", "")
    if not code:
        own = queries.recap_of(account=request.user, month=month)
        return Asked(month, None, own, [own], query)
    unit = organisation.unit(code)
    people = queries.recap_of_unit(unit=unit, month=month, actor=request.actor)
    query["unit"] = code
    if not username:
        return Asked(month, unit, None, people, query)
    named = [each for each in people if each.account.username == username]
    if not named:
        raise NotFound(_("There is no such recap."))
    return Asked(month, unit, named[0], named, {**query, "person": username})


@require_safe
@staff_only
@reply.private
def show(request: DeskRequest) -> HttpResponse:
    """Show the recap of a month."""
    found = asked(request)
    table = found.table
    last = found.month - DAY
    following = queries.month_of(found.month)[1]
    context = {
        "found": found,
        "heads": table.read,
        "rows": list(rows(table, found)),
        "total": named(table, table.total),
        "before": found.other(month=last.strftime("%Y-%m")),
        "after": found.other(month=following.strftime("%Y-%m"))
        if following <= organisation.today(None, at=clock.now())
        else "",
        "query": found.other(),
        "units": organisation.by_path(request.actor.scopes(VALIDATE)),
        "is_own": found.unit is None,
    }
    return reply.page(request, "desk/work/recap.html", context)


def rows(table: tables.Table, found: Asked) -> Iterator[dict[str, Any]]:
    """Yield each row with its headings, and where a person's name leads."""
    for place, row in enumerate(table.rows):
        person = None if found.person else found.people[place]
        url = found.other(person=person.account.username) if person else ""
        yield {**named(table, row), "url": url}


def named(table: tables.Table, row: tuple[tables.Cell, ...]) -> dict[str, Any]:
    """Return the first cell of a row, and the others with their headings."""
    first, *rest = (tables.as_text(cell) for cell in row)
    return {"first": first, "rest": list(zip(table.read[1:], rest, strict=True))}


@require_safe
@staff_only
def file(request: DeskRequest, kind: str) -> HttpResponse:
    """Give the recap as a sheet or on paper.

    :raises NotFound: if it is asked for as something else.
    """
    found = asked(request)
    who = found.person.account.username if found.person else found.unit and found.unit.code
    name = f"rekap-{found.query['month']}-{who}"
    if kind == "xlsx":
        lines = tables.of_lines(found.people)
        return sheets.answer(name, {_("Recap"): found.table, _("Lines"): lines})
    if kind == "pdf":
        data = recap(facts(found), get_language() or "id", at=clock.now())
        return reply.download(data, name=f"{name}.pdf", media_type="application/pdf")
    raise NotFound(_("A recap comes as xlsx or pdf."))


def facts(found: Asked) -> dict[str, Any]:
    """Return what is printed."""
    table, about = found.table, [written(found.month, "F Y")]
    if found.person is not None:
        about.insert(0, str(found.person.account))
    return {
        "title": _("Recap of daily work"),
        "office": found.unit.name if found.unit else "",
        "about": about,
        "heads": table.read,
        "rows": [[tables.as_text(cell) for cell in row] for row in table.rows],
        "total": [tables.as_text(cell) for cell in table.total],
        "numbers": table.numbers,
        "wide": table.wide,
    }
