"""An SMTP server on this machine that takes everything and delivers nothing."""

from __future__ import annotations

from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from . import store

LARGEST = 5 * 1024 * 1024


class Catcher:
    """Stores each message once for each of its recipients."""

    def __init__(self, root: Path) -> None:
        self.root = root

    async def handle_DATA(  # noqa: N802 -- the name is the library's
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        content = envelope.content
        data = content if isinstance(content, bytes) else str(content).encode()
        for recipient in envelope.rcpt_tos:
            store.keep(self.root, data, recipient=recipient)
        return "250 Kept in the demo mailbox"


def start(*, root: Path, port: int, host: str = "127.0.0.1") -> Controller:
    """Listen in a thread of its own; call ``stop()`` on what is returned."""
    root.parent.mkdir(parents=True, exist_ok=True)
    controller = Controller(
        Catcher(root), hostname=host, port=port, data_size_limit=LARGEST, enable_SMTPUTF8=True
    )
    controller.start()
    return controller
