"""A provision that holds for no unit is told, with what nothing meets."""

import pytest

from loket.policies.rules import conflicts
from tests.policies.rules.law import CITY, ROOM, VILLAGE, at, book, circular, provision, zone

SINCE = at("2020-03-16")
UNDECLARED = (
    "No region that it is for has had “high, medium” of the scheme “covid_zone” declared, from "
    "17-03-2020 through 31-03-2020."
)


def told(scope, *, zones=(), since=SINCE, until="2020-04-01", **more):
    said = provision("counters", state="closed", scope=scope, **more)
    law = book(circular("A", said, since="2020-03-17", until=until), zones=zones)
    found = conflicts.unmet(law, since=since)
    assert {(one.kind, one.units) for one in found} <= {("nobody", ())}
    return [one.sentence for one in found]


@pytest.mark.parametrize(
    "scope",
    [
        {},
        {"units": [CITY]},
        {"units": [CITY], "kinds": ["village"]},
        {"units": ["31.71-DUKCAPIL"], "kinds": ["service_point"]},
        {"services": ["ktp-new"]},
        {"place": "B-1001"},
        {"room": ROOM},
        {"room": ROOM, "units": ["31"]},
        {"place": "B-31.71", "floor": "2"},
    ],
)
def test_what_holds_for_somebody_is_not_told(scope):
    assert told(scope) == []


@pytest.mark.parametrize(
    ("scope", "why"),
    [
        (
            {"units": ["31.71"], "kinds": ["service_point"]},
            "No unit fits its scope. Such units are under 31.71-DUKCAPIL.",
        ),
        (
            {"units": ["31.71"], "functions": ["civil_registry"]},
            "No unit fits its scope. Such units are under 31.71-DUKCAPIL.",
        ),
        ({"kinds": ["village"], "functions": ["civil_registry"]}, "No unit fits its scope."),
        ({"units": [VILLAGE], "except_units": [CITY]}, "No unit fits its scope."),
        (
            {"room": ROOM, "units": [VILLAGE], "place": "B-1001"},
            f"No office that it is for is in {ROOM}, B-1001.",
        ),
        ({"place": "B-1001", "floor": "7"}, "No office that it is for is in B-1001, 7."),
        (
            {"zone": {"scheme": "covid_zone", "values": ["high", "medium"]}},
            UNDECLARED,
        ),
    ],
)
def test_what_holds_for_nobody_is_told_and_why(scope, why):
    cited = "This provision holds for no unit: Gubernur A (16-03-2020) article 1."
    assert told(scope) == [f"{cited} {why}"]


@pytest.mark.parametrize(
    ("region", "value", "since", "count"),
    [
        (CITY, "high", "2020-03-30", 0),
        (CITY, "low", "2020-03-30", 1),
        (CITY, "high", "2020-04-01", 1),
        ("31.74", "high", "2020-03-30", 1),
    ],
)
def test_a_zone_must_be_one_of_its_units_in_its_period(region, value, since, count):
    scope = {"units": [CITY], "zone": {"scheme": "covid_zone", "values": ["high"]}}
    assert len(told(scope, zones=[zone(region, value, since)])) == count


def test_what_is_over_is_not_told_any_more():
    scope = {"kinds": ["village"], "functions": ["civil_registry"]}
    assert told(scope, since=at("2020-04-01")) == []
    assert len(told(scope, since=at("2020-03-31"))) == 1
    assert len(told(scope, since=at("2020-04-01"), until=None)) == 1


def test_one_article_is_told_once():
    scope = {"kinds": ["village"], "functions": ["civil_registry"]}
    both = [
        provision("counters", state="closed", scope=scope),
        provision("suspension", scope=scope),
    ]
    law = book(circular("A", *both, since="2020-03-17"))

    assert len(conflicts.unmet(law, since=SINCE)) == 1
