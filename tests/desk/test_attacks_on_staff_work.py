"""What nobody means, sent on purpose to the pages about the work of the staff."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from loket.organisation import queries as organisation
from loket.people import queries as people
from loket.workforce.models import Absence, Clocking, Meeting, Roster
from tests.conftest import employ

DAY = timedelta(days=1)
HUGE = "9" * 30
LONG = "9" * 5000
ARABIC = "١٢٣٤٥٦"
YEARS = ["9999", "1", HUGE, LONG, "-1"]


@pytest.fixture
def on(at):
    return organisation.today(None, at=at)


@pytest.fixture
def budis(budi, offices, at_work):
    return at_work(budi)


@pytest.fixture
def dewis(dewi, offices, at_work):
    return at_work(dewi)


@pytest.fixture
def nadias(offices, at, at_work):
    return at_work(employ("nadia", "Nadia Putri", offices, "personnel", "Analis", at))


def day(name, year, month=12, on=31):
    return {f"{name}.day": on, f"{name}.month": month, f"{name}.year": year}


@pytest.mark.parametrize("code", [ARABIC, "１２３４５６", "²²²²²²", LONG])
def test_signs_that_only_look_like_digits_open_no_door(budis, code):
    form = {"key": "a-key-for-the-door", "kind": "in", "way": "code", "code": code}
    assert budis.post("/desk/attendance/clock/", form).status_code == 422
    assert not Clocking.objects.exists()


@pytest.mark.parametrize("key", ["a/b/../../c", "kunci?<script>", "kunci saya", ARABIC * 2])
def test_a_key_that_no_address_can_hold_would_shut_the_superiors_page(budis, dewis, key):
    form = {"key": key, "kind": "in", "way": "place", "is_offline": "1"}
    assert budis.post("/desk/attendance/clock/", form).status_code == 422
    assert dewis.get("/desk/attendance/team/").status_code == 200


@pytest.mark.parametrize("year", YEARS)
def test_nobody_is_away_behind_the_last_day_of_the_calendar(budis, nadias, budi, year):
    form = {"what": "leave:annual", **day("since", year, on=1), **day("last", year)}
    assert budis.post("/desk/absences/", form).status_code == 422
    post = {"role": "head", "title": "Plh", "basis": "delegated", **day("until", year)}
    assert nadias.post(reverse("desk:staff-post", args=["budi"]), post).status_code == 422
    if year != "1":
        url = reverse("desk:absence-record", args=["budi"])
        assert nadias.post(url, form).status_code == 422
        assert not Absence.objects.exists()


@pytest.mark.parametrize("year", YEARS)
def test_nothing_is_planned_for_years_that_are_none(dewis, offices, year):
    form = {**day("first", year), **day("last", year), "teams": "0", "block": "week"}
    assert dewis.post(f"/desk/rosters/?unit={offices.code}", form).status_code == 422
    hours = {"starts": "09:00", "ends": "10:00"}
    meeting = {"title": "Rapat", "provider": "jitsi", "who": "staff", **day("on", year)}
    assert dewis.post("/desk/meetings/new/", meeting | hours).status_code == 422
    assert not Roster.objects.exists()
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("number", [HUGE, LONG, ARABIC, "0", "²"])
def test_numbers_that_are_nobody_are_not_invited(dewis, on, number):
    then = day("on", on.year + 1, 1, 5)
    hours = {"starts": "09:00", "ends": "10:00", "provider": "jitsi"}
    chosen = {"title": "Rapat", "who": "chosen", "participants": [number]}
    assert dewis.post("/desk/meetings/new/", then | hours | chosen).status_code == 422
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("when", ["0001-01-01", "9999-12-31", "0001-W01-1", "20260101"])
@pytest.mark.parametrize(
    "url",
    [
        "work/?on={0}", "work/recap/?month={0:.7}", "work/recap/xlsx/?month={0:.7}",
        "work/recap/pdf/?month={0:.7}", "work/team/budi/{0}/", "turns/swap/?gives={0}",
        "attendance/days/{0}/", "attendance/days/?month={0:.7}", "attendance/team/?on={0}",
        "attendance/team/month/?month={0:.7}", "attendance/team/budi/{0}/",
        "attendance/proofs/budi/{0}/",
    ],
)  # fmt: skip
def test_days_in_addresses_may_be_any(dewis, budi, url, when):
    assert dewis.get("/desk/" + url.format(when)).status_code in {200, 403, 404}


@pytest.mark.parametrize("when", ["0001-01-01", "9999-12-31", "besok", ""])
def test_days_that_are_sent_may_be_any(budis, when):
    entry = {"on": when, "kind": "other", "words": "x", "count": HUGE, "minutes": LONG}
    assert budis.post("/desk/work/entries/", entry).status_code in {403, 422}
    assert budis.post("/desk/work/hand-in/", {"on": when}).status_code in {403, 422}
    swap = {"gives": when, "takes": f"dewi/{when}"}
    assert budis.post("/desk/turns/swap/", swap).status_code == 422
    url = f"/desk/attendance/days/{when or 'x'}/appeal/"
    assert budis.post(url, {"words": "x"}).status_code in {404, 422}


def test_an_absence_after_a_contact_looks_like_any_other(nadias, budis, budi, dewi, on, at):
    shown = []
    for source in ("", "incident:ABCDE"):
        Absence.objects.all().delete()
        Absence.objects.create(
            account=people.account_of(budi), kind="home", state="granted", source=source,
            starts_on=on - DAY, ends_on=on + 9 * DAY, asked_at=at, asked_by="x", code="SAMECODE",
        )  # fmt: skip
        page = nadias.get(reverse("desk:staff-member", args=["budi"]))
        shown.append(page.context["absences"][0] | {"absence": None})
        offered = b"absences/SAMECODE/end/" in budis.get("/desk/absences/").content
        assert offered == (not source)
    assert shown[0] == shown[1]


def test_a_title_is_one_line_in_calendars_and_letters(dewis, budi, on):
    then = day("on", on.year + 1, 1, 5)
    form = {"starts": "09:00", "ends": "10:00", "provider": "jitsi", "who": "staff"}
    title = {"title": "Rapat\r\nBEGIN:VALARM\rX:1\x0bY", "agenda": "a\r\nEND:VEVENT\r\nb"}
    assert dewis.post("/desk/meetings/new/", form | then | title).status_code == 303
    meeting = Meeting.objects.get()
    assert meeting.title == "Rapat BEGIN:VALARM X:1 Y"
    answer = dewis.get(f"/desk/meetings/{meeting.code}.ics")
    lines = answer.content.split(b"\r\n")
    assert [line for line in lines if line.startswith((b"BEGIN", b"END", b"X:"))] == [
        b"BEGIN:VCALENDAR", b"BEGIN:VEVENT", b"END:VEVENT", b"END:VCALENDAR",
    ]  # fmt: skip
