"""Two who act on one day at the same time."""

from __future__ import annotations

from datetime import date

import pytest

from loket.kernel.errors import Conflict
from loket.workforce import services as workforce
from loket.workforce.models import WorkEntry, WorkReport
from loket.workforce.rules.written import Written
from tests.factories.at_once import DONE, outcomes

ON = date(2026, 3, 2)
LETTERS = Written("letter", "Menjawab surat", 1, 10)


@pytest.mark.django_db(transaction=True)
def test_a_day_is_handed_in_once_and_takes_nothing_afterwards(budi, at):
    workforce.write_entry(on=ON, written=LETTERS, actor=budi, at=at)

    def hand_in() -> None:
        workforce.submit_report(on=ON, actor=budi, at=at)

    def add() -> None:
        workforce.write_entry(on=ON, written=LETTERS, actor=budi, at=at)

    told = outcomes(hand_in, hand_in, add, add)
    assert sorted(told[:2]) == [Conflict.__name__, DONE]
    assert WorkReport.objects.count() == 1
    assert WorkEntry.objects.count() == 1 + told[2:].count(DONE)
