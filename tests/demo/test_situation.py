"""What holds in the demo today, who made it so, and what waits to be enacted."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse

from loket.demo import cast, history, roles, situation
from loket.kernel.errors import NotAllowed
from loket.organisation import queries as organisation
from loket.people import queries as people
from loket.people.models import Account
from loket.policies import queries, services
from loket.policies.models import Circular, Closure


@pytest.fixture(scope="module")
def arisen(founded):
    """Return the situation; it takes some seconds to come about."""
    cast.assemble(at=history.begins(founded))
    return situation.arise(at=founded)


@pytest.fixture
def law(arisen, db):
    return situation.standing()


def noon(at: datetime, days: int = 0) -> datetime:
    day = organisation.today(None, at=at) + timedelta(days=days)
    return datetime.combine(day, time(12), organisation.zone(None))


def state(unit: str, at: datetime) -> str:
    return queries.in_force(unit=unit, at=at).counters.state.value


def actor(username: str, at: datetime):
    return people.actor_for(Account.objects.get(username=username), at=at)


def test_today_the_north_is_limited_and_one_building_is_shut(law, founded):
    at = noon(founded)
    states = {
        unit: state(unit, at)
        for unit in (
            "31.72.01.1001-DUKCAPIL",
            "31.72",
            "31.75.02.1001-DUKCAPIL",
            "31.75.02.1001",
            f"{roles.HOME}-DUKCAPIL",
        )
    }
    assert states == {
        "31.72.01.1001-DUKCAPIL": "limited",
        "31.72": "limited",
        "31.75.02.1001-DUKCAPIL": "closed",
        "31.75.02.1001": "closed",
        f"{roles.HOME}-DUKCAPIL": "open",
    }
    share = queries.in_force(unit="31.72", at=at).rooms.max_share
    assert [reason.label for reason in share.because] == [str(law.flood)]


def test_it_is_over_in_a_week(law, founded):
    assert state("31.72", noon(founded, 6)) == "limited"
    assert state("31.72", noon(founded, 7)) == "open"


def test_eka_wrote_and_surya_enacted_before_it_began(law):
    assert (law.flood.author_name, law.flood.enacted_by_name) == ("Eka Wijaya", "Surya Atmaja")
    assert law.flood.enacted_at < law.flood.starts_at
    assert law.flood.retroactive_reason == ""


def test_the_plan_waits_for_two_people_and_then_holds_from_tomorrow(law, founded):
    counter, tomorrow = f"{roles.HOME}-DUKCAPIL", noon(founded, 1)
    assert law.plan.state == "draft"
    assert state(counter, tomorrow) == "open"
    eka, surya = actor("eka", founded), actor("surya", founded)
    simulation = services.simulate(circular=law.plan, actor=eka, at=founded)
    with pytest.raises(NotAllowed):
        services.enact(circular=law.plan, simulation=simulation, actor=eka, at=founded)
    services.enact(circular=law.plan, simulation=simulation, actor=surya, at=founded)
    assert [state(counter, noon(founded, day)) for day in (0, 1, 14, 15)] == [
        "open",
        "online_only",
        "online_only",
        "open",
    ]


def test_it_comes_about_once(law, founded):
    again = situation.arise(at=founded)
    assert again == law
    assert (Circular.objects.count(), Closure.objects.count()) == (3, 1)


@pytest.mark.parametrize("language", ["id", "en"])
def test_page_tells_the_story_of_the_circular(law, client, language):
    client.cookies["django_language"] = language
    html = client.get(reverse("demo:home")).content.decode()
    assert law.flood.number in html
    assert law.plan.number in html
    assert 'href="/desk/circulars/"' in html
