"""Setting up, looking, and asking what is wrong."""

from __future__ import annotations

import json

import pytest

from loket.catalogue.models import ServiceVersion
from loket.jobs.models import Job
from loket.kernel import clock
from loket.organisation.models import Unit
from tests.factories import cases as factory
from tests.factories import organisation

pytestmark = pytest.mark.django_db
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def test_set_up_prepares_everything_and_can_be_repeated(loket):
    for created in (687, 0):
        done = loket("setup", "--skip-migrations")
        assert done.exit_code == 0
        assert f"Units: {created} created" in done.stdout
    assert ServiceVersion.objects.filter(state="published").count() == 8
    findings = json.loads(loket("doctor", "--json").stdout)
    wrong = {f["part"] for f in findings if f["state"] == "wrong"}
    # No mail server answers in the tests.
    assert wrong == {"mail"}
    assert {"signer", "database", "queue", "data"} <= {
        f["part"] for f in findings if f["state"] == "good"
    }


def test_units_lists_the_318_regions_with_their_parents(loket):
    organisation.government()
    rows = json.loads(loket("units", "--function", "government", "--json").stdout)
    by_kind = {kind: sum(row["kind"] == kind for row in rows) for kind in Unit.Kind.values}
    assert len(rows) == 318
    assert (by_kind["province"], by_kind["district"], by_kind["village"]) == (1, 44, 267)
    assert by_kind["city"] + by_kind["regency"] == 6
    codes = {row["code"] for row in rows}
    assert {row["parent"] for row in rows} - codes == {None}


def test_units_are_a_table_for_people(loket, kelurahan):
    head, *rows = loket("units", "--kind", "village").stdout.splitlines()
    assert head.split() == ["code", "name", "kind", "parent", "function"]
    assert [row.split()[0] for row in rows] == ["31.74.04.1003"]


def test_units_of_a_day_before_there_were_any(loket, kelurahan):
    assert json.loads(loket("units", "--on", "1990-01-01", "--json").stdout) == []


def test_journal_prints_what_happened_oldest_first(loket, kelurahan, at):
    organisation.leave_around(at)
    factory.publish(at=at)
    case = factory.file_many(1, at=at)[0]
    rows = json.loads(loket("journal", "--subject", case.subject, "--json").stdout)
    assert [(row["name"], row["actor"]) for row in rows] == [("case.submitted", "system:tests")]
    unknown = loket("journal", "--subject", "case:NOPE")
    assert (unknown.exit_code, unknown.stdout) == (1, "")
    assert unknown.stderr == "Nothing is on record about case:NOPE.\n"


@pytest.mark.parametrize(
    ("name", "data", "outcome"),
    [
        ("foto.jpg", factory.photo(), "accepted"),
        ("virus.pdf", EICAR, "refused"),
        ("kosong.pdf", b"", "refused"),
        ("gambar.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "refused"),
    ],
)
def test_files_inspect_says_what_becomes_of_an_upload(loket, tmp_path, name, data, outcome):
    path, kept = tmp_path / name, tmp_path / "kept"
    path.write_bytes(data)
    done = loket("files", "inspect", path, "--out", kept, "--json")
    verdict = json.loads(done.stdout)
    refused = outcome == "refused"
    assert done.exit_code == int(refused)
    assert (verdict["outcome"] == "refused", bool(verdict["reason"])) == (refused, refused)
    assert kept.exists() is not refused


def findings(loket) -> dict[str, str]:
    done = loket("doctor", "--json")
    rows = json.loads(done.stdout)
    return {row["part"]: row["mend"] for row in rows if row["state"] == "wrong"}


def test_doctor_says_how_to_mend_an_empty_installation(loket):
    done = loket("doctor")
    assert done.exit_code == 1
    wrong = findings(loket)
    assert wrong["signer"] == wrong["data"] == wrong["calendar"] == "Run `loket setup`."


def test_doctor_refuses_debug_plain_pages_and_a_signer_that_is_not_there(loket, settings):
    settings.DEBUG, settings.DEMO, settings.SIGNER = True, False, "quill"
    wrong = findings(loket)
    assert wrong["signer"] == "Set LOKET_SIGNER=local."
    rows = json.loads(loket("doctor", "--json").stdout)
    said = {row["what"] for row in rows if row["part"] == "settings"}
    assert {"debug mode is on", "pages are not encrypted"} <= said


def test_doctor_names_work_that_was_given_up(loket):
    Job.objects.create(
        task="loket.nowhere.lost", state=Job.State.DEAD, queued_at=clock.now(),
        run_at=clock.now(), error="KeyError: 'lost'",
    )  # fmt: skip
    assert findings(loket)["queue"] == "See `loket jobs dead`."
