"""Clocking in and out: by place, by the code at the door, at home, late and twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from loket.files import services as files
from loket.files.models import StoredFile
from loket.journal.models import Entry
from loket.kernel.access import Actor
from loket.kernel.errors import Conflict, Invalid, NotAllowed, TooMany
from loket.people import queries as people
from loket.workforce import queries
from loket.workforce import services as workforce
from loket.workforce.models import Clocking, Stay
from loket.workforce.rules.attendance import lines
from tests.factories import files as made
from tests.factories import policies as law

from .conftest import HERE, MONDAY, moment, roster, turn

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)


def result(actor: Actor, at=None, on=MONDAY):
    account = people.account_of(actor)
    return queries.day_result(account=account, on=on, at=at or moment("23:00"))


def test_clocked_at_the_office(budi, press) -> None:
    row = press(budi, "07:28")
    assert (row.on, row.counts_at, row.received_at) == (
        MONDAY,
        moment("07:28"),
        moment("07:28"),
    )
    assert (row.place.code, row.distance_m, row.accuracy_m, row.flags) == ("G-1", 1, 13, [])
    press(budi, "16:01", "out")
    assert (result(budi).result, result(budi).minutes_worked) == ("present", 453)


def test_clocking_is_an_event_without_a_place(budi, press, office) -> None:
    press(budi, "07:28")
    entry = Entry.objects.get(name="attendance.clocked")
    assert (entry.subject, entry.facts) == (
        budi.ref,
        {"unit": office.path, "on": "2026-03-02", "kind": "in", "is_offline": False},
    )


def test_place_too_far_is_refused_with_what_to_do(budi, press) -> None:
    with pytest.raises(Invalid, match=r"2,2 km dari Kantor Kelurahan") as refusal:
        press(budi, "07:28", latitude=HERE[0] + 0.02)
    assert list(refusal.value.fields) == ["place"]
    assert not Clocking.objects.exists()


def test_without_a_place_it_counts_and_is_flagged(budi, press) -> None:
    row = press(budi, "07:28", latitude=None, longitude=None, accuracy=None)
    assert (row.flags, row.place, result(budi, moment("09:00")).result) == (
        ["no_place"], None, "present",
    )  # fmt: skip


@pytest.mark.parametrize("latitude", [91.0, float("nan"), -1e300])
def test_place_that_is_none_is_no_place(budi, press, latitude) -> None:
    assert press(budi, "07:28", latitude=latitude).flags == ["no_place"]


def test_mock_places_are_flagged_and_count(budi, press) -> None:
    press(budi, "07:28", accuracy=0, latitude=HERE[0])
    row = press(budi, "16:01", "out", accuracy=0, latitude=HERE[0])
    assert row.flags == ["exact", "same_point"]
    found = result(budi)
    assert (found.result, found.flags) == ("present", ("exact", "same_point"))


def test_code_at_the_door_opens_it_for_two_minutes(budi, press, office) -> None:
    code = queries.door_code(place=office.office.place, at=moment("07:28"))
    row = press(budi, "07:29", way="code", code=code, latitude=None)
    assert (row.way, row.place.code, row.flags) == ("code", "G-1", [])
    with pytest.raises(Invalid, match="berganti setiap menit") as refusal:
        press(budi, "07:31", "out", way="code", code=code)
    assert list(refusal.value.fields) == ["code"]


def test_codes_cannot_be_guessed(budi, press) -> None:
    for _try in range(20):
        with pytest.raises(Invalid):
            press(budi, "07:29", way="code", code="000000")
    with pytest.raises(TooMany):
        press(budi, "07:29", way="code", code="000000")


def test_clocking_in_twice_the_first_counts(budi, press) -> None:
    press(budi, "07:28")
    again = press(budi, "08:15")
    assert again.flags == ["again"]
    assert result(budi, moment("09:00")).minutes_late == 0


def test_same_key_is_the_same_clocking(budi, citra, press) -> None:
    first = press(budi, "07:28", key="one-and-the-same")
    assert press(budi, "07:40", key="one-and-the-same").pk == first.pk
    assert Clocking.objects.get().received_at == moment("07:28")
    with pytest.raises(Conflict):
        press(citra, "07:41", key="one-and-the-same")


@pytest.mark.parametrize("facts", [{"key": "short"}, {"kind": "nap"}, {"way": "mail"}])
def test_what_is_not_whole_is_refused(budi, press, facts) -> None:
    with pytest.raises(Invalid, match="Muat ulang"):
        press(budi, "07:28", **facts)


def test_residents_and_outsiders_have_nothing_to_clock(ayu, eka, press) -> None:
    for somebody in (ayu, eka):
        with pytest.raises(NotAllowed):
            press(somebody, "07:28")


def photo_law(eka: Actor, *reporting: str) -> None:
    """Let everybody work at home and report by photo, from Monday on."""
    gita = Actor.system("tests")
    written = law.written(
        {"kind": "remote", "work": "required", "article": "3"},
        {"kind": "reporting", "duties": list(reporting), "article": "4"},
        effective={"from": MONDAY, "until_evaluated": True},
    )
    law.enact(
        written,
        author=Actor.system("writer"),
        actor=gita,
        at=moment("06:00"),
        reason="Mendesak.",
    )


def test_home_needs_a_photo_where_the_law_asks_for_it(budi, eka, press) -> None:
    photo_law(eka, "same_day", "photo")
    with pytest.raises(Invalid, match="surat edaran") as refusal:
        press(budi, "07:28", way="home")
    assert list(refusal.value.fields) == ["photo"]
    row = press(budi, "07:28", way="home", photo=made.jpeg(), photo_name="aku.jpg")
    assert (row.place, row.flags, row.photo.owner) == (None, [], f"clocking:{row.key}")
    press(budi, "16:00", "out", way="home", photo=made.jpeg())
    assert result(budi).result == "home"


@pytest.mark.parametrize("data", [b"MZ not a photo", b"%PDF-1.7 nearly", b"\xff\xd8\xff"])
def test_photo_that_is_none_is_refused_with_a_sentence(budi, eka, press, data) -> None:
    photo_law(eka, "photo")
    with pytest.raises(Invalid) as refusal:
        press(budi, "07:28", way="home", photo=data)
    assert refusal.value.fields["photo"] == [str(refusal.value)]
    assert not Clocking.objects.exists()
    assert not StoredFile.objects.exists()


def test_document_is_no_photo(budi, eka, press) -> None:
    photo_law(eka, "photo")
    with pytest.raises(Invalid, match="Ini dokumen, bukan foto"):
        press(budi, "07:28", way="home", photo=made.pdf())
    assert not StoredFile.objects.exists()


def test_photos_and_places_expire(budi, eka, press, settings) -> None:
    settings.PHOTO_DAYS = 30
    photo_law(eka, "photo")
    row = press(budi, "07:28", way="home", photo=made.jpeg())
    system = Actor.system("tests")
    for days, kept in ((29, True), (31, False)):
        at = moment("08:00") + timedelta(days=days)
        files.expire(actor=system, at=at)
        workforce.forget_points(actor=system, at=at)
        row.refresh_from_db()
        assert (row.photo is not None, row.latitude is not None) == (kept, kept)


def test_twice_a_day_is_once_in_and_once_out(budi, eka, press) -> None:
    photo_law(eka, "twice_daily")
    assert result(budi).result == "absent"
    press(budi, "07:28", way="home")
    assert result(budi).result == "incomplete"
    press(budi, "16:00", "out", way="home")
    assert result(budi).result == "home"


def test_night_shift_belongs_to_the_day_it_began(budi, office, press) -> None:
    turn(roster(office, MONDAY), budi, "22:00", "06:00")
    press(budi, "21:55")
    row = press(budi, "06:03", "out", TUESDAY)
    assert row.on == MONDAY
    assert result(budi, moment("12:00", TUESDAY)).result == "present"


def test_roster_without_a_turn_is_work_at_home(budi, dewi, office, press) -> None:
    row = roster(office, MONDAY)
    turn(row, dewi, "07:30", "16:00")
    assert result(budi).result == "home"  # nobody asks for a clocking there
    came = press(budi, "07:28")
    assert came.flags == ["unplanned"]
    assert result(dewi).result == "absent"


def test_absence_decides_and_never_says_why(budi, dewi, press) -> None:
    press(dewi, "07:20")
    personnel = Actor.system("tests")
    workforce.record_absence(
        account=people.account_of(budi), kind="leave", starts_on=MONDAY, ends_on=TUESDAY,
        reason="sick", words="demam", actor=personnel, at=moment("06:00"),
    )  # fmt: skip
    found = result(budi)
    assert (found.result, [lines.words(line) for line in found.lines]) == (
        "leave", ["Cuti untuk hari ini sudah disetujui."],
    )  # fmt: skip


def test_stay_follows_the_clock(budi, desk, press) -> None:
    press(budi, "07:28")
    stay = Stay.objects.get()
    assert (stay.room.code, stay.on, stay.starts_at, stay.ends_at) == (
        "R-1", MONDAY, moment("07:28"), None,
    )  # fmt: skip
    press(budi, "12:00", "out")
    press(budi, "16:00", "out")
    assert Stay.objects.get().ends_at == moment("16:00")


def test_stay_left_open_ends_with_the_hours(budi, desk, press, system) -> None:
    press(budi, "07:28")
    assert workforce.close_days(actor=system, at=moment("19:59")) == 0
    assert workforce.close_days(actor=system, at=moment("20:00")) == 1
    assert Stay.objects.get().ends_at == moment("16:00")


def test_home_leaves_no_stay(budi, desk, press) -> None:
    press(budi, "07:28", way="home")
    assert not Stay.objects.exists()


def test_results_of_many_take_as_many_queries_as_of_one(
    budi, dewi, press, django_assert_num_queries
) -> None:
    press(budi, "07:28")
    queries.day_results(accounts=[1], since=MONDAY, until=TUESDAY, at=moment("08:00"))
    ids = [people.account_of(each).pk for each in (budi, dewi)]
    for accounts in (ids[:1], ids):
        with django_assert_num_queries(9):
            queries.day_results(
                accounts=accounts, since=MONDAY, until=TUESDAY, at=moment("23:00")
            )


def test_unexcused_days_are_counted(budi, dewi, press) -> None:
    press(dewi, "07:20")
    at = moment("08:00", MONDAY + timedelta(days=7))
    ids = [people.account_of(each).pk for each in (budi, dewi)]
    counts = queries.unexcused(accounts=ids, at=at)
    assert [(counts[each].days, counts[each].longest_run) for each in ids] == [(5, 5), (4, 4)]
    assert str(counts[ids[0]].step.words) == "teguran tertulis"
