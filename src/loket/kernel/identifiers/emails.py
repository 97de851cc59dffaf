"""E-mail addresses: checked, and written in one way so that they can be compared."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from loket.kernel.errors import Invalid

INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


def normalise(text: str) -> str:
    """Return an address in small letters, its domain in ASCII.

    The part before the @ is, by the letter of the standard, up to the mail server; no
    provider in use tells capitals apart, and people do not type them the same way twice.

    :raises Invalid: if no mail can be sent there.
    """
    typed = text.translate(INVISIBLE).strip()
    local, at_sign, domain = typed.rpartition("@")
    try:
        address = local + at_sign + domain.encode("idna").decode("ascii")
        # Letters that only look like ASCII, or fold to it, could claim another's address.
        address.encode("ascii")
        validate_email(address)
    except (UnicodeError, ValidationError):
        raise Invalid(
            _("Write an e-mail address such as name@mail.example. Check the @ and the dots.")
        ) from None
    return address.lower()


def mask(text: str) -> str:
    """Return an address by which its owner knows it: ``a***@mail.example``."""
    local, at_sign, domain = text.rpartition("@")
    return f"{local[:1]}***{at_sign}{domain}" if local else "***"
