from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction

from loket.kernel.access import Actor
from loket.kernel.errors import TooMany
from loket.people import services as people
from loket.people.models import SignInCode, Throttle

pytestmark = pytest.mark.django_db

VISITOR = Actor(ref="visitor", name="a visitor")


def knock(at, key="door", limit=2, per_seconds=60, actor=VISITOR):
    people.throttle(key=key, limit=limit, per_seconds=per_seconds, actor=actor, at=at)


def test_throttle_refuses_beyond_the_limit_and_says_how_long(at):
    knock(at)
    knock(at)
    with pytest.raises(TooMany) as refusal:
        knock(at + timedelta(seconds=15))
    assert refusal.value.retry_after == 45
    assert Throttle.objects.get().tries == 3


def test_throttle_begins_again_in_the_next_window(at):
    for _ in range(2):
        knock(at)
    knock(at + timedelta(seconds=60))
    assert sorted(Throttle.objects.values_list("tries", flat=True)) == [1, 2]


def test_throttle_counts_each_key_apart(at):
    for key in "abc":
        knock(at, key=key, limit=1)


def test_throttle_never_stops_the_system(at, system):
    for _ in range(5):
        knock(at, limit=1, actor=system)


@pytest.mark.django_db(transaction=True)
def test_throttle_cannot_be_rolled_back_by_its_caller(at):
    with pytest.raises(RuntimeError), transaction.atomic():
        knock(at)


@pytest.mark.django_db(transaction=True)
def test_throttle_counts_every_try_of_many_at_once(at):
    def one(_number):
        try:
            knock(at, limit=10)
        except TooMany:
            return "refused"
        finally:
            connection.close()
        return "let in"

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(one, range(24)))
    assert (outcomes.count("let in"), outcomes.count("refused")) == (10, 14)
    assert Throttle.objects.get().tries == 24


def test_purge_forgets_what_is_over(at, system):
    knock(at - timedelta(days=3))
    knock(at)
    for age in (timedelta(days=2), timedelta(minutes=1)):
        SignInCode.objects.create(
            token=str(age), kind="email", value="x@warga.example", digest="",
            sent_at=at - age, expires_at=at - age,
        )  # fmt: skip
    assert people.purge(actor=system, at=at) == 2
    assert Throttle.objects.count() == 1
    assert SignInCode.objects.count() == 1
