from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from loket.journal.models import Entry
from loket.kernel.access import Actor
from loket.kernel.errors import Conflict, Invalid, NotAllowed
from loket.people import queries
from loket.people import services as people
from loket.people.models import Account, Position
from tests.factories.people import PASSWORD, resident, staff

pytestmark = pytest.mark.django_db


def create(actor, at, username="gita", password=PASSWORD):
    return people.create_staff(
        username=username, full_name="Gita Puspita", password=password, actor=actor, at=at
    )


def appoint(account, unit, actor, at, *, role="officer", starts_on=None, ends_on=None):
    return people.appoint(
        account=account,
        unit=unit,
        role=role,
        title="Petugas Pelayanan",
        starts_on=starts_on or date(2026, 3, 1),
        ends_on=ends_on,
        actor=actor,
        at=at,
    )


def test_create_staff_opens_an_account(system, at):
    account = create(system, at)
    assert (account.kind, str(account)) == ("staff", "Gita Puspita")
    assert account.check_password(PASSWORD)
    assert Entry.objects.get().facts == {"username": "gita"}


def test_create_staff_without_a_password_waits_for_the_directory(system, at):
    assert not create(system, at, password=None).has_usable_password()


def test_create_staff_refuses_a_weak_password(system, at):
    with pytest.raises(Invalid) as refusal:
        create(system, at, password="password")
    assert list(refusal.value.fields) == ["password"]
    assert not Account.objects.exists()


def test_create_staff_refuses_a_taken_or_odd_username(system, at):
    create(system, at)
    for username in ("gita", "gita puspita"):
        with pytest.raises(Invalid) as refusal:
            create(system, at, username=username)
        assert list(refusal.value.fields) == ["username"]


def test_dewi_may_not_create_staff(dewi, at):
    with pytest.raises(NotAllowed):
        create(dewi, at)


def test_appointment_gives_the_role_in_the_unit(kelurahan, system, at):
    account = staff()
    appoint(account, kelurahan, system, at)
    actor = queries.actor_for(account, at=at)
    assert {scope for _name, scope in actor.grants} == {kelurahan.path}
    entry = Entry.objects.get(name="people.person_appointed")
    assert (entry.subject, entry.facts["unit"]) == (account.ref, kelurahan.code)


def test_eka_may_not_appoint_herself_head(eka, kelurahan, at):
    with pytest.raises(NotAllowed):
        appoint(queries.account_of(eka), kelurahan, eka, at, role="head")


def test_appointment_refuses_residents_unknown_roles_and_empty_periods(kelurahan, system, at):
    with pytest.raises(Invalid):
        appoint(resident().account, kelurahan, system, at)
    account = staff()
    with pytest.raises(Invalid):
        appoint(account, kelurahan, system, at, role="king")
    with pytest.raises(Invalid):
        appoint(account, kelurahan, system, at, ends_on=date(2026, 3, 1))
    assert not Position.objects.exists()


def test_appointment_refuses_a_period_that_overlaps(kelurahan, system, at):
    account = staff()
    appoint(account, kelurahan, system, at, ends_on=date(2026, 4, 1))
    with pytest.raises(Conflict):
        appoint(account, kelurahan, system, at, starts_on=date(2026, 3, 31))
    appoint(account, kelurahan, system, at, starts_on=date(2026, 4, 1))
    appoint(account, kelurahan, system, at, role="head")


def test_ended_position_gives_nothing_from_that_day(kelurahan, system, at):
    account = staff()
    position = appoint(account, kelurahan, system, at)
    people.end_position(position=position, on=date(2026, 3, 2), actor=system, at=at)
    assert queries.actor_for(account, at=at).grants == frozenset()
    assert Entry.objects.get(name="people.position_ended").facts["ends_on"] == "2026-03-02"


def test_position_ends_once_and_after_it_begins(kelurahan, system, at):
    position = appoint(staff(), kelurahan, system, at)
    with pytest.raises(Invalid):
        people.end_position(position=position, on=date(2026, 3, 1), actor=system, at=at)
    people.end_position(position=position, on=date(2026, 3, 5), actor=system, at=at)
    with pytest.raises(Conflict):
        people.end_position(position=position, on=date(2026, 3, 9), actor=system, at=at)


def test_dewi_may_not_end_a_position(dewi, kelurahan, system, at):
    position = appoint(staff(), kelurahan, system, at)
    with pytest.raises(NotAllowed):
        people.end_position(position=position, on=date(2026, 3, 5), actor=dewi, at=at)


@pytest.mark.django_db(transaction=True)
def test_two_appointments_at_once_make_one_position(kelurahan, at):
    account, clerk = staff(), Actor.system("tests")
    gate = threading.Barrier(2)

    def one(day):
        gate.wait()
        try:
            appoint(account, kelurahan, clerk, at, starts_on=date(2026, 3, day))
        except Conflict:
            return "refused"
        finally:
            connection.close()
        return "appointed"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(one, [1, 2])) == ["appointed", "refused"]
    assert Position.objects.count() == 1
