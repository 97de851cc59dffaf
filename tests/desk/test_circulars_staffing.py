"""A trial says which units could not be staffed, before anybody enacts it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.translation import override

from loket.desk.circulars import staffing
from loket.workforce.models import Counter, Skill
from tests.conftest import employ
from tests.factories import policies as factory

from .test_circulars_enacting import simulate


@pytest.fixture
def recording(offices, at):
    """Let an office need two who record, of whom it has just one."""
    employ("budi", "Budi Santoso", offices, "officer", "Petugas", at)
    only = employ("rina", "Rina Marlina", offices, "officer", "Petugas", at)
    Skill.objects.create(account_id=int(only.ref.partition(":")[2]), name="biometric")
    return Counter.objects.create(
        unit=offices,
        code="REKAM",
        title="Perekaman",
        skill="biometric",
        people=2,
        is_public=False,
        starts_on=at.date(),
    )


def test_trial_names_the_unit_that_lacks_somebody(eka, recording, at, at_work):
    since = at.date() + timedelta(days=2)
    coming = factory.written(effective={"from": since, "through": since + timedelta(days=9)})
    draft = factory.draft(coming, actor=eka, at=at)
    page = simulate(at_work(eka), draft)
    found = page.context["impact"]["rosters"]
    assert (found["looked_at"], found["unstaffed"]) == (1, 1)
    assert [row["name"] for row in found["rows"]] == [recording.unit.name]
    html = page.content.decode()
    assert recording.unit.name in html
    assert "Rina" not in html


def test_nothing_is_said_where_nobody_plans():
    assert staffing.shown({}) == {}
    assert list(staffing.sentences({})) == []


def test_units_without_enough_people_are_counted_at_a_glance():
    with override("en"):
        said = list(staffing.sentences({"rosters": {"unstaffed": 3}}))
    assert said == ["3 units cannot be staffed as they must be."]
