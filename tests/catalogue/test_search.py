from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loket.catalogue.rules import search
from loket.catalogue.services import DEFINITIONS
from tests.factories.catalogue import bundled

SERVICES = [bundled(path.stem.upper()) for path in sorted(DEFINITIONS.glob("*.yaml"))]


@pytest.mark.parametrize(
    ("text", "language", "code"),
    [
        ("akta kelahiran", "id", "BIRTH"),
        ("akte lahir", "id", "BIRTH"),
        ("AKTA  kelahirann", "id", "BIRTH"),
        ("saya mau bikin akta untuk bayi", "id", "BIRTH"),
        ("melahirkan", "id", "BIRTH"),
        ("kelahrian", "id", "BIRTH"),
        ("birth certificat", "en", "BIRTH"),
        ("newborn baby", "en", "BIRTH"),
        ("akta kematian", "id", "DEATH"),
        ("meninggal", "id", "DEATH"),
        ("ktp hilang", "id", "KTP-LOST"),
        ("kk hilang", "id", "KK-LOST"),
        ("pindah", "id", "MOVE-OUT"),
        ("kia", "id", "KIA-NEW"),
        ("bikin ktp", "id", "KTP-NEW"),
        ("ktp baru", "id", "KTP-NEW"),
        ("lost identity card", "en", "KTP-LOST"),
    ],
)
def test_people_find_the_service_by_their_words(text: str, language: str, code: str) -> None:
    assert [s.code for s in search.rank(SERVICES, text, language)][:1] == [code]


@pytest.mark.parametrize("text", ["", "  ", "!?", "xyzzy", "izin usaha restoran"])
def test_what_is_not_offered_is_not_found(text: str) -> None:
    assert search.rank(SERVICES, text, "id") == []


@given(st.text(max_size=12), st.text(max_size=12))
def test_distance_is_symmetric_and_zero_only_for_the_same(one: str, two: str) -> None:
    assert search.distance(one, two) == search.distance(two, one)
    assert (search.distance(one, two) == 0) is (one == two)


def test_swap_of_neighbours_is_one_mistake() -> None:
    assert search.distance("kelahrian", "kelahiran") == 1
