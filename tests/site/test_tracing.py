"""``loket trace``: whom somebody met, by post, account or name."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from click.testing import CliRunner

from loket.journal.models import Entry
from loket.organisation.models import Place, Room
from loket.people import queries as people
from loket.people.models import Position
from loket.site.command import assembled
from loket.workforce.models import Stay

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)


@pytest.fixture
def met(budi, dewi, kelurahan):
    place = Place.objects.create(code="G-1", name="Gedung", address="Jl. Melati")
    room = Room.objects.create(
        code="R-1", name="Ruang pelayanan", place=place, unit=kelurahan, floor="1", capacity=9
    )
    for who, hours in ((budi, 3), (dewi, 2)):
        Stay.objects.create(
            account=people.account_of(who), room=room, on=date(2026, 3, 2), starts_at=NOON,
            ends_at=NOON + timedelta(hours=hours), source_key=who.ref,
        )  # fmt: skip
    return people.account_of(budi)


def run(*words: str):
    return CliRunner().invoke(assembled(), ["trace", *words])


@pytest.mark.parametrize("kind", ["post", "account", "username"])
def test_it_lists_contacts_with_rooms_and_minutes(met, kind):
    names = {
        "post": str(Position.objects.get(account=met).pk),
        "account": met.ref,
        "username": met.username,
    }
    answer = run("--position", names[kind], "--at", "2026-03-02T18:00")
    assert answer.exit_code == 0, answer.output
    assert [line.split() for line in answer.output.splitlines()] == [
        ["name", "close", "minutes", "last", "rooms"],
        ["Dewi", "Anggraini", "True", "120", "2026-03-02", "Ruang", "pelayanan"],
    ]


def test_json_says_each_time_and_the_journal_who_was_looked_up(met):
    answer = run("--position", met.username, "--at", "2026-03-02T13:00", "--json")
    [row] = json.loads(answer.output)
    assert row["occasions"] == [
        {
            "room": "Ruang pelayanan",
            "from": "2026-03-02T12:00:00+07:00",
            "to": "2026-03-02T13:00:00+07:00",
            "minutes": 60,
            "source": "clock",
        }
    ]
    entry = Entry.objects.get(name="incident.person_traced")
    assert (entry.subject, entry.actor) == (met.ref, "system:command")


def test_nobody_is_said_in_words(met):
    answer = run("--position", met.username, "--at", "2026-02-02T13:00")
    assert answer.output == "Nobody is known to have been in the same rooms.\n"
    answer = run("--position", met.username, "--at", "2026-02-02T13:00", "--json")
    assert json.loads(answer.output) == []


@pytest.mark.parametrize(
    "position", ["999999", "account:999999", "nobody", "account:x", "9" * 30]
)
def test_who_is_not_there_is_said(met, position):
    answer = run("--position", position, "--at", "2026-03-02T13:00")
    assert answer.exit_code == 1
    assert f"There is no post and nobody on the staff by “{position}”." in answer.output


def test_a_wrong_moment_is_a_wrong_call(met):
    assert run("--position", met.username, "--at", "yesterday").exit_code == 2
