"""Where keys and certificates lie: below ``KEYS_ROOT``, private parts for the owner only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.conf import settings

PRIVATE = 0o600
PUBLIC = 0o644


def folder(*parts: str) -> Path:
    """Return a folder below the keys' root, made if it is missing, closed to others."""
    path = Path(settings.KEYS_ROOT).joinpath(*parts)
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def write(path: Path, data: bytes, *, mode: int) -> None:
    """Write a file whole or not at all; it never exists with a wider mode than given."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
