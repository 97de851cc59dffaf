"""Who may do what.

An :class:`Actor` carries grants. A grant joins one permission to one scope. A scope is
the path of a unit in the tree of units, such as ``/31/31.74/``, and covers all below it.
Packages declare their permissions in ``access.py`` and ask :func:`require`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .errors import NotAllowed

ANYWHERE = ""
ANYTHING = "*"


@dataclass(frozen=True, slots=True)
class Permission:
    """Something that may be allowed; the label completes “… may not …”."""

    name: str
    label: str | Promise


@dataclass(frozen=True, slots=True)
class Actor:
    """The person or process on whose behalf something happens.

    ``ref`` is written into every record of the act: ``account:12``, ``system:deadlines``,
    ``visitor``. It is text, not a key, so that it outlives the account.
    """

    ref: str
    name: str
    grants: frozenset[tuple[str, str]] = field(default_factory=frozenset)

    @classmethod
    def system(cls, name: str) -> Actor:
        """Return the actor for work nobody asked for, such as a nightly sweep."""
        return cls(ref=f"system:{name}", name=name, grants=frozenset({(ANYTHING, ANYWHERE)}))

    @classmethod
    def visitor(cls) -> Actor:
        """Return the actor for somebody who has not signed in."""
        return cls(ref="visitor", name=str(gettext_lazy("a visitor")))

    def may(self, permission: Permission, *, scope: str) -> bool:
        """Say whether some grant covers the permission in this scope or above it."""
        return any(
            name in (permission.name, ANYTHING) and scope.startswith(granted)
            for name, granted in self.grants
        )

    def scopes(self, permission: Permission) -> frozenset[str]:
        """Return every scope in which the permission is held."""
        return frozenset(
            granted for name, granted in self.grants if name in (permission.name, ANYTHING)
        )


def require(actor: Actor, permission: Permission, *, scope: str) -> None:
    """Stop unless the actor may do this.

    :raises NotAllowed: if no grant covers the permission in the scope.
    """
    if not actor.may(permission, scope=scope):
        raise NotAllowed(
            _("%(name)s may not %(act)s.") % {"name": actor.name, "act": permission.label}
        )
