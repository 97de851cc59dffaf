"""Who asked is told what was decided, once, and nothing of why."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from loket.jobs.models import Job
from loket.kernel.errors import Conflict
from loket.messaging.models import Message
from loket.people import queries as people
from loket.people.models import Account
from loket.workforce import services as workforce
from loket.workforce.models import Clocking, Ruling, WorkReport

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 2)
SECRET = "zqalasanzq"


@pytest.fixture(autouse=True)
def _reached(budi):
    Account.objects.filter(username="budi").update(email="budi@dki.example")


def told() -> list[tuple[str, str, str]]:
    return list(Message.objects.order_by("id").values_list("notice", "address", "title"))


def sent() -> str:
    return "\n".join(Message.objects.values_list("body", flat=True))


@pytest.mark.parametrize(
    ("is_granted", "days", "title"),
    [
        (True, 3, "Cuti atau izin Anda 4 Maret 2026 sampai 6 Maret 2026: disetujui"),
        (False, 1, "Cuti atau izin Anda 4 Maret 2026: ditolak"),
    ],
)
def test_absence_decided_is_told_without_why(budi, dewi, at, is_granted, days, title):
    since = ON + timedelta(days=2)
    absence = workforce.ask_absence(
        kind="leave", reason="annual", words=SECRET, starts_on=since,
        ends_on=since + timedelta(days=days), actor=budi, at=at,
    )  # fmt: skip
    given = {"is_granted": is_granted, "remark": SECRET, "actor": dewi, "at": at}
    workforce.decide_absence(absence=absence, **given)
    with pytest.raises(Conflict):
        workforce.decide_absence(absence=absence, **given)
    assert told() == [("absence_decided", "budi@dki.example", title)]
    assert Job.objects.filter(task="loket.messaging.tasks.deliver").count() == 1
    assert SECRET not in sent()
    assert "tahunan" not in sent()


def test_absence_taken_back_tells_nobody(budi, at):
    absence = workforce.ask_absence(
        kind="leave", reason="annual", words="", starts_on=ON + timedelta(days=2),
        ends_on=ON + timedelta(days=3), actor=budi, at=at,
    )  # fmt: skip
    workforce.withdraw_absence(absence=absence, actor=budi, at=at)
    assert told() == []


def test_appeal_decided_is_told_each_time(budi, dewi, kelurahan, at):
    account = people.account_of(budi)
    row = {"account": account, "unit": kelurahan, "on": ON, "words": SECRET, "asked_at": at}
    decide = {"remark": SECRET, "actor": dewi, "at": at}
    for is_granted in (False, True):
        ruling = Ruling.objects.create(**row)
        workforce.decide_appeal(ruling=ruling, is_granted=is_granted, **decide)
    about = "Keberatan Anda atas absensi 2 Maret 2026: "
    assert told() == [
        ("appeal_decided", "budi@dki.example", f"{about}ditolak"),
        ("appeal_decided", "budi@dki.example", f"{about}dikabulkan"),
    ]
    assert SECRET not in sent()
    assert "/desk/attendance/days/2026-03-02/" in sent()


def test_clocking_confirmed_is_told_with_its_time(budi, dewi, kelurahan, at):
    row = Clocking.objects.create(
        account=people.account_of(budi), unit=kelurahan, on=ON, key="k-12345678", kind="in",
        way="place", counts_at=at, received_at=at, claimed_at=at - timedelta(minutes=9),
        skew_seconds=0, is_offline=True, contact_at=at - timedelta(minutes=19),
    )  # fmt: skip
    workforce.confirm_clocking(clocking=row, actor=dewi, at=at)
    title = "Waktu absensi Anda 2 Maret 2026 dikonfirmasi"
    assert told() == [("clocking_confirmed", "budi@dki.example", title)]
    assert "pukul 15.51" in sent()


def test_report_that_comes_back_is_told_each_time(budi, dewi, kelurahan, at):
    report = WorkReport.objects.create(
        account=people.account_of(budi), unit=kelurahan, on=ON, submitted_at=at
    )
    back = {"remark": SECRET, "actor": dewi, "at": at}
    workforce.return_report(report=report, revision=1, **back)
    with pytest.raises(Conflict):
        workforce.return_report(report=report, revision=1, **back)
    WorkReport.objects.update(state="submitted", revision=2)
    workforce.return_report(report=report, revision=2, **back)
    title = "Laporan harian Anda 2 Maret 2026 dikembalikan"
    assert told() == [("work_returned", "budi@dki.example", title)] * 2
    assert SECRET not in sent()


def test_report_validated_tells_nobody(budi, dewi, kelurahan, at):
    report = WorkReport.objects.create(
        account=people.account_of(budi), unit=kelurahan, on=ON, submitted_at=at
    )
    workforce.validate_reports(reports=[(report, 1)], actor=dewi, at=at)
    assert told() == []


def test_who_cannot_be_reached_is_no_obstacle(budi, dewi, kelurahan, at):
    Account.objects.update(email="")
    report = WorkReport.objects.create(
        account=people.account_of(budi), unit=kelurahan, on=ON, submitted_at=at
    )
    workforce.return_report(report=report, revision=1, remark="x y z", actor=dewi, at=at)
    assert told() == []
