"""Questions about circulars. What is enacted is public; a draft is for those it is for."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Prefetch
from django.utils.translation import gettext as _

from loket.kernel.access import Actor
from loket.kernel.errors import NotFound
from loket.policies.access import DRAFT, ENACT, VIEW
from loket.policies.models import Change, Circular, Provision, Simulation

ENACTED = Circular.State.ENACTED


def may_see(circular: Circular, actor: Actor) -> bool:
    """Say whether somebody may know of a circular.

    A draft is seen by its author, and by whoever may view, write or enact for all the
    units that it is for.
    """
    if circular.state == ENACTED or circular.author_ref == actor.ref:
        return True
    return any(
        all(actor.may(permission, scope=path) for path in circular.scopes or [""])
        for permission in (VIEW, DRAFT, ENACT)
    )


def circulars(*, actor: Actor, state: str = "") -> list[Circular]:
    """Return the circulars that somebody may see, the latest date first."""
    rows = Circular.objects.select_related("file").order_by("-date", "-starts_at", "-id")
    if state:
        rows = rows.filter(state=state)
    if not any(actor.scopes(permission) for permission in (VIEW, DRAFT, ENACT)):
        rows = rows.filter(state=ENACTED)
    return [row for row in rows if may_see(row, actor)]


def get(*, code: str, actor: Actor) -> Circular:
    """Return a circular with its provisions in order.

    :raises NotFound: if there is none, or the actor may not know of it.
    """
    ordered = Prefetch("provisions", Provision.objects.order_by("place"))
    rows = Circular.objects.select_related("file").prefetch_related(ordered)
    found = rows.filter(code=code).first()
    if found is None or not may_see(found, actor):
        raise NotFound(_("There is no circular “%(code)s”.") % {"code": code})
    return found


def sizes(circulars: Iterable[Circular]) -> dict[int, int]:
    """Return how many provisions circulars have, by their keys; none of those without any."""
    rows = Provision.objects.filter(circular__in=list(circulars)).order_by()
    return dict(rows.values_list("circular_id").annotate(number=Count("id")))


def citations(codes: Iterable[str]) -> dict[str, str]:
    """Return how enacted circulars are cited, by code, in one query."""
    rows = Circular.objects.filter(code__in=set(codes), state=ENACTED)
    return {row.code: str(row) for row in rows.only("code", "issuer", "number", "date")}


def simulation(circular: Circular, *, edition: int | None = None) -> Simulation | None:
    """Return the latest simulation of a draft as it stands, or the one made on an edition."""
    rows = Simulation.objects.filter(circular=circular, circular_revision=circular.revision)
    if edition is not None:
        rows = rows.filter(edition=edition)
    return rows.order_by("-made_at", "-id").first()


def changes_since(edition: int) -> list[Change]:
    """Return what changed in the law after an edition, the first change first."""
    return list(Change.objects.filter(number__gt=edition).defer("impact").order_by("number"))


def changes(subject: str) -> list[Change]:
    """Return what happened to one circular or closure, with what it did, the first first."""
    return list(Change.objects.filter(subject=subject).order_by("number"))
