"""One's own attendance at the desk: the button, the queue of a phone, the day, the month."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from loket.people import queries as people
from loket.workforce import queries
from loket.workforce.models import Clocking, Ruling
from tests.factories import files as made

from .conftest import HERE

pytestmark = pytest.mark.django_db
PAGE, CLOCK = "/desk/attendance/", "/desk/attendance/clock/"
DATA = {"Accept": "application/json"}


def pressed(**changes: object) -> dict[str, object]:
    form = {
        "key": "a-key-of-a-page", "kind": "in", "way": "place", "latitude": HERE[0],
        "longitude": HERE[1], "accuracy": "14.2",
    }  # fmt: skip
    return form | changes


def test_page_has_one_button(budis) -> None:
    page = budis.get(PAGE).content.decode()
    assert page.count("button big press") == 1
    assert "belum absen" in page
    assert "Gedung Satpel Pejaten Barat" in page


def test_form_clocks_in_and_says_so(budis) -> None:
    answer = budis.post(CLOCK, pressed(), follow=True)
    assert answer.redirect_chain == [(PAGE, 303)]
    page = answer.content.decode()
    assert "0 m dari Gedung Satpel Pejaten Barat; ketelitian ponsel 15 m." in page
    assert "Terlambat 20 menit." in page
    assert "Absen pulang" in page


def test_refused_form_keeps_what_was_typed(budis) -> None:
    answer = budis.post(CLOCK, pressed(way="code", code="123456"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="123456"' in page
    assert "Kode berganti setiap menit" in page


def test_code_of_the_door_is_in_the_link_of_its_square(budis, place, at) -> None:
    code = queries.door_code(place=place, at=at)
    assert f'value="{code}"' in budis.get(f"{PAGE}?code={code}").content.decode()


def test_script_is_answered_with_words(budis) -> None:
    answer = budis.post(CLOCK, pressed(), headers=DATA)
    said = json.loads(answer.content)
    assert set(said) == {"sentence", "contact"}
    assert said["sentence"].startswith("Absen masuk pukul")
    far = budis.post(CLOCK, pressed(key="another-key", latitude="-6.5"), headers=DATA)
    assert (far.status_code, json.loads(far.content)["fields"]) == (422, ["place"])


@pytest.mark.parametrize(
    "odd",
    [
        {"latitude": "north"}, {"accuracy": "nan"}, {"claimed_at": "yesterday"},
        {"sent_at": "0001-01-01T00:00:00+14:00"}, {"sent_at": "2026-13-01"},
        {"claimed_at": "9999-12-31T23:59:59-12:00"}, {"latitude": "1e999"}, {"contact": "x:y"},
    ],
)  # fmt: skip
def test_nonsense_of_a_phone_breaks_nothing(budis, odd) -> None:
    assert budis.post(CLOCK, pressed(**odd), headers=DATA).status_code == 200
    assert Clocking.objects.count() == 1


def test_wrong_clock_of_the_phone_is_told(budis, at) -> None:
    ahead = (at + timedelta(hours=2)).isoformat()
    said = json.loads(budis.post(CLOCK, pressed(sent_at=ahead), headers=DATA).content)
    assert "Jam ponsel Anda berbeda 2 jam; waktu server yang berlaku." in said["sentence"]


def test_phone_learns_when_the_server_heard_it(budis, budi) -> None:
    said = json.loads(budis.get("/desk/attendance/contact/").content)
    assert set(said) == {"now", "csrf", "contact"}
    owner, _moment = queries.read_server_word(said["contact"])
    assert owner == people.account_of(budi).pk


def test_page_without_a_line_knows_nobody(budis) -> None:
    page = budis.get("/desk/attendance/offline/").content.decode()
    assert "Budi" not in page
    assert page.count('data-press="place"') == 2


def test_worker_rules_its_folder_alone(budis) -> None:
    answer = budis.get("/desk/attendance/worker.js")
    assert answer["Content-Type"] == "text/javascript"
    assert "Service-Worker-Allowed" not in answer
    assert "worker-src 'self'" in answer["Content-Security-Policy"]


def test_month_takes_as_many_queries_for_three_days(
    budis, budi, press, on, django_assert_num_queries
) -> None:
    press(budi)
    month = f"/desk/attendance/days/?month={on:%Y-%m}"
    budis.get(month)
    with django_assert_num_queries(21):
        page = budis.get(month).content.decode()
    assert "hadir, terlambat 20 menit" in page


@pytest.mark.parametrize("month", ["", "2026-13", "nonsense", "0001-01", "2019-02"])
def test_any_month_can_be_asked_for(budis, month) -> None:
    assert budis.get(f"/desk/attendance/days/?month={month}").status_code == 200


def test_day_is_explained_and_appealed_against(budis, budi, press, on) -> None:
    press(budi)
    day = f"/desk/attendance/days/{on}/"
    assert "Terlambat 20 menit." in budis.get(day).content.decode()
    assert budis.post(f"{day}appeal/", {"words": " "}).status_code == 422
    proof = SimpleUploadedFile("lift.jpg", made.jpeg())
    form = {"words": "Lift macet.", "proof": proof}
    page = budis.post(f"{day}appeal/", form, follow=True).content.decode()
    assert "Menunggu keputusan atasan." in page
    assert Ruling.objects.get().proof is not None
    again = budis.post(f"{day}appeal/", {"words": "Sekali lagi."}, follow=True)
    assert "sudah mengajukan keberatan" in again.content.decode()


@pytest.mark.parametrize("day", ["nonsense", "2019-01-01", "9999-99-99"])
def test_day_that_is_none_is_not_found(budis, day) -> None:
    assert budis.get(f"/desk/attendance/days/{day}/").status_code == 404


def test_photo_is_for_its_owner_and_the_superior(
    budis, dewis, budi, citra, press, at_work
) -> None:
    row = press(budi, way="home", photo=made.jpeg())
    address = f"/desk/attendance/photos/{row.key}/"
    answer = budis.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert dewis.get(address).status_code == 200
    assert at_work(citra).get(address).status_code == 404


def test_whoever_is_on_no_staff_is_told(at_work, eka, offices) -> None:
    answer = at_work(eka).get(PAGE)
    assert answer.status_code == 403
    assert "tidak tercatat sebagai pegawai" in answer.content.decode()
