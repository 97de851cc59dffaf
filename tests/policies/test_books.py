"""The law is read once per edition, and never from what was rolled back."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction

from loket.kernel.access import Actor
from loket.kernel.errors import Conflict, NotFound
from loket.organisation.models import CalendarDay, Place, Room, Unit
from loket.policies import queries
from loket.policies import services as policies
from loket.policies.models import Closure, Edition
from loket.policies.queries import books
from tests.factories import organisation
from tests.factories import policies as factory

POINT = "31.74.04.1003-DUKCAPIL"


def test_an_answer_costs_one_query_once_the_law_was_read(
    eka, gita, at, django_assert_num_queries
):
    factory.enact(author=eka, actor=gita, at=at)
    queries.in_force(unit=POINT, at=at)

    with django_assert_num_queries(1):
        queries.in_force(unit=POINT, at=at)
    law = queries.book()
    with django_assert_num_queries(0):
        queries.in_force(unit=POINT, room=f"R-{POINT}-1", at=at, book=law)
    with django_assert_num_queries(1):
        assert queries.book() is law


@pytest.mark.parametrize("circulars", [1, 3])
def test_reading_the_law_costs_the_same_queries_for_all_there_is(
    eka, gita, at, circulars, django_assert_num_queries
):
    for number in range(circulars):
        factory.enact(factory.written(number=str(number)), author=eka, actor=gita, at=at)
    policies.close(form=factory.closure(), actor=gita, at=at)
    books._books.clear()

    # The token, twice; units, rooms, zones, two ends of the calendar, its days; circulars,
    # their provisions, closures.
    with django_assert_num_queries(11):
        queries.book()


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_cost_the_same_for_one_row_and_for_three(
    eka, gita, at, rows, django_assert_num_queries
):
    made = [
        factory.enact(factory.written(number=str(n)), author=eka, actor=gita, at=at)
        for n in range(rows)
    ]
    for reason in ("flood", "fire", "blackout")[:rows]:
        policies.close(form=factory.closure(reason=reason), actor=gita, at=at)

    with django_assert_num_queries(1):
        assert len(queries.circulars(actor=eka)) == rows
    with django_assert_num_queries(2):
        assert len([list(c.records.all()) for c in queries.closures(open_only=True)]) == rows
    with django_assert_num_queries(2):
        assert len(queries.effective_ends()) == rows
    with django_assert_num_queries(2):
        queries.as_circular(queries.get(code=made[0].code, actor=eka))
    with django_assert_num_queries(1):
        assert len(queries.citations([row.code for row in made])) == rows


def test_what_was_rolled_back_is_never_an_answer(eka, gita, at):
    factory.enact(author=eka, actor=gita, at=at)
    before, token = queries.book(), Edition.objects.get().token
    with transaction.atomic():
        policies.close(form=factory.closure(), actor=gita, at=at)
        inside = queries.book()
        assert inside is not before
        transaction.set_rollback(True)

    assert Edition.objects.get().token == token
    assert queries.book() is before
    policies.close(form=factory.closure(reason="flood"), actor=gita, at=at)
    assert queries.book() not in (before, inside)


def test_at_most_two_books_are_kept(eka, gita, at):
    for number in range(4):
        factory.enact(factory.written(number=str(number)), author=eka, actor=gita, at=at)
        queries.book()

    assert len(books._books) == 2
    assert Edition.objects.get().token in books._books


def test_every_change_of_offices_and_calendars_begins_an_edition(offices, at, number):
    system = organisation.system()
    before = number()
    organisation.organisation.set_hours(
        unit=offices, hours={"0": [["09:00", "12:00"]]}, actor=system, at=at
    )
    assert number() == before + 1
    hours = queries.in_force(unit=POINT, at=at).counters.hours.value
    assert [str(span) for span in hours] == ["09:00-12:00"]
    organisation.organisation.set_day(
        on=at.date(), kind="local_holiday", name="Libur", source="Kepgub", unit=offices,
        actor=system, at=at,
    )  # fmt: skip
    assert number() == before + 2
    assert queries.in_force(unit=POINT, at=at).counters.hours.value == ()


def test_without_any_edition_nothing_is_kept(kelurahan, at):
    assert not Edition.objects.exists()
    assert queries.in_force(unit=POINT, at=at).counters.state.value == "open"
    assert queries.book() is not queries.book()


def test_unknown_units_and_rooms_are_not_found(offices, at):
    with pytest.raises(NotFound):
        queries.in_force(unit="31.99", at=at)
    with pytest.raises(NotFound):
        queries.in_force(unit=POINT, room="R-NOWHERE", at=at)


def test_a_calendar_without_any_day_still_answers(kelurahan, at):
    assert not CalendarDay.objects.exists()
    tomorrow = at + timedelta(days=1)
    assert queries.in_force(unit=POINT, at=tomorrow).counters.state.value == "open"


@pytest.mark.django_db(transaction=True)
def test_threads_share_one_book(eka, gita, at):
    factory.enact(author=eka, actor=gita, at=at)
    books._books.clear()
    found, gate = [], threading.Barrier(4)

    def read():
        gate.wait(10)
        found.append(queries.book())
        connection.close()

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert len(found) == 4
    assert len(set(map(id, found))) == 1


def test_findings_of_a_draft_are_those_it_would_bring(eka, gita, at):
    factory.enact(author=eka, actor=gita, at=at)
    assert queries.findings(at=at) == []
    other = factory.written({"kind": "counters", "state": "closed", "article": "1"}, number="2")
    row = factory.draft(other, actor=eka, at=at)

    [found] = queries.findings(circular=queries.get(code=row.code, actor=eka), at=at)

    assert found.kind == "contradiction"
    labels = {because.label for because in found.becauses}
    assert labels == {str(row), str(queries.circulars(actor=Actor.visitor())[0])}


def changing(monkeypatch, *, times, at):
    """Let the law change in the midst of each reading of it, some times, by somebody else."""
    unit, place = Unit.objects.get(code=POINT), Place.objects.first()
    left, rooms = [times], books.facts.rooms

    def change():
        with transaction.atomic():
            number = Closure.objects.count() + 1
            Closure.objects.create(
                reason="flood", scope={"units": [POINT]}, unit_path=unit.path, basis="SOP",
                starts_at=at, earliest_at=at, closed_at=at,
            )  # fmt: skip
            Room.objects.create(
                code=f"R-{number}", name="Ruang", unit=unit, place=place, capacity=9
            )
            Edition.objects.update_or_create(pk=1, defaults={"token": str(uuid4())})
        connection.close()

    def read():
        if left[0]:
            left[0] -= 1
            writer = threading.Thread(target=change)
            writer.start()
            writer.join(30)
        return rooms()

    monkeypatch.setattr(books.facts, "rooms", read)


def is_of_one_edition(law):
    """Say whether closures and the rooms that came with them, read later, are as many."""
    return len(law.effects) == sum(code.partition("-")[2].isdigit() for code in law.rooms)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("times", [1, books.TRIES, books.TRIES + 1])
@pytest.mark.parametrize("is_first", [True, False])
def test_a_law_that_keeps_changing_is_read_as_it_was_at_one_moment(
    offices, at, times, is_first, monkeypatch
):
    Edition.objects.all().delete()
    if not is_first:
        Edition.objects.create(token="before")
    changing(monkeypatch, times=times, at=at)

    assert is_of_one_edition(queries.book())
    assert Closure.objects.count() == times
    law = queries.book()
    assert (len(law.effects), is_of_one_edition(law)) == (times, True)
    assert law is queries.book()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer")
def test_a_transaction_that_cannot_read_the_law_as_of_one_moment_is_refused(
    offices, at, monkeypatch
):
    changing(monkeypatch, times=books.TRIES, at=at)

    with transaction.atomic(), pytest.raises(Conflict, match="changing at this very moment"):
        queries.book()

    assert len(queries.book().effects) == books.TRIES
