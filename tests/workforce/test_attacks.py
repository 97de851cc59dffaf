"""The same thing sent twice at once, with real threads: the database lets one through."""

from __future__ import annotations

from datetime import timedelta

import pytest

from loket.journal.models import Entry
from loket.organisation import queries as organisation
from loket.organisation.models import Unit
from loket.people.models import Account
from loket.workforce import queries
from loket.workforce import services as workforce
from loket.workforce.models import Absence
from tests.cases.test_concurrency import at_once
from tests.conftest import employ
from tests.factories import staff_files

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)


def kinds(results):
    return sorted(type(result).__name__ for result in results)


def test_days_away_asked_for_twice_at_once_are_asked_for_once(budi, at):
    today = organisation.today(None, at=at)

    def asked():
        return workforce.ask_absence(
            kind="leave",
            reason="annual",
            starts_on=today,
            ends_on=today + DAY,
            actor=budi,
            at=at,
        )

    assert kinds(at_once(asked, asked)) == ["Absence", "Conflict"]
    assert Absence.objects.count() == 1


def test_days_away_are_not_granted_and_taken_back_at_once(budi, dewi, at):
    today = organisation.today(None, at=at)
    absence = workforce.ask_absence(
        kind="leave", reason="annual", starts_on=today, ends_on=today + DAY, actor=budi, at=at
    )

    def seen():
        return Absence.objects.select_related("account").get(pk=absence.pk)

    one, other = seen(), seen()
    results = at_once(
        lambda: workforce.decide_absence(absence=one, is_granted=True, actor=dewi, at=at),
        lambda: workforce.withdraw_absence(absence=other, actor=budi, at=at),
    )
    assert kinds(results) == ["Absence", "Conflict"]
    told = Entry.objects.filter(name__in=["absence.granted", "absence.ended"])
    assert told.count() == 1


def test_a_file_confirmed_twice_at_once_opens_one_account(kelurahan, elsewhere, at):
    unit = Unit.objects.get(code="31.74-DUKCAPIL")
    nadia = employ("nadia", "Nadia Putri", unit, "personnel", "Analis", at)
    lines = queries.read_staff_file(staff_files.commas(staff_files.SITI, staff_files.JOKO))
    digest = queries.import_preview(lines, actor=nadia, at=at).digest

    def confirmed():
        return workforce.import_staff(lines=lines, digest=digest, actor=nadia, at=at)

    results = at_once(confirmed, confirmed)
    assert [type(result).__name__ for result in results].count("Plan") == 1
    assert Account.objects.filter(full_name="Siti Rahmawati").count() == 1
    assert Account.objects.filter(full_name="Joko Prasetyo").count() == 1
