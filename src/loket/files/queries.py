"""Questions about stored files. Who may ask is for the owner of the file to decide."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from loket.kernel.errors import NotFound

from .models import StoredFile
from .rules import pages, sandbox

PAGES = "pages"


class DamagedFile(Exception):
    """The stored bytes are not the ones that were stored: a matter for the operator."""


def get(ref: str) -> StoredFile:
    """Return a file by its reference.

    :raises NotFound: if there is none, or it was removed.
    """
    file = StoredFile.objects.filter(ref=ref).first()
    if file is None:
        raise NotFound(_("There is no such file; perhaps it was removed."))
    return file


def read(file: StoredFile) -> bytes:
    """Return the bytes, after checking that they are still those that were stored.

    :raises DamagedFile: if they are not.
    """
    with default_storage.open(file.path) as source:
        data: bytes = source.read()
    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise DamagedFile(file.ref)
    return data


def page_image(file: StoredFile, *, page: int = 1, width: int = 1000) -> bytes:
    """Return one page, counted from 1, as a JPEG at least this wide, at most 2000 dots.

    The picture is drawn once (in a child process) and then kept on disk.

    :raises NotFound: if there is no such page, or it cannot be drawn.
    """
    if not 1 <= page <= file.pages:
        raise NotFound(_("The file has no such page."))
    width = pages.fit(width)
    kept = pages_folder(file.ref) / f"{page}-{width}.jpg"
    try:
        return kept.read_bytes()
    except FileNotFoundError:
        pass
    try:
        drawn = sandbox.draw(read(file), file.media_type, page=page, width=width)
    except sandbox.ChildDied as error:
        raise NotFound(_("This page cannot be shown.")) from error
    _keep(kept, drawn)
    return drawn


def pages_folder(ref: str) -> Path:
    """Return the folder of a file's drawn pages: a cache that may be deleted at any time."""
    return Path(settings.FILES_ROOT) / PAGES / ref[:2] / ref


def _keep(path: Path, data: bytes) -> None:
    """Write in full beside the place, then move there: a reader never sees half a picture."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, half = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    Path(half).replace(path)


def drawn(pdf: bytes, *, width: int = 1000) -> bytes:
    """Return the first page of a PDF that we made as a JPEG; nothing is kept."""
    return sandbox.draw(pdf, "application/pdf", page=1, width=pages.fit(width))
