"""Fills the database with years of cases within minutes.

The rows are made by SQL in the database. What the measured services write is the same as
ever: secondary indexes are only gone while the rows are loaded.
"""

from __future__ import annotations

import json
import random
import time
from pathlib import Path
from typing import Any

from django.db import connection
from tests.catalogue.samples import sample

from loket.catalogue import queries as catalogue
from loket.catalogue.rules.format import Service
from loket.kernel import codes

from .figures import say

LOADED = (
    "cases_case", "journal_entry", "messaging_message", "files_storedfile",
    "cases_attachment", "documents_document", "people_account", "people_resident",
    "people_contactpoint", "documents_series",
)  # fmt: skip
SEED = 2020
SCRIPT = Path(__file__).with_name("load.sql")


def load(cases: int) -> None:
    """Store so many cases, nine of ten closed, over all service points."""
    begun = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("SET work_mem = '256MB'; SET maintenance_work_mem = '512MB'")
        cursor.execute(f"SELECT setseed({SEED % 100 / 100})")
        indexes = drop_indexes(cursor)
        describe(cursor, cases)
        for statement in SCRIPT.read_text(encoding="utf-8").split(";\n"):
            if statement.strip():
                cursor.execute(statement)
                say(f"  {time.monotonic() - begun:4.0f} s  {heading(statement)}")
        for index in indexes:
            cursor.execute(index)
        say(f"  {time.monotonic() - begun:4.0f} s  indexes")
        for table in LOADED:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, 'id'), (SELECT max(id) FROM "
                f'"{table}"))',
                [table],
            )
            cursor.execute(f'VACUUM ANALYZE "{table}"')
        cursor.execute("CHECKPOINT")
    # What was set for loading ends with the connection.
    connection.close()
    say(f"{cases} cases stored in {time.monotonic() - begun:.0f} s.")


def heading(statement: str) -> str:
    """Return how a statement begins."""
    lines = (line for line in statement.splitlines() if line and not line.startswith("--"))
    return " ".join(next(lines).split()[:4])


def drop_indexes(cursor: Any) -> list[str]:
    """Drop all indexes but primary keys and return what makes them again."""
    cursor.execute(
        "SELECT conrelid::regclass, conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE contype = 'u' AND conrelid::regclass::text = ANY(%s)",
        [list(LOADED)],
    )
    again = []
    for table, name, definition in cursor.fetchall():
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        again.append(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
    cursor.execute(
        "SELECT i.indexname, i.indexdef FROM pg_indexes i JOIN pg_class c "
        "ON c.relname = i.indexname JOIN pg_index x ON x.indexrelid = c.oid "
        "WHERE i.tablename = ANY(%s) AND NOT x.indisprimary",
        [list(LOADED)],
    )
    for name, definition in cursor.fetchall():
        cursor.execute(f'DROP INDEX "{name}"')
        again.append(str(definition))
    return again


def describe(cursor: Any, cases: int) -> None:
    """Write down where cases are, of which services, and under which codes."""
    cursor.execute(
        "CREATE UNLOGGED TABLE bench_point AS SELECT row_number() OVER (ORDER BY code) - 1 AS n, "
        "id AS unit_id, path, region FROM organisation_unit "
        "WHERE kind = 'service_point' AND function = 'civil_registry'"
    )
    cursor.execute(
        "CREATE UNLOGGED TABLE bench_service (n int, service_version_id bigint, "
        "service_code varchar(30), answers jsonb, region_at text[], officer text, head text, "
        "resident text, final text, days int)"
    )
    for n, version in enumerate(catalogue.published()):
        cursor.execute(
            "INSERT INTO bench_service VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [n, version.pk, *described(version.service)],
        )
    cursor.execute("CREATE UNLOGGED TABLE bench_code (i bigint, code varchar(12))")
    with cursor.copy("COPY bench_code FROM STDIN") as copy:
        for number, code in enumerate(new_codes(cases), start=1):
            copy.write_row((number, code))


def described(service: Service) -> list[Any]:
    """Return a service's code, sample answers, states by kind, and days."""
    states = service.workflow.states
    by_kind = {state.kind: state.name for state in reversed(states)}
    granted = next(state.name for state in states if state.outcome == "granted")
    named = [by_kind["officer"], by_kind.get("head"), by_kind["resident"], granted]
    answers = json.dumps(sample(service.code))
    at = [service.applicant_region, "region"]
    return [service.code, answers, at, *named, service.due_working_days]


def new_codes(count: int) -> list[str]:
    """Return different valid codes, the same ones in every run."""
    chance, found = random.Random(SEED), set[str]()
    while len(found) < count:
        body = "".join(chance.choices(codes.ALPHABET, k=codes.LENGTH))
        if sign := codes.check_sign(body):
            found.add(f"{body}-{sign}")
    return sorted(found, key=lambda code: code[::-1])
