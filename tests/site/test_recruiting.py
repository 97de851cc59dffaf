"""Staff brought in from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from loket.people.models import Account, Position
from tests.factories import staff_files
from tests.factories.staff_files import JOKO, SITI

pytestmark = pytest.mark.django_db


def saved(folder: Path, data: bytes, name: str = "pegawai.csv") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_a_file_is_tried_and_then_brought_in(loket, kelurahan, tmp_path):
    path = saved(tmp_path, staff_files.workbook(SITI, JOKO), "pegawai.xlsx")
    done = loket("staff", "import", path, "--dry-run")
    assert done.stdout.splitlines() == [
        "2: new: Siti Rahmawati: account, employment, post",
        "3: new: Joko Prasetyo: account, employment, post",
        "2 new, 0 changed, 0 unchanged, 0 refused. Nothing was changed.",
    ]
    assert not Account.objects.exists()
    found = json.loads(loket("staff", "import", path, "--json").stdout)
    assert (found["done"], found["counts"]["new"], len(found["rows"])) == (True, 2, 2)
    assert Account.objects.count() == 2
    again = loket("staff", "import", path)
    assert again.stdout == "0 new, 0 changed, 2 unchanged, 0 refused. Done.\n"


def test_a_wrong_row_is_told_and_nothing_is_brought_in(loket, kelurahan, tmp_path):
    path = saved(tmp_path, staff_files.commas(SITI, {**JOKO, "Peran": "Raja"}))
    done = loket("staff", "import", path)
    assert (done.exit_code, "3: refused: Joko Prasetyo: Cell J3" in done.stdout) == (1, True)
    assert not Account.objects.exists()


def test_a_file_that_is_no_table_is_refused(loket, tmp_path):
    done = loket("staff", "import", saved(tmp_path, b"PK\x03\x04"))
    assert (done.exit_code, done.stdout, bool(done.stderr)) == (1, "", True)


def test_somebody_stands_in_for_days(loket, budi, kelurahan):
    words = ("staff", "appoint", "budi", "--unit", kelurahan.code, "--role", "head",
             "--title", "Plh. Kepala", "--level", "IV.a", "--basis", "delegated")  # fmt: skip
    assert loket(*words).exit_code == 1
    assert loket(*words, "--to", "2030-01-01").exit_code == 0
    assert Position.objects.values_list("level", "basis").get(role="head") == (
        "IV.a",
        "delegated",
    )
