"""What is doubtful about the law is found, in any order of records, and said in a sentence."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from loket.organisation.rules.calendar import Calendar
from loket.policies.rules import conflicts, ending, facts, findings, parse, periods
from loket.policies.rules.resolving import Book
from loket.policies.rules.values import Because

JAKARTA = ZoneInfo("Asia/Jakarta")
WEEK = facts.week({str(day): [["07:30", "16:00"]] for day in range(5)})
TOWN = {
    "31": facts.UnitFact("31", "/31/", "DKI Jakarta", "province", "government", "31"),
    "31.71": facts.UnitFact("31.71", "/31/31.71/", "Pusat", "city", "government", "31.71"),
    "31.72": facts.UnitFact("31.72", "/31/31.72/", "Utara", "city", "government", "31.72"),
    **{
        f"31.71.{n}": facts.UnitFact(
            f"31.71.{n}", f"/31/31.71/31.71.{n}/", f"Desa {n}", "village", "government",
            f"31.71.{n}", hours=WEEK,
        )
        for n in range(1, 5)
    },
}  # fmt: skip
SINCE, UNTIL = datetime(2020, 3, 1, tzinfo=JAKARTA), datetime(2020, 7, 1, tzinfo=JAKARTA)


def circular(
    number: str, on: str, period: str, *provisions: str, issuer: str = "Gubernur"
) -> facts.CircularFact:
    """Return an enacted circular whose provisions are numbered as articles."""
    lines = "\n".join(
        f'  - {{ article: "{at}", {provision} }}' for at, provision in enumerate(provisions, 1)
    )
    read = parse.load_circular(
        f"format: 1\nissuer: {issuer}\nnumber: '{number}'\ndate: {on}\n"
        f"title: {{ id: a, en: b }}\neffective: {{ {period} }}\nprovisions:\n{lines}\n",
        name="x.yaml",
    )
    starts_at, ends_at = periods.moments(read.effective, JAKARTA)
    return facts.CircularFact(
        f"circular:{number}", read.issuer, read.number, read.date, starts_at, ends_at,
        tuple(
            facts.ProvisionFact(p, *periods.moments(p.period or read.effective, JAKARTA),
                                has_own_period=p.period is not None)
            for p in read.provisions
        ),
    )  # fmt: skip


def book(
    circulars: Iterable[facts.CircularFact], units: Iterable[facts.UnitFact] = TOWN.values()
) -> Book:
    calendar = Calendar({}, frozenset({2020}))
    effects = ending.effects(circulars=circulars, zone=JAKARTA)
    return Book.build(effects=effects, units=units, calendars={"": calendar})


MARCH = "from: 2020-03-17, through: 2020-03-31"
CLOSED = circular("1", "2020-03-16", MARCH, "kind: counters, state: closed")


def test_a_single_circular_is_not_doubtful() -> None:
    law = book([CLOSED])
    services = {"BIRTH": TOWN}
    found = conflicts.all_of(
        law, headcounts={"31.71.1": (3, 1)}, services=services, since=SINCE, until=UNTIL
    )
    assert found == []


def test_two_circulars_that_contradict_are_found_with_their_articles() -> None:
    later = circular(
        "2", "2020-03-20", "from: 2020-03-23, through: 2020-04-02",
        "kind: room, max_share: 50%", "kind: counters, state: online_only", issuer="Kadis",
    )  # fmt: skip
    (found,) = conflicts.disputes(book([CLOSED, later]), since=SINCE, until=UNTIL)
    assert found.sentence == (
        "Kadis 2 (20-03-2020) article 2 and Gubernur 1 (16-03-2020) article 1 contradict each "
        "other on counters for 7 offices (DKI Jakarta, Pusat, Desa 1, …), from 23-03-2020 "
        "through 31-03-2020. The first one holds: it is later."
    )
    assert found.units == tuple(sorted(TOWN))
    assert (found.since, found.until) == (
        datetime(2020, 3, 22, 17, tzinfo=UTC),
        datetime(2020, 3, 31, 17, tzinfo=UTC),
    )


def test_a_narrower_circular_is_an_exception_and_no_contradiction() -> None:
    narrower = circular(
        "2", "2020-03-16", MARCH, 'kind: counters, state: open, scope: { units: ["31.71"] }'
    )
    assert conflicts.disputes(book([CLOSED, narrower]), since=SINCE, until=UNTIL) == []


def test_a_minimum_above_the_maximum_of_another_is_a_contradiction() -> None:
    low = circular("1", "2020-03-16", MARCH, "kind: attendance, min_share: 50%")
    high = circular(
        "2", "2020-03-16", MARCH,
        "kind: attendance, max_share: 25%, scope: { kinds: [village] }",
    )  # fmt: skip
    (found,) = conflicts.disputes(book([low, high]), since=SINCE, until=UNTIL)
    assert found.sentence == (
        "Gubernur 2 (16-03-2020) article 1 and Gubernur 1 (16-03-2020) article 1 contradict "
        "each other on staff present at least for 4 offices (Desa 1, Desa 2, Desa 3, …), from "
        "17-03-2020 through 31-03-2020. The first one holds: it is narrower."
    )


def test_hours_that_differ_on_one_day_of_the_week_are_found() -> None:
    one = circular("1", "2020-03-16", MARCH, 'kind: hours, hours: { friday: ["07:30-11:00"] }')
    two = circular("2", "2020-03-17", MARCH, 'kind: hours, hours: { friday: ["08:00-11:00"] }')
    (found,) = conflicts.disputes(book([one, two]), units=["31.71.2"], since=SINCE, until=UNTIL)
    assert found.sentence == (
        "Gubernur 2 (17-03-2020) article 1 and Gubernur 1 (16-03-2020) article 1 contradict "
        "each other on opening hours for 1 office (Desa 2), from 17-03-2020 through "
        "31-03-2020. The first one holds: it is later."
    )


def test_a_cap_below_the_pinned_posts_is_found() -> None:
    law = book(
        [
            circular(
                "1", "2020-09-14", "from: 2020-09-14, until_evaluated: true",
                "kind: attendance, max_share_concurrent: 25%",
                "kind: pinned, posts: [structural]",
            )
        ]
    )  # fmt: skip
    heads = {"31.71.1": (3, 1), "31.71.2": (8, 3), "31.71.3": (40, 4), "31.71.4": (4, 2)}
    (found,) = conflicts.impossible_caps(
        law, headcounts=heads, since=datetime(2020, 9, 1, tzinfo=JAKARTA),
        until=datetime(2020, 10, 1, tzinfo=JAKARTA),
    )  # fmt: skip
    assert found.sentence == (
        "Gubernur 1 (14-09-2020) article 1; Gubernur 1 (14-09-2020) article 2 cannot both be "
        "kept in 2 offices (Desa 2, Desa 4), from 14-09-2020 through 30-09-2020: in Desa 4, 25% "
        "of 4 staff is 1, but 2 posts stay in the office."
    )


def test_a_service_without_an_open_channel_is_found() -> None:
    counter = circular(
        "2", "2020-03-18", "from: 2020-03-20, until_evaluated: true",
        "kind: channels, channels: [counter], scope: { services: [BIRTH] }",
        "kind: suspension, scope: { services: [KTP] }",
    )  # fmt: skip
    services = {
        "BIRTH": ["31.71.1", "31.71.2"],
        "KTP": ["31.71.1"],
        "DEATH": ["31.71.1"],
    }
    (found,) = conflicts.unreachable_services(
        book([CLOSED, counter]), services=services, since=SINCE, until=UNTIL
    )
    assert found.sentence == (
        "By Gubernur 2 (18-03-2020) article 1; Gubernur 1 (16-03-2020) article 1 nobody can ask "
        "for BIRTH at 2 offices (Desa 1, Desa 2), from 20-03-2020 through 31-03-2020: no way to "
        "apply is open. Open one, or suspend the service and say so."
    )


def test_a_short_time_without_a_rule_is_found() -> None:
    again = circular(
        "2", "2020-04-02", "from: 2020-04-05, to: 2020-04-20T12:00",
        "kind: counters, state: online_only, scope: { units: ['31.71'] }",
    )  # fmt: skip
    much_later = circular("3", "2020-06-01", "from: 2020-07-05, until_evaluated: true",
                          "kind: counters, state: limited")  # fmt: skip
    (found,) = conflicts.gaps(book([CLOSED, again, much_later]), since=SINCE, until=UNTIL)
    assert found.sentence == (
        "Nothing is in force on counters for 5 offices (Pusat, Desa 1, Desa 2, …), from "
        "01-04-2020 through 04-04-2020: after Gubernur 1 (16-03-2020) article 1 and before "
        "Gubernur 2 (02-04-2020) article 1."
    )


def test_rules_that_follow_each_other_leave_no_gap() -> None:
    again = circular(
        "2", "2020-04-02", "from: 2020-04-01, through: 2020-04-20",
        "kind: counters, state: online_only",
    )  # fmt: skip
    assert conflicts.gaps(book([CLOSED, again]), since=SINCE, until=UNTIL) == []


def test_it_is_said_in_indonesian() -> None:
    again = circular("2", "2020-04-02", "from: 2020-04-02, through: 2020-04-20",
                     "kind: counters, state: closed")  # fmt: skip
    (found,) = conflicts.gaps(book([CLOSED, again]), since=SINCE, until=UNTIL)
    with translation.override("id"):
        assert found.sentence == (
            "Tidak ada aturan tentang loket untuk 7 kantor (DKI Jakarta, Pusat, Desa 1, …), "
            "pada 01-04-2020: setelah Gubernur 1 (16-03-2020) pasal 1 dan sebelum Gubernur 2 "
            "(02-04-2020) pasal 1."
        )


@pytest.mark.parametrize(
    ("subject", "article", "said"),
    [
        ("circular:A", "7", "Gubernur 1 article 7"),
        ("circular:A", "angka 1 huruf a", "Gubernur 1, angka 1 huruf a"),
        ("closure:B", "Pergub 88/2020 art. 9", "Gubernur 1 (Pergub 88/2020 art. 9)"),
    ],
)
def test_a_provision_is_cited_as_it_calls_itself(subject: str, article: str, said: str) -> None:
    because = Because(subject, "Gubernur 1", article, SINCE, None)
    assert findings.cited(because) == said


MANY = [
    CLOSED,
    circular("2", "2020-03-20", MARCH, "kind: counters, state: open", "kind: clock, suspended: true",
             "kind: channels, channels: [counter]"),
    circular("3", "2020-03-20", MARCH, "kind: counters, state: online_only",
             "kind: channels, channels: [web], scope: { services: [BIRTH] }"),
    circular("4", "2020-03-20", "from: 2020-04-10, through: 2020-05-01",
             "kind: attendance, min_share: 50%", "kind: counters, state: limited",
             "kind: hours, hours: { monday: [] }"),
    circular("5", "2020-03-20", "from: 2020-04-10, through: 2020-05-01",
             "kind: attendance, max_share: 20%, scope: { units: ['31.71'] }",
             "kind: pinned, posts: [structural]"),
]  # fmt: skip


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_records_never_matters(seed: int) -> None:
    services = {"BIRTH": list(TOWN), "DEATH": list(TOWN)}

    def found(law: Book) -> list[conflicts.Finding]:
        return conflicts.all_of(
            law, headcounts={"31.71.1": (4, 3)}, services=services, since=SINCE, until=UNTIL
        )

    shuffled = random.Random(seed)
    circulars = shuffled.sample(MANY, len(MANY))
    units = shuffled.sample(list(TOWN.values()), len(TOWN))
    expected = found(book(MANY))
    assert found(book(circulars, units)) == expected
    assert {finding.kind for finding in expected} == set(conflicts.KINDS) - {"nobody"}


def test_a_province_is_looked_through_within_a_second() -> None:
    units = [
        facts.UnitFact(code, f"/31/31.{n % 6}/31.{n % 6}.{n % 44}/{code}/", code,
                       ("village", "district", "service_point")[n % 3],
                       ("government", "civil_registry")[n % 2], code, hours=WEEK)
        for n in range(687)
        for code in [f"u{n}"]
    ]  # fmt: skip
    law = book(MANY, units)
    everybody = [unit.code for unit in units]
    services = {f"S{n}": everybody for n in range(7)} | {"BIRTH": everybody}
    heads = {unit: (3 + n % 40, 1 + n % 3) for n, unit in enumerate(everybody)}
    start = time.perf_counter()
    conflicts.all_of(
        law, headcounts=heads, services=services, since=SINCE, until=SINCE + timedelta(days=92)
    )
    assert time.perf_counter() - start < 1
