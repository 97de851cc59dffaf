"""Keep files, hand them over, and let them go.

Bytes are written before the row that names them and deleted after it is gone. Whatever
happens between, a row never lacks its bytes; bytes without a row are swept a day later.
"""

from __future__ import annotations

import hashlib
import logging
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from loket.kernel.access import Actor
from loket.kernel.errors import Conflict, Invalid, TransportError
from loket.kernel.events import announce

from .events import FileHandedOver, FileRemoved, FileStored
from .models import StoredFile
from .queries import PAGES, pages_folder
from .rules import names, pdfs, sandbox
from .rules.verdict import refuse
from .transports import clamd

log = logging.getLogger(__name__)

STORED = "stored"
ORPHAN_AFTER = timedelta(days=1)
"""Longer than any transaction that may still bring the row."""

BATCH = 200


def store(
    *,
    data: bytes,
    name: str,
    owner: str,
    actor: Actor,
    at: datetime,
    expires_at: datetime | None = None,
) -> StoredFile:
    """Inspect what somebody sent and keep the harmless form of it.

    Takes up to some seconds; call it outside transactions.

    :raises Invalid: with the reason and what to do, if it is not accepted.
    """
    _ask_scanner(data)
    verdict = sandbox.inspect(data, name, max_bytes=settings.UPLOAD_MAX_BYTES)
    if verdict.outcome == "refused":
        raise Invalid(verdict.reason)
    file = StoredFile(
        name=verdict.name,
        media_type=verdict.media_type,
        received_sha256=hashlib.sha256(data).hexdigest(),
        pages=verdict.pages,
        width=verdict.width,
        height=verdict.height,
        owner=owner,
        stored_at=at,
        expires_at=expires_at,
    )
    return _keep(file, verdict.data, verdict.changes, actor=actor)


def put(
    *,
    data: bytes,
    name: str,
    media_type: str,
    owner: str,
    actor: Actor,
    at: datetime,
    expires_at: datetime | None = None,
) -> StoredFile:
    """Keep bytes that we made ourselves, such as a signed PDF, unaltered."""
    file = StoredFile(
        name=names.clean(name, media_type),
        media_type=media_type,
        received_sha256=hashlib.sha256(data).hexdigest(),
        pages=pdfs.count_pages(data) if media_type == "application/pdf" else 1,
        owner=owner,
        stored_at=at,
        expires_at=expires_at,
    )
    return _keep(file, data, (), actor=actor)


def hand_over(
    *,
    files: Iterable[StoredFile],
    owner: str,
    actor: Actor,
    at: datetime,
    expires_at: datetime | None = None,
) -> None:
    """Give the files of one owner to another, with another end of their time or none.

    :raises Conflict: if one of them was removed meanwhile.
    """
    if not (given := list(files)):
        return
    before, keys = given[0].owner, [file.pk for file in given]
    # Without a savepoint of its own: whoever hands over gives up the whole on a conflict.
    with transaction.atomic(savepoint=False):
        kept = StoredFile.objects.filter(pk__in=keys, owner=before)
        if kept.update(owner=owner, expires_at=expires_at) < len(given):
            left = set(StoredFile.objects.filter(pk__in=keys).values_list("pk", flat=True))
            name = next((file.name for file in given if file.pk not in left), given[0].name)
            raise Conflict(_("The file %(name)s was removed.") % {"name": name})
        refs = tuple(file.ref for file in given)
        announce(FileHandedOver(actor=actor, at=at, subject=before, owner=owner, files=refs))


def remove(
    *, file: StoredFile, actor: Actor, at: datetime, because: str = "removed by its owner"
) -> None:
    """Delete a file; its bytes go when the transaction commits. Again is no error."""
    with transaction.atomic():
        if StoredFile.objects.filter(pk=file.pk).delete()[0]:
            _let_go(file, actor=actor, at=at, because=because)


def expire(*, actor: Actor, at: datetime) -> int:
    """Delete the files whose time is over, and return how many.

    A file that some row still points to is kept and logged: its owner forgot to let it go, and
    the others must not wait for that.
    """
    count, last = 0, 0
    due = StoredFile.objects.filter(expires_at__lte=at)
    # In small transactions: each holds the write lock of SQLite only for a moment.
    while batch := list(due.filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = batch[-1].pk
        with transaction.atomic():
            for file in batch:
                try:
                    # Asked again: a draft may have become a case since it was listed.
                    gone = due.filter(pk=file.pk).delete()[0]
                except ProtectedError:
                    log.error("file %s is over its time but in use", file.ref)  # noqa: TRY400 -- the trace says nothing more
                    continue
                if gone:
                    _let_go(file, actor=actor, at=at, because="its time was over")
                    count += 1
    return count


def sweep(*, actor: Actor, at: datetime) -> int:
    """Delete bytes that no row names, left by a crash or a rollback; return how many.

    Rows whose bytes are missing are logged as errors: only a broken disk or a hand does that.
    """
    count = 0
    for shard in _folders(STORED):
        folder = f"{STORED}/{shard}"
        present = set(default_storage.listdir(folder)[1])
        rows = StoredFile.objects.filter(path__startswith=f"{folder}/")
        known = set(rows.filter(stored_at__lt=at).values_list("ref", flat=True))
        for ref in present - set(rows.values_list("ref", flat=True)):
            if default_storage.get_modified_time(f"{folder}/{ref}") < at - ORPHAN_AFTER:
                default_storage.delete(f"{folder}/{ref}")
                _tell_removed(ref, owner="", actor=actor, at=at, because="no row named it")
                count += 1
        for ref in sorted(known - present):
            log.error("the bytes of file %s are missing", ref)
    _sweep_pages()
    return count


def _ask_scanner(data: bytes) -> None:
    """Stop at a virus that the scanner knows; without a scanner, nothing is claimed."""
    if not settings.CLAMD_SOCKET:
        return
    try:
        virus = clamd.scan(data, address=settings.CLAMD_SOCKET)
    except TransportError as error:
        log.error("%s", error)  # noqa: TRY400 -- the trace says nothing more
        raise Invalid(
            _("Files cannot be checked for viruses right now. Please try again in 10 minutes.")
        ) from error
    if virus:
        raise Invalid(refuse("virus", virus=virus).reason)


def _keep(
    file: StoredFile, data: bytes, changes: tuple[str, ...], *, actor: Actor
) -> StoredFile:
    file.ref = secrets.token_hex(20)
    file.path = f"{STORED}/{file.ref[:2]}/{file.ref}"
    file.size = len(data)
    file.sha256 = hashlib.sha256(data).hexdigest()
    _write(file.path, data)
    with transaction.atomic():
        file.save(force_insert=True)
        announce(
            FileStored(
                actor=actor,
                at=file.stored_at,
                subject=f"file:{file.ref}",
                owner=file.owner,
                media_type=file.media_type,
                size=file.size,
                sha256=file.sha256,
                changes=changes,
            )
        )
    return file


def _write(path: str, data: bytes) -> None:
    """Write the bytes so that a power cut after the row's commit cannot lose them."""
    default_storage.save(path, ContentFile(data))
    try:
        local = Path(default_storage.path(path))
    except NotImplementedError:  # storage elsewhere answers when it has them
        return
    for place in (local, local.parent):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _let_go(file: StoredFile, *, actor: Actor, at: datetime, because: str) -> None:
    _tell_removed(file.ref, owner=file.owner, actor=actor, at=at, because=because)
    transaction.on_commit(partial(_delete_bytes, file.path, file.ref))


def _tell_removed(ref: str, *, owner: str, actor: Actor, at: datetime, because: str) -> None:
    announce(
        FileRemoved(actor=actor, at=at, subject=f"file:{ref}", owner=owner, because=because)
    )


def _delete_bytes(path: str, ref: str) -> None:
    shutil.rmtree(pages_folder(ref), ignore_errors=True)
    try:
        default_storage.delete(path)
    except OSError:
        log.warning("the bytes of %s stay until the next sweep", ref)


def _folders(path: str) -> Iterator[str]:
    try:
        yield from default_storage.listdir(path)[0]
    except FileNotFoundError:
        return


def _sweep_pages() -> None:
    """Delete drawn pages whose file is gone."""
    for shard in sorted((Path(settings.FILES_ROOT) / PAGES).glob("*")):
        drawn = {folder.name for folder in shard.iterdir()}
        for ref in drawn - set(
            StoredFile.objects.filter(ref__startswith=shard.name).values_list("ref", flat=True)
        ):
            shutil.rmtree(pages_folder(ref), ignore_errors=True)
