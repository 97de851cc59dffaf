"""Titles, keys of duplicates, and what goes into slots."""

import pytest

from loket.cases.rules import facts
from loket.catalogue.rules import parse
from tests.factories import cases as factory

KEY = "a key"


@pytest.fixture(scope="module")
def service():
    return parse.load(factory.written(factory.SERVICE), name="test.yaml")


def test_titles_hold_no_numbers_of_persons(service):
    titled = service.model_copy(update={"subject_title": ("child_name", "mother.nik")})

    assert facts.title(titled, factory.answers()) == "Melati Ayu Lestari"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"role": "mother", "mother": {"name": "Ayu Lestari"}}, "Ayu Lestari"),
        ({"role": "proxy", "applicant": {"name": "Sekar"}, "mother": {"name": "Ayu"}}, "Sekar"),
        ({"role": "self"}, ""),
        ({"role": "reason", "reason": "lost"}, ""),
    ],
)
def test_who_applies_is_asked_or_known_by_role(given, expected):
    assert facts.applicant(given) == expected


def test_duplicates_ignore_case_and_spacing_but_not_order_of_birth(service):
    typed = factory.answers()
    again = factory.answers(birth_date=" 2026-02-10 ")
    twin = factory.answers(birth_order=2)

    def key(given):
        return facts.duplicate_key(service, given, key=KEY)

    assert key(typed) == key(again)
    assert key(typed) != key(twin)
    assert key(typed) != facts.duplicate_key(service, typed, key="another key")


def test_nothing_is_a_duplicate_of_what_is_not_answered(service):
    assert facts.duplicate_key(service, factory.answers(birth_date=None), key=KEY) == ""


def test_choices_are_printed_in_words_and_regions_by_name(service):
    names = {"31": "DKI Jakarta", "31.74": "Jakarta Selatan", "31.74.04.1003": "Pejaten Barat"}
    given = factory.answers()

    sex = facts.printable(service.question("sex"), given["sex"], names=names)
    address = facts.printable(service.question("address"), given["address"], names=names)

    assert sex == {"id": "Perempuan", "en": "Perempuan (en)"}
    assert address == given["address"] | {
        "village": "Pejaten Barat",
        "district": "",
        "city": "Jakarta Selatan",
        "province": "DKI Jakarta",
    }
