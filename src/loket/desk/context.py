"""What every page of the desk knows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from loket.cases.access import SIGN


def desk(request: HttpRequest) -> dict[str, Any]:
    """Say whether the menu offers what waits for a signature."""
    if not request.path.startswith("/desk/") or not hasattr(request, "actor"):
        return {}
    return {"may_sign": bool(request.actor.scopes(SIGN))}
