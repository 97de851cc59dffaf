"""What holds where: one answer, the board of all offices, and a circular for the province."""

from __future__ import annotations

import resource
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bench import cast, cpu
from bench.figures import Figure, at_most
from bench.web import Call, queries_of, serving
from loket.cases.models import Case, DueMove
from loket.cases.services.rescheduling import reschedule
from loket.kernel import clock
from loket.kernel.access import Actor
from loket.organisation.models import Unit
from loket.people import queries as people
from loket.policies import queries, services
from loket.policies.rules import parse

TIMELINE = Path(services.__file__).parents[1] / "data" / "jakarta-2020-2025.yaml"
ANSWERS = 20_000
REQUESTS = 60
DAYS = 14
ACTOR = Actor.system("bench")
CIRCULAR = """
format: 1
issuer: Gubernur DKI Jakarta
number: 1/SE/BENCH
date: {date}
title: {{ id: Penghentian layanan tatap muka, en: Counters closed }}
effective: {{ from: {start}, through: {end} }}
provisions:
  - {{ article: "1", kind: counters, state: online_only, scope: {{ units: ["31"] }} }}
  - {{ article: "2", kind: clock, suspended: true, scope: {{ units: ["31"] }} }}
"""


def measure() -> list[Figure]:
    """Return the cost of asking, of the board, and of simulating and enacting."""
    at = clock.now()
    text = TIMELINE.read_text(encoding="utf-8")
    timeline = parse.load_timeline(text, name=TIMELINE.name)
    services.load_timeline(timeline=timeline, actor=ACTOR, at=at)
    return [*asking(at), *board(), *changing(at)]


def asking(at: datetime) -> list[Figure]:
    """Measure one answer, and all units over two weeks, once without and once with a memory."""
    begun = time.process_time()
    book = queries.book()
    loaded = (time.process_time() - begun) * 1000
    units = [unit.code for unit in Unit.objects.all()]
    days = [at.date() + timedelta(days=n) for n in range(DAYS)]
    cold = spent(lambda: book.states(units, days))
    warm = spent(lambda: book.states(units, days))
    begun = time.process_time()
    for n in range(ANSWERS):
        queries.in_force(
            unit=units[n % len(units)], at=at + timedelta(hours=n % 336), book=book
        )
    each = (time.process_time() - begun) / ANSWERS * 1e6
    size = {"units": len(units), "days": DAYS, "load_ms": round(loaded, 1)}
    return [
        at_most("in_force for one office and moment", each, unit="CPU µs", aim=50, detail=size),
        at_most(
            "states of all offices, just loaded", cold, unit="CPU ms", aim=400, detail=size
        ),
        at_most("states of all offices", warm, unit="CPU ms", aim=50, detail=size),
    ]


def spent(work: Any) -> float:
    """Return the CPU milliseconds that something takes."""
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1000


def board() -> list[Figure]:
    """Measure the public pages that show offices."""
    found = []
    with serving() as server:
        for name, path in (
            ("board", "/offices/"),
            ("board, searched", "/offices/?q=Pejaten"),
            ("one office", "/offices/31.74.04.1006-DUKCAPIL/"),
        ):
            call = Call(path=path)
            server.warm_up(call)
            detail = server.measure([call] * REQUESTS) | {"queries": queries_of(call)}
            found.append(
                at_most(
                    f"{name}, p95 of server time",
                    detail["cpu_ms_percentiles"]["p95"],
                    unit="ms",
                    aim=50,
                    detail=detail,
                )
            )
    return found


def changing(at: datetime) -> list[Figure]:
    """Measure a circular that stops all clocks of the province for two weeks."""
    # What was made by SQL has made-up due dates: all open cases come in today, and the law
    # sets when they are due; so each of them moves.
    Case.objects.open().update(submitted_at=at)
    reschedule(edition=queries.edition(), scopes=["/"], subject="bench", actor=ACTOR, at=at)
    province = Unit.objects.get(code="31")
    writer, signer = (
        people.actor_for(cast.employ(f"bench-{role}", province, role), at=at)
        for role in ("administrator", "executive")
    )
    start = at.date() + timedelta(days=1)
    text = CIRCULAR.format(date=at.date(), start=start, end=start + timedelta(days=13))
    definition = parse.load_circular(text, name="bench")
    circular = services.draft(circular=definition, actor=writer, at=at)
    made, simulating = measured(
        lambda: services.simulate(circular=circular, actor=writer, at=at)
    )
    before = DueMove.objects.count()
    _done, enacting = measured(
        lambda: services.enact(circular=circular, simulation=made, actor=signer, at=at)
    )
    moved = DueMove.objects.count() - before
    detail = {"open_cases": Case.objects.open().count(), "due_dates_moved": moved}
    return [
        at_most(f"{name} a circular for the province", cost.pop("cpu_s"), unit="CPU s", aim=10,
                detail=detail | cost)
        for name, cost in (("simulate", simulating), ("enact", enacting))
    ]  # fmt: skip


def measured(work: Any) -> tuple[Any, dict[str, float]]:
    """Return what something gives, and its cost here and in the database."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    meter, begun = cpu.in_process(), time.monotonic()
    meter.start()
    result = work()
    cost = {
        "cpu_s": meter.stop() / 1000,
        "wall_s": round(time.monotonic() - begun, 2),
        "peak_grew_mb": round(
            (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - peak) / 1024, 1
        ),
    }
    return result, cost
