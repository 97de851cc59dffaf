"""What can be done with services: import, publish, retire."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from loket.kernel.access import Actor
from loket.kernel.errors import Conflict
from loket.kernel.events import announce

from .access import require_manage
from .events import ServiceImported, ServicePublished, ServiceRetired
from .models import ServiceVersion
from .rules import parse
from .rules.checks import Slots

DEFINITIONS = Path(__file__).with_name("definitions")
"""The definitions that come with Loket."""

State = ServiceVersion.State


def import_definition(
    *,
    text: str,
    name: str,
    actor: Actor,
    at: datetime,
    templates: Mapping[str, Slots] | None = None,
    notices: AbstractSet[str] | None = None,
) -> ServiceVersion:
    """Store a definition as the next version of its service.

    A definition that says the same as a stored version is that version: nothing is stored.
    ``name`` is the file's, for messages; ``templates`` and ``notices`` are what the
    definition may use, and are checked if given.

    :raises NotAllowed: unless the actor may manage the catalogue.
    :raises DefinitionErrors: if the definition cannot be used; lists all problems.
    :raises Conflict: if another version was imported at the same moment.
    """
    require_manage(actor)
    service = parse.load(text, name=name, templates=templates, notices=notices)
    definition = parse.canonical(service)
    digest = parse.digest_of(definition)
    versions = ServiceVersion.objects.filter(code=service.code)
    same = versions.filter(digest=digest).order_by("-version")
    # The number is read before looking for the same words: whoever imports in between has
    # either been found, or has taken this number.
    number = (versions.aggregate(latest=Max("version"))["latest"] or 0) + 1
    if stored := same.first():
        return stored
    try:
        with transaction.atomic():
            return _store(service.code, number, definition, actor=actor, at=at)
    except IntegrityError:
        # Somebody else imported at this moment; if the very same, all is well.
        if stored := same.first():
            return stored
        raise Conflict(
            _("Somebody else imported a version of this service just now. Try again.")
        ) from None


def publish(*, version: ServiceVersion, actor: Actor, at: datetime) -> ServiceVersion:
    """Make a version the one that residents apply by, and retire the one before it.

    A retired version can be published again.

    :raises NotAllowed: unless the actor may manage the catalogue.
    :raises Conflict: if it is published already, or another was published just now.
    """
    require_manage(actor)
    try:
        with transaction.atomic():
            before = ServiceVersion.objects.filter(code=version.code, state=State.PUBLISHED)
            # Locked, so that of two who publish at once the second retires the first's.
            for earlier in (
                before.exclude(pk=version.pk).defer("definition").select_for_update()
            ):
                _retire(version=earlier, actor=actor, at=at)
            waiting = ServiceVersion.objects.filter(pk=version.pk)
            changed = waiting.exclude(state=State.PUBLISHED).update(
                state=State.PUBLISHED, published_at=at, retired_at=None
            )
            if not changed:
                raise Conflict(_("This version is published already."))
            announce(
                ServicePublished(
                    actor=actor, at=at, subject=version.subject, version=version.version
                )
            )
    except IntegrityError:
        raise Conflict(
            _("Another version of this service was published just now. Look again.")
        ) from None
    version.refresh_from_db(fields=["state", "published_at", "retired_at"])
    return version


def retire(*, version: ServiceVersion, actor: Actor, at: datetime) -> ServiceVersion:
    """Stop a version from being applied by. Cases that began by it go on.

    :raises NotAllowed: unless the actor may manage the catalogue.
    :raises Conflict: if it is not published.
    """
    require_manage(actor)
    with transaction.atomic():
        _retire(version=version, actor=actor, at=at)
    version.refresh_from_db(fields=["state", "retired_at"])
    return version


def import_bundled(
    *,
    actor: Actor,
    at: datetime,
    templates: Mapping[str, Slots] | None = None,
    notices: AbstractSet[str] | None = None,
) -> list[ServiceVersion]:
    """Import and publish every definition that comes with Loket, where it is new.

    :raises NotAllowed: unless the actor may manage the catalogue.
    :raises DefinitionErrors: if one cannot be used.
    """
    imported = []
    for path in sorted(DEFINITIONS.glob("*.yaml")):
        version = import_definition(
            text=path.read_text(encoding="utf-8"),
            name=path.name,
            actor=actor,
            at=at,
            templates=templates,
            notices=notices,
        )
        if version.state == State.IMPORTED:
            publish(version=version, actor=actor, at=at)
        imported.append(version)
    return imported


def _store(
    code: str, number: int, definition: dict[str, Any], *, actor: Actor, at: datetime
) -> ServiceVersion:
    digest = parse.digest_of(definition)
    created = ServiceVersion.objects.create(
        code=code,
        version=number,
        definition=definition,
        digest=digest,
        imported_at=at,
    )
    announce(
        ServiceImported(
            actor=actor,
            at=at,
            subject=created.subject,
            version=created.version,
            digest=digest,
        )
    )
    return created


def _retire(*, version: ServiceVersion, actor: Actor, at: datetime) -> None:
    published = ServiceVersion.objects.filter(pk=version.pk, state=State.PUBLISHED)
    if not published.update(state=State.RETIRED, retired_at=at):
        raise Conflict(_("This version is not published."))
    announce(
        ServiceRetired(actor=actor, at=at, subject=version.subject, version=version.version)
    )
