"""E-mail by SMTP."""

from __future__ import annotations

import hashlib
import re
from email.mime.text import MIMEText
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from loket.messaging.rules.letters import Letter

from .client import post

_METHOD = re.compile(r"^METHOD:([A-Z]+)\r?$", re.MULTILINE)


def send(letter: Letter) -> None:
    """Hand an e-mail to the server that the settings name.

    :raises TransportError: if it did not take it.
    """
    message = EmailMessage(
        subject=letter.title,
        body=letter.body,
        to=[letter.address],
        headers=headers(letter),
    )
    if letter.calendar:
        message.attach(invitation(letter.calendar))
    post(message)


def invitation(calendar: str) -> MIMEText:
    """Return an iCalendar as mail programs take it for an invitation (RFC 6047)."""
    part = MIMEText(calendar, "calendar", "utf-8")
    if found := _METHOD.search(calendar):
        part.set_param("method", found[1])
    part.add_header("Content-Disposition", "attachment", filename="invitation.ics")
    return part


def headers(letter: Letter) -> dict[str, str]:
    """Return what says that a machine wrote this; sent again, a letter keeps its identity."""
    _name, sender = parseaddr(settings.DEFAULT_FROM_EMAIL)
    domain = sender.rpartition("@")[2] or "localhost"
    identity = hashlib.sha256(f"{settings.SECRET_KEY}:{letter.key}".encode()).hexdigest()[:32]
    return {
        "Message-ID": f"<{identity}@{domain}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": letter.language,
    }


def check_config() -> list[str]:
    """Return what is wrong with the settings, in sentences."""
    problems = []
    if not settings.EMAIL_HOST:
        problems.append(_("LOKET_SMTP_HOST is empty: no e-mail can be sent."))
    if "@" not in parseaddr(settings.DEFAULT_FROM_EMAIL)[1]:
        problems.append(_("LOKET_MAIL_FROM is not an e-mail address."))
    return problems
