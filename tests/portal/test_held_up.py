"""What residents read while a circular or a closure holds something up."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from loket.cases import queries
from loket.cases.models import Case, Draft
from loket.kernel.access import Actor
from loket.organisation.models import Unit
from loket.policies import services as policies
from loket.policies.models import Circular
from tests.conftest import employ
from tests.factories import cases as factory
from tests.factories import policies as law


@pytest.fixture
def enact(town: Unit, eka: Actor, at: datetime):
    """Return what makes a provision law from today, for ten days."""
    gita = employ("gita", "Gita Permata", Unit.objects.get(code="31"), "executive", "Wagub", at)
    today = at.date()

    def do(**provision: object) -> Circular:
        written = law.written(
            {"article": "7", **provision},
            effective={"from": today - timedelta(days=1), "through": today + timedelta(days=9)},
        )
        return law.enact(written, author=eka, actor=gita, at=at, reason="Mendesak")

    return do


@pytest.fixture
def card(town: Unit, ayu: Actor, at: datetime) -> Case:
    """Return a case that waits to be collected at the office."""
    factory.publish(factory.card_service() | {"presence": "biometrics"}, at=at)
    case = factory.case(ayu, at=at, code="TEST-CARD")
    Case.objects.update(state="ready_for_pickup", state_kind="resident")
    return case


def test_the_case_says_which_days_do_not_count_and_why(version, ayus, ayu, enact, at):
    case = factory.case(ayu, at=at)
    circular = enact(kind="clock", suspended=True)

    page = ayus.get(f"/cases/{case.code}/").content.decode()

    assert page.count(f'href="/circulars/{circular.code}/"') >= 2
    for words in ("Batas waktu bergeser dari", f"karena {circular}", "Hari kerja sedang tidak"):
        assert words in page


def test_what_waits_at_a_shut_counter_says_do_not_come(ayus, card, enact):
    circular = enact(kind="counters", state="online_only")

    page = ayus.get(f"/cases/{card.code}/").content.decode()

    for words in ("Jangan datang dulu", "Anda dapat datang mulai", str(circular)):
        assert words in page


def test_what_waits_in_a_closed_office_says_so(ayus, card, dewi, at):
    form = law.closure(**{"from": at, "reason": "flood", "basis": "SOP 4"})
    policies.close(form=form, actor=dewi, at=at)

    page = ayus.get(f"/cases/{card.code}/").content.decode()

    for words in ("Jangan datang dulu", "Kantor ini sedang ditutup"):
        assert words in page


def test_recording_that_is_suspended_is_explained(ayus, card, enact):
    Case.objects.update(state="awaiting_biometrics", state_kind="waiting")
    circular = enact(kind="suspension", scope={"services": ["TEST-CARD"]})

    page = ayus.get(f"/cases/{card.code}/").content.decode()

    for words in (
        "Jangan datang dulu",
        "dilanjutkan mulai",
        str(circular),
        "Urutan permohonan",
    ):
        assert words in page


def test_an_open_counter_says_nothing(ayus, card):
    assert "Jangan datang dulu" not in ayus.get(f"/cases/{card.code}/").content.decode()


def test_a_suspended_service_has_no_start_button(version, ayus, visitor, enact):
    circular = enact(kind="suspension", scope={"services": ["TEST-BIRTH"]})

    for browser in (ayus, visitor):
        page = browser.get("/services/TEST-BIRTH/").content.decode()
        assert "Sedang tidak dilayani" in page
        assert f'href="/circulars/{circular.code}/"' in page
        assert "Mulai sekarang" not in page
    assert "Mulai sekarang" not in ayus.get("/services/TEST-BIRTH/start/").content.decode()
    assert ayus.post("/services/TEST-BIRTH/start/").status_code == 409


def test_a_draft_of_a_suspended_service_is_kept_and_not_sent(version, ayus, ayu, enact, at):
    draft = factory.draft(ayu, at=at)
    circular = enact(kind="suspension", scope={"services": ["TEST-BIRTH"]})
    check = f"/apply/{draft.code}/check/"

    answer = ayus.post(check, {"declared": "on"})

    assert answer.status_code == 409
    for page in (answer.content.decode(), ayus.get(check).content.decode()):
        assert "Sedang tidak dilayani" in page
        assert str(circular) in page
        assert "Kirim permohonan" not in page
    assert "Lanjutkan" in ayus.get("/services/TEST-BIRTH/").content.decode()
    assert not Case.objects.exists()


def test_a_service_not_asked_for_here_names_the_ways_that_are_open(
    version, ayus, visitor, ayu, enact, at
):
    circular = enact(
        kind="channels", channels=["counter", "whatsapp"], scope={"services": ["TEST-BIRTH"]}
    )

    for browser in (ayus, visitor):
        page = browser.get("/services/TEST-BIRTH/").content.decode()
        for words in ("Sementara tidak lewat situs ini", "loket, WhatsApp", "lagi di sini"):
            assert words in page
        assert f'href="/circulars/{circular.code}/"' in page
        assert "Mulai sekarang" not in page
    answer = ayus.post("/services/TEST-BIRTH/start/")
    assert answer.status_code == 409
    assert "loket, WhatsApp" in answer.content.decode()
    assert not ayu_drafts(ayu)


def test_a_draft_of_a_service_not_asked_for_here_is_kept(version, ayus, ayu, enact, at):
    draft = factory.draft(ayu, at=at)
    enact(kind="channels", channels=["counter"], scope={"services": ["TEST-BIRTH"]})

    answer = ayus.post(f"/apply/{draft.code}/check/", {"declared": "on"})

    assert answer.status_code == 409
    page = answer.content.decode()
    for words in ("Sementara tidak lewat situs ini", "Isian Anda tetap tersimpan"):
        assert words in page
    assert "Kirim permohonan" not in page
    assert ayu_drafts(ayu) == [draft]
    assert not Case.objects.exists()


def ayu_drafts(ayu: Actor) -> list[Draft]:
    return list(queries.drafts_of(ayu))
