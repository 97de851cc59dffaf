"""A dry run that writes every case whose due date would move."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from loket.cases.models import Case
from tests.conftest import VILLAGE
from tests.factories import cases as factory
from tests.factories import organisation

TEXT = """\
format: 1
issuer: Gubernur DKI Jakarta
number: 08/SE/2026
date: 2026-03-02
title: {id: Batas waktu saat banjir, en: Deadlines during the flood}
effective: {from: 2026-03-04, through: 2026-03-06}
provisions:
  - {article: angka 1, kind: clock, suspended: true}
"""


@pytest.fixture
def circular(tmp_path, kelurahan) -> Path:
    path = tmp_path / "clock.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_dry_run_writes_every_case_that_moves(loket, circular, ayu, at, tmp_path):
    organisation.holidays(2026, 2027)
    factory.publish(at=at)
    codes = [factory.case(ayu, at=at, child_name=name).code for name in ("Melati", "Mawar")]
    cases = tmp_path / "cases.csv"

    result = loket("enact", "--dry-run", circular, "--cases", cases)

    assert result.exit_code == 0
    assert json.loads(result.stdout)["cases"]["moved"] == len(codes)
    head, *rows = cases.read_text(encoding="utf-8").splitlines()
    assert head == "case,unit,service,was,now"
    assert rows == [
        f"{code},{VILLAGE}-DUKCAPIL,TEST-BIRTH,2026-03-05,2026-03-10" for code in sorted(codes)
    ]
    assert set(Case.objects.values_list("due_on", flat=True)) == {date(2026, 3, 5)}


def test_where_nothing_moves_only_the_columns_are_written(loket, circular, tmp_path):
    cases = tmp_path / "cases.csv"

    assert loket("enact", "--dry-run", circular, "--cases", cases).exit_code == 0

    assert cases.read_text(encoding="utf-8") == "case,unit,service,was,now\n"


def test_cases_are_written_by_a_dry_run_only(loket, circular, tmp_path):
    result = loket("enact", circular, "--cases", tmp_path / "cases.csv")

    assert result.exit_code == 2
    assert "--cases goes with --dry-run." in result.stderr
