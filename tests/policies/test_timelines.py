"""Histories are loaded once, in order of date, and refused whole if any part is wrong."""

from datetime import date, datetime

import pytest

from loket.jobs.models import Job
from loket.kernel.access import Actor
from loket.kernel.errors import Conflict, Invalid, NotAllowed
from loket.messaging.models import Message
from loket.policies import queries
from loket.policies import services as policies
from loket.policies.models import Change, Circular, Closure, ClosureRecord, Edition, Zone
from loket.policies.rules import format as form
from loket.policies.rules.parse import load_timeline
from tests.factories import policies as factory

from .test_enacting import contents

POINT = "31.74.04.1003-DUKCAPIL"
YAML = """
format: 1
title: {id: Awal 2026, en: Early 2026}
zones:
  - region: "31.74"
    scheme: covid_zone
    value: high
    period: {from: 2026-01-05, through: 2026-01-30}
circulars:
  - format: 1
    issuer: Sekda DKI Jakarta
    number: 2/SE/2026
    date: 2026-01-09
    title: {id: Kedua, en: Second}
    effective: {from: 2026-01-12, through: 2026-01-23}
    revokes:
      - {issuer: Sekda DKI Jakarta, number: 1/SE/2026, date: 2026-01-02}
    provisions:
      - {kind: room, article: "1", max_share: 50%}
  - format: 1
    issuer: Sekda DKI Jakarta
    number: 1/SE/2026
    date: 2026-01-02
    title: {id: Pertama, en: First}
    effective: {from: 2026-01-05, until_evaluated: true}
    provisions:
      - kind: counters
        article: "1"
        state: online_only
        scope: {zone: {scheme: covid_zone, values: [high]}}
closures:
  - units: [31.74.04.1003-DUKCAPIL]
    reason: positive_case
    from: 2026-01-18
    basis: Pergub 88/2020 art. 9(2)f
    records:
      - {kind: disinfection, at: 2026-01-19T09:00:00+07:00, words: Sudin Gulkarmat}
      - {kind: tracing, at: 2026-01-19T10:00:00+07:00, words: Puskesmas}
    reopened: earliest
"""


@pytest.fixture
def timeline():
    return load_timeline(YAML, name="t.yaml")


def load(timeline, at, actor=None):
    return policies.load_timeline(
        timeline=timeline, actor=actor or Actor.system("history"), at=at
    )


def test_a_timeline_becomes_law_in_order_of_date(offices, dewi, timeline, at):
    loaded = load(timeline, at)

    assert loaded.circulars == (
        "Sekda DKI Jakarta 1/SE/2026 (02-01-2026)", "Sekda DKI Jakarta 2/SE/2026 (09-01-2026)",
    )  # fmt: skip
    assert (len(loaded.closures), len(loaded.zones)) == (1, 1)
    law = queries.book()

    def state(day):
        moment = datetime.fromisoformat(f"2026-01-{day}T10:00:00+07:00")
        return law.in_force(POINT, at=moment).counters.state.value

    # Zoned, then replaced, closed for three days, open again, and ordinary.
    assert [state(day) for day in ("06", "13", "19", "20", "21", "26")] == [
        "online_only", "limited", "closed", "closed", "limited", "open",
    ]  # fmt: skip
    row = Closure.objects.get()
    assert row.reopened_at == datetime.fromisoformat("2026-01-21T07:30:00+07:00")
    rows = Circular.objects.order_by("date")
    assert [(r.author_ref, r.enacted_by_ref, r.retroactive_reason) for r in rows] == [
        ("system:timeline", "system:history", "Dimuat sebagai riwayat.")
    ] * 2
    assert Message.objects.count() == 0
    assert not Job.objects.filter(task="loket.policies.tasks.tell_heads").exists()


def test_loading_twice_is_loading_once(offices, timeline, at):
    load(timeline, at)
    before = contents()

    assert load(timeline, at) == policies.Loaded((), (), ())

    assert contents() == before


def test_what_a_kill_left_undone_is_done_by_the_next_load(offices, timeline, at):
    load(timeline, at)
    whole = queries.answer_json(queries.in_force(unit=POINT, at=at))
    numbers = Edition.objects.get().number
    # As if it had stopped after the closure, and after the draft of the second circular.
    ClosureRecord.objects.all().delete()
    Closure.objects.update(reopened_at=None, reopened_by_name="")
    Circular.objects.filter(number="2/SE/2026").update(
        state="draft", enacted_by_ref="", enacted_by_name="", enacted_at=None
    )

    loaded = load(timeline, at)

    assert [len(part) for part in (loaded.circulars, loaded.closures, loaded.zones)] == [
        1,
        1,
        0,
    ]
    assert ClosureRecord.objects.count() == 2
    assert Edition.objects.get().number == numbers + 2
    assert queries.answer_json(queries.in_force(unit=POINT, at=at)) == whole


def test_a_timeline_with_one_wrong_part_is_refused_whole(offices, at):
    wrong = load_timeline(YAML.replace("31.74.04.1003-DUKCAPIL", "31.99"), name="t.yaml")

    with pytest.raises(Invalid) as refusal:
        load(wrong, at)

    assert list(refusal.value.fields) == ["closures[0].units[0]"]
    assert (Circular.objects.count(), Zone.objects.count(), Change.objects.count()) == (
        0, 0, Change.objects.filter(kind="organisation").count(),
    )  # fmt: skip


def test_a_closure_that_cannot_reopen_leaves_nothing_behind(offices, at):
    start = YAML.index("    records:")
    wrong = YAML[:start] + YAML[YAML.index("    reopened:") :]

    with pytest.raises(Invalid) as refusal:
        load(load_timeline(wrong, name="t.yaml"), at)

    assert list(refusal.value.fields) == ["closures[0]"]
    assert (Circular.objects.count(), Zone.objects.count(), Closure.objects.count()) == (
        0,
        0,
        0,
    )


def test_what_somebody_is_writing_is_not_loaded_over(eka, timeline, at):
    plain = timeline.circulars[0].model_copy(update={"revokes": ()})
    factory.draft(plain, actor=eka, at=at)

    with pytest.raises(Conflict) as refusal:
        load(timeline, at)

    assert "Eka Wijaya is writing Sekda DKI Jakarta 2/SE/2026" in str(refusal.value)
    assert Zone.objects.count() == 0


def test_who_may_not_enact_loads_nothing(eka, dewi, timeline, at):
    for actor in (eka, dewi, Actor.visitor()):
        with pytest.raises(NotAllowed):
            load(timeline, at, actor)
    assert (Circular.objects.filter(state="enacted").count(), Closure.objects.count()) == (0, 0)


def zone(**changes):
    written = {
        "region": "31.74", "scheme": "ppkm", "value": "level_3",
        "period": {"from": date(2026, 3, 9), "through": date(2026, 3, 22)},
    }  # fmt: skip
    return form.ZoneForm.model_validate(written | changes)


def test_a_zone_is_declared_for_a_region(eka, gita, at):
    scope = {"zone": {"scheme": "ppkm", "values": ["level_3", "level_4"]}}
    factory.enact(
        factory.written({**factory.ONLINE, "scope": scope}), author=eka, actor=gita, at=at
    )
    moment = datetime.fromisoformat("2026-03-10T10:00:00+07:00")
    assert queries.in_force(unit=POINT, at=moment).counters.state.value == "open"

    policies.declare_zone(form=zone(), actor=gita, at=at)

    assert queries.in_force(unit=POINT, at=moment).counters.state.value == "online_only"
    there = "31.73.01.1001-DUKCAPIL"
    assert queries.in_force(unit=there, at=moment).counters.state.value == "open"


def test_a_zone_is_refused_to_others_elsewhere_and_twice(eka, dewi, gita, at):
    for actor in (eka, dewi, Actor.visitor()):
        with pytest.raises(NotAllowed):
            policies.declare_zone(form=zone(), actor=actor, at=at)
    with pytest.raises(Invalid):
        policies.declare_zone(form=zone(region="31.99"), actor=gita, at=at)
    policies.declare_zone(form=zone(), actor=gita, at=at)
    with pytest.raises(Conflict):
        policies.declare_zone(form=zone(value="level_4"), actor=gita, at=at)
    assert Zone.objects.count() == 1
