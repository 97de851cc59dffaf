"""Two at once, with real threads: one incident, one closure, nobody told twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from loket.incidents import services as incidents
from loket.incidents.models import Contact, Incident
from loket.kernel.errors import Conflict
from loket.messaging.models import Message
from loket.policies.models import Closure
from loket.workforce.models import Absence
from tests.cases.test_concurrency import at_once

from .conftest import account, reach

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("team", [True, False])
def test_of_two_reports_of_one_person_one_opens(report, together, fitri, tari, dewi, team, at):
    reach(fitri)
    actor = tari if team else dewi

    def reported():
        return incidents.report_incident(report=report(), actor=actor, at=at)

    results = at_once(reported, reported)
    # Only the team is told that there was another.
    assert [type(r) for r in results].count(Conflict) == team
    assert Incident.objects.count() == Closure.objects.count() == 1
    assert Absence.objects.count() == 2
    assert Message.objects.filter(address="fitri@kantor.example").count() == 1


def test_two_cases_of_one_office_share_its_closure(report, together, fitri, tari, dewi, at):
    results = at_once(
        lambda: incidents.report_incident(report=report(), actor=tari, at=at),
        lambda: incidents.report_incident(
            report=report(account=account(fitri)), actor=dewi, at=at
        ),
    )
    assert [type(result) for result in results] == [Incident, Incident]
    assert Closure.objects.count() == 1
    assert {incident.closure for incident in results} == {Closure.objects.get()}


def test_two_who_trace_at_once_list_everybody_once(incident, tari, at):
    Contact.objects.all().delete()
    at_once(
        lambda: incidents.trace(incident=incident, actor=tari, at=at),
        lambda: incidents.trace(
            incident=Incident.objects.get(pk=incident.pk), actor=tari, at=at
        ),
    )
    assert Contact.objects.count() == 3


def test_a_contact_is_added_once_and_set_aside_once(incident, fitri, tari, at):
    lunch = {"starts_at": at - timedelta(hours=2), "minutes": 30, "where": "Kantin"}
    for told in (
        incidents.ContactTold(visitor="Antrean 31", reach="lewat ketua RT", **lunch),
        incidents.ContactTold(account=account(tari), **lunch),
    ):
        results = at_once(
            *[lambda told=told: incidents.add_contact(
                incident=Incident.objects.get(pk=incident.pk), told=told, actor=tari, at=at
            )] * 2
        )  # fmt: skip
        assert sorted(type(result).__name__ for result in results) == ["Conflict", "Contact"]
    reach(fitri)
    rows = [Contact.objects.get(account=account(fitri)) for _number in range(2)]
    results = at_once(
        *[lambda row=row: incidents.set_aside(contact=row, words="Lupa.", actor=tari, at=at)
          for row in rows]
    )  # fmt: skip
    assert sorted(type(result).__name__ for result in results) == ["Conflict", "Contact"]
    assert Message.objects.filter(notice="may_return").count() == 1
    incident.refresh_from_db()
    assert (incident.contacts_found, incident.close_found) == (4, 2)


def test_a_task_is_done_once(incident, tari, at):
    def disinfected():
        return incidents.do_task(
            incident=incident, kind="disinfection", words="selesai", actor=tari, at=at
        )

    results = at_once(disinfected, disinfected)
    assert [type(result) for result in results].count(Conflict) == 1
    assert incident.closure.records.count() == 1
