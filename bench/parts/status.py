"""How an application stands: by code and contact for anyone, and for who signed in."""

from __future__ import annotations

from collections.abc import Sequence

import psycopg
from django.db import connection

from bench import bare, cast
from bench.figures import Figure, times
from bench.web import Call, Server, queries_of, serving
from loket.cases.models import Case

REQUESTS = 400
REHEARSALS = 20
AIM = 20
LIMIT_IS = "the statements that the page needs, written by hand, run by a bare driver"


def measure() -> list[Figure]:
    """Return what the public page and the resident's own page cost."""
    cases = some_cases(REQUESTS + REHEARSALS)
    with serving() as server:
        server.warm_up(Call(path="/status/"))
        return [public(server, cases), own(server, cases)]


def some_cases(count: int) -> list[Case]:
    """Return cases of residents, spread over all years."""
    cases = Case.objects.filter(resident__isnull=False).select_related("resident__account")
    (last,) = Case.objects.order_by("-pk").values_list("pk", flat=True)[:1]
    found = (cases.filter(pk__gte=1 + last * n // count).first() for n in range(count))
    return [case for case in found if case]


def public(server: Server, cases: Sequence[Case]) -> Figure:
    """Measure the look-up by code and contact, each from another address."""
    token = "b" * 32
    calls = [
        Call(
            path="/status/",
            cookies={"csrf": token},
            form=f"code={case.code}&contact={case.contact['email']}&csrfmiddlewaretoken={token}",
            address=f"10.{number // 250}.{number % 250}.1",
        )
        for number, case in enumerate(cases)
    ]
    detail = server.measure(calls[REHEARSALS:]) | {"queries": queries_of(calls[0])}
    limit = bare_cost(look_up, [(case, "") for case in cases])
    return times("status by code and contact", detail["cpu_ms"], limit=limit,
                 limit_is=LIMIT_IS, aim=AIM, detail=detail)  # fmt: skip


def own(server: Server, cases: Sequence[Case]) -> Figure:
    """Measure the page of a case for the resident who applied."""
    browsers = cast.signed_in(case.resident.account for case in cases if case.resident)
    calls = [
        Call(path=f"/cases/{case.code}/", cookies=cookies)
        for case, cookies in zip(cases, browsers, strict=True)
    ]
    server.measure(calls[:REHEARSALS])
    detail = server.measure(calls[REHEARSALS:]) | {"queries": queries_of(calls[0])}
    sessions = [next(iter(cookies.values())) for cookies in browsers]
    limit = bare_cost(read_page, list(zip(cases, sessions, strict=True)))
    return times("status page, signed in", detail["cpu_ms"], limit=limit,
                 limit_is=f"{LIMIT_IS}; who asks, too", aim=AIM, detail=detail)  # fmt: skip


Asked = tuple[Case, str]


def bare_cost(work: bare.Work[Asked], asked: Sequence[Asked]) -> float:
    connection.close()
    with bare.connect() as driver:
        return bare.cost(driver, work, asked, rehearsals=REHEARSALS)


def look_up(cursor: psycopg.Cursor, asked: Asked) -> None:
    """Count the try and fetch the case."""
    case, _session = asked
    bare.run(cursor, [(bare.THROTTLE, [f"bench:{case.pk}", 600]), (bare.CASE, [case.code])])


def read_page(cursor: psycopg.Cursor, asked: Asked) -> None:
    """Fetch who asks, the case, its documents, events, pauses and the calendar."""
    case, session = asked
    account = case.resident.account_id if case.resident else 0
    bare.run(cursor, bare.who(session, account))
    years = [f"{case.submitted_at.year}-01-01", f"{case.submitted_at.year + 1}-12-31"]
    bare.run(
        cursor,
        [
            (bare.CASE, [case.code]),
            (bare.DOCUMENTS, [case.subject]),
            (bare.ENTRIES, [case.subject]),
            (bare.PAUSES, [case.pk]),
            (bare.CALENDAR, [["/31/", "/31/31-DUKCAPIL/"], *years]),
        ],
    )
