"""What a change does, as people are shown it before anybody signs."""

from datetime import date

import pytest

from loket.kernel.access import Actor
from loket.policies import services as policies
from loket.policies.services import impact
from tests.factories import cases, organisation
from tests.factories import policies as factory

POINT = "31.74.04.1003-DUKCAPIL"
THERE = "31.73.01.1001-DUKCAPIL"


def simulated(circular, eka, at):
    row = factory.draft(circular, actor=eka, at=at)
    return policies.simulate(circular=row, actor=eka, at=at).impact


def at_points(provision):
    return {**provision, "scope": {"kinds": ["service_point"]}}


def test_offices_are_shown_by_day_and_in_rows_of_equal_change(eka, at):
    shown = simulated(factory.written(at_points(factory.ONLINE)), eka, at)["offices"]

    assert shown["rows"] == [
        {
            "from": "2026-03-09",
            # From the 18th on nobody works: Nyepi and Idul Fitri, with their joint leave.
            "to": "2026-03-17",
            "was": "open",
            "now": "online_only",
            "hours": None,
            "offices": 2,
            "units": [THERE, POINT],
        }
    ]
    days = [row["day"] for row in shown["by_day"]]
    assert (days[0], days[-1], len(days)) == ("2026-03-09", "2026-03-20", 12)
    first = shown["by_day"][0]
    assert first["now"]["online_only"] - first["was"]["online_only"] == 2
    assert first["was"]["open"] - first["now"]["open"] == 2
    assert sum(first["was"].values()) == sum(first["now"].values())
    assert shown["touched"] == 2


def test_other_hours_are_a_change_of_an_open_office(eka, at):
    hours = {"kind": "hours", "article": "2", "hours": {"every_day": ["08:00-13:30"]}}

    rows = simulated(factory.written(at_points(hours)), eka, at)["offices"]["rows"]

    assert {(row["was"], row["now"]) for row in rows} == {("open", "open")}
    assert rows[0]["hours"] == {"was": ["07:30-16:00"], "now": ["08:00-13:30"]}
    assert rows[0]["from"] == "2026-03-09"


def test_what_another_rule_says_already_is_no_change(eka, gita, at):
    factory.enact(factory.written(at_points(factory.ONLINE)), author=eka, actor=gita, at=at)
    longer = factory.written(
        at_points(factory.ONLINE), number="2",
        effective={"from": date(2026, 3, 16), "through": date(2026, 3, 27)},
    )  # fmt: skip

    [row] = simulated(longer, eka, at)["offices"]["rows"]

    assert (row["from"], row["to"]) == ("2026-03-25", "2026-03-27")


@pytest.mark.parametrize(
    ("effective", "days"),
    [
        ({"from": date(2026, 3, 9), "through": date(2026, 3, 9)}, 1),
        ({"from": date(2026, 3, 9), "until_evaluated": True}, 31),
        ({"from": date(2026, 3, 9), "through": date(2026, 12, 31)}, 62),
    ],
)
def test_at_most_two_months_are_shown(eka, at, effective, days):
    shown = simulated(factory.written(effective=effective), eka, at)

    assert len(shown["offices"]["by_day"]) == days


def test_what_it_ends_is_shown_for_longer_than_it_holds(eka, gita, at):
    endless = {"from": date(2026, 3, 2), "until_evaluated": True}
    old = factory.enact(
        factory.written(effective=endless, number="1"),
        author=eka, actor=gita, at=at, reason="Mendesak",
    )  # fmt: skip
    ended = {"issuer": old.issuer, "number": old.number, "date": old.date}
    short = {"from": date(2026, 3, 9), "through": date(2026, 3, 9)}
    new = factory.written(number="2", revokes=[ended], provisions=[], effective=short)

    shown = simulated(new, eka, at)

    assert {(row["was"], row["now"]) for row in shown["offices"]["rows"]} == {
        ("online_only", "open")
    }
    assert len(shown["offices"]["by_day"]) == 31
    assert shown["ends_at"] == "2026-03-09T17:00:00Z"


def test_services_are_shown_with_their_new_ways(eka, at):
    cases.publish(at=at)
    ways = {"kind": "channels", "article": "5", "channels": ["whatsapp", "web"]}

    [row] = simulated(factory.written(at_points(ways)), eka, at)["services"]

    assert (row["services"], row["offices"], row["units"]) == (
        ["TEST-BIRTH"], 2, [THERE, POINT],
    )  # fmt: skip
    assert set(row["was"]["channels"]) == {"counter", "web"}
    assert set(row["now"]["channels"]) == {"whatsapp", "web"}
    assert row["because"] == ["Gubernur DKI Jakarta 02/SE/2026 (02-03-2026)"]
    assert row["from"] == "2026-03-09T00:00:00+07:00"
    assert row["sentence"]["en"].endswith(" from then on: Akta kelahiran (en).")


def test_a_service_given_no_more_is_shown(eka, at):
    cases.publish(at=at)
    stop = {"kind": "suspension", "article": "6", "scope": {"services": ["TEST-BIRTH"]}}

    rows = simulated(factory.written(stop), eka, at)["services"]

    assert {row["sentence"]["en"] for row in rows} == {
        "Not given any more: Akta kelahiran (en)."
    }
    assert {row["now"]["suspended"] for row in rows} == {True}


def test_heads_of_touched_units_are_counted_by_channel(eka, dewi, at):
    here = simulated(factory.written({**factory.ONLINE, "scope": {"units": [POINT]}}), eka, at)
    elsewhere = simulated(
        factory.written({**factory.ONLINE, "scope": {"units": [THERE]}}, number="2"), eka, at
    )

    assert here["people"]["heads"] == {"email": 1, "none": 0}
    assert elsewhere["people"]["heads"] == {"email": 0, "none": 0}


def test_contradictions_that_it_brings_are_shown_in_both_languages(eka, gita, at):
    factory.enact(author=eka, actor=gita, at=at)
    other = factory.written({"kind": "counters", "state": "closed", "article": "7"}, number="2")

    [found] = simulated(other, eka, at)["findings"]

    assert found["kind"] == "contradiction"
    assert found["because"][0] == "Gubernur DKI Jakarta 2 (02-03-2026) 7"
    assert set(found["sentence"]) == {"id", "en"}
    assert found["sentence"]["en"] != found["sentence"]["id"]


def test_packages_above_add_sections_of_their_own(eka, at, monkeypatch):
    monkeypatch.setattr(impact, "_readers", {})
    seen = []

    @impact.reports("rosters")
    def rosters(edition, moment):
        seen.append((edition, moment))
        return {"shifts": (1, 2)}

    @impact.reports("people.applicants")
    def applicants(edition, moment):
        return {"email": 3}

    shown = simulated(factory.written(), eka, at)

    assert shown["rosters"] == {"shifts": [1, 2]}
    assert shown["people"]["applicants"] == {"email": 3}
    assert seen == [(shown["edition"], at)]


def test_due_dates_move_as_the_simulation_showed(eka, gita, ayu, at):
    cases.publish(at=at)
    case = cases.case(ayu, at=at)
    clock = {"kind": "clock", "article": "4", "suspended": True}
    period = {"from": date(2026, 3, 3), "through": date(2026, 3, 6)}
    row = factory.draft(factory.written(clock, effective=period), actor=eka, at=at)
    made = policies.simulate(circular=row, actor=eka, at=at)
    case.refresh_from_db()
    due_on = case.due_on

    policies.enact(circular=row, simulation=made, actor=gita, at=at)

    case.refresh_from_db()
    assert case.due_on > due_on
    assert made.impact["cases"]["moved"] == 1
    [example] = made.impact["cases"]["examples"]
    assert (example["was"], example["now"]) == (due_on.isoformat(), case.due_on.isoformat())


def test_all_of_jakarta_is_weighed(db, at):
    organisation.government()
    organisation.holidays(2026, 2027)
    row = factory.draft(actor=Actor.system("clerk"), at=at)

    made = policies.simulate(circular=row, actor=Actor.system("chief"), at=at)

    assert made.impact["offices"]["touched"] == 687
    assert [(r["was"], r["now"], r["offices"]) for r in made.impact["offices"]["rows"]] == [
        ("open", "online_only", 687)
    ]
