"""Two who act on one day at the same time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from loket.kernel.errors import Conflict, Refusal
from loket.workforce import services as workforce
from loket.workforce.models import WorkEntry, WorkReport
from loket.workforce.rules.written import Written

ON = date(2026, 3, 2)
LETTERS = Written("letter", "Menjawab surat", 1, 10)


@pytest.mark.django_db(transaction=True)
def test_a_day_is_handed_in_once_and_takes_nothing_afterwards(budi, at):
    workforce.write_entry(on=ON, written=LETTERS, actor=budi, at=at)
    start = Barrier(4)

    def run(act) -> str:
        start.wait()
        try:
            act()
        except Refusal as refusal:
            return type(refusal).__name__
        else:
            return "done"
        finally:
            connection.close()

    def hand_in() -> None:
        workforce.submit_report(on=ON, actor=budi, at=at)

    def add() -> None:
        workforce.write_entry(on=ON, written=LETTERS, actor=budi, at=at)

    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(run, [hand_in, hand_in, add, add]))
    assert sorted(told[:2]) == [Conflict.__name__, "done"]
    assert WorkReport.objects.count() == 1
    assert WorkEntry.objects.count() == 1 + told[2:].count("done")
