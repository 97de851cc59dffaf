"""The book answers what a naive reading of the same law answers."""

from datetime import timedelta
from itertools import pairwise
from operator import attrgetter

from hypothesis import given, settings
from hypothesis import strategies as st

from loket.policies.rules import ending
from loket.policies.rules.resolving import Book
from tests.policies.rules.law import JAKARTA
from tests.policies.rules.oracle import PPE, SHARES, Asked
from tests.policies.rules.random_government import HOLIDAYS, MOMENTS, START, governments

UNTIL = START + timedelta(days=75)
EVERY = settings(max_examples=60, deadline=None, derandomize=True)


def book_of(oracle):
    return Book.build(
        effects=ending.effects(
            circulars=oracle.circulars, closures=oracle.closures, zone=JAKARTA
        ),
        units=oracle.units,
        rooms=oracle.rooms,
        zones=oracle.zones,
        calendars={"": HOLIDAYS},
    )


def _protocol(oracle, asked):
    wanted = {
        "mask": lambda value: value,
        "distance_m": lambda value: value,
        "temperature_max": lambda value: -value,
        "ppe": PPE.index,
    }
    found = {
        name: oracle.winner(asked, "protocol", attrgetter(name), strictness)
        for name, strictness in wanted.items()
    }
    return {name: said.value for name, said in found.items() if said}


def told(oracle, asked):
    """Return what the oracle says."""

    def value(kind, name, strictness=lambda _value: 0, otherwise=None):
        said = oracle.winner(asked, kind, lambda p: getattr(p, name) or None, strictness)
        return said.value if said else otherwise

    shares = oracle.shares(asked) | {"room": oracle.room(asked)}
    return {
        "state": oracle.state(asked),
        "hours": oracle.hours(asked),
        **{name: said and said.value for name, said in shares.items()},
        "shifts": oracle.shifts(asked),
        "pinned": value("pinned", "posts", otherwise=()),
        "remote": oracle.remote(asked),
        "excused": oracle.union(asked, "excused", "groups"),
        "reporting": oracle.union(asked, "reporting", "duties"),
        "elderly_from": value("excused", "elderly_from", lambda age: -age),
        "suspended": oracle.suspended(asked),
        "channels": oracle.channels(asked),
        "worked_on": oracle.worked_on(asked),
        "priority": value("priority", "groups", otherwise=()),
        "clock": oracle.clock_stands(asked),
        "extended_by": value("clock", "extended_by", lambda days: days, otherwise=0),
        "protocol": _protocol(oracle, asked),
        "drop_box": value("letters", "drop_box", otherwise=False),
        "email": value("letters", "email", otherwise=False),
        "reopens_at": oracle.reopens_at(asked, UNTIL),
        "because": {
            "state": oracle.decided(asked)[1],
            **{name: said.by for name, said in shares.items() if said},
        },
    }


def _cited(state, shares):
    parts = {name: part for name, part in shares.items() if part.value is not None}
    first = state.because[0] if state.because else None
    decided = (first.subject, first.article) if first and not first.is_closure else None
    return {"state": decided} | {
        name: (part.because[0].subject, part.because[0].article) for name, part in parts.items()
    }


def answered(book, asked):
    """Return what the book answers, in the same words."""
    found = book.in_force(
        asked.unit.code,
        service=asked.service,
        room=asked.room.code if asked.room else "",
        at=asked.at,
    )
    staff = found.attendance
    shares = {name: getattr(staff, name) for name in SHARES} | {"room": found.rooms.max_share}
    return {
        "state": found.counters.state.value,
        "hours": tuple(map(str, found.counters.hours.value)),
        **{name: part.value for name, part in shares.items()},
        "shifts": [
            (s.name, str(s.hours), s.pause and str(s.pause)) for s in staff.shifts.value
        ],
        "pinned": staff.pinned.value,
        "remote": staff.remote.value,
        "excused": set(staff.excused.value),
        "reporting": set(staff.reporting.value),
        "elderly_from": staff.elderly_from.value,
        "suspended": found.services.suspended.value,
        "channels": found.services.channels.value,
        "worked_on": tuple(map(str, found.services.hours.value)),
        "priority": found.services.priority.value,
        "clock": found.clock.suspended.value,
        "extended_by": found.clock.extended_by.value,
        "protocol": {name: part.value for name, part in found.protocol},
        "drop_box": found.letters.drop_box.value,
        "email": found.letters.email.value,
        "reopens_at": found.reopens_at.value,
        "because": _cited(found.counters.state, shares),
    }


def _question(draw, oracle):
    unit = draw(st.sampled_from(oracle.units))
    own = [room for room in oracle.rooms if room.unit == unit.code]
    return unit, draw(st.sampled_from(["", "A"])), draw(st.sampled_from([None, *own]))


@EVERY
@given(governments(), st.data())
def test_every_part_is_what_a_naive_reading_says(oracle, data):
    book = book_of(oracle)
    edges = st.sampled_from(sorted(set(oracle.boundaries())))
    for _ in range(6):
        asked = Asked(*_question(data.draw, oracle), data.draw(MOMENTS | edges))
        assert answered(book, asked) == told(oracle, asked)


@EVERY
@given(governments(), st.data())
def test_clocks_stand_still_exactly_in_their_spans(oracle, data):
    unit, service, _room = _question(data.draw, oracle)
    spans = book_of(oracle).suspensions(unit.code, service)

    assert all(one.ends_at <= other.starts_at for one, other in pairwise(spans))
    for edge in {START, *oracle.boundaries()}:
        for moment in (edge - timedelta(microseconds=1), edge):
            stands = [
                span
                for span in spans
                if span.starts_at <= moment and (span.ends_at is None or moment < span.ends_at)
            ]
            assert bool(stands) == oracle.clock_stands(Asked(unit, service, None, moment))
