"""The commands about circulars, and those that shut and reopen."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.apps import apps

from loket.catalogue import services as catalogue
from loket.kernel import clock
from loket.policies.models import Circular, Closure
from loket.site import decreeing, defining
from loket.site.command.moments import Moment
from tests.conftest import VILLAGE, employ

COUNTER = f"{VILLAGE}-DUKCAPIL"
TEXT = """\
format: 1
issuer: Gubernur DKI Jakarta
number: 09/SE/2027
date: 2027-01-04
title: {id: Kerja saat banjir, en: Work during the flood}
effective: {from: 2027-01-05, through: 2027-01-10}
provisions:
  - article: angka 1
    kind: counters
    state: online_only
    scope: {units: ["31.74-DUKCAPIL"], kinds: [service_point]}
    words: {id: Loket tutup karena banjir., en: Counters are closed because of the flood.}
"""


@pytest.fixture
def circular(tmp_path, kelurahan) -> Path:
    path = tmp_path / "flood.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def surya(kelurahan, at):
    return employ(
        "surya", "Surya Atmaja", kelurahan.parent.parent.parent.parent, "executive", "Sekda", at
    )


def everything() -> dict[str, int]:
    """Count the rows of every table."""
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


def enacted(loket, path: Path, *more: str):
    return loket("enact", path, "--author", "eka", "--by", "surya", *more)


def test_moments_are_of_the_office_and_a_day_is_its_morning():
    read = Moment().convert
    assert read("2020-03-20", None, None) == datetime(2020, 3, 20, 3, tzinfo=UTC)
    assert read("2020-03-20T08:30", None, None) == datetime(2020, 3, 20, 1, 30, tzinfo=UTC)
    assert read("2020-03-20 08:30+09:00", None, None) == datetime(
        2020, 3, 19, 23, 30, tzinfo=UTC
    )


def test_a_moment_that_is_none_is_refused(loket, kelurahan):
    result = loket("in-force", "--unit", "31", "--at", "kemarin")
    assert result.exit_code == 2
    assert "'kemarin' is no moment such as 2020-03-20" in result.stderr


def test_dry_run_prints_the_impact_and_changes_nothing(loket, circular):
    before = everything()
    result = loket("enact", "--dry-run", circular)
    assert result.exit_code == 0
    impact = json.loads(result.stdout)
    assert impact["circular"] == "Gubernur DKI Jakarta 09/SE/2027 (04-01-2027)"
    assert impact["retroactive"] is False
    assert everything() == before


def test_two_people_put_a_circular_in_force(loket, circular, eka, surya):
    result = enacted(loket, circular)
    assert result.exit_code == 0
    row = Circular.objects.get()
    assert (row.state, row.author_name, row.enacted_by_name) == (
        "enacted",
        "Eka Wijaya",
        "Surya Atmaja",
    )
    assert result.stdout == f"{row} is enacted; its code is {row.code}.\n"
    answer = json.loads(
        loket("in-force", "--unit", COUNTER, "--at", "2027-01-06", "--json").stdout
    )
    assert answer["counters"]["state"] == "online_only"
    (reason,) = answer["counters"]["because"]["state"]
    assert (reason["circular"], reason["article"]) == (str(row), "angka 1")
    assert reason["period"] == {
        "from": "2027-01-05T00:00:00+07:00",
        "to": "2027-01-11T00:00:00+07:00",
    }
    assert enacted(loket, circular).exit_code == 1


def test_in_force_reads_aloud(loket, circular, eka, surya):
    enacted(loket, circular)
    result = loket("in-force", "--unit", COUNTER, "--at", "2027-01-06")
    rows = [line.split("  ")[0] for line in result.stdout.splitlines()[2:]]
    assert rows[:2] == ["part", "counters.state"]
    assert (
        "Gubernur DKI Jakarta 09/SE/2027 (04-01-2027), angka 1, "
        "from 2027-01-05T00:00 to 2027-01-11T00:00"
    ) in result.stdout


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--author", "eka", "--by", "eka"), "The actor may not enact or revoke circulars."),
        (("--author", "nobody", "--by", "eka"), "There is nobody on the staff called nobody."),
    ],
)
def test_who_may_not_is_refused_and_nothing_stays(loket, circular, eka, words, sentence):
    result = loket("enact", circular, *words)
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert not Circular.objects.exists()


def test_one_person_alone_is_called_wrongly(loket, circular, eka):
    result = loket("enact", circular, "--author", "eka")
    assert result.exit_code == 2
    assert "two people put a circular in force" in result.stderr


def test_the_past_needs_a_reason(loket, circular, eka, surya):
    circular.write_text(TEXT.replace("2027-", "2024-"), encoding="utf-8")
    assert enacted(loket, circular).exit_code == 1
    assert not Circular.objects.exists()
    assert enacted(loket, circular, "--reason", "Baru diterima.").exit_code == 0
    assert Circular.objects.get().retroactive_reason == "Baru diterima."


@pytest.mark.parametrize(
    ("was", "now", "line", "reason"),
    [
        ("online_only", "shut", 10, "provisions[0]"),
        ("through: 2027-01-10", "through: 2027-01-01", 6, "effective"),
        ('"31.74-DUKCAPIL"', '"31.99"', 11, "There is no unit “31.99”."),
    ],
)
def test_problems_have_their_line(loket, circular, was, now, line, reason):
    circular.write_text(TEXT.replace(was, now), encoding="utf-8")
    result = loket("enact", "--dry-run", circular)
    assert result.exit_code == 1
    (problem,) = result.stderr.splitlines()
    assert problem.startswith(f"{circular}:{line}: error: ")
    assert reason in problem


def test_a_missing_file_is_one_sentence(loket, kelurahan, tmp_path):
    result = loket("enact", "--dry-run", tmp_path / "none.yaml")
    assert (result.exit_code, result.stderr) == (1, f"There is no file {tmp_path}/none.yaml.\n")


def test_unknown_names_are_refused(loket, kelurahan):
    sentences = [
        loket("in-force", "--unit", "31.99").stderr,
        loket("in-force", "--unit", "31", "--service", "nope").stderr,
        loket("in-force", "--unit", "31", "--room", "NOPE").stderr,
    ]
    assert sentences == [
        "There is no unit “31.99”.\n",
        "There is no service “NOPE”.\n",
        "There is no room “NOPE”.\n",
    ]


def test_a_scenario_loads_once(loket, circular, tmp_path):
    body = "".join(f"    {line}\n" for line in TEXT.splitlines()).replace(
        "    format", "  - format", 1
    )
    path = tmp_path / "plan.yaml"
    head = "format: 1\ntitle: {id: Rencana, en: A plan}\ncirculars:\n"
    path.write_text(head + body, encoding="utf-8")
    checked = json.loads(loket("scenario", path, "--dry-run", "--json").stdout)
    assert not Circular.objects.exists()
    first, second = (json.loads(loket("scenario", path, "--json").stdout) for _time in range(2))
    label = "Gubernur DKI Jakarta 09/SE/2027 (04-01-2027)"
    assert checked == first == {"circulars": [label], "closures": [], "zones": []}
    assert second == {"circulars": [], "closures": [], "zones": []}
    assert loket("scenario", path).stdout == (
        "plan.yaml: 0 circulars, 0 closures, 0 zones loaded.\n"
    )


def test_a_wrong_scenario_names_file_and_line(loket, kelurahan):
    catalogue.import_bundled(
        actor=decreeing.WRITER,
        at=clock.now(),
        templates=defining.slots(),
        notices=defining.notices(),
    )
    result = loket("scenario", decreeing.HISTORY)
    assert result.exit_code == 1
    path = decreeing.timeline_path(decreeing.HISTORY)
    assert all(line.startswith(f"{path}:") for line in result.stderr.splitlines())
    assert "There is no building “G-31.71”." in result.stderr
    assert not Circular.objects.exists()


def test_circulars_are_listed_with_their_period(loket, circular, eka, surya):
    enacted(loket, circular)
    (row,) = json.loads(loket("circulars", "--json").stdout)
    assert (row["state"], row["number"], row["title"]) == (
        "enacted",
        "09/SE/2027",
        "Work during the flood",
    )
    assert (row["from"], row["to"]) == (
        "2027-01-05T00:00:00+07:00",
        "2027-01-11T00:00:00+07:00",
    )


def test_the_schemas_are_printed(loket):
    one = json.loads(loket("circular-schema").stdout)
    whole = json.loads(loket("circular-schema", "--timeline").stdout)
    assert "provisions" in one["properties"]
    assert "closures" in whole["properties"]


def test_an_office_is_shut_recorded_and_opened_again(loket, kelurahan):
    since = (clock.now() - timedelta(days=10)).date().isoformat()
    basis = "Pergub 88/2020 pasal 9 ayat (2) huruf f"
    shut = loket(
        "close", "--unit", COUNTER, "--reason", "positive_case", "--basis", basis,
        "--from", since, "--words", "Kasus positif.",
    )  # fmt: skip
    assert shut.exit_code == 0
    closure = Closure.objects.get()
    assert "Before that, record with `loket record`: disinfection, tracing." in shut.stdout
    assert loket("reopen", closure.code).exit_code == 1
    first, second = (
        loket("record", closure.code, "--kind", kind, "--words", "Selesai.").stdout
        for kind in ("disinfection", "tracing")
    )
    assert (first, second) == (
        "disinfection is on record. Missing: tracing.\n",
        "tracing is on record.\n",
    )
    assert loket("reopen", closure.code).exit_code == 0
    (row,) = json.loads(loket("closures", "--json").stdout)
    assert (row["reason"], row["what"], row["missing"]) == ("positive_case", COUNTER, "")
    assert row["reopened"] is not None
    assert json.loads(loket("closures", "--open", "--json").stdout) == []


def test_a_closure_can_be_tried_out(loket, kelurahan):
    before = everything()
    words = ("--unit", COUNTER, "--reason", "flood", "--basis", "angka 1", "--dry-run")
    result = loket("close", *words)
    assert result.exit_code == 0
    assert "earliest_at" in json.loads(result.stdout)
    assert everything() == before


def test_nothing_to_close_is_refused_in_one_sentence(loket, kelurahan):
    result = loket("close", "--reason", "fire", "--basis", "angka 1")
    assert result.exit_code == 1
    assert result.stderr.startswith("Say what is closed by exactly one of")
