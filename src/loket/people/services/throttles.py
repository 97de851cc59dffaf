"""How often something may be tried, counted by the database for every process at once."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils.translation import ngettext

from loket.kernel.access import Actor
from loket.kernel.errors import TooMany
from loket.people.models import SignInCode, Throttle

LONGEST = 24 * 60 * 60

# One statement, so that two processes never both read the same number. Django's own
# bulk_create(update_conflicts=True) cannot add one to what is stored.
_COUNT = """
INSERT INTO people_throttle ("key", "window", "tries") VALUES (%s, %s, 1)
ON CONFLICT ("key", "window") DO UPDATE SET "tries" = people_throttle."tries" + 1
RETURNING "tries"
"""


def throttle(*, key: str, limit: int, per_seconds: int, actor: Actor, at: datetime) -> None:
    """Count one try of something; windows begin at fixed moments.

    It commits by itself, so that the count survives the refusal that follows: it cannot be
    called within a transaction. ``actor`` is who is stopped; the system never is.

    :raises TooMany: if this is beyond the limit of the current window.
    """
    if actor.ref.startswith("system:"):
        return
    moment = int(at.timestamp())
    window = moment - moment % min(per_seconds, LONGEST)
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute(_COUNT, [key, window])
        (tries,) = cursor.fetchone()
    if tries > limit:
        wait = window + per_seconds - moment
        raise TooMany(_too_often(wait), retry_after=wait)


def purge(*, actor: Actor, at: datetime) -> int:  # noqa: ARG001 -- every service names its actor
    """Forget codes that ran out a day ago and counts of windows long closed."""
    old = at - timedelta(seconds=LONGEST)
    codes, _by_table = SignInCode.objects.filter(expires_at__lt=old).delete()
    counts, _by_table = Throttle.objects.filter(window__lt=old.timestamp() - LONGEST).delete()
    return codes + counts


def _too_often(seconds: int) -> str:
    minutes = -(-seconds // 60)
    return ngettext(
        "Too many tries. Please wait %(minutes)s minute and try again.",
        "Too many tries. Please wait %(minutes)s minutes and try again.",
        minutes,
    ) % {"minutes": minutes}
