"""Whom somebody met: 60,000 staff over two weeks, on PostgreSQL and on SQLite.

Half of the staff are in on each day, in rooms of 25, with a while in a room that ten rooms
share: 1.26 million stays. Everybody who came had a turn, too, as a published roster gives it,
and clocked in and out.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bench.figures import Figure, at_most, percentiles, say

STAFF, DAYS, SHARE, LATE = 60_000, 14, 0.5, 0.01
PER_ROOM, ROOMS_PER_UNIT, ROOMS_PER_HALL = 25, 4, 10
CASES, SEED = (1, 10, 100), 2020
FIRST = 10_000_000
"""Where our keys begin, far from whatever is stored."""
AT = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
AIM = {1: 100.0, 10: 1000.0, 100: 10_000.0}


def measure() -> list[Figure]:
    """Return the cost of finding whom one, ten and a hundred people met, on both engines."""
    here = found()
    with tempfile.TemporaryDirectory() as folder:
        env = {k: v for k, v in os.environ.items() if k != "LOKET_DATABASE"}
        told = subprocess.run(
            [sys.executable, "-m", "bench.parts.tracing"],
            env=env | {"LOKET_DATA": folder, "LOKET_FILES": folder},
            stdout=subprocess.PIPE,
            check=True,
        )
    apart = json.loads(told.stdout)
    return [*figures("PostgreSQL", here), *figures("SQLite", apart)]


def figures(engine: str, values: dict[str, Any]) -> Iterator[Figure]:
    """Yield one figure for each number of cases."""
    for cases in CASES:
        detail = dict(values[str(cases)])
        yield at_most(
            f"contacts of {cases} of 60,000 staff over 14 days, {engine}",
            detail.pop("ms"),
            unit="CPU ms",
            aim=AIM[cases],
            detail=detail | {"stays": values["stays"]},
        )


def found() -> dict[str, Any]:
    """Fill the database of this process and ask it."""
    from django.db import connection  # noqa: PLC0415 -- needs Django

    from bench import cpu  # noqa: PLC0415 -- needs Django
    from loket.workforce import queries  # noqa: PLC0415 -- needs Django

    begun = time.monotonic()
    stays = fill()
    say(f"  {stays} stays stored in {time.monotonic() - begun:.0f} s")
    is_apart = connection.vendor == "sqlite"  # Nothing but this process works then.
    meter = cpu.Meter([os.getpid()]) if is_apart else cpu.in_process()
    chance, values = random.Random(SEED), {"stays": stays}
    since, until = AT.date() - timedelta(days=DAYS), AT.date() + timedelta(days=1)
    for cases in CASES:
        spent, walls, met = [], [], 0
        for _round in range(100 // cases if cases > 1 else 100):
            people = chance.sample(range(STAFF), cases)
            started = time.perf_counter()
            meter.start()
            for person in people:
                contacts = queries.contacts(FIRST + person, since=since, until=until, at=AT)
                met += len(contacts)
            spent.append(meter.stop())
            walls.append((time.perf_counter() - started) * 1000)
        shares = percentiles(spent)
        values[str(cases)] = {
            "ms": shares["p95"],
            "cpu_ms_percentiles": shares,
            "wall_ms_percentiles": percentiles(walls),
            "contacts_each": round(met / (len(spent) * cases), 1),
        }
    return values


def fill() -> int:
    """Store people, rooms, rosters and stays; return how many stays."""
    from django.db import connection, transaction  # noqa: PLC0415 -- needs Django

    units = STAFF // (PER_ROOM * ROOMS_PER_UNIT)
    rooms = STAFF // PER_ROOM
    halls = rooms // ROOMS_PER_HALL
    days = [AT.date() - timedelta(days=n) for n in range(DAYS)]
    with transaction.atomic():
        pour(
            "organisation_place", [{"id": FIRST, "code": "TRACED", "name": "B", "address": "B"}]
        )
        pour("organisation_unit", (unit(n) for n in range(units)))
        pour("organisation_room", (room(n, n // ROOMS_PER_UNIT) for n in range(rooms + halls)))
        pour("people_account", (account(n) for n in range(STAFF)))
        pour("workforce_roster", (roster(n, days) for n in range(units)))
        pour("workforce_rosterday", (roster_day(n, days, units) for n in range(units * DAYS)))
        came = [(n, on) for on in days for n in range(STAFF) if is_in(n, on)]
        pour("workforce_turn", (turn(i, n, on) for i, (n, on) in enumerate(came)))
        pour("workforce_stay", stays_of(came, rooms))
        pour("workforce_clocking", clockings_of(came))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return 3 * len(came)


def is_in(person: int, on: date) -> bool:
    return random.Random(person * 1000 + on.toordinal()).random() < SHARE


def at_office(on: date, hour: int, minute: int = 0) -> datetime:
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=UTC)


def unit(n: int) -> dict[str, Any]:
    code = f"TRACED-{n}"
    return {
        "id": FIRST + n, "code": code, "name": code, "kind": "service_point",
        "function": "civil_registry", "path": f"/{code}/", "region": "31",
        "valid_from": date(2000, 1, 1),
    }  # fmt: skip


def room(n: int, of: int) -> dict[str, Any]:
    return {
        "id": FIRST + n, "code": f"TRACED-{n}", "name": "R", "place_id": FIRST,
        "unit_id": FIRST + min(of, STAFF // (PER_ROOM * ROOMS_PER_UNIT) - 1), "floor": "1",
        "capacity": PER_ROOM,
    }  # fmt: skip


def account(n: int) -> dict[str, Any]:
    return {
        "id": FIRST + n, "username": f"traced-{n}", "password": "!", "is_superuser": False,
        "first_name": "", "last_name": "", "email": "", "is_staff": False, "is_active": True,
        "date_joined": AT, "kind": "staff", "full_name": f"Pegawai {n}", "language": "id",
    }  # fmt: skip


def roster(n: int, days: list[date]) -> dict[str, Any]:
    return {
        "id": FIRST + n, "code": f"B{n:06}", "unit_id": FIRST + n, "starts_on": min(days),
        "ends_on": max(days) + timedelta(days=1), "state": "published", "cause": "",
        "edition": 0, "revision": 1, "teams": 0, "found": "{}", "planned_at": AT,
        "planned_by": "bench", "published_by": "", "block": "week", "kept_home": "[]",
    }  # fmt: skip


def roster_day(n: int, days: list[date], units: int) -> dict[str, Any]:
    return {
        "id": FIRST + n, "unit_id": FIRST + n % units, "on": days[n // units],
        "roster_id": FIRST + n % units,
    }  # fmt: skip


def turn(i: int, person: int, on: date) -> dict[str, Any]:
    return {
        "id": FIRST + i, "roster_id": FIRST + person // (PER_ROOM * ROOMS_PER_UNIT),
        "account_id": FIRST + person, "on": on, "shift": "", "starts_at": at_office(on, 0, 30),
        "ends_at": at_office(on, 9), "room_id": FIRST + person // PER_ROOM, "is_locked": False,
        "team": 0, "changed_at": AT,
    }  # fmt: skip


def stays_of(came: list[tuple[int, date]], rooms: int) -> Iterator[dict[str, Any]]:
    """Yield three stays of each day that somebody came: room, shared room, room again."""
    chance = random.Random(SEED)
    for i, (person, on) in enumerate(came):
        own = person // PER_ROOM
        starts = at_office(on, 0, 15) + chance.randrange(30) * MINUTE
        break_at = at_office(on, 4, 30) + chance.randrange(90) * MINUTE
        back_at = break_at + chance.randrange(20, 40) * MINUTE
        ends = at_office(on, 8, 45) + chance.randrange(60) * MINUTE
        spans = ((own, starts, break_at), (rooms + own // ROOMS_PER_HALL, break_at, back_at),
                 (own, back_at, ends))  # fmt: skip
        for part, (where, since, until) in enumerate(spans):
            yield {
                "id": FIRST + 3 * i + part, "account_id": FIRST + person,
                "room_id": FIRST + where, "on": on, "starts_at": since, "ends_at": until,
                "source": "clock", "source_key": f"bench-{i}-{part}",
            }  # fmt: skip


def clockings_of(came: list[tuple[int, date]]) -> Iterator[dict[str, Any]]:
    """Yield a clocking in and one out of each; one of a hundred came in late."""
    chance = random.Random(SEED)
    for i, (person, on) in enumerate(came):
        for part, (kind, hour) in enumerate((("in", 0), ("out", 9))):
            moment = at_office(on, hour, chance.randrange(60))
            yield {
                "id": FIRST + 2 * i + part, "account_id": FIRST + person,
                "unit_id": FIRST + person // (PER_ROOM * ROOMS_PER_UNIT),
                "key": f"bench-{i}-{part}", "kind": kind, "way": "place", "on": on,
                "counts_at": moment, "received_at": moment, "claimed_at": moment,
                "is_offline": chance.random() < LATE, "confirmed_by": "", "flags": "[]",
            }  # fmt: skip


def pour(table: str, rows: Iterable[dict[str, Any]]) -> None:
    """Write rows into a table as fast as its engine takes them; what is not given is null."""
    from django.db import connection  # noqa: PLC0415 -- needs Django

    ordered = iter(rows)
    first = next(ordered)
    names = ", ".join(f'"{name}"' for name in first)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                for row in (first, *ordered):
                    copy.write_row(tuple(row.values()))
            return
        marks = ", ".join(["%s"] * len(first))
        values = (tuple(map(stored, row.values())) for row in chained(first, ordered))
        cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', values)


def chained(first: dict[str, Any], rest: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    yield first
    yield from rest


def stored(value: object) -> object:
    """Return a value as SQLite keeps it."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(sep=" ")
    return value.isoformat() if isinstance(value, date) else value


def main() -> None:
    """Measure on the SQLite of a folder of its own, and print what was found."""
    os.environ.setdefault("LOKET_SECRET_KEY", "only-for-measuring-0123456789-0123456789-0123")
    os.environ["DJANGO_SETTINGS_MODULE"] = "loket.site.settings"
    os.environ["LOKET_LOG_LEVEL"] = "ERROR"
    import django  # noqa: PLC0415 -- reads the settings made above

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 -- needs Django

    call_command("migrate", verbosity=0)
    print(json.dumps(found()))


if __name__ == "__main__":
    main()
