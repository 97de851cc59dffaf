"""How people are reached."""

from __future__ import annotations

from collections.abc import Iterable

from loket.messaging.rules.letters import Recipient
from loket.people.models import Account, Employment


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
