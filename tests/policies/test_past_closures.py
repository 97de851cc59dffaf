"""Years of closures on record: of those that are over, only what is asked for is read."""

from __future__ import annotations

from datetime import timedelta
from itertools import count

import pytest

from loket.policies import queries
from loket.policies.models import Closure

HOUR = timedelta(hours=1)
SOUTH, WEST = "/31/31.74/", "/31/31.73/"
_numbers = count()


@pytest.fixture
def shut(db, at):
    """Return what writes a closure down: its hours from now, and what it shuts."""

    def write(begins, ends=None, *, closed=None, scopes=(SOUTH,)):
        return Closure(
            code=f"c{next(_numbers)}",
            reason="flood",
            unit_path=SOUTH,
            scopes=list(scopes),
            starts_at=at + begins * HOUR,
            earliest_at=at + begins * HOUR,
            closed_at=at + (begins if closed is None else closed) * HOUR,
            reopened_at=None if ends is None else at + ends * HOUR,
        )

    return write


def kept(*rows):
    return Closure.objects.bulk_create(rows)


def test_all_that_is_shut_is_listed_and_the_latest_of_what_is_over(shut, at):
    ancient, coming, opens_later = kept(shut(-9000), shut(5), shut(-100, 1))
    over = kept(*(shut(-number, 1 - number) for number in range(2, 8)))
    just_now = kept(shut(-1, 0))

    found = queries.shut_and_past(within={SOUTH}, past=3, at=at)

    assert found == [coming, *just_now, *over[:2], opens_later, ancient]


def test_only_what_shuts_something_below_a_path_is_listed(shut, at):
    south, both, village, _province, alike, _nothing = kept(
        shut(-1),
        shut(-2, scopes=[WEST, SOUTH]),
        shut(-3, scopes=[f"{SOUTH}31.74.04/"]),
        shut(-4, scopes=["/31/"]),
        shut(-5, scopes=["/31/31.740/", "/9/31/31.74/"]),
        shut(-6, scopes=[]),
    )

    def listed(*within):
        return queries.shut_and_past(within=within, past=50, at=at)

    assert listed(SOUTH) == [south, both, village]
    assert listed(WEST, f"{SOUTH}31.74.04/") == [both, village]
    assert alike in listed("")
    assert len(listed("")) == 5
    assert listed("/31/31._4/") == listed() == []


def test_the_latest_news_of_closures_needs_no_others(shut, at):
    rows = kept(
        *(shut(-3 * n, -3 * n + n % 7, closed=-3 * n - n % 5) for n in range(3, 40)),
        shut(-90, 4), shut(3), shut(-80, closed=-2), shut(-85),
    )  # fmt: skip
    begun = {row: max(row.closed_at, row.starts_at) for row in rows}
    ended = {row: row.reopened_at for row in rows if row.reopened_at}

    def first(moments):
        known = [row for row in moments if moments[row] <= at]
        return sorted(known, key=lambda row: (moments[row], row.pk), reverse=True)[:5]

    found = queries.latest_closures(most=5, at=at)

    assert set(found) == {*first(begun), *first(ended)}
    assert len(found) < 11 < len(rows)


def test_old_closures_cost_no_rows(shut, at, django_assert_num_queries):
    kept(*(shut(-n, 1 - n) for n in range(2, 200)))

    with django_assert_num_queries(1):
        assert len(queries.latest_closures(most=5, at=at)) <= 10
    with django_assert_num_queries(2):
        assert len(queries.shut_and_past(within={SOUTH}, past=5, at=at)) == 5
