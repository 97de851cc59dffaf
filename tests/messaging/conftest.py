"""A real SMTP server on a free port, whose answers a test may choose."""

from __future__ import annotations

import email
import socket
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Office:
    """Takes every letter, unless told what to answer to an address, or to all data."""

    def __init__(self) -> None:
        self.letters: list[tuple[str, EmailMessage]] = []
        self.answers: dict[str, str] = {}
        self.to_data = ""

    async def handle_RCPT(  # noqa: N802 -- the name is the library's
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        if answer := self.answers.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 -- the name is the library's
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        if self.to_data:
            return self.to_data
        message = email.message_from_bytes(envelope.content, policy=policy.default)
        self.letters.extend((address, message) for address in envelope.rcpt_tos)
        return "250 OK"


@pytest.fixture
def office(settings) -> Iterator[Office]:
    handler = Office()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 5
    yield handler
    controller.stop()
