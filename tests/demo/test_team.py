"""The team of the demo: planned under the cap, with days behind it and work that waits."""

from __future__ import annotations

import pytest

from loket.demo import cast, history, situation, team
from loket.demo.team.people import TEAM
from loket.organisation import queries as organisation
from loket.people import queries as people
from loket.people.models import Account, Employment
from loket.workforce import queries
from loket.workforce.models import (
    Absence,
    Clocking,
    Meeting,
    Roster,
    Ruling,
    Stay,
    Swap,
    WorkReport,
)


@pytest.fixture(scope="module")
def arisen(founded):
    """Return what there is of the team; it takes some seconds to come about."""
    cast.assemble(at=history.begins(founded))
    situation.arise(at=founded)
    return team.arise(at=founded)


@pytest.fixture
def shown(arisen, db):
    return arisen


def test_rosters_are_proven_and_cover_every_counter(shown):
    found = [row.found for row in Roster.objects.order_by("starts_on")]
    assert [row["is_proven"] for row in found] == [True, True, True]
    assert [row["shortages"] for row in found] == [[], [], []]
    states = list(Roster.objects.order_by("starts_on").values_list("state", flat=True))
    assert states == ["published", "published", "draft"]


def test_at_most_half_of_the_team_is_in_the_office(shown, founded):
    unit = organisation.unit(team.UNIT)
    first = Roster.objects.order_by("starts_on").first()
    turns = queries.standing_turns(unit=unit, since=first.starts_on, until=first.ends_on)
    by_day = {}
    for turn in turns:
        by_day.setdefault(turn.on, set()).add(turn.account_id)
    assert by_day
    assert max(map(len, by_day.values())) <= len(TEAM) // 2


def test_days_gone_by_left_traces(shown):
    assert Clocking.objects.count() == shown.clockings > 100
    assert Stay.objects.exists()
    assert WorkReport.objects.filter(state="validated").exists()


def test_something_waits_for_the_head_and_her_team(shown):
    assert Absence.objects.filter(state="asked").count() == 1
    assert Swap.objects.filter(state="asked").count() == 1
    assert WorkReport.objects.filter(state="returned").count() == 1
    assert Ruling.objects.filter(state="asked").count() <= 1
    assert Meeting.objects.count() == 1


def test_everybody_has_a_record_and_personnel_alone_reads_reasons(shown, founded):
    assert Employment.objects.count() == len(TEAM)
    scope = organisation.unit(team.UNIT).path
    may = {
        name: any(
            grant == "workforce.read_reasons" and scope.startswith(path)
            for grant, path in people.actor_for(
                Account.objects.get(username=name), at=founded
            ).grants
        )
        for name in ("nadia", "dewi", "budi", "tari", "gita")
    }
    assert may == {"nadia": True, "dewi": False, "budi": False, "tari": False, "gita": False}


def test_it_comes_about_once(shown, founded):
    before = Roster.objects.count(), Clocking.objects.count()
    assert team.arise(at=founded).clockings == 0
    assert (Roster.objects.count(), Clocking.objects.count()) == before
