"""What happens to documents. Names and NIKs stay out of the journal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from loket.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class NumberReserved(Event):
    """A document has its number and waits to be signed."""

    name: ClassVar[str] = "document.number_reserved"

    of: str
    number: str
    template: str


@dataclass(frozen=True, kw_only=True)
class NumberVoided(Event):
    """A number will never be used; the series keeps it as void."""

    name: ClassVar[str] = "document.number_voided"

    of: str
    number: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class DocumentIssued(Event):
    """A document was signed and stored; from now on it can be verified."""

    name: ClassVar[str] = "document.issued"

    of: str
    number: str
    template: str
    unit: str
    signer: str
    sha256: str
    supersedes: str


@dataclass(frozen=True, kw_only=True)
class DocumentSuperseded(Event):
    """A newer document took the place of this one."""

    name: ClassVar[str] = "document.superseded"

    of: str
    number: str
    by: str


@dataclass(frozen=True, kw_only=True)
class DocumentRevoked(Event):
    """A document is no longer valid, by decision of the head."""

    name: ClassVar[str] = "document.revoked"

    of: str
    number: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class DocumentDownloaded(Event):
    """Somebody with link and PIN took a copy."""

    name: ClassVar[str] = "document.downloaded"

    of: str
    number: str


@dataclass(frozen=True, kw_only=True)
class PinRenewed(Event):
    """A new PIN was given out; the earlier one opens nothing any more."""

    name: ClassVar[str] = "document.pin_renewed"

    of: str
    number: str
