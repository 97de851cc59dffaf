"""An office shuts at once, and opens again on the right morning."""

from datetime import datetime, timedelta

import pytest

from loket.journal.models import Entry
from loket.kernel.access import Actor
from loket.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from loket.organisation.models import Unit
from loket.policies import queries
from loket.policies import services as policies
from loket.policies.models import Change, Closure, ClosureRecord
from tests.conftest import employ
from tests.factories import organisation
from tests.factories import policies as factory

from .test_enacting import contents

POINT = "31.74.04.1003-DUKCAPIL"
VILLAGE = "31.74.04.1003"


def when(written: str) -> datetime:
    return datetime.fromisoformat(f"{written}:00+07:00")


FRIDAY = when("2026-03-06T10:00")
MONDAY = when("2026-03-09T07:30")


def cleaned(closure, actor, at):
    for kind in ("disinfection", "tracing"):
        policies.record(
            closure=closure, kind=kind, done_at=at, words="Puskesmas", actor=actor, at=at
        )


def state(unit=POINT, at=FRIDAY + timedelta(hours=1), **more):
    return queries.in_force(unit=unit, at=at, **more).counters.state.value


def test_a_positive_case_shuts_the_office_for_three_days(dewi):
    row = policies.close(form=factory.closure(), actor=dewi, at=FRIDAY)

    # From Friday, counted whole: Monday 00:00; the office opens at half past seven.
    assert row.earliest_at == MONDAY
    assert row.required == ["disinfection", "tracing"]
    assert row.unit_path == row.scopes[0] == Unit.objects.get(code=POINT).path
    assert state(at=FRIDAY - timedelta(minutes=1)) == "open"
    answer = queries.in_force(unit=POINT, at=FRIDAY)
    assert answer.counters.state.value == "closed"
    assert answer.reopens_at.value == MONDAY
    assert (answer.clock.suspended.value, answer.attendance.remote.value) == (True, "required")
    assert "counter" not in answer.services.channels.value
    assert "web" in answer.services.channels.value
    assert state("31.73.01.1001-DUKCAPIL") == state(VILLAGE) == "open"
    assert Entry.objects.get(name="office.closed").subject == row.subject


def test_the_reopening_keeps_to_the_calendar_of_the_office(dewi, offices):
    organisation.organisation.set_day(
        on=MONDAY.date(), kind="local_holiday", name="Pemilihan", source="Kepgub", unit=offices,
        actor=organisation.system(), at=FRIDAY,
    )  # fmt: skip

    row = policies.close(form=factory.closure(), actor=dewi, at=FRIDAY)

    assert row.earliest_at == when("2026-03-10T07:30")


def test_nobody_reopens_before_the_minimum(dewi):
    row = policies.close(form=factory.closure(), actor=dewi, at=FRIDAY)
    cleaned(row, dewi, FRIDAY + timedelta(hours=5))

    with pytest.raises(Invalid) as refusal:
        policies.reopen(
            closure=row, at_moment=MONDAY - timedelta(minutes=1), actor=dewi, at=FRIDAY
        )

    assert str(refusal.value) == (
        "It may not be reopened before 9 March 2026 07.30 (Pergub 88/2020 art. 9(2)f)."
    )
    assert list(refusal.value.fields) == ["at_moment"]


def test_nobody_reopens_without_the_records(dewi):
    row = policies.close(form=factory.closure(), actor=dewi, at=FRIDAY)
    policies.record(
        closure=row, kind="tracing", done_at=FRIDAY, words="Puskesmas", actor=dewi, at=FRIDAY
    )

    with pytest.raises(Conflict) as refusal:
        policies.reopen(closure=row, actor=dewi, at=MONDAY)

    assert str(refusal.value) == (
        "Before it can reopen, record that this was done: disinfection. "
        "It may then open from 9 March 2026 07.30."
    )
    assert queries.missing_records(queries.closure(row.code)) == ["disinfection"]


def test_it_reopens_on_the_right_morning(dewi):
    row = policies.close(form=factory.closure(), actor=dewi, at=FRIDAY)
    cleaned(row, dewi, FRIDAY + timedelta(hours=5))

    policies.reopen(closure=row, actor=dewi, at=FRIDAY + timedelta(hours=6))

    assert (row.reopened_at, row.reopened_by_name) == (MONDAY, "Dewi Anggraini")
    assert queries.closures(open_only=True) == []
    assert queries.closures(open_only=True, at=FRIDAY + timedelta(hours=7)) == [row]
    assert queries.closures(open_only=True, at=MONDAY) == []
    assert state(at=MONDAY - timedelta(minutes=1)) == "closed"
    assert state(at=MONDAY) == "open"
    with pytest.raises(Conflict):
        policies.reopen(closure=row, actor=dewi, at=MONDAY)
    with pytest.raises(Conflict):
        cleaned(row, dewi, MONDAY)


def test_who_comes_late_reopens_from_now_on(dewi):
    row = policies.close(form=factory.closure(), actor=dewi, at=FRIDAY)
    late = MONDAY + timedelta(days=1, hours=2)
    cleaned(row, dewi, late - timedelta(hours=1))

    with pytest.raises(Invalid):
        policies.reopen(closure=row, at_moment=MONDAY, actor=dewi, at=late)
    policies.reopen(closure=row, actor=dewi, at=late)

    assert row.reopened_at == late


def test_reopening_puts_everything_back(dewi):
    samples = [MONDAY + timedelta(hours=n) for n in (0, 3, 30, 200)]

    def answers():
        return [
            queries.answer_json(queries.in_force(unit=unit, at=at))
            for unit in (POINT, VILLAGE)
            for at in samples
        ]

    before = answers()
    row = policies.close(form=factory.closure(), actor=dewi, at=FRIDAY)
    cleaned(row, dewi, FRIDAY)
    policies.reopen(closure=row, actor=dewi, at=FRIDAY)

    assert answers() == before


def test_a_flood_has_no_minimum_but_needs_a_check(dewi):
    row = policies.close(form=factory.closure(reason="flood"), actor=dewi, at=FRIDAY)
    assert (row.earliest_at, row.required) == (FRIDAY, ["safety_check"])
    noon = FRIDAY + timedelta(hours=2)
    with pytest.raises(Conflict):
        policies.reopen(closure=row, actor=dewi, at=noon)
    policies.record(
        closure=row, kind="safety_check", done_at=noon, words="BPBD", actor=dewi, at=noon
    )

    policies.reopen(closure=row, actor=dewi, at=noon)

    assert (state(at=noon - timedelta(minutes=1)), state(at=noon)) == ("closed", "open")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "prayer"}, "kind"),
        ({"words": " "}, "words"),
        ({"done_at": FRIDAY - timedelta(hours=1)}, "done_at"),
        ({"done_at": FRIDAY + timedelta(hours=3)}, "done_at"),
    ],
)
def test_a_record_must_be_sound(dewi, changes, field):
    row = policies.close(form=factory.closure(), actor=dewi, at=FRIDAY)
    given = {"kind": "tracing", "done_at": FRIDAY, "words": "Puskesmas"} | changes

    with pytest.raises(Invalid) as refusal:
        policies.record(closure=row, **given, actor=dewi, at=FRIDAY + timedelta(hours=2))

    assert list(refusal.value.fields) == [field]
    assert ClosureRecord.objects.count() == 0


def test_a_building_is_closed_by_who_heads_all_of_it(dewi, gita):
    building = factory.closure(units=[], place=f"G-{VILLAGE}")
    with pytest.raises(NotAllowed):
        policies.close(form=building, actor=dewi, at=FRIDAY)

    row = policies.close(form=building, actor=gita, at=FRIDAY)

    assert (len(row.scopes), row.unit_path) == (2, "/31/")
    assert state(POINT) == state(VILLAGE) == "closed"
    assert state("31.73.01.1001-DUKCAPIL") == "open"


def test_something_may_stay_open_inside(gita):
    building = factory.closure(units=[], place=f"G-{VILLAGE}", stays_open=[{"units": [POINT]}])

    policies.close(form=building, actor=gita, at=FRIDAY)

    assert (state(POINT), state(VILLAGE)) == ("open", "closed")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"units": ["31.99"]}, "units[0]"),
        ({"units": [], "place": "G-NOWHERE"}, "place"),
        ({"units": [], "room": "R-NOWHERE"}, "room"),
    ],
)
def test_what_does_not_exist_cannot_be_closed(gita, changes, field):
    with pytest.raises(Invalid) as refusal:
        policies.close(form=factory.closure(**changes), actor=gita, at=FRIDAY)

    assert list(refusal.value.fields) == [field]
    assert Closure.objects.count() == 0


def test_the_same_is_not_closed_twice(dewi):
    policies.close(form=factory.closure(), actor=dewi, at=FRIDAY)

    with pytest.raises(Conflict):
        policies.close(form=factory.closure(), actor=dewi, at=FRIDAY)
    policies.close(form=factory.closure(reason="flood"), actor=dewi, at=FRIDAY)

    assert Closure.objects.count() == 2
    assert [c.reason for c in queries.closures(open_only=True)] == ["flood", "positive_case"]
    assert queries.closures(open_only=True, under="/31/31.99/") == []


def test_others_neither_close_nor_record_nor_reopen(dewi, budi, citra, elsewhere, at):
    row = policies.close(form=factory.closure(), actor=dewi, at=FRIDAY)
    head = employ("hadi", "Hadi", elsewhere, "head", "Kepala", at)

    for actor in (budi, citra, head, Actor.visitor()):
        with pytest.raises(NotAllowed):
            policies.close(form=factory.closure(), actor=actor, at=FRIDAY)
        with pytest.raises(NotAllowed):
            cleaned(row, actor, FRIDAY)
        with pytest.raises(NotAllowed):
            policies.reopen(closure=row, actor=actor, at=MONDAY)
    with pytest.raises(NotFound):
        queries.closure("NONE")


def test_a_preview_shows_what_closing_does_and_does_nothing(dewi):
    before = contents()

    shown = policies.preview_closure(form=factory.closure(), actor=dewi, at=FRIDAY)

    assert contents() == before
    policies.close(form=factory.closure(), actor=dewi, at=FRIDAY)
    did = Change.objects.get(kind="closed").impact
    assert {**did, "earliest_at": shown["earliest_at"]} == shown
    assert datetime.fromisoformat(shown["earliest_at"]) == MONDAY
    assert [(row["was"], row["now"], row["units"]) for row in shown["offices"]["rows"]] == [
        ("open", "closed", [POINT])
    ]
    assert shown["people"]["heads"] == {"email": 1, "none": 0}


def test_a_closure_that_outlasts_its_minimum_is_said_once_a_day(dewi):
    row = policies.close(form=factory.closure(), actor=dewi, at=FRIDAY)
    system = Actor.system("closures")

    def note(at):
        return policies.note_overruns(actor=system, at=at)

    assert note(MONDAY - timedelta(minutes=1)) == 0
    assert [note(MONDAY), note(MONDAY + timedelta(hours=3))] == [1, 0]
    assert note(MONDAY + timedelta(days=1)) == 1
    said = Entry.objects.filter(name="office.closure_overran")
    assert list(said.values_list("facts__on", flat=True)) == ["2026-03-09", "2026-03-10"]
    assert Change.objects.filter(kind="overran").count() == 2
    cleaned(row, dewi, MONDAY)
    policies.reopen(closure=row, actor=dewi, at=MONDAY + timedelta(days=1))
    assert note(MONDAY + timedelta(days=2)) == 0
