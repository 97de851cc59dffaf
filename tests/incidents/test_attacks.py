"""Who is ill, asked by those who must not know."""

from __future__ import annotations

from dataclasses import replace

import pytest

from loket.incidents import queries
from loket.incidents import services as incidents
from loket.incidents.models import Incident
from loket.journal.models import Entry
from loket.policies.models import Closure

from .conftest import TODAY, account

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(together, budi, dewi, at) -> Incident:
    """Let Budi report himself, which nobody but the team may know."""
    return incidents.report_self(onset_on=TODAY, actor=budi, at=at)


def test_a_head_is_shown_the_same_of_a_known_case_as_of_a_new_one(
    report, together, budi, dewi, at
):
    fresh = incidents.preview_report(report=report(), actor=dewi, at=at)
    incidents.report_self(onset_on=TODAY, actor=budi, at=at)
    entries = Entry.objects.count()
    known = incidents.preview_report(report=report(), actor=dewi, at=at)
    assert replace(known, closure=None) == replace(fresh, closure=None)
    assert known.closure.scope == fresh.closure.scope
    assert Entry.objects.count() == entries
    assert queries.open_about(account(budi)).state == "open"


def test_a_head_who_reports_a_known_case_shuts_the_office_for_it(own, report, tari, dewi, at):
    incidents.do_task(incident=own, kind="tracing", words="selesai", actor=tari, at=at)
    made = incidents.report_incident(report=report(), actor=dewi, at=at)
    assert made == own == Incident.objects.get()
    assert Incident.objects.get().closure == Closure.objects.get()
    again = incidents.report_incident(report=report(), actor=dewi, at=at)
    assert (again, Closure.objects.count()) == (own, 1)


def test_neither_head_nor_journal_names_who_reported_themself(own, report, budi, dewi, at):
    incidents.report_incident(report=report(), actor=dewi, at=at)
    written = Entry.objects.exclude(name="absence.granted").order_by("id")
    for entry in written:
        told = f"{entry.subject} {entry.actor} {entry.actor_name} {entry.facts}"
        assert budi.ref not in told
        assert "Budi" not in told
