"""Prepares an installation: tables, regions, calendars, services, keys. Safe to repeat."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from loket.catalogue import services as catalogue
from loket.documents import signers
from loket.documents.rendering.templates import TEMPLATES
from loket.kernel.access import Actor
from loket.messaging import rendering
from loket.organisation import services as organisation

GOVERNMENT = Path(organisation.__file__).parent / "data" / "jakarta.yaml"
FIRST_YEAR = 2020


def install(*, migrate: bool, at: datetime) -> Iterator[str]:
    """Do each part and say so; what is there already is left as it is.

    :raises Invalid: if a shipped file cannot be used.
    """
    actor = Actor.system("setup")
    if migrate:
        settings.DATA.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        yield "Database: ready."
    loaded = organisation.load_government(data=GOVERNMENT, actor=actor, at=at)
    yield f"Units: {loaded}."
    years = organisation.import_holidays(
        years=range(FIRST_YEAR, at.year + 2), actor=actor, at=at
    )
    yield f"Calendars: {years}."
    versions = catalogue.import_bundled(
        actor=actor,
        at=at,
        templates={name: template.slots for name, template in TEMPLATES.items()},
        notices=set(rendering.notices()),
    )
    yield f"Services: {', '.join(version.code for version in versions)}."
    signers.current().prepare(at=at)
    yield "Signer and keys: ready."
