"""How the staff are employed and written."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loket.kernel.access import ANYWHERE, Actor, require
from loket.kernel.errors import Conflict, Invalid
from loket.kernel.events import announce
from loket.people.access import MANAGE_STAFF
from loket.people.events import EmploymentRecorded, NameCorrected
from loket.people.models import Account, Employment
from loket.people.rules import employment as rules

LONGEST_NAME = 120
FIELDS = ("kind", "nip", "nrk", "born_on", "phone")


def set_employment(
    *,
    account: Account,
    kind: str,
    nip: str = "",
    nrk: str = "",
    born_on: date | None = None,
    phone: str = "",
    actor: Actor,
    at: datetime,
) -> Employment:
    """Write down how somebody on the staff is employed; the birthday comes from the NIP.

    Writing the same again changes nothing.

    :raises NotAllowed: if the actor may not appoint staff everywhere.
    :raises Invalid: if the account is not staff, or the numbers cannot be.
    :raises Conflict: if the NIP is somebody else's.
    """
    require(actor, MANAGE_STAFF, scope=ANYWHERE)
    if account.kind != Account.Kind.STAFF:
        raise Invalid(_("Only staff are employed."))
    record = rules.read(kind=kind, number=nip, nrk=nrk, born_on=born_on, phone=phone)
    known = Employment.objects.filter(account=account).first()
    row = known or Employment(account=account)
    changed = tuple(n for n in FIELDS if known is None or getattr(row, n) != getattr(record, n))
    if not changed:
        return row
    for name in changed:
        setattr(row, name, getattr(record, name))
    try:
        with transaction.atomic():
            if known is None:
                row.save(force_insert=True)
            else:
                row.save(update_fields=changed)
            announce(
                EmploymentRecorded(
                    actor=actor, at=at, subject=account.ref, kind=record.kind, changed=changed
                )
            )
    except IntegrityError as error:
        taken = _("Somebody else on the staff has this NIP.")
        raise Conflict(taken) from error
    return row


def correct_name(*, account: Account, full_name: str, actor: Actor, at: datetime) -> Account:
    """Write somebody's name as it should be.

    :raises NotAllowed: if the actor may not appoint staff everywhere.
    :raises Invalid: if the account is not staff, or the name is empty or too long.
    """
    require(actor, MANAGE_STAFF, scope=ANYWHERE)
    name = " ".join(full_name.split())
    if account.kind != Account.Kind.STAFF or not 1 <= len(name) <= LONGEST_NAME:
        sentence = _("Write the full name.")
        raise Invalid(sentence, fields={"name": [sentence]})
    if name == account.full_name:
        return account
    account.full_name = name
    with transaction.atomic():
        account.save(update_fields=["full_name"])
        announce(NameCorrected(actor=actor, at=at, subject=account.ref))
    return account
