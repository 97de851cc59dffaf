from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from loket.documents.models import Document, Series
from loket.documents.rules import masking, numbering, words
from tests.factories import documents as factory


@pytest.mark.django_db(transaction=True)
def test_forty_at_once_get_every_number_once(system, at):
    def reserve(number: int) -> str:
        try:
            document = factory.reserve(actor=system, at=at, subject_ref=f"case:{number}")
        finally:
            connection.close()
        return document.number

    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(reserve, range(40)))
    assert sorted(numbers) == [f"3171-LU-02032026-{n:04d}" for n in range(1, 41)]
    assert Series.objects.get().last == 40


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_fails_gives_its_number_back(system, at):
    def reserve(number: int) -> None:
        try:
            with transaction.atomic():
                factory.reserve(actor=system, at=at, subject_ref=f"case:{number}")
                transaction.set_rollback(number % 3 == 0)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(reserve, range(40)))
    serials = sorted(Document.objects.values_list("serial", flat=True))
    assert serials == list(range(1, 27))


@pytest.mark.django_db(transaction=True)
def test_one_subject_asked_by_many_gets_one_number(system, at):
    def reserve(_: int) -> str:
        try:
            return factory.reserve(actor=system, at=at).number
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        numbers = set(pool.map(reserve, range(16)))
    assert numbers == {"3171-LU-02032026-0001"}
    assert Document.objects.count() == 1


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, "nol"),
        (1, "satu"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (17, "tujuh belas"),
        (20, "dua puluh"),
        (99, "sembilan puluh sembilan"),
        (100, "seratus"),
        (111, "seratus sebelas"),
        (1000, "seribu"),
        (1950, "seribu sembilan ratus lima puluh"),
        (2026, "dua ribu dua puluh enam"),
        (100_000, "seratus ribu"),
        (909_019, "sembilan ratus sembilan ribu sembilan belas"),
    ],
)  # fmt: skip
def test_number_in_words(number, expected):
    assert words.number_in_words(number) == expected


def test_dates_in_words(at):
    day = at.date().replace(year=2026, month=8, day=17)
    assert words.date_in_words(day) == "tujuh belas Agustus dua ribu dua puluh enam"
    assert words.long_date(day) == "17 Agustus 2026"
    assert words.long_date(day, "en") == "17 August 2026"


@given(st.integers(0, 999_999), st.integers(0, 999_999))
def test_different_numbers_have_different_words(one, other):
    same = words.number_in_words(one) == words.number_in_words(other)
    assert same == (one == other)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Budi Pratama", "B*** P***"),
        ("Bo", "B***"),
        ("  D'Arcy   Ma'ruf ", "D*** M***"),
        ("a b c d e f g", "a*** b*** c*** d*** e***"),
        ("", ""),
    ],
)
def test_holder_is_masked(name, expected):
    assert masking.holder(name) == expected


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("{city}-{prefix}-{ddmmyyyy}-{serial:04d}", []),
        ("SKPWNI/{city}/{ddmmyyyy}/{serial:04d}", ["{prefix} is missing"]),
        ("{city}{prefix}{ddmmyyyy}", ["{serial} is missing"]),
        ("{city}{prefix}{ddmmyyyy}{serial}{x}", ["unknown placeholder {x}"]),
    ],
)
def test_problems_of_a_pattern(pattern, expected):
    assert numbering.problems(pattern) == expected


def test_a_broken_pattern_is_a_problem():
    assert len(numbering.problems("{city")) == 1
