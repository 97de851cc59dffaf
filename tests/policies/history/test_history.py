"""The shipped circulars of Jakarta, asked day by day, with the one that decided."""

from __future__ import annotations

import pytest

from loket.kernel.access import Actor
from loket.policies import queries, services
from loket.policies.models import Circular, Closure, Zone
from loket.policies.rules.shares import at_least, at_most

from .conftest import TODAY, ask, cited, moment, part
from .days import CITY, COUNTER, DAYS, LURAH

ROOM = f"R-{COUNTER}-1"
GUBERNUR = "Gubernur DKI Jakarta 02/SE/2020 (16-03-2020)"
DUKCAPIL = (
    "Dinas Dukcapil DKI Jakarta SE Kepala Dinas Maret 2020 (nomor tidak diketahui) (23-03-2020)"
)
SEKDA_38 = "Sekda DKI Jakarta 38/SE/2020 (05-06-2020)"
SEKDA_62 = "Sekda DKI Jakarta 62/SE/2020 (02-09-2020)"
BKD_SEPTEMBER = "BKD DKI Jakarta SE September 2020 (nomor tidak diketahui) (14-09-2020)"
BKD_48 = "BKD DKI Jakarta 48/SE/2020 (09-10-2020)"


# --- the vectors of the domain ---------------------------------------------------------------


def test_vector_1_the_first_closing(book):
    answer = ask(book, "2020-03-20", LURAH)
    assert part(answer, "counters.state") == "online_only"
    assert part(answer, "counters.hours") == []
    assert part(answer, "service.channels") == ["web", "app", "whatsapp", "phone"]
    assert part(answer, "attendance.pinned") == ["structural"]
    assert part(answer, "attendance.remote") == "allowed"
    assert cited(answer, "counters.state") == [GUBERNUR]
    assert cited(answer, "attendance.pinned") == [GUBERNUR]
    period = answer["counters"]["because"]["state"][0]["period"]
    assert period == {"from": "2020-03-17T00:00:00+07:00", "to": "2020-04-01T00:00:00+07:00"}
    assert answer["reopens_at"] == "2020-04-01T07:30:00+07:00"


def test_vector_2_the_registry_goes_on_when_the_governor_has_ended(book):
    answer = ask(book, "2020-04-01", COUNTER)
    assert part(answer, "counters.state") == "online_only"
    assert cited(answer, "counters.state") == [DUKCAPIL]
    assert part(answer, "service.hours") == [["07:30", "16:00"]]
    assert part(ask(book, "2020-04-01", LURAH), "counters.state") == "open"


def test_vector_3_three_days_for_a_positive_case(book):
    answer = ask(book, "2020-09-20T12:00", CITY)
    assert part(answer, "counters.state") == "closed"
    assert answer["reopens_at"] == "2020-09-23T08:00:00+07:00"
    reason = answer["counters"]["because"]["state"][0]
    assert reason["reason"] == "positive_case"
    assert reason["article"] == "Pergub 88/2020 pasal 9 ayat (2) huruf f"


def test_vector_4_at_least_half_in_two_shifts(book):
    answer = ask(book, "2020-09-10", COUNTER)
    assert part(answer, "attendance.min_share") == 0.5
    assert cited(answer, "attendance.min_share") == [SEKDA_62]
    assert part(answer, "attendance.shifts") == [
        {"name": "1", "from": "07:00", "to": "12:30", "break": None},
        {"name": "2", "from": "10:30", "to": "16:00", "break": None},
    ]
    found = queries.in_force(unit=COUNTER, at=moment("2020-09-10"), book=book)
    assert at_least(found.attendance.min_share.value, 40) == 20


def test_vector_5_a_quarter_at_a_time(book):
    answer = ask(book, "2020-09-22", COUNTER)
    assert part(answer, "attendance.max_share_concurrent") == 0.25
    assert part(answer, "counters.hours") == [["08:00", "13:30"]]
    assert part(answer, "attendance.shifts") == [
        {"name": "1", "from": "08:00", "to": "13:30", "break": None}
    ]
    assert cited(answer, "attendance.max_share_concurrent") == [BKD_SEPTEMBER]
    found = queries.in_force(unit=COUNTER, at=moment("2020-09-22"), book=book)
    assert at_most(found.attendance.max_share_concurrent.value, 40) == 10


def test_vector_6_work_from_home_is_reported_the_same_day(book):
    answer = ask(book, "2020-09-10", COUNTER)
    assert part(answer, "attendance.reporting") == ["photo", "same_day"]
    assert cited(answer, "attendance.reporting") == [SEKDA_62]


def test_vector_9_no_new_cards_are_recorded(book):
    answer = ask(book, "2020-05-16", COUNTER, service="KTP-NEW")
    assert part(answer, "service.suspended") is True
    assert part(answer, "service.channels") == []
    assert part(answer, "clock.suspended") is True
    words = answer["service"]["because"]["suspended"][0]["words"]["en"]
    assert words.startswith("New KTP-el are not recorded")
    assert part(ask(book, "2020-05-16", COUNTER, service="BIRTH"), "service.suspended") is False


def test_vector_13_half_of_a_room_for_twenty(book):
    answer = ask(book, "2020-06-22", COUNTER, room=ROOM)
    assert part(answer, "room.max_share") == 0.5
    assert part(answer, "room.max_people") == 10


# --- further days ------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "unit", "name", "value"), DAYS)
def test_day(book, day, unit, name, value):
    assert part(ask(book, day, unit), name) == value


def test_shifts_of_june_have_breaks(book):
    thursday, friday = (ask(book, day, LURAH) for day in ("2020-06-11", "2020-06-12"))
    assert part(thursday, "attendance.shifts") == [
        {"name": "1", "from": "07:00", "to": "15:30", "break": ["11:30", "12:30"]},
        {"name": "2", "from": "09:00", "to": "17:30", "break": ["13:00", "14:00"]},
    ]
    assert part(friday, "attendance.shifts") == [
        {"name": "1", "from": "07:00", "to": "16:00", "break": ["11:30", "13:00"]},
        {"name": "2", "from": "09:00", "to": "18:00", "break": ["11:30", "13:00"]},
    ]
    assert part(thursday, "attendance.excused") == ["chronic_illness", "pregnant", "sick"]
    assert part(thursday, "attendance.reporting") == ["photo"]


def test_a_revoked_circular_shows_who_ended_it(book):
    before = ask(book, "2020-09-02", LURAH)
    assert cited(before, "attendance.max_share") == [SEKDA_38]
    period = before["attendance"]["because"]["max_share"][0]["period"]
    assert period["to"] == "2020-09-03T00:00:00+07:00"
    assert cited(ask(book, "2020-09-03", LURAH), "attendance.shifts") == [SEKDA_62]


def test_the_ministry_extended_its_first_circular_four_times(book):
    answer = ask(book, "2020-05-07", LURAH)
    assert part(answer, "attendance.pinned") == ["two_highest_levels"]
    (reason,) = answer["attendance"]["because"]["pinned"]
    assert reason["circular"] == "Menpan-RB SE 19/2020 (16-03-2020)"
    assert reason["period"]["to"] == "2020-06-05T00:00:00+07:00"


def test_the_practice_of_may_is_narrower(book):
    answer = ask(book, "2020-05-08", LURAH)
    assert part(answer, "attendance.pinned") == ["structural"]
    assert cited(answer, "attendance.max_share") == [
        "Praktik di Jakarta (dilaporkan Daelpos) tanpa nomor, Mei 2020 (08-05-2020)"
    ]


def test_services_on_a_day(book):
    def suspended(day: str) -> object:
        return part(ask(book, day, COUNTER, service="KTP-NEW"), "service.suspended")

    days = ["2020-03-20", "2020-05-09", "2020-05-16", "2020-06-04", "2020-06-05"]
    assert [suspended(day) for day in days] == [False, True, True, True, False]
    recording = ask(book, "2020-06-19", COUNTER, service="KTP-NEW")
    assert part(recording, "protocol.ppe") == "full"


def test_what_was_open_ended_comes_back_when_the_stricter_decree_is_over(book):
    during, after = (ask(book, day, COUNTER) for day in ("2021-07-05", "2021-07-06"))
    assert [part(a, "attendance.max_share") for a in (during, after)] == [0.25, None]
    assert [part(a, "attendance.min_share") for a in (during, after)] == [None, 0.5]
    (dispute,) = [d for d in during["disputes"] if d["part"] == "attendance.min_share"]
    assert (dispute["yields"]["circular"], dispute["rule"]) == (SEKDA_62, "later")


def test_amendments_replace_one_another(book):
    cases = {
        "2021-10-20": "Menpan-RB SE 23/2021 (05-10-2021)",
        "2021-11-15": "Menpan-RB SE 25/2021 (12-11-2021)",
        "2022-02-20": "Menpan-RB SE 05/2022 (16-02-2022)",
        "2022-12-29": "Menpan-RB SE 06/2022 (02-03-2022)",
    }
    answers = {day: ask(book, day, LURAH) for day in cases}
    found = {day: cited(answer, "attendance.max_share") for day, answer in answers.items()}
    assert found == {day: [label] for day, label in cases.items()}
    assert all(answer["disputes"] == [] for answer in answers.values())


# --- the file itself ---------------------------------------------------------------------------


def test_all_of_it_is_loaded_and_twice_is_once(history, db):
    timeline, loaded = history
    counts = (len(timeline.circulars), len(timeline.closures), len(timeline.zones))
    assert (len(loaded.circulars), len(loaded.closures), len(loaded.zones)) == counts
    again = services.load_timeline(timeline=timeline, actor=Actor.system("x"), at=TODAY)
    assert (again.circulars, again.closures, again.zones) == ((), (), ())
    rows = (Circular.objects.count(), Closure.objects.count(), Zone.objects.count())
    assert rows == counts


def test_every_circular_says_how_sure_we_are(history):
    timeline, _loaded = history
    known = ("H ", "M ", "L ", "MEM ")
    vague = [c.label for c in timeline.circulars if not c.source.startswith(known)]
    vague += [z.source for z in timeline.zones if not z.source.startswith(known)]
    assert vague == []


def test_history_is_marked_as_enacted_afterwards(history, db):
    rows = Circular.objects.values_list("state", "retroactive_reason")
    assert {(state, bool(reason)) for state, reason in rows} == {("enacted", True)}


def test_nothing_of_the_pandemic_holds_today(history, db):
    ends = queries.effective_ends()
    open_ended = [
        str(row) for row in Circular.objects.order_by("date") if ends[row.code] is None
    ]
    assert open_ended == [
        "Presiden RI Keppres 17/2023 (22-06-2023)",
        "Menpan-RB Peraturan 4/2025 (16-04-2025)",
    ]
