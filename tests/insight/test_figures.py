"""Figures: counted from the journal, for a unit and all below it."""

from datetime import timedelta

import pytest

from loket.cases import queries
from loket.cases import services as cases
from loket.insight import queries as insight
from loket.journal import queries as journal
from loket.kernel.errors import NotAllowed
from tests.factories import cases as factory

DAY = timedelta(days=1)


def figures(actor, path, at, **asked):
    return insight.figures(
        unit_path=path, since=at - 10 * DAY, until=at + DAY, actor=actor, at=at, **asked
    )


def refuse(case, officer, at):
    cases.claim(case=case, actor=officer, at=at)
    cases.move(case=case, action="refuse", reason="mismatch", actor=officer, at=at)


def give_back(case, officer, at):
    cases.claim(case=case, actor=officer, at=at)
    cases.move(
        case=case,
        action="return",
        reason="unreadable",
        questions=("birth_letter",),
        actor=officer,
        at=at,
    )


def test_figures_count_what_happened(version, budi, dewi, kelurahan, at):
    first, second, third, _waiting = factory.file_many(4, at=at)
    refuse(first, budi, at + DAY)
    refuse(second, budi, at + 4 * DAY)
    give_back(third, budi, at + DAY)

    found = figures(dewi, kelurahan.path, at + 4 * DAY)

    assert found.counts == {
        "received": 4,
        "returned": 1,
        "resubmitted": 0,
        "verified": 0,
        "signed": 0,
        "refused": 2,
        "withdrawn": 0,
        "closed": 2,
    }
    # One took one working day, the other four: due after three.
    assert found.closed_in_time == 1
    assert found.median_working_days == 2.5
    assert [(b.since, b.cases) for b in found.waiting] == [
        (0, 0), (1, 0), (3, 1), (7, 0), (14, 0),
    ]  # fmt: skip


def test_nothing_happened_is_not_an_error(version, dewi, kelurahan, at):
    found = figures(dewi, kelurahan.path, at)

    assert set(found.counts.values()) == {0}
    assert found.median_working_days is None


def test_a_period_is_half_open(version, dewi, kelurahan, at):
    factory.file_many(1, at=at)

    def received(since, until):
        return insight.figures(
            unit_path=kelurahan.path, since=since, until=until, actor=dewi, at=at
        ).counts["received"]

    assert received(at, at + DAY) == 1
    assert received(at - DAY, at) == 0


def test_other_units_and_services_are_left_out(version, dewi, kelurahan, at):
    factory.file_many(1, at=at)

    assert figures(dewi, kelurahan.path, at, service="TEST-BIRTH").counts["received"] == 1
    assert figures(dewi, kelurahan.path, at, service="OTHER").counts["received"] == 0


@pytest.mark.usefixtures("case")
def test_nobody_reads_the_figures_of_another_unit(budi, citra, kelurahan, elsewhere, at):
    with pytest.raises(NotAllowed):
        figures(citra, kelurahan.path, at)
    with pytest.raises(NotAllowed):
        figures(budi, kelurahan.parent.path, at)
    assert figures(citra, elsewhere.path, at).counts["received"] == 0


def test_timeline_audit_trail_and_figures_read_the_same_rows(case, ayu, budi, kelurahan, at):
    give_back(case, budi, at)
    cases.withdraw(case=case, actor=ayu, at=at + DAY)

    behind = insight.entries(unit_path=kelurahan.path, since=at - DAY, until=at + 2 * DAY)
    audit = journal.about(case.subject).filter(name__in=insight.COUNTED.values())
    read = queries.timeline(case=case)

    assert set(behind) == set(audit)
    assert [(e.at, e.name) for e in audit if e.name != "case.closed"] == [
        (line.at, line.name) for line in read
    ]
    counts = figures(budi, kelurahan.path, at + DAY).counts
    assert {n: c for n, c in counts.items() if c} == {
        "received": 1,
        "returned": 1,
        "withdrawn": 1,
        "closed": 1,
    }


@pytest.mark.usefixtures("version")
@pytest.mark.parametrize("rows", [1, 3])
def test_figures_cost_four_queries_whatever_happened(
    budi, kelurahan, at, rows, django_assert_num_queries
):
    for case in factory.file_many(rows, at=at):
        refuse(case, budi, at + DAY)

    with django_assert_num_queries(4):
        assert figures(budi, kelurahan.path, at + DAY).counts["refused"] == rows


def test_days_show_what_was_received_and_closed(version, budi, kelurahan, at):
    first, _second = factory.file_many(2, at=at)
    refuse(first, budi, at + DAY)

    found = insight.by_day(unit_path=kelurahan.path, since=at, days=3, actor=budi)

    assert [(received, closed) for _day, received, closed in found] == [(2, 0), (0, 1), (0, 0)]
