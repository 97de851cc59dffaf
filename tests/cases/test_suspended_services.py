"""Services that a circular has suspended, or shut a way to: not begun, not sent, said why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from loket.cases import queries
from loket.cases import services as cases
from loket.cases.models import Case
from tests.factories import cases as factory


def test_a_suspended_service_is_neither_begun_nor_sent(draft, ayu, budi, enact, at):
    circular = enact(
        {"kind": "suspension", "article": "2", "scope": {"services": ["TEST-BIRTH"]}}
    )
    wednesday = at + timedelta(days=2)

    with pytest.raises(cases.ServiceSuspended) as refusal:
        cases.submit(draft=draft, actor=ayu, at=wednesday)

    assert str(circular) in str(refusal.value)
    assert "7 Maret 2026" in str(refusal.value)
    assert queries.drafts_of(ayu).get() == draft
    cases.discard_draft(draft=draft, actor=ayu, at=wednesday)
    with pytest.raises(cases.ServiceSuspended):
        factory.draft(ayu, at=wednesday)
    assert factory.draft(ayu, at=at + timedelta(days=5))


def test_a_service_suspended_elsewhere_is_sent(draft, ayu, enact, at):
    enact(
        {
            "kind": "suspension",
            "article": "2",
            "scope": {"services": ["TEST-BIRTH"], "units": ["31.73.01.1001-DUKCAPIL"]},
        }
    )

    assert cases.submit(draft=draft, actor=ayu, at=at + timedelta(days=2))


def test_one_suspension_after_another_is_told_as_one(version, enact, at):
    suspended = {"kind": "suspension", "article": "2", "scope": {"services": ["TEST-BIRTH"]}}
    enact(suspended)
    enact(
        suspended, number="03/SE/2026",
        effective={"from": date(2026, 3, 7), "through": date(2026, 3, 11)},
    )  # fmt: skip

    stop = queries.stopped(version.service, at=at + timedelta(days=3))

    assert stop == replace(stop, ends_at=datetime.fromisoformat("2026-03-12T00:00:00+07:00"))
    assert queries.stopped(version.service, at=at) is None


BY_WHATSAPP = {
    "kind": "channels",
    "channels": ["counter", "whatsapp"],
    "article": "3",
    "scope": {"services": ["TEST-BIRTH"]},
}


def test_where_this_site_is_no_way_to_ask_nothing_is_begun_or_sent(draft, ayu, enact, at):
    circular = enact(BY_WHATSAPP)
    wednesday = at + timedelta(days=2)

    with pytest.raises(cases.WayShut) as refusal:
        cases.submit(draft=draft, actor=ayu, at=wednesday)

    for words in (f"{circular}, 3", "7 Maret 2026", "situs web", "loket, WhatsApp"):
        assert words in str(refusal.value)
    assert refusal.value.stop.instead == ("counter", "whatsapp")
    assert queries.drafts_of(ayu).get() == draft
    cases.discard_draft(draft=draft, actor=ayu, at=wednesday)
    with pytest.raises(cases.WayShut):
        factory.draft(ayu, at=wednesday)
    assert factory.draft(ayu, at=at + timedelta(days=5))


def test_this_site_is_shut_until_the_last_of_several_circulars_ends(version, enact, at):
    """One that opens it in between ends the wait, whatever else goes on for longer."""
    enact(BY_WHATSAPP, effective={"from": date(2026, 3, 4), "through": date(2026, 3, 20)})
    enact(
        {**BY_WHATSAPP, "channels": ["web"]}, number="03/SE/2026", date=date(2026, 3, 3),
        effective={"from": date(2026, 3, 10), "through": date(2026, 3, 12)},
    )  # fmt: skip

    stop = queries.stopped(version.service, at=at + timedelta(days=2))

    assert stop == replace(
        stop, way="web", ends_at=datetime.fromisoformat("2026-03-10T00:00:00+07:00")
    )
    later = queries.stopped(version.service, at=at + timedelta(days=11))
    assert later == replace(stop, ends_at=datetime.fromisoformat("2026-03-21T00:00:00+07:00"))


def test_a_way_shut_until_further_notice_says_so(version, ayu, enact, at):
    enact(
        {**BY_WHATSAPP, "channels": ["counter"]},
        {"kind": "counters", "state": "online_only", "article": "4"},
        effective={"from": date(2026, 3, 4), "until_evaluated": True},
    )

    with pytest.raises(cases.WayShut) as refusal:
        factory.draft(ayu, at=at + timedelta(days=2))

    assert "sampai pemberitahuan lebih lanjut" in str(refusal.value)
    assert "belum ada cara lain" in str(refusal.value)


@pytest.mark.parametrize(
    ("channel", "is_taken"), [("whatsapp", True), ("phone", False), ("script", True)]
)
def test_a_case_filed_another_way_needs_that_way(version, enact, at, channel, is_taken):
    enact(BY_WHATSAPP)

    def file() -> Case:
        return cases.file_case(
            service_code="TEST-BIRTH",
            answers=factory.answers() | {"birth_letter": "letter"},
            files={"birth_letter": [("surat.jpg", factory.photo())]},
            contact={},
            channel=channel,
            actor=factory.SYSTEM,
            at=at + timedelta(days=2),
        )

    if is_taken:
        assert file().channel == channel
        return
    with pytest.raises(cases.WayShut, match="telepon"):
        file()
    assert not Case.objects.exists()
