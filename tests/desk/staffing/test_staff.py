"""Staff records at the desk."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from loket.organisation.models import Place, Room, Unit
from loket.people import queries as people
from loket.people.models import Account, Employment, Position
from loket.workforce import queries
from loket.workforce.models import Absence
from tests.conftest import employ
from tests.factories import staff_files

from .conftest import day

BUDI = "/desk/staff/budi/"


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_one_as_for_three(
    kelurahan, nadias, at, count, django_assert_num_queries
):
    for n in range(count):
        employ(f"staff{n}", f"Pegawai {n}", kelurahan, "staff", "Pramubakti", at)
    with django_assert_num_queries(8):
        page = nadias.get("/desk/staff/")
    assert page.content.count(b'<th scope="row"') == count


def test_the_list_shows_ones_own_units_and_is_searched(budi, citra, dewi, nadias):
    page = nadias.get("/desk/staff/").content.decode()
    assert [name in page for name in ("Budi", "Dewi", "Citra")] == [True, True, False]
    found = nadias.get("/desk/staff/?q=kepala").content.decode()
    assert [name in found for name in ("Budi", "Dewi")] == [False, True]


def test_the_list_is_left_through_without_gap_or_repetition(kelurahan, nadias, at):
    for n in range(53):
        employ(f"staff{n}", f"Pegawai {n // 2:02}", kelurahan, "staff", "Pramubakti", at)
    first = nadias.get("/desk/staff/")
    second = nadias.get("/desk/staff/" + first.context["more"])
    names = [
        row["account"].username for page in (first, second) for row in page.context["rows"]
    ]
    assert (len(names), len(set(names)), second.context["more"]) == (53, 53, "")


def test_an_officer_has_no_list(budi, citra, at_work):
    browser = at_work(budi)
    assert browser.get("/desk/staff/").status_code == 403
    assert browser.get("/desk/staff/citra/").status_code == 403


def test_somebody_elsewhere_is_not_there(citra, nadias):
    assert nadias.get("/desk/staff/citra/").status_code == 404


def test_numbers_are_whole_only_to_who_keeps_the_records(budi, dewi, nadias, at_work):
    account = people.account_of(budi)
    number = staff_files.nip(3)
    Employment.objects.create(account=account, kind="pns", nip=number, phone="+6281100000012")
    seen = [page.content.decode() for page in (nadias.get(BUDI), at_work(dewi).get(BUDI))]
    assert [number in page for page in seen] == [True, False]
    assert ["+6281100000012" in page for page in seen] == [True, False]


def test_skills_and_rooms_are_written_down(kelurahan, budi, nadias, at):
    place = Place.objects.create(code="G-1", name="Gedung", address="Jl. Melati 1")
    for code in ("R-1", "R-2"):
        Room.objects.create(
            code=code, name=code, place=place, unit=kelurahan, floor="1", capacity=9
        )
    number = people.account_of(budi).pk
    nadias.post(f"{BUDI}skills/", {"skills": ["counter", "cashier", "juggling"]})
    nadias.post(f"{BUDI}rooms/", {"main": "R-2", "rooms": ["R-1", "R-2", "R-9"]})
    assert queries.skills_of([number]) == {number: {"counter", "cashier"}}
    desks = queries.desks_of([number], on=date.max)[number]
    assert [(desk.room.code, desk.is_main) for desk in desks] == [("R-2", True), ("R-1", False)]
    assert nadias.get(BUDI).status_code == 200


def test_somebody_stands_in_for_days_and_the_post_is_ended(kelurahan, budi, nadias, at):
    today = at.date()
    form = {
        "basis": "delegated",
        "unit": "31.74.04-DUKCAPIL",
        "role": "head",
        "title": "Plh. Kepala Sektor",
        **day("since", today - timedelta(days=1)),
    }
    refused = nadias.post(f"{BUDI}posts/", form)
    assert (refused.status_code, b"Plh. Kepala Sektor" in refused.content) == (422, True)
    done = nadias.post(f"{BUDI}posts/", {**form, **day("until", today + timedelta(days=9))})
    assert done.status_code == 303
    post = Position.objects.get(basis="delegated")
    assert post.ends_on == today + timedelta(days=10)
    assert b"Plh. Kepala Sektor" in nadias.get(BUDI).content
    nadias.post(f"{BUDI}posts/2/end/")
    post.refresh_from_db()
    assert post.ends_on in {today, today + timedelta(days=1)}
    assert nadias.post(f"{BUDI}posts/9/end/").status_code == 404


@pytest.mark.parametrize(
    "change",
    [
        {"role": "executive"},
        {"role": "personnel"},
        {"unit": "31.73.01.1001-DUKCAPIL"},
        {"unit": "99"},
        {"title": " "},
        {"level": "X"},
        {"basis": "royal"},
        {"since.day": "40", "since.month": "1", "since.year": "2026"},
    ],
    ids=str,
)
def test_a_post_that_may_not_be_given_is_refused(kelurahan, budi, nadias, change):
    form = {"basis": "definitive", "unit": kelurahan.code, "role": "head", "title": "Kepala"}
    answer = nadias.post(f"{BUDI}posts/", {**form, **change})
    assert answer.status_code in {403, 422}
    assert Position.objects.filter(account__username="budi").count() == 1


def test_nobody_gives_posts_to_themselves(kelurahan, nadia, nadias):
    form = {"basis": "definitive", "unit": kelurahan.code, "role": "head", "title": "Kepala"}
    assert nadias.post("/desk/staff/nadia/posts/", form).status_code == 403


def test_the_head_gives_no_posts(kelurahan, budi, dewi, at_work):
    form = {"basis": "definitive", "unit": kelurahan.code, "role": "head", "title": "Kepala"}
    assert at_work(dewi).post(f"{BUDI}posts/", form).status_code == 403


def test_personnel_writes_down_days_away(budi, nadias, at):
    on = at.date()
    form = {"what": "home:chronic", "words": "asma", **day("since", on), **day("last", on)}
    assert nadias.post(f"{BUDI}absences/", form).status_code == 303
    again = nadias.post(f"{BUDI}absences/", form)
    assert again.status_code == 422
    wrong = nadias.post(f"{BUDI}absences/", {**form, "what": "home:annual"})
    assert wrong.status_code == 422
    absence = Absence.objects.get()
    assert (absence.kind, absence.state) == ("home", "granted")
    assert (absence.ends_on - absence.starts_on).days == 1


def test_pages_of_staff_are_for_staff_only(client, ayu, kelurahan):
    for url in ("/desk/staff/", "/desk/staff/import/", "/desk/counters/", "/desk/absences/"):
        assert client.get(url).status_code == 302
    assert Unit.objects.exists()
    assert Account.objects.count() == 1
