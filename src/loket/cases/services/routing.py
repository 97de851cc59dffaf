"""Cases go to those who are there: what somebody absent holds goes back to colleagues."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from loket.cases.events import CaseReleased
from loket.cases.models import Case, Note
from loket.kernel.access import Actor
from loket.organisation import queries as organisation
from loket.people.models import Account
from loket.workforce import queries as workforce

from .handling import announce


def hand_over(*, account_id: int, actor: Actor, at: datetime) -> int:
    """Give back every open case that somebody holds or held last; return how many.

    Each gets a note for colleagues. Whoever calls this has decided that the person cannot go
    on: an absence was granted, an incident opened. The note is the same for all, so that it
    does not say why.
    """
    held = Case.objects.open().filter(holder=account_id).order_by("id")
    with transaction.atomic():
        given = [case for case in held if _give_back(case, account_id)]
        if given:
            words = _away(str(Account.objects.get(pk=account_id)))
            Note.objects.bulk_create(
                Note(case=case, author=None, words=words, written_at=at) for case in given
            )
        for case in given:
            announce(CaseReleased, case, actor=actor, at=at)
    return len(given)


def release_absent(*, account_id: int | None = None, actor: Actor, at: datetime) -> int:
    """Give back what those hold who are on leave or official travel today, or one of them.

    Return how many cases that are.
    """
    holding = Case.objects.open().filter(holder__isnull=False)
    if account_id is not None:
        holding = holding.filter(holder=account_id)
    holders = frozenset(holding.order_by().values_list("holder", flat=True).distinct())
    away = workforce.absent(holders, on=organisation.today(None, at=at)) if holders else ()
    return sum(hand_over(account_id=number, actor=actor, at=at) for number in sorted(away))


def _give_back(case: Case, account_id: int) -> bool:
    """Free one case, unless it changed hands meanwhile."""
    still = Case.objects.filter(pk=case.pk, holder=account_id, closed_at=None)
    return bool(still.update(holder=None, held_until=None))


def _away(name: str) -> str:
    """Return the note for colleagues; nobody asked for it, so in the language of the house."""
    with translation.override(settings.LANGUAGE_CODE):
        return _("%(name)s is away. This application can be taken on by colleagues.") % {
            "name": name
        }
