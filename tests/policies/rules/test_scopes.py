"""Whom a provision is for, and which of two holds."""

import pytest

from loket.kernel.errors import NotFound
from tests.policies.rules.law import (
    ARCHIVE,
    CITY,
    COUNTER,
    DISTRICT,
    NEIGHBOUR,
    PROVINCE,
    ROOM,
    SOUTH,
    VILLAGE,
    ask,
    at,
    book,
    circular,
    cited,
    provision,
    state,
    zone,
)

NOON = "2020-03-20 10:00"


def says(number, said="online_only", on="2020-03-16", since="2020-03-17", until=None, **scope):
    said = provision("counters", state=said, scope=scope)
    return circular(number, said, on=on, since=since, until=until)


def closed_for(law, *, service="", room="", moment=NOON):
    """Return the units whose counters do not just open."""
    return [
        unit
        for unit in law.units
        if state(law, moment, unit, service=service, room=room) != "open"
    ]


def test_a_unit_covers_all_units_below_it():
    assert closed_for(book(says("A", units=[CITY]))) == [CITY, DISTRICT, VILLAGE, NEIGHBOUR]


def test_no_scope_is_everywhere():
    law = book(says("A"))

    assert closed_for(law) == list(law.units)


def test_excepted_units_are_left_out_with_all_below_them():
    law = book(says("A", units=[PROVINCE], except_units=[CITY, "31-DUKCAPIL"]))

    assert closed_for(law) == [PROVINCE, SOUTH]


def test_kinds_and_functions_filter_the_unit():
    assert closed_for(book(says("A", kinds=["village"]))) == [VILLAGE, NEIGHBOUR]
    assert closed_for(
        book(says("A", functions=["civil_registry"], kinds=["service_point"]))
    ) == [COUNTER]


def test_a_building_and_a_floor_cover_the_units_that_are_in_them():
    assert closed_for(book(says("A", place="B-31.71"))) == [CITY, "31.71-DUKCAPIL"]
    assert closed_for(book(says("A", place="B-31.71", floor="3"))) == ["31.71-DUKCAPIL"]


def test_a_floor_covers_the_rooms_on_it():
    law = book(says("A", place="B-31.71", floor="2"))

    assert state(law, NOON, CITY) == "open"
    assert state(law, NOON, CITY, room=ROOM) == "open"
    assert state(law, NOON, CITY, room=ARCHIVE) == "online_only"


def test_a_room_is_meant_only_when_it_is_asked_about():
    law = book(says("A", room=ROOM))

    assert state(law, NOON, CITY) == "open"
    assert state(law, NOON, CITY, room=ROOM) == "online_only"
    assert state(law, NOON, CITY, room=ARCHIVE) == "open"


def test_a_service_is_meant_only_when_it_is_asked_about():
    law = book(says("A", services=["ktp-new"]))

    assert state(law, NOON) == "open"
    assert state(law, NOON, service="ktp-new") == "online_only"
    assert state(law, NOON, service="kk-new") == "open"


def test_the_nearest_region_with_a_zone_decides():
    law = book(
        says("A", zone={"scheme": "covid_zone", "values": ["high"]}),
        zones=[
            zone("31", "high", "2020-03-01", "2020-04-01"),
            zone("31.71.01", "low", "2020-03-18", "2020-03-21"),
            zone("31.71.01.1002", "high", "2020-03-20"),
        ],
    )

    assert [state(law, f"2020-03-{day} 10:00") for day in (16, 17, 18, 20, 21, 31)] == [
        "open", "online_only", "open", "open", "online_only", "online_only",
    ]  # fmt: skip
    assert state(law, "2020-04-01 10:00") == "open"
    assert state(law, NOON, NEIGHBOUR) == "online_only"
    assert state(law, "2020-04-01 10:00", NEIGHBOUR) == "online_only"


def test_a_zone_replaces_the_one_declared_before_it():
    law = book(
        says("A", zone={"scheme": "covid_zone", "values": ["high"]}),
        zones=[zone("31", "high", "2020-03-01"), zone("31", "low", "2020-03-19")],
    )

    assert state(law, "2020-03-18 10:00") == "online_only"
    assert state(law, "2020-03-19 00:00") == "open"


def test_a_narrower_scope_beats_a_later_circular():
    law = book(
        says("near", "limited", units=[DISTRICT], on="2020-03-01"),
        says("wide", "closed", units=[PROVINCE], on="2020-03-16"),
    )

    assert state(law, NOON) == "limited"
    assert state(law, NOON, SOUTH) == "closed"
    assert ask(law, NOON).disputes == ()


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        ({"room": "R-1001"}, {"place": "B-1001", "floor": "1"}),
        ({"place": "B-1001", "floor": "1"}, {"place": "B-1001"}),
        ({"place": "B-1001"}, {"units": [VILLAGE]}),
        ({"units": [VILLAGE]}, {"units": [DISTRICT], "services": ["ktp-new"]}),
        ({"units": [CITY], "services": ["ktp-new"]}, {"units": [CITY], "kinds": ["village"]}),
        (
            {"kinds": ["village"]},
            {"zone": {"scheme": "covid_zone", "values": ["high"]}},
        ),
        ({"zone": {"scheme": "covid_zone", "values": ["high"]}}, {}),
    ],
)
def test_the_ladder_of_narrowness(narrow, wide):
    law = book(
        says("narrow", "limited", on="2020-01-01", **narrow),
        says("wide", "closed", on="2020-03-16", **wide),
        zones=[zone("31", "high", "2020-03-01")],
    )

    answer = ask(law, NOON, service="ktp-new", room="R-1001")
    assert cited(answer.counters.state) == ["narrow"]


def test_of_equal_scopes_the_later_circular_holds_and_the_dispute_is_shown():
    law = book(
        says("early", "closed", on="2020-03-16"), says("late", "limited", on="2020-03-17")
    )

    answer = ask(law, NOON)
    assert answer.counters.state.value == "limited"
    assert [(d.part, d.holds.number, d.yields.number, d.rule) for d in answer.disputes] == [
        ("counters.state", "late", "early", "later")
    ]


def test_of_equal_dates_the_later_beginning_holds():
    law = book(
        says("first", "closed", since="2020-03-17"),
        says("second", "limited", since="2020-03-18"),
    )

    assert state(law, "2020-03-17 10:00") == "closed"
    assert state(law, "2020-03-18 10:00") == "limited"


def test_of_two_that_are_equal_in_all_the_stricter_holds():
    law = book(says("A", "closed"), says("B", "limited"))

    answer = ask(law, NOON)
    assert answer.counters.state.value == "closed"
    assert [d.rule for d in answer.disputes] == ["stricter"]


def test_who_says_the_same_is_cited_after_the_one_that_decides():
    law = book(says("wide", units=[PROVINCE]), says("near", units=[VILLAGE]))

    answer = ask(law, NOON)
    assert cited(answer.counters.state) == ["near", "wide"]
    assert answer.disputes == ()


def test_unknown_units_and_rooms_are_refused_in_words():
    law = book()

    with pytest.raises(NotFound, match="99"):
        law.in_force("99", at=at(NOON))
    with pytest.raises(NotFound, match="R-99"):
        law.in_force(VILLAGE, room="R-99", at=at(NOON))
