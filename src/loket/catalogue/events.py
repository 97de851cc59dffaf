from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from loket.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class ServiceImported(Event):
    """A version of a service was brought in. Nobody can apply by it yet."""

    name: ClassVar[str] = "catalogue.service_imported"
    version: int
    digest: str


@dataclass(frozen=True, kw_only=True)
class ServicePublished(Event):
    """A version of a service is what residents apply by from now on."""

    name: ClassVar[str] = "catalogue.service_published"
    version: int


@dataclass(frozen=True, kw_only=True)
class ServiceRetired(Event):
    """A version of a service can no longer be applied by. Its cases go on."""

    name: ClassVar[str] = "catalogue.service_retired"
    version: int
