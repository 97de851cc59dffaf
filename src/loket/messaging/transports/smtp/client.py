"""One conversation with an SMTP server, and what its answers mean."""

from __future__ import annotations

import smtplib

from django.core.mail import EmailMessage

from loket.kernel.errors import TransportError


def post(message: EmailMessage) -> None:
    """Deliver one message to one recipient.

    :raises TransportError: permanent if this message will never be taken for this address.
    """
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        code, reason = next(iter(error.recipients.values()))
        raise TransportError(_said(code, reason), permanent=_is_final(code)) from error
    except (smtplib.SMTPAuthenticationError, smtplib.SMTPSenderRefused) as error:
        # Our own settings are wrong: nothing that the recipient's address can mend.
        raise TransportError(_said(error.smtp_code, error.smtp_error)) from error
    except smtplib.SMTPResponseException as error:
        said = _said(error.smtp_code, error.smtp_error)
        raise TransportError(said, permanent=_is_final(error.smtp_code)) from error
    except (smtplib.SMTPNotSupportedError, ValueError) as error:
        # A line break in a header, or an address that the server cannot even spell.
        raise TransportError(f"cannot be sent: {error}", permanent=True) from error
    except OSError as error:  # also smtplib's own: no connection, cut off in the middle
        raise TransportError(f"no answer: {error}") from error


def _is_final(code: int) -> bool:
    return 500 <= code < 600  # noqa: PLR2004 -- RFC 5321: 5yz is a permanent negative answer


def _said(code: int, reason: bytes | str) -> str:
    text = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else reason
    return " ".join(f"{code} {text}".split())
