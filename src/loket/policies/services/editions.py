"""The edition of the law: who changes it takes its number, and nobody else can have it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.db import connection
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loket.kernel.access import Actor
from loket.kernel.errors import Conflict
from loket.policies.models import Change, Edition
from loket.policies.queries import changes_since

NAMED = 5
"""Changes that a refusal names; more are counted."""


HOLD = "SELECT token FROM policies_edition WHERE id = 1 FOR SHARE SKIP LOCKED"


def lock() -> None:
    """Wait until nobody else is changing the law, and let nobody until we are done.

    On PostgreSQL changes of the law form a queue by this row; SQLite has one writer anyway.
    """
    Edition.objects.get_or_create(pk=1)
    Edition.objects.select_for_update().get(pk=1)


def is_still(*, seen: int) -> bool:
    """Say whether the law is as it was seen, and let nobody change it until we are done.

    Whoever changes it at the same time waits for the caller's transaction, or has made the
    caller wait: then the answer is no.
    """
    Edition.objects.get_or_create(pk=1)
    return Edition.objects.select_for_update().filter(pk=1, number=seen).exists()


@dataclass(frozen=True, slots=True)
class Held:
    """The law as it was held: its token, if that is known, and whether it is held at all."""

    token: str | None = None
    changing: int | None = None
    """Of a law that somebody is changing: the edition by which everybody else still goes."""


def hold() -> Held:
    """Keep the law as it is until this transaction ends, without waiting for anybody.

    Many may hold the law at once; who would change it waits for them. Nobody can change it
    during a transaction of SQLite anyway.
    """
    if connection.vendor == "sqlite":
        return Held()
    with connection.cursor() as cursor:
        cursor.execute(HOLD)
        if row := cursor.fetchone():
            return Held(token=row[0])
    edition, is_first = Edition.objects.get_or_create(pk=1)
    return Held() if is_first else Held(changing=edition.number)


def bump(
    *,
    kind: str,
    subject: str,
    label: str,
    scopes: Iterable[str] = (),
    seen: int | None = None,
    actor: Actor,
    at: datetime,
) -> Change:
    """Take the next number of the law, with a fresh token, and write down what changed.

    :raises Conflict: if the law is not at the number that was seen any more.
    """
    Edition.objects.get_or_create(pk=1)
    row = Edition.objects.filter(pk=1)
    if seen is not None:
        row = row.filter(number=seen)
    if not row.update(number=F("number") + 1, token=str(uuid4()), changed_at=at):
        raise Conflict(stale(seen or 0))
    return Change.objects.create(
        number=Edition.objects.values_list("number", flat=True).get(pk=1),
        kind=kind,
        subject=subject,
        label=label,
        actor_name=actor.name[:120],
        at=at,
        scopes=list(scopes),
    )


def stale(seen: int) -> str:
    """Return the sentence that says what changed since an edition was seen."""
    found = changes_since(seen)
    words = {
        "enacted": _("%(label)s was enacted by %(name)s"),
        "revoked": _("%(label)s was revoked by %(name)s"),
        "closed": _("%(label)s was closed by %(name)s"),
        "reopened": _("%(label)s was reopened by %(name)s"),
        "overran": _("%(label)s is still closed"),
        "zoned": _("%(label)s was declared by %(name)s"),
        "organisation": _("offices or calendars changed: %(label)s"),
    }
    told = [
        words[change.kind] % {"label": change.label, "name": change.actor_name}
        for change in found[:NAMED]
    ]
    if (more := len(found) - NAMED) > 0:
        told.append(ngettext("%(n)d more", "%(n)d more", more) % {"n": more})
    return _(
        "The rules changed since this was simulated: %(what)s. Simulate again and look at "
        "the result first."
    ) % {"what": "; ".join(told)}
