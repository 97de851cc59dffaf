from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from loket.catalogue import queries, services
from loket.catalogue.rules import parse
from loket.kernel.access import Actor
from loket.kernel.errors import NotFound
from tests.factories.catalogue import changed, example, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def _bundled(system: Actor, at: datetime) -> None:
    services.import_bundled(actor=system, at=at)


@pytest.mark.usefixtures("_bundled")
def test_services_are_read_with_one_query(django_assert_num_queries: Any) -> None:
    queries.published()
    with django_assert_num_queries(1):
        assert [v.service.code for v in queries.published()] == [
            "BIRTH", "DEATH", "KIA-NEW", "KK-ADD", "KK-LOST", "KTP-LOST", "KTP-NEW", "MOVE-OUT",
        ]  # fmt: skip
    with django_assert_num_queries(1):
        assert queries.get("BIRTH").service.code == "BIRTH"
    with django_assert_num_queries(1):
        assert queries.search("akta kelahiran", "id")[0].code == "BIRTH"


@pytest.mark.usefixtures("_bundled")
def test_cold_process_reads_all_definitions_in_one_query(
    django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parse, "_trusted", {})
    with django_assert_num_queries(2):
        assert len([v.service for v in queries.published()]) == 8


@pytest.mark.usefixtures("_bundled")
def test_services_are_found_by_life_event() -> None:
    found = {event.name: [v.code for v in event.services] for event in queries.by_life_event()}
    assert "BIRTH" in found["birth"]
    assert "DEATH" in found["death"]
    assert "MOVE-OUT" in found["moving"]


def test_versions_are_listed_newest_first(system: Actor, at: datetime) -> None:
    published(example(), actor=system, at=at)
    published(changed(("What is your name?", "Your name?")), actor=system, at=at)
    assert [(v.version, v.state) for v in queries.versions("DOMICILE")] == [
        (2, "published"),
        (1, "retired"),
    ]
    assert queries.version("DOMICILE", 1).service.question("name").label.en == (
        "What is your name?"
    )
    with pytest.raises(NotFound):
        queries.version("DOMICILE", 3)
