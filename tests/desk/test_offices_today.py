"""What everybody at an office reads about it on the first page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from loket.desk.figures import offices as panels
from loket.organisation.models import Unit
from tests.factories import policies as factory

HERE = {"units": ["31.74.04.1003-DUKCAPIL"]}
STAFF = (
    {"kind": "room", "max_share": "50%", "article": "1", "scope": HERE},
    {"kind": "attendance", "max_share_concurrent": "25%", "article": "2", "scope": HERE},
    {"kind": "pinned", "posts": ["structural"], "article": "3", "scope": HERE},
    {"kind": "excused", "groups": ["elderly"], "elderly_from": 50, "article": "4", "scope": HERE},
    {"kind": "protocol", "mask": True, "temperature_max": "37.3", "article": "5", "scope": HERE},
)  # fmt: skip


@pytest.fixture
def enacted(eka, gita, at):
    def enact(*provisions, since: int, through: int, number: str = "9"):
        first, last = (at.date() + timedelta(days=days) for days in (since, through))
        text = factory.written(
            *provisions, number=number, effective={"from": first, "through": last}
        )
        return factory.enact(text, author=eka, actor=gita, at=at, reason="Terlambat.")

    return enact


def office_of(browser):
    [office] = browser.get("/desk/").context["offices"]
    return office


def test_staff_read_what_a_circular_means_for_them_today(budi, dewi, enacted, at_work):
    enacted(*STAFF, since=-2, through=30)
    rows = office_of(at_work(budi))["rows"]
    assert [row["text"] for row in rows] == [
        "paling banyak 10 dari 20 orang (50%)",
        "paling banyak 1 dari 2 orang (25%) sekaligus",
        "semua jabatan struktural",
        "lanjut usia (mulai usia 50 tahun)",
        "ya",
        "37,3",
    ]
    assert all(row["part"].because for row in rows)


def test_staff_are_counted_once_for_several_offices(gita, enacted, elsewhere, at):
    here = Unit.objects.get(code=HERE["units"][0])
    both = {"units": [here.code, elsewhere.code]}
    half = {"kind": "attendance", "max_share": "50%", "article": "1", "scope": both}
    enacted(half, since=-2, through=30)
    with CaptureQueriesContext(connection) as asked:
        told = panels.today([here, elsewhere], at=at)
    assert [len(each["rows"]) for each in told] == [1, 1]
    assert sum("people_position" in each["sql"] for each in asked) == 1


def test_ordinary_office_tells_nothing_but_its_hours(budi, offices, at_work):
    office = office_of(at_work(budi))
    assert (office["rows"], office["coming"]) == ([], [])


def test_head_reads_a_week_before_what_begins_and_ends(dewi, enacted, at, at_work):
    begins = enacted(since=3, through=60, number="1")
    ends = enacted(since=-2, through=4, number="2")
    enacted(since=20, through=40, number="3")
    coming = office_of(at_work(dewi))["coming"]
    assert [(change.kind, change.code) for change in coming] == [
        ("begins", begins.code),
        ("ends", ends.code),
    ]
    days = [at.date() + timedelta(days=each) for each in (3, 4)]
    assert [(change.is_whole_day, change.day) for change in coming] == [
        (True, day) for day in days
    ]


def test_announcement_says_what_a_circular_means_the_counters_first(budi, enacted, at_work):
    words = {"id": "Loket hanya daring.", "en": "Online only."}
    hours = {
        "kind": "hours",
        "hours": {"monday": ["08:00-12:00"]},
        "article": "1",
        "scope": HERE,
    }
    counters = {"kind": "counters", "state": "online_only", "article": "2", "scope": HERE}
    mask = {"kind": "protocol", "mask": True, "article": "0", "scope": HERE}
    enacted(
        hours,
        mask | {"words": {"id": "Pakai masker.", "en": "Wear a mask."}},
        counters | {"words": words},
        since=3,
        through=60,
    )
    [change] = office_of(at_work(budi))["coming"]
    assert [str(each) for each in change.sentences] == ["Loket hanya daring.", "Pakai masker."]


def test_circular_for_others_is_not_announced(dewi, enacted, at_work):
    other = {
        "kind": "counters",
        "state": "closed",
        "article": "1",
        "scope": {"units": ["31.73"]},
    }
    enacted(other, since=2, through=60)
    assert office_of(at_work(dewi))["coming"] == []
