from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from loket.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class JobRetried(Event):
    """An operator gave a dead job a fresh set of attempts."""

    name: ClassVar[str] = "job.retried"

    task: str
