"""What a simulation and a draft warn of, with the staff and the units that there are."""

from datetime import datetime

import pytest
from django.utils.translation import override

from loket.kernel.errors import Invalid, NotFound
from loket.organisation.models import Unit
from loket.policies import queries
from loket.policies import services as policies
from tests.conftest import employ
from tests.factories import policies as factory

POINT = "31.74.04.1003-DUKCAPIL"
VILLAGE = "31.74.04.1003"
THERE = "31.73.01.1001-DUKCAPIL"


def simulated(eka, at, *provisions):
    row = factory.draft(factory.written(provisions=list(provisions)), actor=eka, at=at)
    draft = [one.sentence for one in queries.findings(circular=row, at=at)]
    impact = policies.simulate(circular=row, actor=eka, at=at).impact
    assert [one["sentence"]["en"] for one in impact["findings"]] == draft
    return impact["findings"]


@pytest.fixture
def staffed(offices, at):
    """Employ three people at the point, of whom two are structural officials."""
    for name, role in (("satu", "head"), ("dua", "head"), ("tiga", "officer")):
        employ(name, name.title(), offices, role, "Jabatan", at)


def cap(share, name="max_share", **more):
    return {"kind": "attendance", "article": "2", name: share, **more}


PINNED = {"kind": "pinned", "article": "3", "posts": ["structural"]}
OWN = {"units": [POINT]}


@pytest.mark.parametrize("name", ["max_share", "max_share_concurrent"])
def test_a_cap_below_the_pinned_posts_is_told_with_numbers(staffed, eka, at, name):
    [found] = simulated(eka, at, cap("34%", name), PINNED)

    assert found["kind"] == "impossible_cap"
    assert found["units"] == [POINT]
    assert "34% of 3 staff is 1, but 2 posts stay in the office." in found["sentence"]["en"]


def test_a_cap_for_one_unit_is_told_without_any_pinned_provision(staffed, eka, at):
    [found] = simulated(eka, at, cap("34%", scope=OWN))

    assert "at most 1 of 3 (34%), but 2 structural officials stay" in found["sentence"]["en"]
    assert (
        "paling banyak 1 dari 3 (34%), tetapi 2 pejabat struktural tetap masuk"
        in found["sentence"]["id"]
    )


@pytest.mark.parametrize(
    "provision",
    [
        cap("67%", scope=OWN),
        cap("34%"),
        cap("34%", scope={"units": ["31.74.04-DUKCAPIL"]}),
        {"kind": "attendance", "article": "2", "min_share": "34%", "scope": OWN},
    ],
)
def test_what_can_be_kept_or_is_for_many_is_not_told(staffed, eka, at, provision):
    assert Unit.objects.filter(code="31.74.04-DUKCAPIL").exists()
    assert simulated(eka, at, provision) == []


def test_where_nobody_is_employed_nothing_is_told(eka, at):
    assert simulated(eka, at, cap("0%", scope={"units": [THERE]}), PINNED) == []


@pytest.mark.parametrize(
    ("scope", "id_", "en"),
    [
        (
            {"units": ["31.74"], "kinds": ["service_point"]},
            "Unit seperti itu ada di bawah 31.74-DUKCAPIL.",
            "Such units are under 31.74-DUKCAPIL.",
        ),
        (
            {"zone": {"scheme": "ppkm", "values": ["level_9"]}},
            "“level_9” dari skema “ppkm”",
            "“level_9” of the scheme “ppkm”",
        ),
    ],
)
def test_a_provision_for_nobody_is_told_and_not_refused(eka, gita, at, scope, id_, en):
    [found] = simulated(eka, at, {**factory.ONLINE, "scope": scope})

    assert found["kind"] == "nobody"
    assert id_ in found["sentence"]["id"]
    assert en in found["sentence"]["en"]
    assert found["units"] == []


def test_a_room_is_asked_of_those_who_use_its_building(offices):
    moment = datetime.fromisoformat("2026-03-10T10:00:00+07:00")

    def ask(unit, room):
        return queries.in_force(unit=unit, room=room, at=moment).room

    room = f"R-{POINT}-1"
    above = Unit.objects.get(code=POINT).parent
    assert [ask(unit, room) for unit in (POINT, VILLAGE, above.code)] == [room] * 3
    with pytest.raises(Invalid) as refusal, override("en"):
        ask(THERE, room)
    assert f"Ask about {POINT} and that room." in str(refusal.value)
    with pytest.raises(NotFound):
        ask(POINT, "R-none")
    with pytest.raises(NotFound):
        ask("31.99", room)
