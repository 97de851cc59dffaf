"""Permissions of the catalogue; they are not bound to a place."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from loket.kernel.access import ANYWHERE, Actor, Permission, require

MANAGE = Permission("catalogue.manage", _("import, publish or retire services"))


def require_manage(actor: Actor) -> None:
    """Stop unless the actor may manage the catalogue, whichever unit that is held in.

    :raises NotAllowed: if the actor holds the permission nowhere.
    """
    require(actor, MANAGE, scope=min(actor.scopes(MANAGE), default=ANYWHERE))
