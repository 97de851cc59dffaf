"""The limit: the statements that a request needs, run by a bare driver that prepares them.

Nothing is checked, rendered or decided here; it is only asked and stored. Statements are
written by hand, one for each thing that must be known or kept, so that they do not change
with the code that is measured.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import psycopg

from . import cpu

T = TypeVar("T")
Work = Callable[[psycopg.Cursor, T], None]
Statement = tuple[str, Sequence[Any]]


def connect() -> psycopg.Connection:
    """Return a connection that prepares every statement at its first use."""
    connection = psycopg.connect(os.environ["LOKET_DATABASE"], autocommit=True)
    connection.prepare_threshold = 0
    return connection


def cost(
    connection: psycopg.Connection,
    work: Work[T],
    things: Sequence[T],
    *,
    rehearsals: int = 20,
) -> float:
    """Return the CPU milliseconds of driver and database for one thing, after rehearsals."""
    with connection.cursor() as cursor:

        def once(thing: T) -> None:
            with connection.transaction():
                work(cursor, thing)

        for thing in things[:rehearsals]:
            once(thing)
        meter = cpu.Meter([os.getpid(), connection.info.backend_pid])
        return cpu.in_blocks(meter, once, things[rehearsals:])


def run(cursor: psycopg.Cursor, statements: Iterable[Statement]) -> None:
    """Send statements that ask, and read their answers."""
    for sql, parameters in statements:
        cursor.execute(sql, parameters)
        cursor.fetchall()


def who(session: str, account: int) -> list[Statement]:
    """Return what says who asks: the session and its account."""
    return [(SESSION, [session]), (ACCOUNT, [account])]


SESSION = """
SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > now()
"""
ACCOUNT = """
SELECT id, username, password, is_active, kind, full_name, language
FROM people_account WHERE id = %s
"""
CASE = """
SELECT c.id, c.code, c.title, c.applicant, c.contact, c.answers, c.returned, c.state,
  c.state_kind, c.state_since, c.submitted_at, c.due_on, c.closed_at, v.version, v.digest,
  u.name, u.path, o.address, o.time_zone, r.account_id
FROM cases_case c JOIN catalogue_serviceversion v ON v.id = c.service_version_id
JOIN organisation_unit u ON u.id = c.unit_id
LEFT JOIN organisation_office o ON o.unit_id = u.id
LEFT JOIN people_resident r ON r.id = c.resident_id
WHERE c.code = %s
"""
THROTTLE = """
INSERT INTO people_throttle ("key", "window", "tries") VALUES (%s, %s, 1)
ON CONFLICT ("key", "window") DO UPDATE SET "tries" = people_throttle."tries" + 1
RETURNING "tries"
"""
CALENDAR = """
SELECT d."on", d.kind, d.name, u.path FROM organisation_calendarday d
LEFT JOIN organisation_unit u ON u.id = d.unit_id
WHERE (d.unit_id IS NULL OR u.path = ANY(%s)) AND d."on" BETWEEN %s AND %s
"""
ENTRIES = (
    "SELECT id, at, name, subject, actor_name, facts FROM journal_entry WHERE subject = %s"
)
DOCUMENTS = """
SELECT id, code, title, number, state, issued_at, link FROM documents_document
WHERE subject_ref = %s ORDER BY id DESC
"""
PAUSES = "SELECT starts_at, ends_at FROM cases_pause WHERE case_id = %s ORDER BY starts_at"
