"""What a colleague, or somebody of another office, tries with the addresses of others' things."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.apps import apps
from django.urls import resolve

from loket.incidents.models import Incident
from loket.organisation import queries as organisation
from loket.people import queries as people
from loket.people.models import Employment, Position
from loket.workforce import services as workforce
from loket.workforce.models import (
    Clocking,
    Roster,
    RosterDay,
    Ruling,
    Swap,
    Turn,
    WorkEntry,
    WorkReport,
)
from loket.workforce.rules.meetings import MeetingForm
from tests.conftest import employ

DAY = timedelta(days=1)


@pytest.fixture
def things(budi, dewi, offices, at):
    """Let Budi have one of everything; return what stands in its addresses."""
    today = organisation.today(None, at=at)
    account, head = people.account_of(budi), people.account_of(dewi)
    absence = workforce.ask_absence(
        kind="leave", reason="annual", starts_on=today + DAY, ends_on=today + 3 * DAY,
        actor=budi, at=at,
    )  # fmt: skip
    roster = Roster.objects.create(
        unit=offices, starts_on=today, ends_on=today + 9 * DAY, planned_at=at, planned_by="x",
        state="published", found={"shortages": []},
    )  # fmt: skip
    for n in range(9):
        RosterDay.objects.create(unit=offices, on=today + n * DAY, roster=roster)
    Turn.objects.create(
        roster=roster, account=account, on=today + 2 * DAY, shift="", changed_at=at,
        starts_at=at + 2 * DAY, ends_at=at + 2 * DAY + timedelta(hours=8),
    )  # fmt: skip
    swap = Swap.objects.create(
        unit=offices, asker=account, other=head, gives_on=today + 2 * DAY, asked_at=at
    )
    Clocking.objects.create(
        account=account, unit=offices, key="a-key-of-budis", kind="in", way="home", on=today,
        counts_at=at, received_at=at, is_offline=True, claimed_at=at, contact_at=at,
    )  # fmt: skip
    Ruling.objects.create(account=account, unit=offices, on=today, words="Ada", asked_at=at)
    entry = WorkEntry.objects.create(
        account=account, on=today, kind="other", words="x", minutes=5, written_at=at
    )
    WorkReport.objects.create(account=account, unit=offices, on=today, submitted_at=at)
    start = at + DAY
    form = MeetingForm(
        title="Rapat", starts_at=start, ends_at=start + timedelta(hours=1), provider="jitsi",
        participants=frozenset({account.pk}),
    )  # fmt: skip
    meeting = workforce.call_meeting(unit=offices, form=form, actor=dewi, at=at)
    return {
        "absence": absence.code, "roster": roster.code, "swap": swap.code, "on": today,
        "entry": entry.pk, "meeting": meeting.code, "turn": today + 2 * DAY,
        "unit": offices.code,
    }  # fmt: skip


POSTS = [
    "absences/{absence}/withdraw/", "absences/{absence}/end/", "absences/{absence}/decide/",
    "absences/{absence}/reason/", "rosters/{roster}/cells/budi/{turn}/",
    "rosters/{roster}/drag/", "rosters/{roster}/publish/", "rosters/{roster}/again/",
    "rosters/{roster}/discard/", "turns/swaps/{swap}/answer/", "turns/swaps/{swap}/withdraw/",
    "turns/swaps/{swap}/decide/", "attendance/confirm/a-key-of-budis/",
    "attendance/team/budi/{on}/decide/", "work/entries/{entry}/", "work/entries/{entry}/remove/",
    "work/team/budi/{on}/return/", "work/team/validate/", "meetings/{meeting}/change/",
    "meetings/{meeting}/cancel/", "meetings/{meeting}/minutes/", "staff/budi/skills/",
    "staff/budi/rooms/", "staff/budi/posts/", "staff/budi/posts/1/end/", "staff/budi/absences/",
    "rosters/?unit={unit}", "meetings/new/?unit={unit}",
    "incidents/new/?unit={unit}",
]  # fmt: skip
GETS = [
    "absences/{absence}/proof/", "rosters/{roster}/", "rosters/?unit={unit}",
    "rosters/{roster}/cells/budi/{turn}/", "attendance/photos/a-key-of-budis/",
    "attendance/proofs/budi/{on}/", "attendance/team/?unit={unit}",
    "attendance/team/budi/{on}/", "attendance/team/month/?unit={unit}", "work/entries/{entry}/",
    "work/entries/{entry}/proof/", "work/team/budi/{on}/", "work/recap/?unit={unit}",
    "work/recap/xlsx/?unit={unit}", "work/recap/pdf/?unit={unit}&person=budi",
    "meetings/{meeting}/", "meetings/{meeting}.ics", "staff/budi/", "team/?unit={unit}",
    "counters/{unit}/", "attendance/door/G-31.74.04.1003/",
]  # fmt: skip


def written() -> dict[str, list[dict[str, object]]]:
    """Return every row of the staff's work, to see that nothing changed."""
    tables = [*apps.get_app_config("workforce").get_models(), Incident, Position, Employment]
    return {table.__name__: list(table.objects.order_by("pk").values()) for table in tables}


@pytest.mark.parametrize("role", ["colleague", "head", "personnel", "tracer"])
def test_others_things_are_neither_seen_nor_changed(
    things, kelurahan, elsewhere, at, at_work, role
):
    """A colleague without a post above Budi, and those whose posts are in another city."""
    unit, post = (kelurahan, "officer") if role == "colleague" else (elsewhere, role)
    browser = at_work(employ("wati", "Wati Lestari", unit, post, "Pegawai", at))
    before = written()
    form = {
        "do": "grant", "remark": "x", "report": f"budi:{things['on']}:1", "revision": "1",
        "kind": "other", "words": "diubah", "count": "1", "minutes": "5", "where": "home",
        "from": f"budi/{things['turn']}", "to": f"dewi/{things['turn']}", "role": "head",
        "counts_as": "present", "skills": "counter", "title": "x",
    }  # fmt: skip
    for path in (f"/desk/{path.format(**things)}" for path in POSTS):
        assert resolve(path.partition("?")[0])
        assert browser.post(path, form).status_code in {403, 404}, path
    assert written() == before
    for path in (f"/desk/{path.format(**things)}" for path in GETS):
        assert resolve(path.partition("?")[0])
        assert browser.get(path).status_code in {403, 404}, path
