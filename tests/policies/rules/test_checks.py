"""Whether circulars make sense among units, buildings, rooms, services and each other."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from loket.kernel.errors import Invalid
from loket.policies.rules import checks, parse, periods
from loket.policies.rules.format import Period
from loket.policies.rules.names import Names
from tests.policies.rules.samples import AMENDING, EXAMPLE, TIMELINE, changed, problems

GOVERNOR = ("Gubernur DKI Jakarta", "02/SE/2020", date(2020, 3, 16))
SECRETARY_38 = ("Sekretaris Daerah Provinsi DKI Jakarta", "38/SE/2020", date(2020, 6, 5))
SECRETARY_62 = ("Sekretaris Daerah Provinsi DKI Jakarta", "62/SE/2020", date(2020, 9, 2))
EVERYTHING = {
    "names": Names(
        units={"31", "31.71", "31.71.01"},
        places={"G-31.71"},
        rooms={"R-31.71-1"},
        services={"BIRTH", "DEATH", "KTP-LOST"},
        floors={"G-31.71": {"1", "2"}},
    ),
    "known": {GOVERNOR: (), SECRETARY_38: ()},
    "articles": {GOVERNOR: {"1", "2"}},
}
JAKARTA = ZoneInfo("Asia/Jakarta")


def told(text: str, **other: object) -> list[str]:
    """Return what is said about a circular where the world is as above, without lines."""
    found = problems(text, **{**EVERYTHING, **other})
    return [problem.partition(": error: ")[2] for problem in found]


@pytest.mark.parametrize(
    ("end", "is_told"),
    [
        (None, False),
        (datetime(2020, 9, 3), False),  # noqa: DTZ001 -- the clock on the wall is meant
        (datetime(2020, 4, 1), True),  # noqa: DTZ001 -- the clock on the wall is meant
    ],
)
def test_what_has_ended_is_not_extended(end: datetime | None, is_told: bool) -> None:
    sentence = (
        "amends[0].extended_through: Gubernur DKI Jakarta 02/SE/2020 (16-03-2020) ended "
        "(2020-04-01 00:00) before this circular begins: it cannot be extended any more. Write "
        "its provisions here instead."
    )
    assert told(AMENDING, ends={GOVERNOR: end}) == [sentence] * is_told


def test_circulars_among_what_exists_have_no_problem() -> None:
    assert told(EXAMPLE) == []
    assert told(AMENDING) == []


@pytest.mark.parametrize(
    ("scope", "sentence"),
    [
        ("units: [31, '31.17']", ""),
        (
            "units: ['31.71', '31.17']",
            "scope.units[1]: There is no unit “31.17”. Did you mean “31.71”?",
        ),
        (
            "except_units: ['99']",
            "scope.except_units[0]: There is no unit “99”.",
        ),
        (
            "place: G-31.17",
            "scope.place: There is no building “G-31.17”. Did you mean “G-31.71”?",
        ),
        (
            "place: G-31.71, floor: '7'",
            "scope.floor: That building has no floor “7” on record.",
        ),
        ("room: R-1", "scope.room: There is no room “R-1”."),
        (
            "services: [KTP-LOTS]",
            "scope.services[0]: There is no service “KTP-LOTS”. Did you mean “KTP-LOST”?",
        ),
    ],
)
def test_what_does_not_exist_is_told_with_the_nearest(scope: str, sentence: str) -> None:
    text = changed("posts: [structural]", f"posts: [structural]\n    scope: {{ {scope} }}")
    if not sentence:  # A code that looks like a number.
        sentence = "scope.units[0]: “31” must be text: put it in quotes."
    assert told(text) == [f"provisions[1].{sentence}"]


def test_an_unknown_circular_is_told_with_the_nearest() -> None:
    text = changed("date: 2020-06-05", "date: 2020-06-06", AMENDING)
    assert told(text) == [
        (
            "revokes[0]: There is no circular Sekretaris Daerah Provinsi DKI Jakarta 38/SE/2020 "
            "(06-06-2020). Did you mean “Sekretaris Daerah Provinsi DKI Jakarta 38/SE/2020 "
            "(05-06-2020)”?"
        )
    ]


def test_an_unknown_article_of_an_amended_circular_is_told() -> None:
    assert told(changed('articles: ["2"]', 'articles: ["7"]', AMENDING)) == [
        (
            "amends[0].articles[0]: Gubernur DKI Jakarta 02/SE/2020 (16-03-2020) has no provision "
            "of article “7”."
        )
    ]


def test_a_circular_cannot_revoke_itself() -> None:
    text = changed(
        "number: 38/SE/2020, date: 2020-06-05", "number: 62/SE/2020, date: 2020-09-02", AMENDING
    )
    assert told(text) == ["revokes[0]: A circular cannot amend or revoke itself."]


def test_a_circular_cannot_know_a_later_one() -> None:
    later = (*SECRETARY_38[:2], date(2020, 9, 3))
    text = changed("date: 2020-06-05", "date: 2020-09-03", AMENDING)
    label = "Sekretaris Daerah Provinsi DKI Jakarta 38/SE/2020 (03-09-2020)"
    assert told(text, known={GOVERNOR: (), later: ()}) == [
        f"revokes[0].date: {label} is later than this circular, which cannot know it yet."
    ]


def test_a_circular_is_named_once() -> None:
    governor = "{ issuer: Gubernur DKI Jakarta, number: 02/SE/2020, date: 2020-03-16 }"
    text = changed("revokes:\n", f"revokes:\n  - {governor}\n", AMENDING)
    assert told(text) == [
        (
            "revokes[0]: Gubernur DKI Jakarta 02/SE/2020 (16-03-2020) is named twice: a circular "
            "is amended or revoked, and once."
        )
    ]


@pytest.mark.parametrize(
    "known",
    [
        {GOVERNOR: (), SECRETARY_38: (SECRETARY_62,)},
        {GOVERNOR: (), SECRETARY_38: (GOVERNOR, ("X", "1", date(2020, 1, 1))),
         ("X", "1", date(2020, 1, 1)): (SECRETARY_62, SECRETARY_38)},
    ],
)  # fmt: skip
def test_a_ring_is_told(known: dict[checks.Ref, tuple[checks.Ref, ...]]) -> None:
    assert told(AMENDING, known=known) == [
        (
            "revokes[0]: Sekretaris Daerah Provinsi DKI Jakarta 38/SE/2020 (05-06-2020) itself, or "
            "one that it speaks of, amends or revokes this circular: they would go round in a ring."
        )
    ]


def test_an_end_is_not_moved_into_the_past() -> None:
    text = changed("extended_through: 2020-12-31", "extended_through: 2020-09-01", AMENDING)
    assert told(text) == [
        (
            "amends[0].extended_through: The new last day (2020-09-01) lies before this circular "
            "begins (2020-09-03): an end in the past cannot be moved any more."
        )
    ]
    assert told(text.replace("2020-09-01", "2020-09-02")) == []


@pytest.mark.parametrize(
    "period",
    [
        "{ from: 2020-03-16, through: 2020-03-20 }",
        "{ from: 2020-03-20, through: 2020-04-01 }",
        "{ from: 2020-03-20, until_evaluated: true }",
    ],
)
def test_a_provision_keeps_within_its_circular(period: str) -> None:
    text = changed("posts: [structural]", f"posts: [structural]\n    period: {period}")
    assert told(text) == [
        (
            "provisions[1].period: The provision holds when the circular does not: keep its period "
            "within that of the circular."
        )
    ]


def timeline_told(text: str, **other: object) -> list[str]:
    known = {**EVERYTHING, **other}
    with pytest.raises(parse.CircularErrors) as refused:
        parse.load_timeline(
            text,
            name="x.yaml",
            check=lambda timeline: checks.timeline_problems(timeline, **known),
        )
    return [f"{problem.path}: {problem.reason}" for problem in refused.value.problems]


def test_what_does_not_exist_in_a_timeline_is_told() -> None:
    text = changed("place: G-31.71", "place: G-31", TIMELINE)
    text = changed('region: "31.71"', 'region: "31.99"', text)
    text = changed("services: [DEATH]", "services: [DEAD]", text)
    assert timeline_told(text) == [
        "zones[0].region: There is no unit “31.99”. Did you mean “31.71”?",
        "closures[0].place: There is no building “G-31”. Did you mean “G-31.71”?",
        (
            "closures[0].stays_open[0].services[0]: There is no service “DEAD”. "
            "Did you mean “DEATH”?"
        ),
    ]


def indented(text: str) -> str:
    first, *rest = text.splitlines()
    return "\n".join([f"  - {first}", *(f"    {line}" for line in rest)]) + "\n"


def test_circulars_of_a_timeline_know_each_other_and_come_once() -> None:
    head = "format: 1\ntitle: { id: A, en: B }\ncirculars:\n"
    text = head + indented(AMENDING) + indented(EXAMPLE)
    parse.load_timeline(
        text,
        name="x.yaml",
        check=lambda t: checks.timeline_problems(
            t, **{**EVERYTHING, "known": {SECRETARY_38: ()}, "articles": None}
        ),
    )
    assert timeline_told(text + indented(EXAMPLE)) == [
        (
            "circulars[2].number: Gubernur DKI Jakarta 02/SE/2020 (16-03-2020) is given twice: "
            "give each circular once."
        )
    ]


@pytest.mark.parametrize(
    ("written", "starts_at", "ends_at"),
    [
        ({"from": "2020-03-17", "through": "2020-03-31"},
         datetime(2020, 3, 16, 17, tzinfo=UTC), datetime(2020, 3, 31, 17, tzinfo=UTC)),
        ({"from": "2020-03-17", "to": "2020-03-31"},
         datetime(2020, 3, 16, 17, tzinfo=UTC), datetime(2020, 3, 30, 17, tzinfo=UTC)),
        ({"from": "2020-03-17T13:00", "until_evaluated": True},
         datetime(2020, 3, 17, 6, tzinfo=UTC), None),
        ({"from": "2020-03-17T13:00Z", "to": "2020-03-18 08:00+09:00"},
         datetime(2020, 3, 17, 13, tzinfo=UTC), datetime(2020, 3, 17, 23, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_a_period_becomes_moments(
    written: dict[str, object], starts_at: datetime, ends_at: datetime | None
) -> None:
    assert periods.moments(Period.model_validate(written), JAKARTA) == (starts_at, ends_at)


def test_offsets_cannot_hide_a_period_that_ends_too_early() -> None:
    period = Period.model_validate({"from": "2020-03-17T13:00Z", "to": "2020-03-17T19:00"})
    with pytest.raises(Invalid, match="ends before it starts"):
        periods.moments(period, JAKARTA)
