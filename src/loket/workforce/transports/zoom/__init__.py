"""Meetings on Zoom, made by a Server-to-Server OAuth app of the government's account.

After https://developers.zoom.us/docs/internal-apps/s2s-oauth and the meeting methods of its API.
"""

from __future__ import annotations

import re
from datetime import UTC
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from loket.kernel.errors import TransportError
from loket.workforce.rules.meetings import Wanted

from .client import Gone, ask

LABEL = "Zoom"
SCHEDULED = 2
"""Zoom's type of a meeting with a time."""
TITLE, AGENDA = 200, 2000
"""Characters that Zoom takes."""
LINK = 300
_NUMBER = re.compile(r"/j/(\d{9,12})$", re.ASCII)


def make_room(wanted: Wanted) -> str:
    """Return the link by which participants join.

    :raises TransportError: if Zoom made none.
    """
    made = ask("POST", f"/users/{quote(settings.ZOOM_USER, safe='@')}/meetings", _said(wanted))
    link = made.get("join_url")
    if not isinstance(link, str) or not link.startswith("https://") or len(link) > LINK:
        raise TransportError("Zoom answered without a link", permanent=True)
    return link


def change_room(link: str, wanted: Wanted) -> None:
    """Tell Zoom title and time as they are now.

    :raises TransportError: if it did not take them.
    """
    ask("PATCH", f"/meetings/{_number(link)}", _said(wanted))


def end_room(link: str) -> None:
    """Delete the meeting; that it is gone already is as good.

    :raises TransportError: if Zoom did not take it.
    """
    try:
        ask("DELETE", f"/meetings/{_number(link)}")
    except Gone:
        return


def check_config() -> list[str]:
    """Return what is wrong with the settings, in sentences."""
    names = ("ZOOM_ACCOUNT_ID", "ZOOM_CLIENT_ID", "ZOOM_CLIENT_SECRET")
    missing = [f"LOKET_{name}" for name in names if not getattr(settings, name)]
    if missing:
        return [_("For Zoom, set %(names)s.") % {"names": ", ".join(missing)}]
    return []


def _said(wanted: Wanted) -> dict[str, Any]:
    return {
        "topic": wanted.title[:TITLE],
        "type": SCHEDULED,
        # With a Z, the time is in UTC whatever the zone of the account.
        "start_time": f"{wanted.starts_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "duration": max(1, -(-int((wanted.ends_at - wanted.starts_at).total_seconds()) // 60)),
        "agenda": wanted.agenda[:AGENDA],
        "settings": {"waiting_room": False, "join_before_host": True, "auto_recording": "none"},
    }


def _number(link: str) -> str:
    found = _NUMBER.search(urlsplit(link).path)
    if found is None:
        raise TransportError("not a link of Zoom", permanent=True)
    return found[1]
