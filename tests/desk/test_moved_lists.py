"""Every case that a circular moves, as a file at the desk."""

from __future__ import annotations

import csv
from datetime import timedelta

import pytest

from loket.cases.models import Case
from loket.organisation import queries as organisation
from loket.policies import services as policies
from loket.policies.models import Circular
from tests.factories import policies as law


@pytest.fixture
def stopping(case: Case, eka, at) -> Circular:
    """Return the draft of a circular that stops the clock for the next nine days."""
    since = organisation.today(None, at=at) + timedelta(days=1)
    written = law.written(
        {"kind": "clock", "suspended": True, "article": "4"},
        effective={"from": since, "through": since + timedelta(days=9)},
    )
    return law.draft(written, actor=eka, at=at)


def rows(answer) -> list[list[str]]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(text.splitlines()))


def test_every_case_is_a_file_before_and_after(stopping, case, eka, gita, at_work, at):
    url = f"/desk/circulars/{stopping.code}/impact/"
    ekas, gitas = at_work(eka), at_work(gita)
    assert len(rows(ekas.get(f"{url}moves/"))) == 1  # Not simulated yet.

    made = policies.simulate(circular=stopping, actor=eka, at=at)
    page = ekas.get(url).content.decode()
    assert f'href="{url}moves/"' in page
    before = rows(ekas.get(f"{url}moves/"))
    was = case.due_on
    policies.enact(circular=stopping, simulation=made, actor=gita, at=at)
    case.refresh_from_db()

    assert len(before[0]) == 5
    assert before[1:] == [
        [case.code, case.unit.code, "TEST-BIRTH", was.isoformat(), case.due_on.isoformat()]
    ]
    assert rows(gitas.get(f"{url}moves/")) == before


def test_who_has_no_seat_gets_no_file(stopping, budi, at_work):
    assert at_work(budi).get(f"/desk/circulars/{stopping.code}/impact/moves/").status_code in {
        403,
        404,
    }
