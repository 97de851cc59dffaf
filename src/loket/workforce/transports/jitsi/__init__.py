"""Rooms on a Jitsi Meet server: whoever knows the address may come in, so nobody can guess it."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.utils.translation import gettext as _

from loket.workforce.rules.meetings import Wanted

LABEL = "Jitsi"
BYTES = 16
"""Of chance in the name of a room."""


def make_room(wanted: Wanted) -> str:  # noqa: ARG001 -- the name must not say what it is about
    """Return the address of a room that nobody has used; the server makes it on entry."""
    return f"{settings.JITSI_URL}/loket-{secrets.token_hex(BYTES)}"


def change_room(link: str, wanted: Wanted) -> None:
    """Do nothing: a room knows neither title nor time."""


def end_room(link: str) -> None:
    """Do nothing: a room is gone when everybody has left."""


def check_config() -> list[str]:
    """Return what is wrong with the settings, in sentences."""
    if not settings.JITSI_URL.startswith(("https://", "http://")):
        return [_("LOKET_JITSI_URL is no address of a Jitsi Meet server.")]
    return []
