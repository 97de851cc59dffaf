"""What is true of every law, whatever circulars, closures and zones there are."""

from dataclasses import replace
from datetime import UTC, timedelta
from itertools import pairwise, product

from hypothesis import given, settings
from hypothesis import strategies as st

from loket.policies.rules import ending
from loket.policies.rules.format import Scope
from tests.policies.rules import random_law
from tests.policies.rules.law import JAKARTA, PROVINCE, ROOMS, UNITS, VILLAGE, at
from tests.policies.rules.random_law import (
    ASKED,
    LENGTH,
    ROOMS_ASKED,
    SERVICES,
    START,
    book_of,
    laws,
    moments,
)

QUESTIONS = tuple(product(ASKED, SERVICES, ROOMS_ASKED))
FEW = settings(max_examples=40, deadline=None)
ASKED_AT = tuple(START + timedelta(days=day, hours=10) for day in range(1, LENGTH, 8))


def answers(law, asked_at=ASKED_AT):
    return [
        law.in_force(unit, service=service, room=room, at=moment)
        for moment in asked_at
        for unit, service, room in QUESTIONS
    ]


def without_moment(answer):
    """Return an answer without what depends on the day only."""
    return replace(
        answer,
        at=START,
        counters=answer.counters.state,
        attendance=replace(answer.attendance, shifts=None),
        services=replace(answer.services, hours=None),
        disputes=tuple(d for d in answer.disputes if d.part != "counters.hours"),
    )


@FEW
@given(laws(), st.randoms(use_true_random=False))
def test_the_order_of_records_never_matters(law, chance):
    effects, declared = law
    mixed, units, rooms, others = list(effects), list(UNITS), list(ROOMS), list(declared)
    for records in (mixed, units, rooms, others):
        chance.shuffle(records)

    assert answers(book_of(mixed, others, units, rooms)) == answers(book_of(effects, declared))


@FEW
@given(laws(), moments)
def test_equal_units_share_their_answers_and_others_do_not(law, moment):
    together = book_of(*law)
    for unit in UNITS:
        alone = book_of(*law, units=[unit])
        asked = {"service": "ktp-new", "at": moment}
        assert alone.in_force(unit.code, **asked) == together.in_force(unit.code, **asked)


@FEW
@given(random_law.circulars(), random_law.closures(), st.randoms(use_true_random=False))
def test_the_order_of_circulars_never_matters(circulars, closures, chance):
    mixed = list(circulars)
    chance.shuffle(mixed)
    one, other = (
        ending.effects(circulars=rows, closures=closures, zone=JAKARTA)
        for rows in (circulars, mixed)
    )

    assert sorted(map(repr, one)) == sorted(map(repr, other))


@FEW
@given(laws(), st.lists(moments, min_size=3, max_size=3))
def test_nothing_changes_between_boundaries_but_the_day(law, asked_at):
    book = book_of(*law)
    for unit, service, room in QUESTIONS:
        since, until = at("2020-01-01"), at("2021-01-01")
        found = book.boundaries(unit, service=service, room=room, since=since, until=until)
        for moment in asked_at:
            start = max((b for b in found if b <= moment), default=since)
            one, other = (
                book.in_force(unit, service=service, room=room, at=when)
                for when in (start, moment)
            )
            assert without_moment(one) == without_moment(other)


@FEW
@given(laws(), moments)
def test_a_moment_is_one_moment_in_every_zone(law, moment):
    book = book_of(*law)
    utc = moment.astimezone(UTC)

    assert [replace(a, at=moment) for a in answers(book, [utc])] == answers(book, [moment])


@FEW
@given(laws())
def test_a_closure_always_wins(law):
    book = book_of(*law)
    begun = [effect.starts_at + timedelta(hours=9) for effect in law[0] if effect.is_closure]
    for moment, (unit, service, room) in product(begun, QUESTIONS):
        asked = {"service": service, "room": room, "at": moment}
        if any(effect.is_closure for effect in book.effects_at(unit, **asked)):
            answer = book.in_force(unit, **asked)
            assert answer.counters.state.value == "closed"
            assert answer.counters.state.because[0].is_closure
            assert answer.clock.suspended.value
            assert answer.attendance.remote.value == "required"
            assert "counter" not in answer.services.channels.value


@FEW
@given(laws(), st.integers(0, 10), moments)
def test_a_narrower_scope_with_the_same_value_never_changes_others(law, number, moment):
    effects, declared = law
    if not effects:
        return
    chosen = effects[number % len(effects)]
    narrower = replace(chosen, scope=chosen.scope.model_copy(update={"units": (VILLAGE,)}))
    book, other = book_of(effects, declared), book_of([*effects, narrower], declared)
    for unit, service, room in QUESTIONS:
        if unit != VILLAGE:
            asked = {"service": service, "room": room, "at": moment}
            one, two = (law.in_force(unit, **asked) for law in (book, other))
            # A closure of a narrower scope adds boundaries, never another answer.
            assert one == two


@FEW
@given(laws(), st.lists(moments, max_size=8))
def test_suspensions_are_in_order_apart_and_agree_with_the_answer(law, asked_at):
    book = book_of(*law)
    for unit, service in product(ASKED, SERVICES):
        found = book.suspensions(unit, service)
        assert all(s.ends_at is None or s.starts_at < s.ends_at for s in found)
        assert all(
            one.ends_at is not None and one.ends_at <= other.starts_at
            for one, other in pairwise(found)
        )
        assert all(
            one.ends_at < other.starts_at or one.because != other.because
            for one, other in pairwise(found)
        )
        for moment in asked_at:
            held = [
                s
                for s in found
                if s.starts_at <= moment and (s.ends_at is None or moment < s.ends_at)
            ]
            clock = book.in_force(unit, service=service, at=moment).clock.suspended
            assert clock.value == bool(held)
            assert [s.because for s in held] == ([clock.because] if held else [])


@FEW
@given(random_law.circulars(), random_law.closures(), st.integers(0, 10), random_law.days)
def test_a_revoked_circular_leaves_no_trace_after_the_moment(circulars, closures, number, day):
    if not circulars:
        return
    # Only what it did to others as it began outlives a circular: it did nothing here.
    circulars = [replace(c, revokes=(), amends=()) for c in circulars]
    gone = circulars[number % len(circulars)]
    revoked = [replace(c, revoked_from=at(day)) if c is gone else c for c in circulars]
    left = [c for c in circulars if c is not gone]
    one, other = (
        book_of(list(ending.effects(circulars=rows, closures=closures, zone=JAKARTA)), [])
        for rows in (revoked, left)
    )
    after = [moment for moment in ASKED_AT if moment >= at(day)]

    assert answers(one, after) == answers(other, after)


@FEW
@given(laws(), moments)
def test_counters_reopen_when_they_are_said_to(law, moment):
    effects, declared = law
    book = book_of(effects, declared)
    has_open_closure = any(e.is_closure and e.ends_at is None for e in effects)
    for unit in ASKED:
        opens = book.reopening(unit, after=moment)
        if opens is None or has_open_closure:
            continue
        answer = book.in_force(unit, at=opens)
        assert opens >= moment
        assert answer.counters.state.value in {"open", "limited"}
        assert unit == "31-DUKCAPIL" or any(
            h.opens <= opens.timetz().replace(tzinfo=None) < h.closes
            for h in answer.counters.hours.value
        )


@FEW
@given(laws())
def test_the_board_agrees_with_single_answers(law):
    book = book_of(*law)
    days = [(START + timedelta(days=number)).date() for number in range(0, LENGTH, 3)]
    for unit, row in book.states(ASKED, days).items():
        for day in row:
            noon = at(f"{day.day} 12:45")
            answer = book.in_force(unit, at=noon)
            [*inside] = book.boundaries(
                unit, since=at(f"{day.day}"), until=at(f"{day.day}") + timedelta(days=1)
            )
            if not inside:
                assert (day.state, day.hours) == (answer.counters.state, answer.counters.hours)
                assert day.reopens_at == answer.reopens_at


@FEW
@given(laws(), moments)
def test_a_scope_of_the_whole_province_is_wider_than_none(law, moment):
    """A unit named on the top is narrower than nobody named: the same units, one step on."""
    effects, declared = law
    everyone = [replace(e, scope=Scope()) for e in effects]
    province = [replace(e, scope=Scope(units=(PROVINCE,))) for e in effects]

    one, other = book_of(everyone, declared), book_of(province, declared)
    assert answers(one, [moment]) == answers(other, [moment])
