"""What every page of the desk knows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from . import menus


def desk(request: HttpRequest) -> dict[str, Any]:
    """Say what the menu offers to who is asking."""
    if not request.path.startswith("/desk/") or not hasattr(request, "actor"):
        return {}
    return {"menus": menus.of(request.actor, path=request.path)}
