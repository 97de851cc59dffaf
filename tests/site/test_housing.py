"""Buildings and rooms on the command line."""

from __future__ import annotations

import json

import pytest

from tests.conftest import VILLAGE
from tests.factories import organisation as factory

COUNTER = f"{VILLAGE}-DUKCAPIL"


@pytest.fixture
def building(loket, kelurahan):
    factory.office(kelurahan)
    result = loket(
        "places", "set", "G-1", "--name", "Gedung", "--address", "Jl. Melati 1",
        "--latitude", "-6.28", "--longitude", "106.84",
    )  # fmt: skip
    assert result.stdout == "G-1: Gedung, Jl. Melati 1.\n"
    assert loket("places", "move", COUNTER, "--place", "G-1", "--floor", "2").exit_code == 0
    return "G-1"


def listed(loket, *words):
    return json.loads(loket(*words, "--json").stdout)


def test_an_office_moves_into_a_building(loket, building):
    assert listed(loket, "places", "list") == [
        {
            "code": "G-1",
            "name": "Gedung",
            "address": "Jl. Melati 1",
            "latitude": -6.28,
            "longitude": 106.84,
        }
    ]


def test_a_room_is_set_changed_and_removed(loket, building):
    words = ("--unit", COUNTER, "--place", building, "--floor", "2", "--name", "Loket")
    for capacity in (20, 24):
        done = loket("rooms", "set", "R-1", *words, "--capacity", capacity)
        assert done.stdout == f"R-1: Loket, {capacity} people.\n"
    (room,) = listed(loket, "rooms", "list", "--unit", COUNTER)
    assert (room["code"], room["floor"], room["capacity"]) == ("R-1", "2", 24)
    assert loket("rooms", "remove", "R-1").exit_code == 0
    assert listed(loket, "rooms", "list") == []


def test_what_cannot_be_is_refused_in_a_sentence(loket, building):
    words = ("--unit", COUNTER, "--place", building, "--floor", "2", "--name", "Loket")
    refused = [
        loket("rooms", "set", "R-1", *words, "--capacity", 0),
        loket("rooms", "remove", "R-9"),
        loket("places", "move", COUNTER, "--place", "G-9", "--floor", "1"),
    ]
    assert [result.exit_code for result in refused] == [1, 1, 1]
    assert all(result.stderr.count("\n") == 1 for result in refused)
