"""How people are reached, and which address leads them to a page."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings

from loket.messaging.rules.letters import Recipient
from loket.people.models import Account, Employment


def page_address(way: str) -> str:
    """Return the address of a page, for a letter or a calendar; ``way`` begins with a slash."""
    return f"{settings.PUBLIC_URL}{way}"


def recipients(staff: Iterable[Account]) -> dict[int, Recipient]:
    """Return how people on the staff are reached, by account: by e-mail or their phone at work.

    One query.
    """
    people = {account.pk: account for account in staff}
    phones = dict(
        Employment.objects.filter(account__in=people.keys()).values_list("account_id", "phone")
    )
    return {
        number: Recipient(
            email=account.email,
            phone=phones.get(number, ""),
            language=account.language,
            name=str(account),
        )
        for number, account in people.items()
    }
