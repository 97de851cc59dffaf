"""Prepares an installation: tables, regions, calendars, services, keys. Safe to repeat."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.core.management import call_command

from loket.catalogue import services as catalogue
from loket.documents import signers
from loket.kernel.access import Actor
from loket.organisation import services as organisation

from . import defining

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
        call_command("collectstatic", verbosity=0, interactive=False)
        yield "Database and static files: ready."
    loaded = organisation.load_government(data=organisation.JAKARTA, actor=actor, at=at)
    yield f"Units: {loaded.created} created, {len(loaded.changed)} changed."
    years = range(FIRST_YEAR, at.year + 2)
    imported = organisation.import_holidays(years=years, actor=actor, at=at)
    yield f"Calendars: {min(years)} to {max(imported.years, default=max(years))}."
    versions = catalogue.import_bundled(
        actor=actor, at=at, templates=defining.slots(), notices=defining.notices()
    )
    yield f"Services: {', '.join(version.code for version in versions)}."
    signers.current().prepare(at=at)
    yield "Signer and keys: ready."
