"""Circulars as text: the manual is right, and every mistake is told with what to do."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import loket
from loket.catalogue.rules import document
from loket.policies.rules import parse, schema
from loket.policies.rules.format import AttendanceProvision, Period
from loket.policies.rules.writing import as_yaml
from tests.policies.rules.samples import (
    AMENDING,
    EXAMPLE,
    PAGE,
    TIMELINE,
    changed,
    line_of,
    problems,
)


def test_the_circulars_of_the_manual_have_no_problem() -> None:
    assert problems(EXAMPLE) == []
    assert problems(AMENDING) == []
    parse.load_timeline(TIMELINE, name="x.yaml")


@pytest.mark.parametrize("text", [EXAMPLE, AMENDING])
def test_the_circulars_of_the_manual_fit_the_schema(text: str) -> None:
    Draft202012Validator.check_schema(schema.of_circular())
    Draft202012Validator(schema.of_circular()).validate(document.read(text).value)


def test_the_timeline_of_the_manual_fits_the_schema() -> None:
    Draft202012Validator.check_schema(schema.of_timeline())
    Draft202012Validator(schema.of_timeline()).validate(document.read(TIMELINE).value)


def test_the_mistake_shown_in_the_manual_is_told_so() -> None:
    (told,) = problems(changed("state: online_only", "state: online"))
    assert told.partition(": error: ")[2] in PAGE.read_text(encoding="utf-8")


# What is replaced, by what, the first words of the line with the mistake, path, sentence.
MISTAKES = [
    ("through: 2020-03-31", "through: 2020-03-01", "effective:", "effective",
     "The period ends (2020-03-01) before it starts (2020-03-17): correct one of the two."),
    ("through: 2020-03-31", "to: 2020-03-17", "effective:", "effective",
     "The period ends (2020-03-17) before it starts (2020-03-17): correct one of the two."),
    (", through: 2020-03-31", "", "effective:", "effective",
     ("A period needs exactly one end: “through” (the last day), “to” (the first day or moment "
     "after it) or “until_evaluated: true”.")),
    ("through: 2020-03-31", "through: 2020-03-31, until_evaluated: true", "effective:",
     "effective",
     ("A period needs exactly one end: “through” (the last day), “to” (the first day or moment "
     "after it) or “until_evaluated: true”.")),
    ("from: 2020-03-17", "from: 2020", "effective:", "effective.from",
     ("“2020” is neither a day such as 2020-03-17 nor a moment such as 2020-03-17T13:00: write "
     "one that exists.")),
    ("date: 2020-03-16", "date: 2020-02-30", "date:", "date",
     "“2020-02-30” is not a day: write one that exists, such as 2020-03-17."),
    ("number: 02/SE/2020", "number: 2", "number:", "number",
     "“2” must be text: put it in quotes."),
    ("issuer: Gubernur DKI Jakarta", "issuer: ''", "issuer:", "issuer", "The text is empty."),
    ('  - article: "2"\n    kind', "  - kind", "  - kind: pinned", "provisions[1].article",
     "“article” is missing: say which article of the circular this is."),
    ('article: "2"', "article: ' '", "  - article: ' '", "provisions[1].article",
     "The text is empty."),
    ("kind: pinned", "kind: pined", "    kind: pined", "provisions[1].kind",
     ("“pined” must be one of: counters, room, attendance, hours, shifts, pinned, excused, "
     "remote, reporting, suspension, channels, priority, protocol, clock, letters. Did you "
     "mean “pinned”?")),
    ("    kind: pinned\n", "", '  - article: "2"', "provisions[1]",
     "“kind” is missing: say what kind of provision this is."),
    ("posts: [structural]", "post: [structural]", "    post:", "provisions[1].post",
     ("“post” is not a key here. Did you mean “posts”? Allowed: article, scope, period, words, "
     "kind, posts.")),
    ("posts: [structural]", "posts: []", "    posts:", "provisions[1].posts",
     "At least one is needed."),
    ("kinds: [city", "kinds: [cty", "    scope:", "provisions[0].scope.kinds[0]",
     ("“cty” must be one of: province, city, regency, district, village, agency, branch, "
     "sector, service_point. Did you mean “city”?")),
    ("scope: { kinds:", "scope: { floor: '3', kinds:", "    scope:", "provisions[0].scope",
     "A floor needs its building: add “place” with the building’s code."),
    ("hours: { monday:", "hours: { mondy:", "    hours:", "provisions[2].hours.mondy",
     ("“mondy” must be one of: monday, tuesday, wednesday, thursday, friday, saturday, sunday, "
     "every_day. Did you mean “monday”?")),
    ('["07:30-16:00"]', '["16:00-07:30"]', "    hours:", "provisions[2].hours.monday[0]",
     "“16:00-07:30” ends before it starts: write the opening first, then the closing."),
    ('["07:30-16:00"]', '["7.30-16.00"]', "    hours:", "provisions[2].hours.monday[0]",
     "“7.30-16.00” must be hours such as 07:30-16:00, with two digits each."),
    ('["07:30-16:00"]', '["07:30-12:00", "11:00-16:00"]', "    hours:", "provisions[2].hours",
     "The hours of “monday” overlap: write each time of day once."),
    ("en: Counters are closed; apply online.", "nl: Dicht.", "    words:",
     "provisions[0].words.en",
     "The translation “en” is missing: every sentence is needed in both languages."),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "line", "path", "sentence"), MISTAKES)
def test_a_mistake_is_told_with_its_line(
    before: str, after: str, line: str, path: str, sentence: str
) -> None:
    text = changed(before, after)
    at = line_of(text, line)
    assert f"x.yaml:{at}: error: {path}: {sentence}" in problems(text)


# A provision as its author writes it, where it is wrong, and what is said.
PROVISIONS = [
    ("kind: room, max_share: 50", "max_share",
     "“50” is more than the whole: write 50% or a fraction."),
    ("kind: room, max_share: 120%", "max_share",
     "“120%” is more than the whole: a share goes up to 100%."),
    ("kind: room, max_share: 500", "max_share",
     "“500” is more than the whole: a share goes up to 100%."),
    ("kind: room, max_share: -1", "max_share",
     "“-1” is less than nobody: a share begins at 0%."),
    ("kind: room, max_share: half", "max_share",
     "“half” is not a share: write 25% or 0.25."),
    ("kind: room, max_share: true", "max_share",
     "“True” is not a share: write 25% or 0.25."),
    ("kind: attendance, min_share: 75%, max_share: 50%", "",
     "The minimum (75%) is above the maximum (50%): nobody can keep both."),
    ("kind: attendance, min_share: 75%, max_share_concurrent: 0%", "",
     "A minimum cannot be kept if nobody may be present at the same time."),
    ("kind: attendance", "",
     "Give at least one of “min_share”, “max_share” and “max_share_concurrent”."),
    ("kind: hours, hours: {}", "hours", "At least one is needed."),
    ('kind: shifts, shifts: [{ name: "1", hours: { friday: "12:30-07:00" } }]',
     "shifts[0].hours.friday",
     "“12:30-07:00” ends before it starts: write the opening first, then the closing."),
    (('kind: shifts, shifts: [{ name: "1", hours: { friday: "07:00-12:30" }, '
     'pause: { friday: "12:00-13:00" } }]'), "shifts[0]",
     "The break 12:00-13:00 lies outside the shift 07:00-12:30."),
    (('kind: shifts, shifts: [{ name: "1", hours: { friday: "07:00-12:30" }, '
     'pause: { monday: "12:00-13:00" } }]'), "shifts[0]",
     "The break on “monday” has no shift on that day: add its hours."),
    ("kind: excused, groups: [sick], elderly_from: 50", "",
     "“elderly_from” needs “elderly” among the groups."),
    ("kind: excused, groups: [elderly], elderly_from: 12", "elderly_from",
     "“12” must be at least 40."),
    ("kind: protocol", "",
     ("Name at least one item of the protocol: mask, temperature_max, hands, distance_m, "
     "partition, disinfection or ppe.")),
    ("kind: protocol, mask: 'yes'", "mask", "“yes” must be true or false."),
    ("kind: protocol, temperature_max: warm", "temperature_max", "“warm” must be a number."),
    ("kind: protocol, distance_m: 12", "distance_m", "“12” must be at most 10."),
    ("kind: clock", "",
     "Give exactly one of “suspended: true” and “extended_by” (working days)."),
    ("kind: clock, suspended: true, extended_by: 3", "",
     "Give exactly one of “suspended: true” and “extended_by” (working days)."),
    ("kind: clock, extended_by: 0", "extended_by", "“0” must be more than 0."),
    ("kind: letters", "",
     "Say how letters are taken: “drop_box: true”, “email: true” or both."),
]  # fmt: skip


@pytest.mark.parametrize(("provision", "path", "sentence"), PROVISIONS)
def test_an_impossible_provision_is_told(provision: str, path: str, sentence: str) -> None:
    head = EXAMPLE.partition("provisions:")[0]
    text = head + f'provisions:\n  - {{ article: "1", {provision} }}\n'
    at = line_of(text, "  - {")
    where = f"provisions[0].{path}".rstrip(".")
    assert problems(text) == [f"x.yaml:{at}: error: {where}: {sentence}"]


def test_a_key_given_twice_is_refused() -> None:
    text = changed("kind: pinned", "kind: pinned\n    kind: pinned")
    at = line_of(text, "    kind: pinned")
    assert problems(text) == [
        f"x.yaml:{at + 1}: error: provisions[1].kind: “kind” was already given in line {at}."
    ]


def test_a_circular_that_does_nothing_is_refused() -> None:
    text = EXAMPLE.partition("provisions:")[0]
    sentence = "The circular does nothing: give at least one provision, or say what it amends"
    assert problems(text) == [f"x.yaml:1: error: {sentence} or revokes."]


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ("place: G-31.71\n", "floor: '2'\n",
         ("Say what is closed by exactly one of “units”, “place” (with “floor” for one floor) and "
         "“room”.")),
        ("place: G-31.71\n", "place: G-31.71\n    room: R\n",
         ("Say what is closed by exactly one of “units”, “place” (with “floor” for one floor) and "
         "“room”.")),
        ("reopened: earliest", "reopened: 2020-09-20",
         "It opens again (2020-09-20) before it closes (2020-09-20): correct one of the two."),
        ("{ services: [DEATH] }", "{}",
         "What stays open must be named: a unit, a building, a room or a service."),
    ],
)  # fmt: skip
def test_an_impossible_closure_is_told(before: str, after: str, sentence: str) -> None:
    text = changed(before, after, TIMELINE)
    at = line_of(text, "closures:") + 1
    with pytest.raises(parse.CircularErrors) as refused:
        parse.load_timeline(text, name="x.yaml")
    assert [str(p) for p in refused.value.problems] == [
        f"x.yaml:{at}: error: closures[0]: {sentence}"
    ]


def test_a_form_is_told_place_by_place() -> None:
    values = document.read(changed("state: online_only", "state: online")).value
    with pytest.raises(parse.CircularErrors) as refused:
        parse.circular_from(values)
    sentence = "“online” must be one of: open, limited, online_only, closed."
    sentence += " Did you mean “online_only”?"
    assert refused.value.fields == {"provisions[0].state": [sentence]}
    assert str(refused.value) == sentence


def test_a_share_is_written_in_per_cent_or_as_a_fraction() -> None:
    for written in ("25%", "25 %", "0.25", 0.25, Decimal("0.25")):
        provision = AttendanceProvision.model_validate(
            {"article": "1", "kind": "attendance", "max_share": written}
        )
        assert provision.max_share == Decimal("0.25")


def test_a_day_is_not_a_moment() -> None:
    days = Period.model_validate({"from": "2020-03-17", "to": "2020-03-18T00:00"})
    assert days.model_dump(mode="json", exclude_defaults=True) == {
        "from": "2020-03-17",
        "to": "2020-03-18T00:00:00",
    }


def test_the_shipped_history_reads_fits_the_schema_and_is_written_back() -> None:
    path = Path(loket.__file__).parent / "policies" / "data" / "jakarta-2020-2025.yaml"
    text = path.read_text(encoding="utf-8")
    timeline = parse.load_timeline(text, name=path.name)
    Draft202012Validator(schema.of_timeline()).validate(document.read(text).value)
    assert parse.load_timeline(as_yaml(timeline), name="written.yaml") == timeline


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("from: 0001-01-01, through: 2020-03-31", "The year 0001 is too far away"),
        ("from: 2020-03-17, through: 9999-12-31", "The year 9999 is too far away"),
        ("from: 2020-03-17, to: 9999-12-31T23:59Z", "The year 9999 is too far away"),
        ("from: 2020-03-17T08:00Z, to: 2020-03-17T09:00+07:00", "The period ends"),
    ],
)
def test_moments_out_of_reach_are_told_with_their_line(written: str, sentence: str) -> None:
    (told,) = problems(changed("from: 2020-03-17, through: 2020-03-31", written))
    assert told.partition(": error: ")[2].partition(": ")[2].startswith(sentence)


def test_offsets_count_when_a_period_is_checked() -> None:
    written = "from: 2020-03-17T08:00+07:00, to: 2020-03-17T07:00Z"
    assert problems(changed("from: 2020-03-17, through: 2020-03-31", written)) == []


@pytest.mark.parametrize("hidden", ["\\0", "\\e[31m", "\\r", "\\u2028"])
def test_control_characters_are_refused(hidden: str) -> None:
    (told,) = problems(changed("issuer: Gubernur", f'issuer: "Gub{hidden}ernur"#'))
    assert told.endswith("There is a control character here that nobody sees: leave it out.")


def test_what_names_a_circular_stands_on_one_line() -> None:
    text = changed("issuer: Gubernur DKI Jakarta", 'issuer: "Gubernur\\n  DKI Jakarta"')
    assert parse.load_circular(text, name="x.yaml").issuer == "Gubernur DKI Jakarta"
