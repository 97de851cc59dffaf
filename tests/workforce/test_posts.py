"""Skills, desks and counters."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from loket.journal.models import Entry
from loket.kernel.access import Actor
from loket.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from loket.organisation.models import Place, Room, Unit
from loket.people import queries as people
from loket.workforce import queries
from loket.workforce import services as workforce
from loket.workforce.models import Desk
from loket.workforce.services import CounterForm
from tests.conftest import employ

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.fixture
def nadia(kelurahan: Unit, at: datetime) -> Actor:
    return employ("nadia", "Nadia Putri", kelurahan, "personnel", "Analis kepegawaian", at)


@pytest.fixture
def rooms(kelurahan: Unit) -> list[Room]:
    place = Place.objects.create(code="G-1", name="Gedung", address="Jl. Melati 1")
    return [
        Room.objects.create(
            code=f"R-{n}", name=f"Ruang {n}", place=place, unit=kelurahan, floor="1", capacity=9
        )
        for n in range(3)
    ]


def test_skills_are_written_anew_and_journalled_once(budi: Actor, nadia: Actor, at: datetime):
    account = people.account_of(budi)
    for skills in (["counter", "signing"], ["signing", "cashier"], ["cashier", "signing"]):
        workforce.set_skills(account=account, skills=skills, actor=nadia, at=at)
    assert queries.skills_of([account.pk]) == {account.pk: {"cashier", "signing"}}
    entries = Entry.objects.filter(name="staff.skills_changed").order_by("id")
    assert [e.facts["skills"] for e in entries] == [
        ["counter", "signing"], ["cashier", "signing"],
    ]  # fmt: skip


def test_skills_are_for_personnel_and_the_head(
    budi: Actor, dewi: Actor, citra: Actor, at: datetime
):
    account = people.account_of(budi)
    workforce.set_skills(account=account, skills=["counter"], actor=dewi, at=at)
    for actor in (budi, citra):
        with pytest.raises(NotAllowed):
            workforce.set_skills(account=account, skills=[], actor=actor, at=at)
    with pytest.raises(Invalid):
        workforce.set_skills(account=account, skills=["juggling"], actor=dewi, at=at)


def test_desks_end_when_others_begin(budi: Actor, nadia: Actor, rooms, at: datetime):
    account = people.account_of(budi)
    later = DAY + timedelta(days=7)
    facts = {"account": account, "actor": nadia, "at": at}
    workforce.set_desks(rooms=rooms[:2], on=DAY, **facts)
    workforce.set_desks(rooms=rooms[:2], on=later, **facts)
    workforce.set_desks(rooms=rooms[1:], on=later, **facts)
    found = {
        on: [
            (d.room.code, d.is_main) for d in queries.desks_of([account.pk], on=on)[account.pk]
        ]
        for on in (DAY, later)
    }
    assert found == {
        DAY: [("R-0", True), ("R-1", False)],
        later: [("R-1", True), ("R-2", False)],
    }
    workforce.set_desks(rooms=[], on=DAY, **facts)
    assert (queries.desks_of([account.pk], on=later), Desk.objects.count()) == ({}, 0)


def test_counters_are_opened_changed_and_closed(
    kelurahan: Unit, dewi: Actor, citra: Actor, rooms, at: datetime
):
    form = CounterForm(title="Perekaman KTP-el", room=rooms[0], skill="biometric", people=2)
    facts = {"unit": kelurahan, "starts_on": DAY, "at": at}
    counter = workforce.open_counter(code="a1", form=form, actor=dewi, **facts)
    with pytest.raises(Conflict):
        workforce.open_counter(code="A1", form=form, actor=dewi, **facts)
    with pytest.raises(NotAllowed):
        workforce.open_counter(code="A2", form=form, actor=citra, **facts)
    ends_on = DAY + timedelta(days=30)
    changed = CounterForm(title="Perekaman", people=1, is_public=False, ends_on=ends_on)
    workforce.change_counter(counter=counter, form=changed, actor=dewi, at=at)
    row = queries.counter(kelurahan, "A1")
    assert (row.title, row.room, row.people, row.ends_on) == ("Perekaman", None, 1, ends_on)
    on = [queries.counters(kelurahan, on=day).count() for day in (DAY, ends_on)]
    assert on == [1, 0]
    entry = Entry.objects.filter(name="counter.changed").latest("id")
    assert entry.facts == {
        "unit": kelurahan.path,
        "counter": "A1",
        "starts_on": "2026-03-02",
        "ends_on": "2026-04-01",
    }
    with pytest.raises(NotFound):
        queries.counter(kelurahan, "ZZ")


@pytest.mark.parametrize(
    ("code", "form", "field"),
    [
        ("loket 1", CounterForm(title="Loket"), "code"),
        ("A1", CounterForm(title=" "), "title"),
        ("A1", CounterForm(title="Loket", skill="juggling"), "skill"),
        ("A1", CounterForm(title="Loket", people=0), "people"),
        ("A1", CounterForm(title="Loket", weight=10), "weight"),
        ("A1", CounterForm(title="Loket", ends_on=DAY), "ends_on"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_counter_that_cannot_be_is_refused(kelurahan: Unit, dewi: Actor, at, code, form, field):
    with pytest.raises(Invalid) as refused:
        workforce.open_counter(
            unit=kelurahan, code=code, form=form, starts_on=DAY, actor=dewi, at=at
        )
    assert list(refused.value.fields) == [field]
