"""The journal: pages, and a database that refuses to change it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from loket.journal import queries
from loket.journal.models import Entry
from loket.kernel.errors import Invalid


def write(number, at, **facts):
    return [
        Entry.objects.create(
            at=at + timedelta(minutes=n),
            name=facts.get("name", "case.viewed"),
            subject=facts.get("subject", f"case:{n}"),
            actor=facts.get("actor", "account:1"),
            actor_name="Budi Santoso",
        )
        for n in range(number)
    ]


@pytest.mark.parametrize(
    "change",
    [
        lambda entry: Entry.objects.filter(pk=entry.pk).update(actor="account:2"),
        lambda entry: Entry.objects.filter(pk=entry.pk).delete(),
        lambda _entry: Entry.objects.all().delete(),
    ],
    ids=["update", "delete", "delete all"],
)
def test_the_database_refuses_to_change_an_entry(db, at, change):
    (entry,) = write(1, at)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change(entry)

    assert Entry.objects.get().actor == "account:1"


def test_a_sealed_journal_still_takes_entries(db, at):
    write(2, at)

    assert Entry.objects.count() == 2


def test_pages_go_back_in_time(db, at):
    written = write(5, at)

    first = queries.page(limit=2)
    second = queries.page(limit=2, before=first.before)
    last = queries.page(limit=2, before=second.before)

    read = [e.pk for page in (first, second, last) for e in page.entries]
    assert read == [e.pk for e in reversed(written)]
    assert last.before == ""


@pytest.mark.parametrize("rows", [1, 3])
def test_a_page_is_one_query(db, at, rows, django_assert_num_queries):
    write(rows, at)

    with django_assert_num_queries(1):
        assert len(queries.page().entries) == rows


def test_pages_are_found_by_subject_name_and_actor(db, at):
    write(2, at)
    (odd,) = write(1, at, name="document.issued", subject="document:X", actor="account:9")

    assert queries.page(subject="document:X").entries == [odd]
    assert queries.page(name="document.").entries == [odd]
    assert queries.page(actor="account:9").entries == [odd]
    assert queries.page(actor="account:9", name="case.").entries == []


def test_a_page_that_was_never_given_out_is_refused(db):
    with pytest.raises(Invalid):
        queries.page(before="x")
