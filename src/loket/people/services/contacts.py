"""Further contact points of a resident."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loket.kernel.access import Actor
from loket.kernel.errors import Conflict
from loket.kernel.events import announce
from loket.people import queries
from loket.people.events import ContactAdded
from loket.people.models import ContactPoint

from .sign_in import mask_contact, redeem, spend


def add_contact(
    *, token: str, code: str, network: str = "", actor: Actor, at: datetime
) -> ContactPoint:
    """Give the resident who acts the contact point that a code was sent to. Commits by itself.

    :raises NotAllowed: if the actor is not a resident.
    :raises Invalid: if the code is wrong, used, too old, or was tried too often.
    :raises Conflict: if the contact point belongs to another resident.
    :raises TooMany: if this network tried too often.
    """
    resident = queries.resident_of(actor)
    proved = redeem(token=token, code=code, network=network, actor=actor, at=at)
    try:
        with transaction.atomic():
            spend(proved, at=at)
            point = ContactPoint.objects.create(
                resident=resident, kind=proved.kind, value=proved.value, verified_at=at
            )
            contact = mask_contact(point.kind, point.value)
            announce(
                ContactAdded(
                    actor=actor,
                    at=at,
                    subject=resident.subject,
                    kind=point.kind,
                    contact=contact,
                )
            )
    except IntegrityError as error:
        mine = queries.contacts_of(resident).filter(kind=proved.kind, value=proved.value)
        if point_known := mine.first():
            return point_known
        raise Conflict(
            _("Another account already uses this contact. Sign in with it instead.")
        ) from error
    return point
