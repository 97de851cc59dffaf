"""Each rule is found when it is broken, and only then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time

import pytest
from django.utils import translation

from loket.workforce.rules import checking
from loket.workforce.rules.checking import Broken
from loket.workforce.rules.problem import Day, Lock, Member, Need, Problem, Span, Turn

MONDAY, TUESDAY, SUNDAY = date(2020, 9, 21), date(2020, 9, 22), date(2020, 9, 20)
MORNING, NOON, NIGHT = (
    Span("1", time(7), time(12, 30)),
    Span("2", time(10, 30), time(16)),
    Span("3", time(16), time(1)),
)
BUDI = Member("account:1", frozenset({"biometric"}), room="back")
CITRA = Member("account:2", frozenset({"biometric", "counter"}), room="back")
DINA = Member("account:3", room="front")


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def problem(*, members: tuple[Member, ...] = (BUDI, CITRA, DINA), **changes: object) -> Problem:
    day = Day(TUESDAY, (MORNING, NOON, NIGHT))
    return Problem("U", (replace(day, **changes),), members)  # type: ignore[arg-type]


def turn(member: Member, shift: str = "1", counter: str = "", on: date = TUESDAY) -> Turn:
    return Turn(on, shift, counter, member.key)


KTP = Need("ktp", "biometric", 1, "1", 3, "front")


def test_a_roster_that_keeps_every_rule() -> None:
    whole = problem(
        needs=(KTP,),
        most=3,
        most_at_once=2,
        least=3,
        rooms={"back": 1, "front": 2},
        cited={"most": ("art. 1",)},
    )
    turns = [turn(BUDI, "1", "ktp"), turn(CITRA, "2"), turn(DINA, "3")]
    assert checking.check(whole, turns) == ()


@pytest.mark.parametrize(
    ("asked", "turns", "broken"),
    [
        (problem(), [turn(BUDI, on=SUNDAY)], Broken(SUNDAY, "day", ("account:1",), found=1)),
        (
            problem(members=(BUDI,)),
            [turn(DINA)],
            Broken(TUESDAY, "member", ("account:3",)),
        ),
        (
            problem(cited={"shifts": ("art. 3",)}),
            [turn(BUDI, "4")],
            Broken(TUESDAY, "shift", ("account:1",), shift="4", cited=("art. 3",)),
        ),
        (
            problem(),
            [turn(BUDI, "1", "ktp")],
            Broken(TUESDAY, "place", ("account:1",), shift="1", counter="ktp"),
        ),
        (
            problem(),
            [turn(BUDI, "1"), turn(BUDI, "3")],
            Broken(TUESDAY, "twice", ("account:1",), found=2, allowed=1),
        ),
        (
            problem(members=(replace(BUDI, away=frozenset({TUESDAY})),)),
            [turn(BUDI)],
            Broken(TUESDAY, "away", ("account:1",)),
        ),
        (
            problem(needs=(KTP,)),
            [turn(DINA, "1", "ktp")],
            Broken(TUESDAY, "skill", ("account:3",), shift="1", counter="ktp"),
        ),
        (
            problem(needs=(KTP,)),
            [turn(BUDI, "1", "ktp"), turn(CITRA, "1", "ktp")],
            Broken(
                TUESDAY,
                "full",
                ("account:1", "account:2"),
                shift="1",
                counter="ktp",
                found=2,
                allowed=1,
            ),
        ),
        (
            problem(most=1, cited={"most": ("art. 1",)}),
            [turn(BUDI, "1"), turn(DINA, "3")],
            Broken(
                TUESDAY,
                "most",
                ("account:1", "account:3"),
                found=2,
                allowed=1,
                cited=("art. 1",),
            ),
        ),
        (
            problem(most_at_once=1),
            [turn(BUDI, "1"), turn(DINA, "2"), turn(CITRA, "3")],
            Broken(
                TUESDAY,
                "most_at_once",
                ("account:1", "account:3"),
                shift="2",
                found=2,
                allowed=1,
            ),
        ),
        (
            problem(rooms={"back": 1}, cited={"room:back": ("art. 2",)}),
            [turn(BUDI, "1"), turn(CITRA, "2")],
            Broken(
                TUESDAY,
                "room",
                ("account:1", "account:2"),
                shift="2",
                room="back",
                found=2,
                allowed=1,
                cited=("art. 2",),
            ),
        ),
        (
            problem(needs=(KTP,)),
            [],
            Broken(TUESDAY, "counter", shift="1", counter="ktp", found=0, allowed=1),
        ),
        (
            problem(least=2),
            [turn(BUDI)],
            Broken(TUESDAY, "least", found=1, allowed=2),
        ),
        (
            problem(
                members=(replace(BUDI, pinned=frozenset({TUESDAY})),),
                cited={"pinned": ("art. 5",)},
            ),
            [],
            Broken(TUESDAY, "pinned", ("account:1",), cited=("art. 5",)),
        ),
        (
            replace(problem(), locks=(Lock(BUDI.key, TUESDAY, is_in=True),)),
            [],
            Broken(TUESDAY, "lock", ("account:1",)),
        ),
        (
            replace(problem(), locks=(Lock(BUDI.key, TUESDAY, is_in=False),)),
            [turn(BUDI)],
            Broken(TUESDAY, "by_hand", ("account:1",)),
        ),
        (
            replace(problem(), locks=(Lock(BUDI.key, TUESDAY, is_in=True, shift="2"),)),
            [turn(BUDI)],
            Broken(TUESDAY, "by_hand", ("account:1",), shift="2"),
        ),
        (
            replace(problem(), frozen_before=date(2020, 9, 23), published={turn(BUDI)}),
            [turn(DINA)],
            Broken(TUESDAY, "frozen", ("account:1", "account:3"), found=2),
        ),
    ],
    ids=lambda value: value.rule if isinstance(value, Broken) else "",
)
def test_each_rule(asked: Problem, turns: list[Turn], broken: Broken) -> None:
    assert checking.check(asked, turns) == (broken,)
    (said,) = checking.sentences([broken], names={"account:1": "Budi"})
    assert ("22" in said) is (broken.on == TUESDAY)
    assert "%" not in said
    assert broken.is_lacking is (broken.rule in checking.LACKING)


def test_who_is_away_or_kept_out_is_not_pinned() -> None:
    pinned = frozenset({TUESDAY})
    away = replace(BUDI, pinned=pinned, away=pinned)
    assert checking.check(problem(members=(away,)), []) == ()
    kept_out = problem(members=(replace(BUDI, pinned=pinned),))
    kept_out = replace(kept_out, locks=(Lock(BUDI.key, TUESDAY, is_in=False),))
    assert checking.check(kept_out, []) == ()


def test_a_chain_of_shifts_is_checked_at_its_fullest_moment() -> None:
    chain = (
        Span("a", time(7), time(10)),
        Span("b", time(9), time(13)),
        Span("c", time(12), time(16)),
    )
    asked = problem(shifts=chain, most_at_once=1)
    assert checking.check(asked, [turn(BUDI, "a"), turn(DINA, "c")]) == ()
    (broken,) = checking.check(asked, [turn(BUDI, "b"), turn(DINA, "c")])
    assert (broken.rule, broken.shift, broken.found) == ("most_at_once", "c", 2)


def test_who_is_absent_is_said_by_kind_alone() -> None:
    asked = problem(members=(replace(BUDI, away=frozenset({TUESDAY})),))
    broken = checking.check(asked, [turn(BUDI)])
    names = {"account:1": "Budi"}
    assert checking.sentences(broken, names=names) == (
        "Tuesday 22 September 2020: Budi must not be in the office.",
    )
    kinds = {("account:1", TUESDAY): "travel"}
    assert checking.sentences(broken, names=names, kinds=kinds) == (
        "Tuesday 22 September 2020: Budi is on official travel.",
    )
    with translation.override("id"):
        assert checking.sentences(broken, names=names) == (
            "Selasa 22 September 2020: Budi tidak boleh berada di kantor.",
        )


def test_a_move_is_blamed_only_for_what_it_breaks() -> None:
    asked = problem(needs=(replace(KTP, people=2),), most=2)
    turns = [turn(BUDI, "1", "ktp")]

    def moved(member: Member, shift: str | None, counter: str = "") -> list[str]:
        found = checking.move_problems(
            asked, turns, member=member.key, on=TUESDAY, to_shift=shift, counter=counter
        )
        return [broken.rule for broken in found]

    assert moved(CITRA, "1", "ktp") == []
    assert moved(DINA, "1") == []
    assert moved(DINA, "1", "ktp") == ["skill"]
    assert moved(BUDI, None) == ["counter"]
    assert moved(BUDI, "9") == ["shift", "counter"]
    turns.append(turn(DINA, "3"))
    assert moved(CITRA, "1", "ktp") == ["most"]
    (broken,) = checking.move_problems(asked, turns, member=BUDI.key, on=SUNDAY, to_shift="1")
    assert broken.rule == "day"


def test_the_hand_decides_anew_over_its_own_lock_but_not_over_the_past() -> None:
    asked = replace(problem(), locks=(Lock(BUDI.key, TUESDAY, is_in=True, shift="1"),))
    moved = {"member": BUDI.key, "on": TUESDAY}
    assert checking.move_problems(asked, [turn(BUDI)], **moved, to_shift="2") == ()  # type: ignore[arg-type]
    past = replace(asked, frozen_before=date(2020, 9, 23))
    (broken,) = checking.move_problems(past, [turn(BUDI)], **moved, to_shift=None)  # type: ignore[arg-type]
    assert broken.rule == "frozen"
