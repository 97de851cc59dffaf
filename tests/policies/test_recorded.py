"""A timeline that says of the same another thing than the record is refused, with its line."""

import pytest

from loket.kernel.errors import Conflict, Invalid
from loket.policies import services as policies
from loket.policies.models import Closure, Zone
from loket.policies.rules.ordering import in_order
from loket.policies.rules.parse import load_timeline
from loket.policies.rules.writing import as_yaml
from loket.policies.services.timelines import check_timeline
from tests.factories import policies as factory
from tests.policies.test_enacting import contents
from tests.policies.test_timelines import YAML, load

FIRST = "Sekda DKI Jakarta 1/SE/2026 (02-01-2026)"
SECOND = "Sekda DKI Jakarta 2/SE/2026 (09-01-2026)"
SHUT = "The closure of 31.74.04.1003-DUKCAPIL from 2026-01-18"
ZONED = """{region: "31.74", scheme: ppkm, value: "3",
     period: {from: 2026-01-18, until_evaluated: true}}"""
TWO = """    provisions:
      - {kind: pinned, article: "2", posts: [structural]}
      - {kind: room"""
ZONE = "The zone covid_zone of 31.74 from 2026-01-05"


@pytest.fixture
def loaded(offices, at):
    load(load_timeline(YAML, name="t.yaml"), at)


@pytest.mark.parametrize(
    ("was", "now", "path", "sentence"),
    [
        ("id: Pertama", "id: Satu", "circulars[1].title", f"{FIRST} {{}}: title."),
        ("through: 2026-01-23", "through: 2026-01-24", "circulars[0].effective",
         f"{SECOND} {{}}: period."),
        ("max_share: 50%", "max_share: 51%", "circulars[0].provisions[0]",
         f"{SECOND} {{}}: article 1."),
        ("state: online_only", "state: closed", "circulars[1].provisions[0]",
         f"{FIRST} {{}}: article 1."),
        ("values: [high]", "values: [high, low]", "circulars[1].provisions[0]",
         f"{FIRST} {{}}: article 1."),
        ("    provisions:\n      - {kind: room", TWO, "circulars[0].provisions",
         f"{SECOND} {{}}: number of provisions."),
        ("value: high", "value: low", "zones[0].value", f"{ZONE} {{}}: value."),
        ("through: 2026-01-30", "through: 2026-01-29", "zones[0].period",
         f"{ZONE} {{}}: period."),
        ("reason: positive_case", "reason: flood", "closures[0].reason",
         f"{SHUT} {{}}: reason."),
        ("words: Puskesmas", "words: Klinik", "closures[0].records", f"{SHUT} {{}}: records."),
        ("reopened: earliest", "reopened: 2026-01-22", "closures[0].reopened",
         f"{SHUT} {{}}: reopening."),
    ],
)  # fmt: skip
def test_other_content_is_refused_and_changes_nothing(loaded, at, was, now, path, sentence):
    before = contents()
    assert YAML.count(was) == 1

    with pytest.raises(Invalid) as refusal:
        load(load_timeline(YAML.replace(was, now), name="t.yaml"), at)

    told = sentence.format("is on record with other content")
    assert refusal.value.fields == {path: [told]}
    assert contents() == before


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("max_share: 50%", "max_share: 0.50"),
        ("through: 2026-01-23", "to: 2026-01-24"),
        ("through: 2026-01-23", "to: '2026-01-24T00:00+07:00'"),
        ("reopened: earliest", "reopened: '2026-01-21T07:30'"),
        ("values: [high]", "values: [high, high]"),
    ],
)
def test_the_same_in_other_words_is_loaded_already(loaded, at, was, now):
    before = contents()
    assert YAML.count(was) == 1

    same = load_timeline(YAML.replace(was, now), name="t.yaml")

    assert load(same, at) == policies.Loaded((), (), ())
    assert contents() == before


def test_checking_refuses_it_too_and_tells_all(loaded, at):
    wrong = YAML.replace("value: high", "value: low").replace("50%", "40%")

    with pytest.raises(Invalid) as refusal:
        check_timeline(timeline=load_timeline(wrong, name="t.yaml"))

    assert sorted(refusal.value.fields) == ["circulars[0].provisions[0]", "zones[0].value"]


def test_what_people_enacted_is_compared_as_well(eka, gita, at):
    row = factory.enact(factory.written(), author=eka, actor=gita, at=at)
    text = "format: 1\ntitle: {id: a, en: b}\ncirculars:\n"

    def timeline(circular):
        lines = as_yaml(in_order(circular)).splitlines()
        body = "\n".join(f"    {line}" for line in lines)
        return load_timeline(f"{text}  -\n{body}\n", name="t.yaml")

    assert load(timeline(factory.written()), at).circulars == ()
    other = factory.written(provisions=[{**factory.ONLINE, "state": "closed"}])
    with pytest.raises(Invalid) as refusal:
        load(timeline(other), at)
    assert f"{row} is on record with other content: article" in str(refusal.value)


@pytest.mark.parametrize(
    ("kind", "part", "sentence"),
    [
        ("closures", '{units: ["31.74"], reason: flood, from: 2026-01-18, basis: a}',
         "The same is closed from this moment already."),
        ("zones", ZONED,
         "A zone is given there from this moment already."),
    ],
)  # fmt: skip
def test_the_same_twice_in_one_file_is_refused(offices, at, kind, part, sentence):
    text = f"format: 1\ntitle: {{id: a, en: b}}\n{kind}:\n  - {part}\n"
    other = part.replace("flood", "fire").replace('"3"', '"4"')

    with pytest.raises(Invalid) as refusal:
        load_timeline(f"{text}  - {other}\n", name="t.yaml")

    assert refusal.value.fields == {f"{kind}[1]": [sentence]}
    assert (Closure.objects.count(), Zone.objects.count()) == (0, 0)


EXTENDING = """
format: 1
title: {id: a, en: b}
circulars:
  - format: 1
    issuer: Sekda
    number: "2"
    date: 2026-02-02
    title: {id: a, en: b}
    effective: {from: 2026-02-02, through: 2026-02-27}
    amends:
      - {issuer: Sekda, number: "1", date: 2026-01-05, extended_through: 2026-02-27}
  - format: 1
    issuer: Sekda
    number: "1"
    date: 2026-01-05
    title: {id: a, en: b}
    effective: {from: 2026-01-05, through: 2026-01-09}
    provisions:
      - {kind: room, article: "1", max_share: 50%}
"""


def test_what_ended_within_the_timeline_cannot_be_extended(offices, at):
    with pytest.raises(Invalid) as refusal:
        load(load_timeline(EXTENDING, name="t.yaml"), at)

    told = (
        "Sekda 1 (05-01-2026) ended (2026-01-10 00:00) before this circular begins: it cannot "
        "be extended any more. Write its provisions here instead."
    )
    path = "circulars[0].amends[0].extended_through"
    assert refusal.value.fields == {path: [told]}


def test_what_another_of_the_timeline_extended_first_can_be_extended(offices, at):
    between = """
  - format: 1
    issuer: Sekda
    number: "1a"
    date: 2026-01-08
    title: {id: a, en: b}
    effective: {from: 2026-01-08, through: 2026-02-27}
    amends:
      - {issuer: Sekda, number: "1", date: 2026-01-05, extended_through: 2026-02-03}
"""
    timeline = load_timeline(EXTENDING + between.lstrip("\n"), name="t.yaml")

    assert len(load(timeline, at).circulars) == 3
    assert load(timeline, at).circulars == ()


def test_a_draft_of_somebody_stops_checking_too(eka, at):
    timeline = load_timeline(YAML, name="t.yaml")
    plain = timeline.circulars[0].model_copy(update={"revokes": ()})
    factory.draft(plain, actor=eka, at=at)

    with pytest.raises(Conflict):
        check_timeline(timeline=timeline)
