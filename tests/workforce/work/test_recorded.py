"""Work whose hours are on record: at a counter by roster and clocking, in meetings by minutes."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from loket.journal.models import Entry
from loket.organisation import queries as organisation
from loket.people import queries as people
from loket.workforce import queries
from loket.workforce import services as workforce
from loket.workforce.models import (
    Clocking,
    Meeting,
    Participant,
    Roster,
    RosterDay,
    Turn,
)
from loket.workforce.queries.work import counting
from loket.workforce.rules.work import Line
from tests.factories import rosters

ON = date(2026, 3, 2)
MORNING = datetime(2026, 3, 2, 7, 30, tzinfo=ZoneInfo("Asia/Jakarta"))


def written(actor, moment, name, subject) -> None:
    Entry.objects.create(
        at=moment, name=name, subject=subject, actor=actor.ref, actor_name=actor.name, facts={}
    )


@pytest.fixture
def at_counter(kelurahan, budi) -> Turn:
    """Let the roster have Budi at a counter from 07.30 to 16.00."""
    account = people.account_of(budi)
    roster = Roster.objects.create(
        unit=kelurahan, starts_on=ON, ends_on=ON + timedelta(days=1), state="published",
        planned_at=MORNING, planned_by="tests",
    )  # fmt: skip
    RosterDay.objects.create(unit=kelurahan, on=ON, roster=roster)
    return Turn.objects.create(
        roster=roster, account=account, on=ON, shift="", starts_at=MORNING,
        ends_at=MORNING + timedelta(hours=8, minutes=30), changed_at=MORNING,
        counter=rosters.counter(kelurahan, "A1", title="Loket Akta"),
    )  # fmt: skip


def clocked(turn: Turn, kind: str, minutes: int, way: str = "place") -> None:
    moment = MORNING + timedelta(minutes=minutes)
    Clocking.objects.create(
        account=turn.account, unit=turn.roster.unit, key=f"{kind}-{minutes}", kind=kind,
        way=way, on=ON, counts_at=moment, received_at=moment,
    )  # fmt: skip


def counted_by(turn: Turn, moment: datetime) -> tuple[Line, ...]:
    return queries.work_day(account=turn.account, on=ON, at=moment).counted


def test_time_at_a_counter_is_what_the_roster_and_the_clock_share(at_counter):
    evening = MORNING + timedelta(hours=12)
    assert counted_by(at_counter, evening) == ()
    clocked(at_counter, "in", 10)
    noon = counted_by(at_counter, MORNING + timedelta(hours=2))
    assert noon == (Line("at_counter", 1, 110, "Loket Akta, 07.40–09.30"),)
    # Who never clocked out was there until the turn ended, as for tracing.
    assert counted_by(at_counter, evening) == (
        Line("at_counter", 1, 500, "Loket Akta, 07.40–16.00"),
    )
    clocked(at_counter, "out", 480)
    assert counted_by(at_counter, evening) == (
        Line("at_counter", 1, 470, "Loket Akta, 07.40–15.30"),
    )


def test_who_works_from_home_or_left_before_served_at_no_counter(at_counter):
    evening = MORNING + timedelta(hours=12)
    clocked(at_counter, "in", 0, way="home")
    assert counted_by(at_counter, evening) == ()
    clocked(at_counter, "in", -60)
    clocked(at_counter, "out", -30)
    assert counted_by(at_counter, evening) == ()


def test_work_done_at_the_counter_is_taken_off_its_time(at_counter, budi):
    clocked(at_counter, "in", 0)
    clocked(at_counter, "out", 60)
    written(budi, MORNING + timedelta(minutes=10), "case.claimed", "case:A")
    written(budi, MORNING + timedelta(minutes=30), "case.verified", "case:A")
    assert counted_by(at_counter, MORNING + timedelta(hours=12)) == (
        Line("at_counter", 1, 40, "Loket Akta, 07.30–08.30"),
        Line("case_checked", 1, 20),
    )


def test_meetings_count_where_the_minutes_note_that_one_came(kelurahan, budi, citra, at):
    account = people.account_of(budi)
    for hours, presence in ((1, "room"), (3, "link"), (5, "absent"), (7, ""), (30, "room")):
        begins = MORNING + timedelta(hours=hours)
        meeting = Meeting.objects.create(
            unit=kelurahan, organiser=account, title="Rapat", starts_at=begins, called_at=at,
            ends_at=begins + timedelta(minutes=45), state="held", minutes_at=at,
        )  # fmt: skip
        Participant.objects.create(meeting=meeting, account=account, presence=presence)
    day = queries.work_day(account=account, on=ON, at=at)
    assert day.counted == (Line("meeting_attended", 2, 90, "08.30–09.15; 10.30–11.15"),)


def test_a_report_keeps_the_hours(at_counter, budi):
    clocked(at_counter, "in", 0)
    clocked(at_counter, "out", 60)
    evening = MORNING + timedelta(hours=12)
    report = workforce.submit_report(on=ON, actor=budi, at=evening)
    assert queries.counted_in(report) == counted_by(at_counter, evening)
    (day,) = queries.recap_of(account=at_counter.account, month=ON).days
    with translation.override("en"):
        assert queries.recap_of(account=at_counter.account, month=ON).days[0].words == (
            "served at a counter by the roster: Loket Akta, 07.30–08.30",
        )
    assert (day.counts, day.minutes) == ({"at_counter": 1}, {"at_counter": 60})


@pytest.mark.parametrize("rows", [1, 5])
def test_however_much_was_done_it_is_read_in_four_queries(
    at_counter, budi, rows, django_assert_num_queries
):
    clocked(at_counter, "in", 0)
    for number in range(rows):
        written(budi, MORNING, "case.verified", f"case:{number}")
        written(budi, MORNING, "roster.published", f"roster:{number}")
    unit = at_counter.roster.unit
    organisation.zone(unit)
    with django_assert_num_queries(4):
        counting.counted(at_counter.account, unit, ON, at=MORNING + timedelta(hours=1))
