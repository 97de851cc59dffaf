"""What can be wrong with a file, each with its sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Self

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Reason(Enum):
    """Why a file is refused; the value is its public code, the words are its sentence."""

    words: Promise
    state: str

    def __new__(cls, code: str, state: str, words: Promise) -> Self:
        reason = object.__new__(cls)
        reason._value_ = code
        reason.state = state
        reason.words = words
        return reason

    VALID = "valid", "valid", _("The file is exactly as it was signed.")
    NOT_PDF = "not_pdf", "not_ours", _("This is not a PDF file.")
    TOO_BIG = "too_big", "not_ours", _("The file is larger than any document we issue.")
    UNREADABLE = "unreadable", "not_ours", _("The file cannot be read.")
    NOT_SIGNED = "not_signed", "not_ours", _("The file carries no electronic signature.")
    SEVERAL_SIGNATURES = (
        "several_signatures",
        "altered",
        _("The file carries more than one signature; our documents carry exactly one."),
    )
    UPDATED = "updated_after_signing", "altered", _("The file was changed after it was signed.")
    OUTSIDE = (
        "bytes_outside_signature",
        "altered",
        _("The file holds something that the signature does not cover."),
    )
    DAMAGED = "signature_damaged", "altered", _("The signature in the file is damaged.")
    ALTERED = "altered", "altered", _("The content is not what was signed.")
    WRONG_SIGNATURE = (
        "signature_wrong",
        "altered",
        _("The signature does not belong to the certificate in the file."),
    )
    OTHER_AUTHORITY = (
        "other_authority",
        "not_ours",
        _("The signer's certificate was not issued by an authority we trust."),
    )
    WRONG_PURPOSE = (
        "wrong_purpose",
        "not_ours",
        _("The signer's certificate is not for signing documents of the civil registry."),
    )
    NOT_CERTIFIED = (
        "not_certified",
        "altered",
        _("The signature does not forbid changes, as on every document of ours."),
    )
    FROM_FUTURE = "signed_in_future", "altered", _("The time of signing lies in the future.")
    NOT_YET_VALID = (
        "certificate_not_yet_valid",
        "expired",
        _("The signer's certificate was not valid yet when the file was signed."),
    )
    EXPIRED = (
        "certificate_expired",
        "expired",
        _("The signer's certificate had expired when the file was signed."),
    )
    REVOKED = (
        "certificate_revoked",
        "revoked",
        _("The signer's certificate had been revoked when the file was signed."),
    )
    NO_TOKEN = "token_missing", "altered", _("The QR of the document is missing.")
    WRONG_TOKEN = "token_wrong", "not_ours", _("The QR of the document was not made by us.")
    OTHER_TOKEN = (
        "token_mismatch",
        "altered",
        _("The QR belongs to another document or another signer."),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a file says of itself, as far as it could be believed."""

    reason: Reason
    sha256: str
    code: str = ""
    number: str = ""
    holder: str = ""
    """Masked."""
    template: str = ""
    signer_name: str = ""
    signer_title: str = ""
    certificate_sha256: str = ""
    signed_at: datetime | None = None
    issued_at: datetime | None = None

    @property
    def is_valid(self) -> bool:
        return self.reason is Reason.VALID


class Doubt(Exception):
    """Stops the examination of a file with the reason why it is refused."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason
