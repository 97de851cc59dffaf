"""The secret address under which somebody's calendar reads their turns and meetings."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from loket.kernel.access import Actor
from loket.kernel.events import announce
from loket.people import queries as people
from loket.people.models import Account
from loket.workforce.events import FeedDropped, FeedMade
from loket.workforce.models import Feed
from loket.workforce.queries.rosters.feeds import digest

BYTES = 32


def make_feed(*, actor: Actor, at: datetime) -> str:
    """Return a fresh secret for one's own calendar. It is shown once; an earlier one ends.

    :raises NotAllowed: if the actor is not signed in.
    """
    account, secret = people.account_of(actor), secrets.token_urlsafe(BYTES)
    with transaction.atomic():
        Feed.objects.bulk_create(
            [Feed(account=account, digest=digest(secret), made_at=at)],
            update_conflicts=True,
            unique_fields=["account"],
            update_fields=["digest", "made_at"],
        )
        announce(FeedMade(actor=actor, at=at, subject=account.ref))
    return secret


def drop_feed(*, actor: Actor, at: datetime) -> None:
    """End one's own calendar's address, if there is one.

    :raises NotAllowed: if the actor is not signed in.
    """
    account = people.account_of(actor)
    with transaction.atomic():
        _drop(account, actor=actor, at=at)


def _drop(account: Account, *, actor: Actor, at: datetime) -> None:
    if Feed.objects.filter(account=account).delete()[0]:
        announce(FeedDropped(actor=actor, at=at, subject=account.ref))
