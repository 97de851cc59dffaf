"""Text messages through a gateway that takes them as e-mail to ``<number>@<gateway>``."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from loket.kernel.errors import TransportError
from loket.messaging.rules import sms
from loket.messaging.rules.letters import Letter
from loket.messaging.transports.smtp import headers
from loket.messaging.transports.smtp.client import post

LONGEST = 6
"""Gateways refuse, or cut, what takes more parts than this."""


def send(letter: Letter) -> None:
    """Hand a text message to the gateway; the title is not sent.

    :raises TransportError: if there is no gateway, it refuses, or the text is too long.
    """
    if not settings.SMS_GATEWAY_DOMAIN:
        raise TransportError("no SMS gateway is set up", permanent=True)
    number = letter.address.removeprefix("+")
    if not number.isascii() or not number.isdigit():
        raise TransportError("not a telephone number", permanent=True)
    text = sms.plain(letter.body)
    if sms.size(text).parts > LONGEST:
        raise TransportError(f"longer than {LONGEST} text messages", permanent=True)
    to = f"{number}@{settings.SMS_GATEWAY_DOMAIN}"
    post(EmailMessage(subject="", body=text, to=[to], headers=headers(letter)))


def check_config() -> list[str]:
    """Return what is wrong with the settings, in sentences."""
    if settings.SMS_GATEWAY_DOMAIN:
        return []
    return [_("LOKET_SMS_GATEWAY_DOMAIN is empty: nobody can be reached by SMS.")]
