"""The list that staff work from, on its first page and deep inside."""

from __future__ import annotations

from http.client import HTTPConnection

from django.db.models import Count

from bench import cast
from bench.figures import Figure, at_most
from bench.web import Call, Server, queries_of, send, serving
from loket.cases.models import Case
from loket.organisation.models import Unit

REQUESTS = 150
AIM_MS = 30
DEEP = 12
"""Pages to turn before the deep one."""

TABS = ("officer", "closed")


def measure() -> list[Figure]:
    """Return the server's time for pages of an officer and of the head of a city."""
    calls = pages()
    with serving() as server:
        return [figure for name, call in calls for figure in page(server, name, call)]


def pages() -> list[tuple[str, Call]]:
    """Return the pages that are measured, by what they are called."""
    by_size = Case.objects.values("unit").annotate(n=Count("pk")).order_by("n")
    units = [row["unit"] for row in by_size]
    busy, quiet = Unit.objects.get(pk=units[-1]), Unit.objects.get(pk=units[0])
    city = Unit.objects.get(code="31.74-DUKCAPIL")
    staff = {
        "officer of the busiest unit": cast.employ("bench-busy", busy, "officer"),
        "officer of the quietest unit": cast.employ("bench-quiet", quiet, "officer"),
        "head of a city": cast.employ("bench-city", city, "head"),
    }
    browsers = cast.signed_in(staff.values())
    return [
        (f"{who}, {tab}", Call(path=f"/desk/cases/?tab={tab}", cookies=cookies))
        for who, cookies in zip(staff, browsers, strict=True)
        for tab in TABS
    ]


def page(server: Server, name: str, first: Call) -> list[Figure]:
    """Measure a list's first page and one far behind it."""
    server.warm_up(first)
    found = [figure(server, f"worklist, {name}, first page", first)]
    if deep := turned(server.connect(), first):
        found.append(figure(server, f"worklist, {name}, page {DEEP + 1}", deep))
    return found


def turned(connection: HTTPConnection, call: Call) -> Call | None:
    """Turn pages as somebody reads on; None if the list ends before."""
    for _page in range(DEEP):
        body = send(connection, call).decode()
        _before, found, after = body.partition("after=")
        if not found:
            return None
        place = after.partition('"')[0].partition("&")[0]
        path = call.path.partition("&after=")[0]
        call = Call(path=f"{path}&after={place}", cookies=call.cookies)
    return call


def figure(server: Server, name: str, call: Call) -> Figure:
    """Measure one page: what 95 of 100 requests cost the server at most."""
    detail = server.measure([call] * REQUESTS) | {"queries": queries_of(call)}
    return at_most(
        f"{name}, p95 of server time",
        detail["cpu_ms_percentiles"]["p95"],
        unit="ms",
        aim=AIM_MS,
        detail=detail,
    )
