"""Heads of touched units are told, once, in their language; nobody else is."""

import pytest

from loket.jobs import services as jobs
from loket.jobs.models import Job
from loket.kernel.access import Actor
from loket.messaging.models import Message
from loket.people.models import Account
from loket.policies import services as policies
from loket.policies.models import Change
from tests.conftest import employ
from tests.factories import policies as factory

from .test_closing import FRIDAY, MONDAY, cleaned

POINT = "31.74.04.1003-DUKCAPIL"
TELL = "loket.policies.tasks.tell_heads"


def told(notice):
    return list(Message.objects.filter(notice=notice).order_by("address"))


def work(at):
    jobs.work(at=at)
    return Job.objects.filter(state="dead").count()


@pytest.fixture
def head(elsewhere, offices, at):
    actor = employ("hadi", "Hadi Kusuma", elsewhere, "head", "Kepala", at)
    Account.objects.filter(username="hadi").update(email="hadi@pemprov.example", language="en")
    return actor


def test_an_enactment_is_told_to_the_heads_it_touches(eka, gita, dewi, head, at):
    law = factory.enact(
        factory.written({**factory.ONLINE, "scope": {"units": [POINT]}}),
        author=eka, actor=gita, at=at,
    )  # fmt: skip
    assert work(at) == 0

    [message] = told("circular_enacted")

    assert (message.address, message.subject) == ("dewi@pemprov.example", law.subject)
    assert message.title == f"{law} berlaku"
    assert "Layanan tanpa tatap muka" in message.body
    assert "Gita Permata" in message.body
    assert f"/circulars/{law.code}/" in message.body
    assert "9 Maret 2026, 00.00" in message.body


def test_each_is_told_in_her_language_and_once(eka, gita, dewi, head, at):
    factory.enact(author=eka, actor=gita, at=at)
    work(at)
    number = Change.objects.get(kind="enacted").number

    again = policies.tell_heads(
        number=number, notice="circular_enacted", actor=Actor.system("x"), at=at
    )

    assert again == 2
    assert [m.title.rpartition(") ")[2] for m in told("circular_enacted")] == [
        "berlaku", "is in force",
    ]  # fmt: skip


def test_a_simulation_tells_nobody(eka, dewi, at):
    row = factory.draft(actor=eka, at=at)
    policies.simulate(circular=row, actor=eka, at=at)

    assert not Job.objects.filter(task=TELL).exists()


def test_a_revocation_is_told(eka, gita, dewi, at):
    law = factory.enact(author=eka, actor=gita, at=at)
    policies.revoke(
        circular=law, revoked_from=law.starts_at, reason="Keliru", actor=gita, at=at
    )
    assert work(at) == 0

    [message] = told("circular_revoked")
    assert message.title == f"{law} dicabut"
    assert "Alasan: Keliru" in message.body


def test_closing_and_reopening_are_told(dewi, gita):
    row = policies.close(form=factory.closure(), actor=gita, at=FRIDAY)
    cleaned(row, dewi, FRIDAY)
    policies.reopen(closure=row, actor=dewi, at=FRIDAY)
    assert work(MONDAY) == 0

    [closed], [reopened] = told("office_closed"), told("office_reopened")
    assert closed.title == "Ditutup: Satpel Pejaten Barat"
    assert "9 Maret 2026, 07.30" in closed.body
    assert reopened.title == "Dibuka kembali: Satpel Pejaten Barat"
    assert f"/desk/closures/{row.code}/" in reopened.body


def test_a_closure_without_a_minimum_is_told_too(dewi, gita):
    policies.close(form=factory.closure(reason="flood"), actor=gita, at=FRIDAY)
    work(FRIDAY)

    assert len(told("office_closed")) == 1


def test_the_watch_over_closures_comes_round(dewi):
    from loket.jobs import periodic
    from loket.policies import tasks

    assert periodic.problems() == []
    assert periodic.declared()["loket.policies.tasks.watch_closures"] == 300
    row = policies.close(form=factory.closure(), actor=dewi, at=FRIDAY)
    tasks.watch_closures.call()
    row.refresh_from_db()
    assert row.overran_on is not None
