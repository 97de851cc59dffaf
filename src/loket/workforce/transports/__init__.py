"""Who makes the links of meetings, one folder each.

A folder has ``LABEL``; ``make_room(wanted)`` returns a link, ``change_room(link, wanted)`` and
``end_room(link)`` keep the provider's own calendar right; ``check_config()`` says what is wrong
with its settings.
"""

from __future__ import annotations

from typing import Protocol

from loket.kernel.errors import TransportError
from loket.workforce.rules.meetings import Wanted

from . import jitsi, zoom


class Provider(Protocol):
    """What a folder offers."""

    LABEL: str

    def make_room(self, wanted: Wanted) -> str: ...
    def change_room(self, link: str, wanted: Wanted) -> None: ...
    def end_room(self, link: str) -> None: ...
    def check_config(self) -> list[str]: ...


PROVIDERS: dict[str, Provider] = {"jitsi": jitsi, "zoom": zoom}


def ready() -> list[tuple[str, str]]:
    """Return the providers that are set up: folder and label."""
    return [(name, each.LABEL) for name, each in PROVIDERS.items() if not each.check_config()]


def make_room(provider: str, wanted: Wanted) -> str:
    """Return the link of a new room.

    :raises TransportError: if there is none.
    """
    known = PROVIDERS.get(provider)
    if known is None or known.check_config():
        raise TransportError(f"{provider!r} is not set up", permanent=True)
    return known.make_room(wanted)


def change_room(provider: str, link: str, wanted: Wanted) -> None:
    """Tell the provider of a change.

    :raises TransportError: if it did not take it.
    """
    if provider in PROVIDERS:
        PROVIDERS[provider].change_room(link, wanted)


def end_room(provider: str, link: str) -> None:
    """Tell the provider that a room is not needed any more.

    :raises TransportError: if it did not take it.
    """
    if provider in PROVIDERS:
        PROVIDERS[provider].end_room(link)
