"""Services that a circular has suspended: not begun, not sent, and said why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from loket.cases import queries
from loket.cases import services as cases
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
