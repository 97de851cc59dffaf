from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction

from loket.catalogue import queries, services
from loket.catalogue.models import ServiceVersion
from loket.catalogue.rules.parse import DefinitionErrors
from loket.journal.models import Entry
from loket.kernel.access import Actor
from loket.kernel.errors import Conflict, NotAllowed, NotFound
from tests.factories.catalogue import changed, example, published

pytestmark = pytest.mark.django_db
NEWER = ("What is your name?", "Your name?")


def test_import_makes_a_version_that_nobody_can_apply_by(system: Actor, at: datetime) -> None:
    version = services.import_definition(text=example(), name="x.yaml", actor=system, at=at)
    assert (version.code, version.version, version.state) == ("DOMICILE", 1, "imported")
    with pytest.raises(NotFound):
        queries.get("DOMICILE")


def test_same_words_are_the_same_version(system: Actor, at: datetime) -> None:
    first = services.import_definition(text=example(), name="x.yaml", actor=system, at=at)
    text = "# another comment\n" + example()
    again = services.import_definition(text=text, name="y.yaml", actor=system, at=at)
    assert again == first
    assert ServiceVersion.objects.count() == 1


def test_publishing_retires_the_version_before(system: Actor, at: datetime) -> None:
    first = published(example(), actor=system, at=at)
    second = published(changed(NEWER), actor=system, at=at)
    first.refresh_from_db()
    assert (first.state, first.retired_at) == ("retired", at)
    assert queries.get("DOMICILE") == second
    assert [v.version for v in queries.published()] == [2]
    assert list(Entry.objects.order_by("id").values_list("name", "facts__version")) == [
        ("catalogue.service_imported", 1),
        ("catalogue.service_published", 1),
        ("catalogue.service_imported", 2),
        ("catalogue.service_retired", 1),
        ("catalogue.service_published", 2),
    ]


def test_retired_version_can_come_back(system: Actor, at: datetime) -> None:
    first = published(example(), actor=system, at=at)
    published(changed(NEWER), actor=system, at=at)
    services.publish(version=first, actor=system, at=at)
    assert queries.get("DOMICILE").version == 1


def test_publishing_twice_is_refused(system: Actor, at: datetime) -> None:
    version = published(example(), actor=system, at=at)
    with pytest.raises(Conflict):
        services.publish(version=version, actor=system, at=at)
    assert queries.get("DOMICILE") == version


def test_retired_service_is_gone(system: Actor, at: datetime) -> None:
    version = published(example(), actor=system, at=at)
    services.retire(version=version, actor=system, at=at)
    assert queries.published() == []
    with pytest.raises(Conflict):
        services.retire(version=version, actor=system, at=at)


def test_database_allows_one_published_version(system: Actor, at: datetime) -> None:
    published(example(), actor=system, at=at)
    second = services.import_definition(text=changed(NEWER), name="x.yaml", actor=system, at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceVersion.objects.filter(pk=second.pk).update(state="published")


def test_bad_definition_stores_nothing(system: Actor, at: datetime) -> None:
    with pytest.raises(DefinitionErrors):
        services.import_definition(
            text=changed(("kind: yes_no", "kind: maybe")), name="x.yaml", actor=system, at=at
        )
    assert ServiceVersion.objects.count() == 0


def test_administrator_manages_services(eka: Actor, at: datetime) -> None:
    assert published(example(), actor=eka, at=at).state == "published"


def test_officers_and_residents_do_not(
    ayu: Actor, budi: Actor, citra: Actor, dewi: Actor, at: datetime
) -> None:
    for actor in (ayu, budi, citra, dewi, Actor.visitor()):
        with pytest.raises(NotAllowed):
            services.import_definition(text=example(), name="x.yaml", actor=actor, at=at)


def test_bundled_services_are_imported_once(system: Actor, at: datetime) -> None:
    first = services.import_bundled(actor=system, at=at)
    assert first == services.import_bundled(actor=system, at=at)
    assert queries.published() == first
    assert {v.state for v in first} == {"published"}


def at_once(jobs: list[Callable[[], object]]) -> list[str]:
    """Run every job in a thread of its own; return what refused."""
    barrier = threading.Barrier(len(jobs))

    def run(job: Callable[[], object]) -> str:
        barrier.wait()
        try:
            job()
        except Conflict as refusal:
            return type(refusal).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


@pytest.mark.django_db(transaction=True)
def test_importing_the_same_at_once_makes_one_version(system: Actor, at: datetime) -> None:
    job = partial(
        services.import_definition, text=example(), name="x.yaml", actor=system, at=at
    )
    assert at_once([job] * 4) == ["done"] * 4
    assert [v.version for v in queries.versions()] == [1]


@pytest.mark.django_db(transaction=True)
def test_publishing_at_once_leaves_one_published(system: Actor, at: datetime) -> None:
    published(example(), actor=system, at=at)
    versions = [
        services.import_definition(
            text=changed(("What is your name?", f"Name {n}?")), name="x", actor=system, at=at
        )
        for n in range(4)
    ]
    jobs = [partial(services.publish, version=v, actor=system, at=at) for v in versions]
    outcomes = at_once(list(jobs))
    assert "done" in outcomes
    assert set(outcomes) <= {"done", "Conflict"}
    assert len(queries.published()) == 1
    assert queries.published()[0] in versions
