"""Who signs: one folder per signing service, chosen by the setting ``SIGNER``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Protocol, cast

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Identity:
    """The certificate a person signs with."""

    name: str
    title: str
    sha256: str
    """Of the certificate, hexadecimal."""
    not_before: datetime
    not_after: datetime


class Signer(Protocol):
    """What every signing service offers. A module can be one.

    The passphrase is given on every call, is not kept and must not be logged.
    """

    def prepare(self, *, at: datetime) -> None:
        """Make what must exist before anybody can sign; safe to repeat."""

    def identity(self, *, signer_ref: str) -> Identity:
        """Return the certificate of a person.

        :raises Invalid: if the person has none.
        """

    def sign(
        self, pdf: bytes, *, signer_ref: str, passphrase: str, reason: str, location: str,
        at: datetime,
    ) -> bytes:  # fmt: skip
        """Return the PDF with one certifying PAdES signature that allows no change.

        :raises Invalid: if the passphrase is wrong or the certificate cannot sign now.
        :raises TransportError: if the service did not do it.
        """

    def check_config(self) -> list[str]:
        """Return what is wrong with the settings; nothing if it can sign."""


def current() -> Signer:
    """Return the signing service that this installation uses."""
    return cast("Signer", import_module(f"{__name__}.{settings.SIGNER}"))
