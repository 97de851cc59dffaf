"""A roster as a file: what is written is read again; every mistake is named with its place."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from django.utils import translation

from loket.workforce.rules import checking, exchange, planning
from loket.workforce.rules.problem import Day, Lock, Member, Need, Problem, Span, Turn

MONDAY, TUESDAY = date(2020, 9, 21), date(2020, 9, 22)
SHIFT = (Span("pagi", time(7), time(12, 30)), Span("siang", time(10, 30), time(16)))
PROBLEM = Problem(
    "31.74.04.1003-DUKCAPIL",
    (
        Day(
            MONDAY,
            SHIFT,
            (Need("ktp", "biometric", 1, "pagi", 3, "front"),),
            most=2,
            most_at_once=1,
            least=1,
            rooms={"front": 2},
            cited={"most": ("BKD September 2020, art. 1",)},
        ),
        Day(TUESDAY, SHIFT),
    ),
    (
        Member("account:1", frozenset({"biometric"}), pinned=frozenset({MONDAY}), carried=2),
        Member("account:2", away=frozenset({MONDAY}), room="front"),
    ),
    locks=(Lock("account:2", TUESDAY, is_in=True, counter=""),),
    published=frozenset({Turn(MONDAY, "pagi", "ktp", "account:1")}),
    frozen_before=MONDAY,
    teams=2,
    block="day",
)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def test_what_is_written_is_read_again() -> None:
    plan = planning.plan(PROBLEM)
    text = json.dumps(exchange.written(PROBLEM, plan.turns, plan))
    found = exchange.read(text)
    assert found.problem == PROBLEM
    assert (found.turns, found.plan) == (plan.turns, plan)
    assert found.plan is not None
    assert checking.verify(found.problem, found.plan) == ()


def test_a_roster_without_a_proof_and_without_what_has_a_default() -> None:
    small = {
        "format": "loket-roster/1",
        "unit": "U",
        "days": [
            {"on": "2020-09-21", "shifts": [{"name": "", "from": "08:00", "to": "13:30"}]}
        ],
        "members": [{"key": "account:1"}],
        "turns": [{"on": "2020-09-21", "member": "account:1"}],
    }
    found = exchange.read(json.dumps(small))
    day = Day(MONDAY, (Span("", time(8), time(13, 30)),))
    assert found.problem == Problem("U", (day,), (Member("account:1"),))
    assert found.turns == (Turn(MONDAY, "", "", "account:1"),)
    assert found.plan is None


def mistakes(change: Callable[[dict[str, Any]], object]) -> dict[str, list[str]]:
    plan = planning.plan(PROBLEM)
    values = json.loads(json.dumps(exchange.written(PROBLEM, plan.turns, plan)))
    change(values)
    with pytest.raises(exchange.ExchangeErrors) as refused:
        exchange.read(json.dumps(values))
    return {path: list(lines) for path, lines in refused.value.fields.items()}


@pytest.mark.parametrize(
    ("change", "path", "sentence"),
    [
        (lambda v: v.pop("unit"), "unit", "This is missing."),
        (lambda v: v.update(format="x"), "format", "This must be one of: loket-roster/1."),
        (lambda v: v.update(members=3), "members", "This must be a list in brackets."),
        (lambda v: v.update(teams=-1), "teams", "This must be from 0 to 1000000000000."),
        (lambda v: v.update(teams=True), "teams", "This must be a whole number."),
        (
            lambda v: v.update(block="year"),
            "block",
            "This must be one of: day, week, fortnight.",
        ),
        (lambda v: v.update(unit=3), "unit", "This must be text in quotes."),
        (lambda v: v.update(unit="a" * 301), "unit", "This is longer than 300 characters."),
        (lambda v: v.update(unit="a\u202e"), "unit", "There is a sign in it that nobody sees."),
        (
            lambda v: v["days"][0].update(on="2020-02-30"),
            "days[0].on",
            "This must be a day such as 2020-09-22.",
        ),
        (
            lambda v: v["days"][0]["shifts"][1].update({"to": "25:00"}),
            "days[0].shifts[1].to",
            "This must be a time such as 07:30.",
        ),
        (
            lambda v: v["days"][0]["needs"][0].update(poeple=2),
            "days[0].needs[0].poeple",
            "This is not a key here. Allowed: counter, skill, people, shift, weight, room.",
        ),
        (
            lambda v: v["days"][0]["needs"][0].update(shift="malam"),
            "days[0].needs[0].shift",
            "There is no such shift on this day.",
        ),
        (
            lambda v: v["days"][0]["needs"].append(v["days"][0]["needs"][0]),
            "days[0].needs[1]",
            "This is there twice.",
        ),
        (
            lambda v: v["days"].reverse(),
            "days[1].on",
            "Days must follow each other, each once.",
        ),
        (
            lambda v: v["days"][1].update(shifts=[]),
            "days[1].shifts",
            "At least one shift is needed.",
        ),
        (
            lambda v: v["members"][1].update(key="account:1"),
            "members[1].key",
            "This is there twice.",
        ),
        (
            lambda v: v["members"][0].update(away=["2020-09-21", 7]),
            "members[0].away[1]",
            "This must be a day such as 2020-09-22.",
        ),
        (
            lambda v: v["locks"][0].update(is_in="yes"),
            "locks[0].is_in",
            "This must be true or false.",
        ),
        (
            lambda v: v["locks"][0].update(member="account:9"),
            "locks[0].member",
            "There is no such member in the file.",
        ),
        (lambda v: v["turns"].append("x"), "turns[-1]", "This must be an object in braces."),
        (lambda v: v["plan"].update(gap="0"), "plan.gap", "This must be a number."),
        (
            lambda v: v["plan"].update(certificate="%"),
            "plan.certificate",
            "This must be Base64.",
        ),
        (
            lambda v: v["plan"]["shortages"].append(
                {"on": "2020-09-21", "kind": "x", "missing": 1}
            ),
            "plan.shortages[-1].kind",
            "This must be one of: pinned, least, counter, lock.",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and " " not in value else "",
)
def test_every_mistake_has_a_place_and_a_sentence(
    change: Callable[[dict[str, Any]], object], path: str, sentence: str
) -> None:
    found = mistakes(change)
    if "[-1]" in path:
        first, _, last = path.partition("[-1]")
        (place,) = (one for one in found if one.startswith(first) and one.endswith(last))
        path = place
    assert found[path][-1] == sentence


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "This is not JSON: line 1, column 2."),
        ("[1", "This is not JSON: line 1, column 3."),
        ('{"unit": 1, "unit": 2}', "The key “unit” is there twice."),
        ('{"teams": NaN}', "“NaN” is no number."),
        ("[" * 100_000, "The file is nested too deeply."),
        ("[]", "This must be an object in braces."),
    ],
)
def test_what_is_no_roster_at_all(text: str, sentence: str) -> None:
    with pytest.raises(exchange.ExchangeErrors) as refused:
        exchange.read(text)
    assert refused.value.fields[""] == [sentence]


def test_turns_that_break_rules_are_no_mistakes_of_the_file() -> None:
    turns = (Turn(MONDAY, "malam", "x", "account:9"),)
    found = exchange.read(json.dumps(exchange.written(replace(PROBLEM, locks=()), turns)))
    assert found.turns == turns
