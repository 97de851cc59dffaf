"""Call down, announce up.

A package calls the packages below it. To reach a package above it, it
announces an event and forgets about it. Handlers run at once, in the same
transaction, and must only touch the database; slow work goes to a task.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, TypeVar

from .access import Actor


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened. Subclasses are named in the past tense.

    ``subject`` says to what: ``case:4M9K2TQ-X``, ``document:…``, ``account:12``. Further
    fields are the facts that the journal keeps; they must be fit for JSON and hold no
    NIK, no KK number and no secret.
    """

    name: ClassVar[str]

    actor: Actor
    at: datetime
    subject: str


E = TypeVar("E", bound=Event)
Handler = Callable[[Any], None]

_handlers: defaultdict[type[Event], list[Handler]] = defaultdict(list)


def on(event_type: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Register a handler for an event type and its subclasses."""

    def register(handler: Callable[[E], None]) -> Callable[[E], None]:
        _handlers[event_type].append(handler)
        return handler

    return register


def announce(event: Event) -> None:
    """Tell every package that asked; those who asked for everything hear it first."""
    for event_type in reversed(type(event).__mro__):
        for handler in _handlers.get(event_type, ()):
            handler(event)
