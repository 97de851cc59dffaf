"""The commands about rosters: plan, check, explain."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from loket.kernel import clock
from loket.workforce.models import Roster
from tests.conftest import VILLAGE
from tests.factories import rosters as factory
from tests.factories.rosters import FRIDAY, MONDAY, TUESDAY

pytestmark = pytest.mark.django_db
COUNTER = f"{VILLAGE}-DUKCAPIL"
SATURDAY = FRIDAY + timedelta(days=1)


@pytest.fixture(autouse=True)
def _now(monkeypatch, at):
    monkeypatch.setattr(clock, "now", lambda: at)


@pytest.fixture
def office(kelurahan):
    """Return a unit of eight under a cap of half, with a counter for two."""
    room = factory.office(kelurahan)
    factory.head(kelurahan)
    factory.staff(kelurahan, 7, "counter")
    factory.counter(kelurahan, "A", room=room, skill="counter", people=2)
    factory.law(factory.HALF, {"kind": "pinned", "posts": ["structural"]})
    return kelurahan


def asked(*more: object) -> tuple[object, ...]:
    return ("--unit", COUNTER, "--from", MONDAY, "--to", FRIDAY, *more)


def test_a_plan_is_printed_with_its_proof_and_not_kept(loket, office):
    result = loket("roster", "plan", *asked())
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].split() == ["day", "shift", "counter", "people"]
    assert [line.split()[1] for line in lines[1:-3]] == [
        str(MONDAY + timedelta(days=n // 2)) for n in range(10)
    ]
    assert lines[-1] == "Proven, and the proof checked: no better roster exists."
    assert not Roster.objects.exists()


def test_a_planned_roster_passes_the_check_by_itself_and_by_law(loket, office, tmp_path):
    path = tmp_path / "roster.json"
    path.write_text(loket("roster", "plan", *asked("--json")).stdout, encoding="utf-8")
    result = loket("roster", "check", path)
    assert result.stdout.splitlines() == [
        "Every rule is kept.",
        "The proof holds: no better roster exists.",
    ]
    assert result.exit_code == 0
    result = loket("roster", "check", path, "--law", "--json")
    assert json.loads(result.stdout) == {"broken": [], "proof": [], "proven": False}
    assert result.exit_code == 0


def changed(path: Path, loket, **changes: object) -> Path:
    values = json.loads(loket("roster", "plan", *asked("--json")).stdout)
    values.update(changes)
    path.write_text(json.dumps(values), encoding="utf-8")
    return path


def test_every_broken_rule_is_named_and_the_exit_code_is_1(loket, office, tmp_path):
    path = changed(tmp_path / "roster.json", loket, turns=[], plan=None)
    result = loket("roster", "check", path)
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 10
    assert result.stdout.splitlines()[0] == "Monday 9 March 2026: A needs 2, but has 0."
    result = loket("roster", "check", path, "--law")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[0] == "Monday 9 March 2026: Loket A needs 2, but has 0."


def test_a_false_proof_is_found(loket, office, tmp_path):
    values = json.loads(loket("roster", "plan", *asked("--json")).stdout)
    values["plan"]["objective"]["unfairness"] += 1
    path = tmp_path / "roster.json"
    path.write_text(json.dumps(values), encoding="utf-8")
    result = loket("roster", "check", path)
    assert result.exit_code == 1
    assert result.stdout.startswith("The plan says unfairness is ")


def test_a_file_that_is_none_names_each_place(loket, tmp_path):
    path = tmp_path / "roster.json"
    path.write_text('{"format": "loket-roster/1", "unit": 3}', encoding="utf-8")
    result = loket("roster", "check", path)
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "This is no roster that can be read.",
        "unit: This must be text in quotes.",
        "days: This is missing.",
        "members: This is missing.",
        "turns: This is missing.",
    ]


def test_a_file_that_is_no_text(loket, tmp_path):
    path = tmp_path / "roster.json"
    path.write_bytes(b"\xff\xfe\x00")
    result = loket("roster", "check", path)
    assert (result.exit_code, result.stderr) == (1, f"{path} is no text in UTF-8.\n")


@pytest.mark.parametrize("command", ["plan", "explain"])
@pytest.mark.parametrize(
    ("unit", "on", "expected"),
    [
        (VILLAGE, MONDAY, "Pejaten Barat has no staff in these days."),
        (COUNTER, SATURDAY, "Satpel Pejaten Barat does not work on any of these days."),
        (COUNTER, "2035-01-01", "Working days in 2035 cannot be counted yet"),
    ],
)
def test_nothing_is_proven_of_nobody_and_no_day(loket, office, command, unit, on, expected):
    result = loket("roster", command, "--unit", unit, "--from", on, "--to", on)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith(expected)


def test_a_day_that_cannot_be_staffed_is_explained_with_what_would_help(loket, office):
    factory.counter(office, "B", skill="biometric", title="Perekaman KTP")
    result = loket("roster", "explain", "--unit", COUNTER, "--on", TUESDAY)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == (
        "Tuesday 10 March 2026: Perekaman KTP needs 1; nobody who is qualified may come."
    )
    assert len(lines) == 9
    assert lines[1].strip().endswith("learned: recording fingerprints and faces")
    plan = loket("roster", "plan", *asked()).stdout
    assert plan.count("Perekaman KTP needs 1; nobody who is qualified may come.") == 5
    found = json.loads(loket("roster", "explain", *asked("--json")).stdout)
    assert [reason["on"] for reason in found] == [
        str(MONDAY + timedelta(days=n)) for n in range(5)
    ]


def test_what_can_be_staffed_needs_no_explanation(loket, office):
    result = loket("roster", "explain", *asked())
    assert result.stdout == "Every working day among these can be staffed.\n"


@pytest.mark.parametrize(
    "words",
    [
        ("plan", "--unit", COUNTER, "--from", FRIDAY, "--to", MONDAY),
        ("plan", "--unit", COUNTER, "--from", "2026-01-01", "--to", "2026-12-31"),
        ("explain", "--unit", COUNTER, "--from", MONDAY),
    ],
)
def test_commands_called_wrongly(loket, kelurahan, words):
    assert loket("roster", *words).exit_code == 2


def test_a_unit_that_is_none(loket, kelurahan):
    result = loket("roster", "explain", "--unit", "31.99", "--on", MONDAY)
    assert (result.exit_code, result.stderr) == (1, "There is no unit “31.99”.\n")
