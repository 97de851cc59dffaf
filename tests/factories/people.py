"""Invented people. Their telephone numbers belong to nobody, their domains to no one."""

from __future__ import annotations

from datetime import UTC, datetime

from loket.people.models import Account, ContactPoint, Resident

PASSWORD = "kopi-pagi-di-beranda"
LONG_AGO = datetime(2025, 1, 6, 2, 0, tzinfo=UTC)


def staff(username: str = "gita", *, password: str | None = PASSWORD, **facts: str) -> Account:
    account = Account(username=username, kind=Account.Kind.STAFF, date_joined=LONG_AGO, **facts)
    account.set_password(password)
    account.save()
    return account


def resident(contact: str = "sari@warga.example", **facts: str) -> Resident:
    account = Account(
        username=f"resident-{contact}",
        kind=Account.Kind.RESIDENT,
        date_joined=LONG_AGO,
        **facts,
    )
    account.set_unusable_password()
    account.save()
    person = Resident.objects.create(account=account, registered_at=LONG_AGO)
    ContactPoint.objects.create(
        resident=person,
        kind="email" if "@" in contact else "phone",
        value=contact,
        verified_at=LONG_AGO,
    )
    return person
