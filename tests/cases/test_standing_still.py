"""Cases that a circular or a closure stops until further notice: counted before it is signed."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from loket.desk.circulars import glances, impacts
from loket.policies import services as policies
from loket.policies.models import Change
from tests.conftest import VILLAGE
from tests.factories import cases as factory
from tests.factories import policies as law

from .conftest import STOPPED

POINT = f"{VILLAGE}-DUKCAPIL"
OPEN_ENDED = {"from": date(2026, 3, 4), "until_evaluated": True}
SUSPENDED = {"kind": "suspension", "article": "2", "scope": {"services": ["TEST-BIRTH"]}}
ELSEWHERE = {**STOPPED, "scope": {"units": ["31.73.01.1001"]}}
NONE = {"cases": 0, "by_unit": []}
ONE = {"cases": 1, "by_unit": [{"unit": POINT, "name": "Satpel Pejaten Barat", "cases": 1}]}
MORNING = datetime.fromisoformat("2026-03-03T08:00:00+07:00")
NIGHT = datetime.fromisoformat("2026-03-03T22:00:00+07:00")


@pytest.mark.parametrize(
    ("provision", "effective", "found"),
    [
        (STOPPED, OPEN_ENDED, ONE),
        (SUSPENDED, OPEN_ENDED, ONE),
        (STOPPED, {"from": date(2026, 3, 4), "through": date(2026, 3, 6)}, NONE),
        (ELSEWHERE, OPEN_ENDED, NONE),
        (law.ONLINE, OPEN_ENDED, NONE),
    ],
)
def test_a_simulation_counts_what_stands_still(case, eka, at, provision, effective, found):
    row = law.draft(law.written(provision, effective=effective), actor=eka, at=at)

    impact = policies.simulate(circular=row, actor=eka, at=at).impact

    assert impact["cases"]["standing_still"] == found


@pytest.mark.parametrize(
    ("reason", "shut_at", "found"),
    [
        ("flood", MORNING, ONE),
        ("flood", NIGHT, ONE),  # That counters open at half past seven says nothing.
        ("positive_case", MORNING, NONE),  # Its minimum moves the date.
    ],
)
def test_a_closure_without_a_minimum_stands_still(case, gita, reason, shut_at, found):
    form = law.closure(**{"from": shut_at, "reason": reason, "units": [POINT]})

    shown = policies.preview_closure(form=form, actor=gita, at=shut_at)

    assert shown["cases"]["standing_still"] == found
    policies.close(form=form, actor=gita, at=shut_at)
    assert Change.objects.get(kind="closed").impact["cases"]["standing_still"] == found


def test_only_what_it_stops_itself_is_counted(version, ayu, enact, gita, at):
    factory.case(ayu, at=at)
    first = enact(effective=OPEN_ENDED)
    enact(law.ONLINE, number="03/SE/2026", effective=OPEN_ENDED)
    policies.revoke(
        circular=first, revoked_from=first.starts_at, reason="Keliru", actor=gita, at=at
    )

    changes = Change.objects.filter(kind__in=("enacted", "revoked")).order_by("number")
    counted = [change.impact["cases"]["standing_still"] for change in changes]
    assert counted == [ONE, NONE, NONE]


def test_the_desk_says_it_in_one_sentence(case, eka, at):
    row = law.draft(law.written(STOPPED, effective=OPEN_ENDED), actor=eka, at=at)
    impact = policies.simulate(circular=row, actor=eka, at=at).impact

    [said] = glances.sentences(impact, moved=[])
    assert said.startswith("Waktu 1 permohonan berhenti sampai pemberitahuan lebih lanjut")
    assert impacts.shown(impact)["standing"] == said
