"""Counters and posts at the desk."""

from __future__ import annotations

from datetime import timedelta

import pytest

from loket.workforce.models import Counter
from loket.workforce.services import CounterForm, open_counter

from .conftest import day

FORM = {"code": "a1", "title": "Perekaman KTP-el", "skill": "biometric", "people": "2",
        "weight": "3", "is_public": "yes"}  # fmt: skip


@pytest.fixture
def dewis(dewi, at_work):
    return at_work(dewi)


@pytest.fixture
def url(kelurahan) -> str:
    return f"/desk/counters/{kelurahan.code}/"


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_one_as_for_three(
    kelurahan, dewi, dewis, url, at, count, django_assert_num_queries
):
    for n in range(count):
        open_counter(
            unit=kelurahan, code=f"A{n}", form=CounterForm(title="Loket"),
            starts_on=at.date(), actor=dewi, at=at,
        )  # fmt: skip
    with django_assert_num_queries(10):
        page = dewis.get(url)
    assert page.content.count(b'<th scope="row"') == count


def test_who_has_one_unit_goes_there_at_once(dewis, url):
    assert dewis.get("/desk/counters/").url == url


def test_who_has_many_chooses_and_searches(nadias, kelurahan):
    assert kelurahan.name.encode() in nadias.get("/desk/counters/").content
    found = nadias.get("/desk/counters/?q=sektor")
    assert [unit.kind for unit in found.context["units"]] == ["sector"]


def test_a_counter_is_opened_changed_and_closed(kelurahan, dewis, url, at):
    assert dewis.post(url, FORM).status_code == 303
    counter = Counter.objects.get()
    assert (counter.code, counter.people, counter.weight, counter.is_public) == (
        "A1",
        2,
        3,
        True,
    )
    assert dewis.get(f"{url}A1/").status_code == 200
    last = at.date() + timedelta(days=5)
    changed = {**FORM, "title": "Perekaman", "is_public": "", **day("until", last)}
    assert dewis.post(f"{url}A1/", changed).status_code == 303
    counter.refresh_from_db()
    assert (counter.title, counter.is_public, counter.ends_on) == (
        "Perekaman", False, last + timedelta(days=1),
    )  # fmt: skip
    assert dewis.get(f"{url}A9/").status_code == 404


@pytest.mark.parametrize(
    "change",
    [{"people": "x"}, {"people": "-1"}, {"weight": "12"}, {"title": ""}, {"code": "a b"},
     {"skill": "juggling"}, {"until.day": "40", "until.month": "2", "until.year": "2026"}],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_typed_is_lost(dewis, url, change):
    answer = dewis.post(url, {**FORM, "title": "Perekaman khusus", **change})
    assert answer.status_code == 422
    assert ("Perekaman khusus" in answer.content.decode()) == ("title" not in change)
    assert not Counter.objects.exists()


def test_two_counters_have_no_code_in_common(dewis, url):
    dewis.post(url, FORM)
    assert dewis.post(url, FORM).status_code == 422


def test_officers_and_strangers_change_nothing(budi, citra, elsewhere, dewis, at_work, url):
    assert dewis.get(f"/desk/counters/{elsewhere.code}/").status_code == 403
    for actor in (budi, citra):
        browser = at_work(actor)
        assert browser.get("/desk/counters/").status_code == 403
        assert browser.post(url, FORM).status_code == 403
