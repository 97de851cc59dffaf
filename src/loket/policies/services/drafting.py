"""Circulars while they are written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from loket.files import services as files
from loket.files.models import StoredFile
from loket.kernel.access import Actor
from loket.kernel.errors import Conflict, Invalid
from loket.kernel.events import announce
from loket.policies.access import DRAFT
from loket.policies.events import CircularDiscarded, CircularDrafted, CircularRewritten
from loket.policies.models import Circular, Provision
from loket.policies.rules import format as form
from loket.policies.rules.ordering import in_order
from loket.policies.rules.periods import moments

from .checking import refuse_wrong
from .scopes import paths_of, require_all

PDF = "application/pdf"
META = {"kind", "article", "scope", "period", "words"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """The circular as it was signed, a PDF."""

    name: str
    data: bytes


def draft(
    *, circular: form.Circular, file: Paper | None = None, actor: Actor, at: datetime
) -> Circular:
    """Write down a circular that is not in force yet.

    :raises NotAllowed: if the actor may not write circulars for all of its units.
    :raises Invalid: if it cannot be as it is, or the file is no harmless PDF.
    :raises Conflict: if a circular of this issuer, number and date is on record.
    """
    refuse_wrong(circular)
    circular = in_order(circular)
    scopes = paths_of(circular)
    require_all(actor, DRAFT, scopes)
    row = Circular(
        **_fields(circular), scopes=scopes, author_ref=actor.ref, author_name=actor.name[:120]
    )
    row.written_at, row.writers = at, [actor.ref]
    stored = _stored(file, row, actor=actor, at=at)
    row.file = stored
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            _write_provisions(row, circular)
            announce(CircularDrafted(actor=actor, at=at, subject=row.subject, label=str(row)))
    except IntegrityError as error:
        _let_go(stored, actor=actor, at=at)
        raise _twice(row) from error
    return row


def rewrite(
    *,
    circular: Circular,
    definition: form.Circular,
    revision: int,
    file: Paper | None = None,
    actor: Actor,
    at: datetime,
) -> Circular:
    """Change a draft; without a file it keeps the one it has.

    Whoever wrote on it may not enact it, however little it was.

    :raises NotAllowed: if the actor may not write circulars for all of its units, as it
        was and as it shall be.
    :raises Invalid: if it cannot be as it is, or the file is no harmless PDF.
    :raises Conflict: if it is no draft any more or somebody else saved it meanwhile.
    """
    require_all(actor, DRAFT, circular.scopes)
    if revision != circular.revision:
        # Its writers are those of the revision that was read: none may be forgotten.
        raise Conflict(_changed(circular))
    refuse_wrong(definition, code=circular.code)
    definition = in_order(definition)
    scopes = paths_of(definition)
    require_all(actor, DRAFT, scopes)
    old, stored = circular.file, _stored(file, circular, actor=actor, at=at)
    change: dict[str, Any] = {
        **_fields(definition),
        "scopes": scopes,
        "revision": revision + 1,
        "author_ref": actor.ref,
        "author_name": actor.name[:120],
        "writers": sorted({*circular.writers, actor.ref}),
        "written_at": at,
    }
    if stored:
        change["file"] = stored
    try:
        with transaction.atomic():
            _replace(circular, definition, revision, change, actor=actor, at=at)
            if stored:
                _let_go(old, actor=actor, at=at)
    except IntegrityError as error:
        _let_go(stored, actor=actor, at=at)
        raise _twice(Circular(**_fields(definition))) from error
    except Conflict:
        _let_go(stored, actor=actor, at=at)
        raise
    return circular


def _replace(
    circular: Circular,
    definition: form.Circular,
    revision: int,
    change: dict[str, Any],
    *,
    actor: Actor,
    at: datetime,
) -> None:
    drafts = Circular.objects.filter(pk=circular.pk, state=Circular.State.DRAFT)
    if not drafts.filter(revision=revision).update(**change):
        raise Conflict(_changed(circular))
    circular.provisions.all().delete()
    # Afresh: provisions that were fetched before are gone, and so must be from this object.
    circular.refresh_from_db()
    _write_provisions(circular, definition)
    announce(
        CircularRewritten(
            actor=actor,
            at=at,
            subject=circular.subject,
            label=str(circular),
            revision=circular.revision,
        )
    )


def discard(*, circular: Circular, actor: Actor, at: datetime) -> Circular:
    """Give a draft up. Its issuer, number and date are free again.

    :raises NotAllowed: if the actor may not write circulars for all of its units.
    :raises Conflict: if it is no draft any more.
    """
    require_all(actor, DRAFT, circular.scopes)
    with transaction.atomic():
        drafts = Circular.objects.filter(pk=circular.pk, state=Circular.State.DRAFT)
        done = drafts.update(
            state=Circular.State.DISCARDED, revision=F("revision") + 1, file=None
        )
        if not done:
            raise Conflict(_changed(circular))
        _let_go(circular.file, actor=actor, at=at)
        circular.refresh_from_db()
        announce(
            CircularDiscarded(actor=actor, at=at, subject=circular.subject, label=str(circular))
        )
    return circular


def _fields(circular: form.Circular) -> dict[str, Any]:
    starts_at, ends_at = moments(circular.effective, ZoneInfo(settings.OFFICE_TIME_ZONE))
    written = circular.model_dump(mode="json")
    summary = circular.summary
    return {
        "issuer": circular.issuer,
        "number": circular.number,
        "date": circular.date,
        "title_id": circular.title.id,
        "title_en": circular.title.en,
        "summary_id": summary.id if summary else "",
        "summary_en": summary.en if summary else "",
        "legal_basis": written["legal_basis"],
        "source": circular.source,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "amends": written["amends"],
        "revokes": written["revokes"],
    }


def _write_provisions(row: Circular, circular: form.Circular) -> None:
    zone = ZoneInfo(settings.OFFICE_TIME_ZONE)
    rows = []
    for place, provision in enumerate(circular.provisions, 1):
        own = provision.period
        starts_at, ends_at = moments(own, zone) if own else (row.starts_at, row.ends_at)
        rows.append(
            Provision(
                circular=row,
                place=place,
                article=provision.article,
                kind=provision.kind,
                scope=provision.scope.model_dump(mode="json", exclude_defaults=True),
                params=provision.model_dump(mode="json", exclude=META, exclude_defaults=True),
                words_id=provision.words.id if provision.words else "",
                words_en=provision.words.en if provision.words else "",
                starts_at=starts_at,
                ends_at=ends_at,
                has_own_period=own is not None,
            )
        )
    Provision.objects.bulk_create(rows)


def _stored(
    file: Paper | None, row: Circular, *, actor: Actor, at: datetime
) -> StoredFile | None:
    """Keep the signed paper; takes up to some seconds, so before any transaction."""
    if file is None:
        return None
    kept = files.store(data=file.data, name=file.name, owner=row.subject, actor=actor, at=at)
    if kept.media_type != PDF:
        _let_go(kept, actor=actor, at=at)
        sentence = _("Attach the circular as a PDF.")
        raise Invalid(sentence, fields={"file": [sentence]})
    return kept


def _let_go(file: StoredFile | None, *, actor: Actor, at: datetime) -> None:
    if file is not None:
        files.remove(file=file, actor=actor, at=at)


def _twice(row: Circular) -> Conflict:
    return Conflict(_("%(label)s is on record already.") % {"label": str(row)})


def _changed(circular: Circular) -> str:
    now = Circular.objects.filter(pk=circular.pk).first()
    if now is None or now.state == Circular.State.DISCARDED:
        return _("This draft was discarded meanwhile.")
    if now.state == Circular.State.ENACTED:
        return _("This circular was enacted meanwhile; only another circular can change it.")
    return _("%(name)s changed this draft meanwhile. Reload it and make your change again.") % {
        "name": now.author_name
    }
