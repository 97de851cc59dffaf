"""What waits of a head is shown to whoever is above, and to nobody in the unit."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from loket.kernel.access import Actor
from loket.organisation import queries as organisation
from loket.organisation.models import Unit
from loket.people import queries as people
from loket.people.models import Account, Position
from loket.workforce.models import Absence, Ruling, WorkReport
from tests.conftest import employ

LABELS = ["Laporan harian", "Keberatan", "Cuti"]


@pytest.fixture
def today(at: datetime) -> date:
    return organisation.today(None, at=at)


@pytest.fixture
def joko(offices: Unit, today, at) -> Actor:
    """Return one of the staff who stands in for the head (Plh.)."""
    employ("joko", "Joko Susilo", offices, "staff", "Petugas", at)
    account = Account.objects.get(username="joko")
    Position.objects.create(
        account=account, unit=offices, role="head", title="Plh. Kepala Satpel",
        basis="delegated", starts_on=today, ends_on=today + timedelta(days=5),
    )  # fmt: skip
    return people.actor_for(account, at=at)


@pytest.fixture
def asked(offices: Unit, dewi: Actor, today, at) -> Absence:
    """Let Dewi, the head, hand in a day, appeal and ask for days away."""
    dewis = people.account_of(dewi)
    about = {"account": dewis, "unit": offices, "on": today}
    WorkReport.objects.create(**about, submitted_at=at)
    Ruling.objects.create(**about, words="Lift macet zqlift", asked_at=at)
    return Absence.objects.create(
        account=dewis, kind="leave", starts_on=today, ends_on=today + timedelta(days=2),
        asked_at=at, asked_by=dewi.ref,
    )  # fmt: skip


def waiting(browser) -> list[int]:
    panel = browser.get("/desk/").context["team"]
    return [row["count"] for row in panel["waiting"]] if panel else []


def shown(browser, unit: Unit) -> list[int]:
    """Return how much the pages of reports, appeals and days away show to be decided."""
    pages = {
        f"/desk/work/team/?unit={unit.code}": "rows",
        f"/desk/attendance/team/?unit={unit.code}": "appeals",
        "/desk/absences/team/": "asked",
    }
    answers = [(browser.get(page), name) for page, name in pages.items()]
    assert {answer.status_code for answer, _name in answers} == {200}
    return [len(answer.context[name]) for answer, name in answers]


def decide(browser, absence: Absence, today: date) -> list[int]:
    """Grant what Dewi asks for; return how the pages answer."""
    report = f"dewi:{today.isoformat()}:1"
    return [
        browser.post("/desk/work/team/validate/", {"report": report}).status_code,
        browser.post(
            f"/desk/attendance/team/dewi/{today}/decide/",
            {"do": "grant", "counts_as": "present"},
        ).status_code,
        browser.post(f"/desk/absences/{absence.code}/decide/", {"do": "grant"}).status_code,
    ]


def test_who_heads_the_unit_above_sees_and_decides(asked, offices, joko, today, at, at_work):
    above = employ("hana", "Hana Rahma", offices.parent, "head", "Kepala Sektor", at)
    browser = at_work(above)
    assert waiting(browser) == [1, 1, 1]
    assert shown(browser, offices.parent) == [1, 1, 1]
    assert decide(browser, asked, today) == [303, 303, 303]
    assert waiting(browser) == []


def test_nobody_of_the_unit_sees_or_decides(asked, offices, dewi, joko, today, at_work):
    for actor in (dewi, joko):
        browser = at_work(actor)
        assert waiting(browser) == []
        assert shown(browser, offices) == [0, 0, 0]
        assert decide(browser, asked, today) == [404, 403, 403]
    asked.refresh_from_db()
    assert asked.state == "asked"


def test_who_stands_in_reads_why_not(asked, joko, at_work):
    answer = at_work(joko).post(f"/desk/absences/{asked.code}/decide/", {"do": "grant"})
    assert "melainkan atasan langsungnya" in answer.content.decode()


def test_who_stands_in_sees_the_heads_day_without_words(asked, joko, today, at_work):
    page = at_work(joko).get(f"/desk/attendance/team/dewi/{today}/")
    assert (page.status_code, page.context["may_decide"]) == (200, False)
    assert "zqlift" not in page.content.decode()


def test_personnel_decides_where_there_is_nobody_above(asked, offices, today, at, at_work):
    nadia = employ("nadia", "Nadia Putri", offices, "personnel", "Analis", at)
    browser = at_work(nadia)
    assert waiting(browser) == [1, 1, 1]
    assert shown(browser, offices) == [1, 1, 1]
    assert "Dewi Anggraini" in browser.get("/desk/absences/team/").content.decode()
    assert decide(browser, asked, today) == [303, 303, 303]
    assert waiting(browser) == []


def test_personnel_has_no_panel_where_somebody_is(asked, offices, today, at, at_work):
    employ("hana", "Hana Rahma", offices.parent, "head", "Kepala Sektor", at)
    nadia = employ("nadia", "Nadia Putri", offices, "personnel", "Analis", at)
    browser = at_work(nadia)
    assert browser.get("/desk/").context["team"] is None
    assert shown(browser, offices) == [0, 0, 0]
