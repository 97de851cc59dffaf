from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from loket.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class FileStored(Event):
    """Bytes were kept. Without the name, which people choose and which may name people."""

    name: ClassVar[str] = "file.stored"

    owner: str
    media_type: str
    size: int
    sha256: str
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FileHandedOver(Event):
    """Files of the subject now belong to something else, as when a draft becomes a case."""

    name: ClassVar[str] = "file.handed_over"

    owner: str
    files: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class FileRemoved(Event):
    """Bytes were deleted, on request or because their time was over."""

    name: ClassVar[str] = "file.removed"

    owner: str
    because: str
