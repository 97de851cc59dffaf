"""The attendance of a unit at the desk: exceptions first, what came in late, appeals, doors."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from loket.desk.attendance import saying
from loket.people import queries as people
from loket.workforce import queries
from loket.workforce import services as workforce
from loket.workforce.models import Clocking, Ruling
from tests.conftest import employ

pytestmark = pytest.mark.django_db
TEAM = "/desk/attendance/team/"


def names(page: bytes) -> list[str]:
    rows = re.findall(r'<th scope="row".*?<bdi>(.*?)</bdi>', page.decode(), re.DOTALL)
    return [name.strip() for name in rows]


def test_exceptions_come_first(dewis, dewi, budi, press, offices, at) -> None:
    employ("ani", "Ani Lestari", offices, "officer", "Petugas", at)
    press(budi)
    page = dewis.get(TEAM).content
    assert names(page)[0] == "Budi Santoso"
    assert sorted(names(page)) == ["Ani Lestari", "Budi Santoso", "Dewi Anggraini"]
    assert b"hadir, terlambat 20 menit" in page


def test_team_takes_as_many_queries_for_three(
    dewis, dewi, budi, press, offices, at, django_assert_num_queries
) -> None:
    press(budi)
    dewis.get(TEAM)
    with django_assert_num_queries(32):
        dewis.get(TEAM)
    for number in range(2):
        somebody = employ(f"p{number}", f"P {number}", offices, "officer", "Petugas", at)
        press(somebody)
    with django_assert_num_queries(32):
        dewis.get(TEAM)
    with django_assert_num_queries(15):
        dewis.get(f"{TEAM}month/")


def test_month_shows_people_by_days(dewis, budi, press, on) -> None:
    press(budi)
    page = dewis.get(f"{TEAM}month/?month={on:%Y-%m}").content.decode()
    assert "+20" in page
    assert f"/desk/attendance/team/budi/{on}/" in page


def late(press, budi, at):
    """Press without a line forty minutes ago."""
    word = queries.server_word(account=people.account_of(budi), at=at - timedelta(hours=1))
    claimed = at - timedelta(minutes=40)
    return press(budi, is_offline=True, claimed_at=claimed, sent_at=at, contact=word)


def test_what_came_in_late_is_confirmed_with_one_click(dewis, budi, press, at) -> None:
    row = late(press, budi, at)
    assert f"/desk/attendance/confirm/{row.key}/" in dewis.get(TEAM).content.decode()
    confirm = f"/desk/attendance/confirm/{row.key}/"
    answer = dewis.post(confirm, {"next": TEAM}, follow=True)
    assert answer.redirect_chain == [(TEAM, 303)]
    assert Clocking.objects.get().counts_at == at - timedelta(minutes=40)
    again = dewis.post(confirm, follow=True)
    assert "sudah disahkan" in again.content.decode()


def test_nobody_else_confirms(budis, citra, budi, press, at, at_work) -> None:
    row = late(press, budi, at)
    confirm = f"/desk/attendance/confirm/{row.key}/"
    assert budis.post(confirm).status_code == 403
    assert at_work(citra).post(confirm).status_code == 404


def test_appeal_is_granted(dewis, budi, press, on, at) -> None:
    press(budi)
    workforce.appeal_day(on=on, words="Lift macet.", actor=budi, at=at)
    assert "Lift macet." in dewis.get(TEAM).content.decode()
    day = f"{TEAM}budi/{on}/"
    assert "Lift macet." in dewis.get(day).content.decode()
    refused = dewis.post(f"{day}decide/", {"do": "refuse", "remark": ""})
    assert refused.status_code == 422
    form = {"do": "grant", "counts_as": "present", "remark": "Betul."}
    page = dewis.post(f"{day}decide/", form, follow=True).content.decode()
    assert "Keberatan dikabulkan." in page
    assert "Atasan mengabulkan keberatan; hasil ini yang berlaku." in page
    assert Ruling.objects.get().state == "granted"
    late_again = dewis.post(f"{day}decide/", form, follow=True)
    assert "sudah diputuskan" in late_again.content.decode()


def test_team_is_for_those_who_may_see_it(budis, citra, at_work, offices) -> None:
    assert budis.get(TEAM).status_code == 403
    assert at_work(citra).get(f"{TEAM}?unit={offices.code}").status_code == 403


def test_day_of_another_is_not_found_elsewhere(citra, at_work, press, budi, on) -> None:
    press(budi)
    assert at_work(citra).get(f"{TEAM}budi/{on}/").status_code == 404


def test_personnel_sees_results_and_no_words_of_appeals(
    offices, budi, dewi, press, on, at, at_work
) -> None:
    personnel = employ("nadia", "Nadia", offices, "personnel", "Kepegawaian", at)
    press(budi)
    workforce.appeal_day(on=on, words="Saya demam.", actor=budi, at=at)
    browser = at_work(personnel)
    for address in (TEAM, f"{TEAM}month/", f"{TEAM}budi/{on}/"):
        page = browser.get(address)
        assert page.status_code == 200
        assert "demam" not in page.content.decode()
    decide = {"do": "grant", "counts_as": "present"}
    assert browser.post(f"{TEAM}budi/{on}/decide/", decide).status_code == 403


def test_absence_says_nothing_of_why(dewis, budi, offices, on, at, turn) -> None:
    personnel = employ("nadia", "Nadia", offices, "personnel", "Kepegawaian", at)
    workforce.record_absence(
        account=people.account_of(budi), kind="leave", starts_on=on,
        ends_on=on + timedelta(days=1), reason="sick", words="Demam berdarah",
        actor=personnel, at=at,
    )  # fmt: skip
    for address in (TEAM, f"{TEAM}month/", f"{TEAM}budi/{on}/"):
        page = dewis.get(address).content.decode().lower()
        assert "cuti" in page
        assert not re.search("demam|sakit", page)


def test_door_shows_the_code_and_its_square(dewis, place, at) -> None:
    answer = dewis.get(f"/desk/attendance/door/{place.code}/")
    page = answer.content.decode()
    code = re.search(r'class="digits"[^>]*>(\d{3}) (\d{3})<', page)
    near = {queries.door_code(place=place, at=at + timedelta(minutes=n)) for n in range(-1, 3)}
    assert "".join(code.groups()) in near
    assert "<svg" in page
    part = dewis.get(f"/desk/attendance/door/{place.code}/", headers={"HX-Request": "true"})
    assert part.content.decode().strip().startswith("<section")


def test_door_is_shown_by_those_who_plan_there(budis, dewis, elsewhere) -> None:
    own, other = "G-31.74.04.1003", f"G-{elsewhere.region}"
    assert budis.get(f"/desk/attendance/door/{own}/").status_code == 403
    assert dewis.get(f"/desk/attendance/door/{other}/").status_code == 403
    assert dewis.get("/desk/attendance/door/nowhere/").status_code == 404


@pytest.mark.parametrize(
    ("minutes", "shown"), [(0, ""), (12, "+12"), (60, "+1:00"), (352, "+5:52")]
)
def test_lateness_fits_a_cell(minutes: int, shown: str) -> None:
    assert saying.signed(minutes) == shown
