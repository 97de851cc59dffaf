"""Holidays and hours, kept by command."""

from __future__ import annotations

import json

import pytest

from loket.organisation import queries
from loket.organisation.models import Office
from tests.factories import organisation

from .conftest import written

pytestmark = pytest.mark.django_db
DECREE = (
    "on,kind,name\n2030-01-01,public_holiday,Tahun Baru\n2030-01-02,joint_leave,Cuti Bersama\n"
)
SOURCE = ("--source", "SKB 1/2029")


def decree(loket, tmp_path, text: str = DECREE):
    path = tmp_path / "days.csv"
    path.write_text(text, encoding="utf-8")
    return loket("calendar", "decree", 2030, "--days", path, *SOURCE)


def days(loket, *more):
    rows = json.loads(loket("calendar", "list", 2030, "--json", *more).stdout)
    return [(row["on"], row["works"], row["name"]) for row in rows]


def test_decree_is_put_on_record(loket, tmp_path):
    assert decree(loket, tmp_path).stdout == "2030: 2 days are on record.\n"
    assert days(loket) == [
        ("2030-01-01", "no", "Tahun Baru"),
        ("2030-01-02", "no", "Cuti Bersama"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "day,what\n2030-01-01,x\n",
        "on,kind,name\n1 Januari,joint_leave,Cuti\n",
        "on,kind,name\n2031-01-01,joint_leave,Cuti\n",
        "on,kind,name\n2030-01-01,public_holiday,Tahun Baru\n",
        "",
    ],
)
def test_decree_that_is_none_is_refused_whole(loket, tmp_path, text):
    done = decree(loket, tmp_path, text)
    assert (done.exit_code, done.stdout, bool(done.stderr)) == (1, "", True)
    assert days(loket) == []


def test_unit_works_on_a_day_of_joint_leave_until_it_is_taken_back(loket, tmp_path, kelurahan):
    decree(loket, tmp_path)
    here = ("2030-01-02", "--unit", kelurahan.code, *SOURCE)
    loket("calendar", "set", *here, "--kind", "working_day", "--name", "Tetap buka")
    assert days(loket, "--unit", kelurahan.code)[1] == ("2030-01-02", "yes", "Tetap buka")
    assert days(loket)[1] == ("2030-01-02", "no", "Cuti Bersama")
    assert loket("calendar", "clear", *here).exit_code == 0
    assert days(loket, "--unit", kelurahan.code)[1] == ("2030-01-02", "no", "Cuti Bersama")
    assert loket("calendar", "clear", *here).exit_code == 1


def test_hours_of_an_office_are_set_or_refused(loket, tmp_path, kelurahan):
    organisation.office(kelurahan)
    week = {str(day): [["08:00", "12:00"]] for day in range(5)} | {"5": [], "6": []}
    path = written(tmp_path, "hours.json", week)
    assert loket("calendar", "hours", kelurahan.code, "--hours", path).exit_code == 0
    assert Office.objects.get().hours["0"] == [["08:00", "12:00"]]
    wrong = written(tmp_path, "wrong.json", week | {"0": [["12:00", "08:00"]]})
    assert loket("calendar", "hours", kelurahan.code, "--hours", wrong).exit_code == 1
    assert queries.unit(kelurahan.code).office.hours["0"] == [["08:00", "12:00"]]
