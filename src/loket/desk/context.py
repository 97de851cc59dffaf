"""What every page of the desk knows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from loket.cases.access import SIGN, VIEW
from loket.documents import access as documents
from loket.policies import access as policies


def desk(request: HttpRequest) -> dict[str, Any]:
    """Say what the menu offers: nothing that the actor would find empty."""
    if not request.path.startswith("/desk/") or not hasattr(request, "actor"):
        return {}
    actor = request.actor
    return {
        "may_sign": bool(actor.scopes(SIGN)),
        "may_view": bool(actor.scopes(VIEW)),
        "may_see_circulars": any(
            actor.scopes(each) for each in (policies.VIEW, policies.DRAFT, policies.ENACT)
        ),
        "may_see_closures": bool(actor.scopes(policies.CLOSE) or actor.scopes(policies.VIEW)),
        "may_read_documents": bool(actor.scopes(documents.VIEW)),
    }
