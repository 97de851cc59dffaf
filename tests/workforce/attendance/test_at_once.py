"""The same sent twice at once is one clocking, and appeals at once are one."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection

from loket.kernel.errors import Conflict
from loket.people import queries as people
from loket.workforce import services as workforce
from loket.workforce.models import Clocking, Ruling, Stay
from loket.workforce.rules.attendance.values import Sent

from .conftest import HERE, MONDAY, moment

pytestmark = pytest.mark.django_db(transaction=True)
TOGETHER = 4


def at_once(act: Callable[[int], object]) -> list[object]:
    """Do something in several threads at the same moment; return what each got."""
    barrier, found = Barrier(TOGETHER), []

    def run(number: int) -> None:
        barrier.wait()
        try:
            found.append(act(number))
        except Conflict as refusal:
            found.append(refusal)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[n]) for n in range(TOGETHER)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def sent(key: str) -> Sent:
    return Sent(key=key, kind="in", way="place", latitude=HERE[0], longitude=HERE[1])


def test_same_key_sent_at_once_is_one_clocking(budi, office, desk) -> None:
    at = moment("07:28")
    found = at_once(
        lambda _n: workforce.clock_in_out(sent=sent("the-same-key"), actor=budi, at=at).pk
    )
    assert found == [Clocking.objects.get().pk] * TOGETHER
    assert Stay.objects.count() == 1


def test_appeals_at_once_are_one(budi, office) -> None:
    at = moment("23:00")
    found = at_once(
        lambda n: workforce.appeal_day(on=MONDAY, words=f"Nomor {n}", actor=budi, at=at)
    )
    kept = [each for each in found if isinstance(each, Ruling)]
    assert (len(kept), len(found)) == (1, TOGETHER)
    assert Ruling.objects.get().pk == kept[0].pk


def test_two_phones_at_once_leave_one_first(budi, office, desk) -> None:
    at = moment("07:28")
    at_once(lambda n: workforce.clock_in_out(sent=sent(f"phone-{n:04}"), actor=budi, at=at))
    assert Clocking.objects.filter(account=people.account_of(budi)).count() == TOGETHER
