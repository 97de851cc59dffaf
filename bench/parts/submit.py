"""Sending an application: validation, case, events, clock and outbox, in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
from django.db import connection
from psycopg.types.json import Jsonb

from bench import bare, cast, cpu
from bench.counting import counted
from bench.figures import Figure, times
from bench.web import Call, Server, queries_of, serving
from loket.cases import queries
from loket.cases import services as cases
from loket.cases.models import Draft
from loket.kernel import clock
from loket.people import queries as people

REQUESTS = 300
REHEARSALS = 20
AIM = 8
LIMIT_IS = (
    "the statements that a submit needs, written by hand, in one transaction of a bare driver"
)


def measure() -> list[Figure]:
    """Return what a submit costs by the service alone, and by the portal's POST."""
    at = clock.now()
    before = bare_submits(), bare_submits(is_signed_in=True)
    service = by_service(cast.drafts(REQUESTS + REHEARSALS, at=at))
    drafts = cast.drafts(2 * REQUESTS + REHEARSALS + 1, at=at)
    with serving() as server:
        portal = by_portal(server, calls(drafts))
    after = bare_submits(), bare_submits(is_signed_in=True)
    # The lower of two: the first ones meet what loading left in the caches.
    limit, with_who = (min(pair) for pair in zip(before, after, strict=True))
    return [
        times("submit, service", service["cpu_ms"], limit=limit, limit_is=LIMIT_IS, aim=AIM,
              detail=service),
        times("submit, portal POST", portal["cpu_ms"], limit=with_who,
              limit_is=f"{LIMIT_IS}; who asks, too", aim=AIM, detail=portal),
    ]  # fmt: skip


def by_service(drafts: list[Draft]) -> dict[str, Any]:
    """Send drafts by the service function, in this process."""
    for draft in drafts[:REHEARSALS]:
        send(draft)
    spent = cpu.in_blocks(cpu.in_process(), send, drafts[REHEARSALS:])
    (last,) = cast.drafts(1, at=clock.now())
    with counted() as statements:
        send(last)
    return {
        "requests": REQUESTS,
        "cpu_ms": round(spent, 3),
        "queries": len(statements),
    }


def send(draft: Draft) -> None:
    """Send a draft as a face does: find the actor, fetch the draft, submit it."""
    at = clock.now()
    actor = people.actor_for(draft.resident.account, at=at)
    found = queries.draft(code=draft.code, actor=actor)
    cases.submit(draft=found, actor=actor, at=at)


def calls(drafts: list[Draft]) -> list[Call]:
    """Return the POST that sends each draft, by its own resident."""
    token = "b" * 32
    browsers = cast.signed_in(draft.resident.account for draft in drafts)
    return [
        Call(
            path=f"/apply/{draft.code}/check/",
            cookies=cookies | {"csrf": token},
            form=f"declared=on&csrfmiddlewaretoken={token}",
            status=303,
        )
        for draft, cookies in zip(drafts, browsers, strict=True)
    ]


def by_portal(server: Server, sending: list[Call]) -> dict[str, Any]:
    """Send drafts by the portal."""
    one, *rest = sending
    queries_sent = queries_of(one)
    server.warm_up(Call(path="/status/"))
    server.measure(rest[:REHEARSALS], together=rest[:1])
    ready = rest[REHEARSALS:]
    measured = server.measure(ready[:REQUESTS], together=ready[REQUESTS:])
    return measured | {"queries": queries_sent}


@dataclass(frozen=True)
class Sent:
    """A draft that the bare driver turns into a case."""

    draft: Draft
    session: str


def bare_submits(*, is_signed_in: bool = False) -> float:
    """Return what the same costs a bare driver."""
    drafts = cast.drafts(REQUESTS + REHEARSALS, at=clock.now())
    browsers = cast.signed_in(draft.resident.account for draft in drafts)
    session = [next(iter(cookies.values())) for cookies in browsers]
    things = [Sent(d, s if is_signed_in else "") for d, s in zip(drafts, session, strict=True)]
    connection.close()
    with bare.connect() as driver:
        return bare.cost(driver, submit, things, rehearsals=REHEARSALS)


def submit(cursor: psycopg.Cursor, sent: Sent) -> None:
    """Read what a submit must know, and write what it must keep."""
    draft = sent.draft
    if sent.session:
        bare.run(cursor, bare.who(sent.session, draft.resident.account_id))
    bare.run(cursor, asked(draft))
    unit, path = find_unit(cursor)
    case = store_case(cursor, draft, unit=unit, path=path)
    keep(cursor, draft, case=case, path=path)


def asked(draft: Draft) -> Iterator[bare.Statement]:
    """Yield what is asked before anything is written."""
    yield DRAFT, [draft.code]
    yield PAPERS, [draft.pk]
    yield CONTACTS, [draft.resident_id]
    yield IS_VILLAGE, [cast.VILLAGE]
    yield bare.CALENDAR, [["/31/", "/31/31-DUKCAPIL/"], "2026-01-01", "2027-12-31"]


DRAFT = """
SELECT d.id, d.answers, d.revision, r.id, a.full_name, a.language, v.version, v.digest
FROM cases_draft d JOIN people_resident r ON r.id = d.resident_id
JOIN people_account a ON a.id = r.account_id
JOIN catalogue_serviceversion v ON v.id = d.service_version_id
WHERE d.code = %s FOR UPDATE OF d
"""
PAPERS = """
SELECT f.id, f.ref, f.owner, t.question
FROM cases_attachment t JOIN files_storedfile f ON f.id = t.file_id WHERE t.draft_id = %s
"""
CONTACTS = """
SELECT kind, value FROM people_contactpoint WHERE resident_id = %s ORDER BY verified_at, id
"""
IS_VILLAGE = """
SELECT 1 FROM organisation_unit
WHERE code = %s AND function = 'government' AND kind = 'village' AND valid_to IS NULL
"""


def find_unit(cursor: psycopg.Cursor) -> tuple[int, str]:
    """Return the key and the path of the unit that serves the address."""
    cursor.execute(
        "SELECT u.id, u.path, u.name, o.address, o.time_zone FROM organisation_unit u "
        "LEFT JOIN organisation_office o ON o.unit_id = u.id WHERE u.function = %s "
        "AND u.region = ANY(%s) AND u.valid_to IS NULL ORDER BY length(u.region) DESC",
        ["civil_registry", ["31", "31.74", "31.74.04", cast.VILLAGE]],
    )
    found = cursor.fetchall()[0]
    return int(found[0]), str(found[1])


def store_case(cursor: psycopg.Cursor, draft: Draft, *, unit: int, path: str) -> int:
    """Write the row of the case."""
    cursor.execute(
        "INSERT INTO cases_case (code, service_version_id, service_code, unit_id, unit_path, "
        "resident_id, channel, title, applicant, contact, answers, added, effects, returned, "
        "duplicate_key, state, state_kind, state_since, submitted_at, due_on) VALUES (%s, %s, "
        "'BIRTH', %s, %s, %s, 'web', 'Melati', 'Ayu Lestari', %s, %s, '{}', '[]', '{}', %s, "
        "'submitted', 'officer', now(), now(), now()) RETURNING id",
        [
            draft.code, draft.service_version_id, unit, path, draft.resident_id,
            Jsonb({"language": "id", "email": "a@warga.example"}), Jsonb(draft.answers),
            draft.code * 5,
        ],
    )  # fmt: skip
    (number,) = cursor.fetchone() or (0,)
    return int(number)


def keep(cursor: psycopg.Cursor, draft: Draft, *, case: int, path: str) -> None:
    """Write the event, the message, its job, and whose the papers are; remove the draft."""
    subject = f"case:{draft.code}"
    cursor.execute(
        "INSERT INTO journal_entry (at, name, subject, actor, actor_name, facts) "
        "VALUES (now(), 'case.submitted', %s, %s, 'Ayu Lestari', %s)",
        [subject, f"account:{draft.resident.account_id}", Jsonb({"unit": path, "version": 1})],
    )
    cursor.execute(
        "INSERT INTO messaging_message (key, notice, subject, channel, address, language, title, "
        "body, spare_address, spare_body, is_secret, state, tries, error, queued_at) "
        "VALUES (%s, 'case_received', %s, 'email', 'a@warga.example', 'id', 'Permohonan', %s, "
        "'', '', false, 'queued', 0, '', now()) RETURNING id",
        [f"{subject}:case_received:", subject, "Permohonan Anda sudah kami terima. " * 16],
    )
    (message,) = cursor.fetchone() or (0,)
    cursor.execute(
        "INSERT INTO jobs_job (ref, task, arguments, queue, priority, state, attempts, "
        "max_attempts, run_at, queued_at, worker, error) VALUES (%s, "
        "'loket.messaging.tasks.deliver', %s, 'default', 0, 'ready', 0, 8, now(), now(), '', '')",
        [subject, Jsonb({"args": [], "kwargs": {"message_id": message}})],
    )
    cursor.execute(
        "UPDATE cases_attachment SET draft_id = NULL, case_id = %s WHERE draft_id = %s",
        [case, draft.pk],
    )
    cursor.execute(
        "UPDATE files_storedfile SET owner = %s, expires_at = NULL WHERE owner = %s",
        [subject, draft.subject],
    )
    cursor.execute("DELETE FROM cases_draft WHERE id = %s", [draft.pk])
