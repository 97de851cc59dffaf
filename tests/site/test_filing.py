"""``loket apply``: for migration and for scripts."""

from __future__ import annotations

import json

import pytest

from loket.cases.models import Case
from loket.files.models import StoredFile
from loket.kernel import clock
from tests.factories import cases as factory
from tests.factories import organisation

from .conftest import folder_of, written

pytestmark = pytest.mark.django_db
BOTH = {"birth_letter": {"files": ["surat.jpg"]}}


@pytest.fixture(autouse=True)
def service(kelurahan, at):
    organisation.leave_around(clock.now())
    return factory.publish(at=at)


def apply(loket, tmp_path, answers, files, *more):
    path = written(tmp_path, "answers.json", answers)
    return loket(
        "apply", "test-birth", "--answers", path, "--files", folder_of(tmp_path, files), *more
    )


def test_case_is_filed_with_its_papers(loket, tmp_path, kelurahan):
    done = apply(
        loket, tmp_path, factory.answers() | BOTH, {"surat.jpg": factory.photo()},
        "--email", "ayu@warga.example", "--json",
    )  # fmt: skip
    case = Case.objects.get()
    assert (done.exit_code, json.loads(done.stdout)) == (
        0,
        {"code": case.code, "unit": kelurahan.code, "due_on": case.due_on.isoformat()},
    )
    assert (case.channel, case.contact["email"]) == ("script", "ayu@warga.example")
    assert case.attachments.get().file.owner == case.subject


def test_wrong_answers_are_named_by_field_and_nothing_is_kept(loket, tmp_path):
    wrong = factory.answers(birth_date="2999-01-01") | BOTH
    done = apply(loket, tmp_path, wrong, {"surat.jpg": factory.photo()})
    assert (done.exit_code, done.stdout) == (1, "")
    assert "\nbirth_date: " in done.stderr
    assert (Case.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_missing_paper_is_named_and_nothing_is_kept(loket, tmp_path):
    done = apply(loket, tmp_path, factory.answers() | BOTH, {})
    assert (done.exit_code, "birth_letter: surat.jpg is not in" in done.stderr) == (1, True)
    assert Case.objects.count() == 0


def test_refused_paper_is_named_and_nothing_is_kept(loket, tmp_path):
    done = apply(loket, tmp_path, factory.answers() | BOTH, {"surat.jpg": b""})
    assert (done.exit_code, "birth_letter: surat.jpg: " in done.stderr) == (1, True)
    assert Case.objects.count() == 0
