"""What the desk says of cases whose officer is away."""

from __future__ import annotations

from datetime import timedelta

import pytest

from loket.cases import services as cases
from loket.organisation import queries as organisation
from loket.workforce.models import Absence
from tests.factories import cases as factory

from .conftest import open_file


def absent(actor, at) -> None:
    today = organisation.today(None, at=at)
    Absence.objects.create(
        account_id=int(actor.ref.partition(":")[2]), kind="leave", state="granted",
        starts_on=today, ends_on=today + timedelta(days=2), asked_at=at, asked_by="x",
    )  # fmt: skip


def test_who_is_away_is_told_why_nothing_goes_to_them(case, budi, at, at_work):
    absent(budi, at)
    answer = at_work(budi).post(f"/desk/cases/{case.code}/claim/")
    assert answer.status_code == 403
    assert "cuti atau dinas luar" in answer.content.decode()


def test_note_of_a_case_that_was_freed_is_by_loket_itself(
    case, budi, dewi, at, at_work, system
):
    cases.claim(case=case, actor=budi, at=at)
    absent(budi, at)
    cases.release_absent(actor=system, at=at)
    shown = open_file(at_work(dewi), case).content.decode()
    assert "Budi Santoso tidak masuk" in shown
    assert "Loket sendiri" in shown


@pytest.mark.parametrize("number", [1, 3])
def test_list_says_who_is_away_and_asks_as_often_for_one_as_for_three(
    version, budi, dewi, at, at_work, number, django_assert_num_queries
):
    for case in factory.file_many(number, at=at - timedelta(hours=1)):
        cases.claim(case=case, actor=budi, at=at)
    absent(budi, at)
    browser = at_work(dewi)
    browser.get("/desk/cases/")
    # As without holders, and one more: who of them is away.
    with django_assert_num_queries(8):
        answer = browser.get("/desk/cases/")
    assert [row["is_holder_away"] for row in answer.context["cases"]] == [True] * number
