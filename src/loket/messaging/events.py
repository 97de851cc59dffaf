"""What happens to messages. Addresses are masked; what was said is not repeated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from loket.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class MessageSent(Event):
    """A provider took a message."""

    name: ClassVar[str] = "messaging.message_sent"

    notice: str
    channel: str
    address: str


@dataclass(frozen=True, kw_only=True)
class MessageFailed(Event):
    """A message will not reach its address; ``next_channel`` says what is tried instead."""

    name: ClassVar[str] = "messaging.message_failed"

    notice: str
    channel: str
    address: str
    reason: str
    next_channel: str
