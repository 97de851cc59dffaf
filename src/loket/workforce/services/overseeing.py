"""What the services of this package share: over whom one may act, and events of absences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from loket.kernel.access import ANYWHERE, Actor, Permission, require
from loket.kernel.errors import Invalid, NotAllowed
from loket.organisation import queries as organisation
from loket.people import queries as people
from loket.people.models import Account
from loket.workforce.access import RECORD, VALIDATE
from loket.workforce.events import AbsenceAsked, AbsenceEvent, AbsenceGranted
from loket.workforce.models import Absence, Clocking, Ruling, WorkReport
from loket.workforce.queries import superiors


def require_superior(
    actor: Actor, row: Absence | Clocking | Ruling | WorkReport, *, at: datetime
) -> None:
    """Stop unless the actor decides on whoever asks for something or hands it in.

    :raises NotAllowed: if it is the actor's own, or somebody else is the superior.
    """
    if row.account.ref == actor.ref:
        raise NotAllowed(_("Nobody decides on what is their own: your superior does."))
    today = organisation.today(None, at=at)
    if superiors.decides(actor, row, on=today):
        return
    if isinstance(row, Absence):
        paths = people.home_paths(row.account, on=today) or [""]
    else:
        paths = [row.unit.path]
    if not any(actor.may(each, scope=path) for each in (VALIDATE, RECORD) for path in paths):
        require(actor, VALIDATE, scope=paths[0])
    said = _(
        "You do not decide on %(name)s: their superior does. For a head that is whoever heads "
        "the unit above, and personnel where there is nobody above."
    )
    raise NotAllowed(said % {"name": row.account})


def require_over(
    actor: Actor, permission: Permission, account: Account, *, at: datetime
) -> None:
    """Stop unless the actor holds a permission where somebody belongs, and is not they.

    :raises NotAllowed: if so.
    """
    if account.ref == actor.ref:
        raise NotAllowed(_("Somebody else must do this for you."))
    require_where_home(actor, (permission,), account, at=at)


def require_where_home(
    actor: Actor, permissions: Sequence[Permission], account: Account, *, at: datetime
) -> None:
    """Stop unless the actor holds one of some permissions where somebody belongs.

    :raises NotAllowed: if so, naming the first.
    """
    if any(actor.may(each, scope=ANYWHERE) for each in permissions):
        return  # Where somebody belongs need not be asked: an import does this for thousands.
    paths = people.home_paths(account, on=organisation.today(None, at=at)) or [""]
    if not any(actor.may(each, scope=path) for each in permissions for path in paths):
        require(actor, permissions[0], scope=paths[0])


def told(
    event: type[AbsenceAsked | AbsenceGranted], absence: Absence, *, actor: Actor, at: datetime
) -> AbsenceEvent:
    """Return what is announced of an absence: its days and its kind."""
    return event(
        actor=actor,
        at=at,
        subject=absence.subject,
        account=absence.account.ref,
        kind=absence.kind,
        starts_on=absence.starts_on.isoformat(),
        ends_on=absence.ends_on.isoformat(),
    )


def wrong(field: str, sentence: str) -> Invalid:
    """Return a refusal about one field."""
    return Invalid(sentence, fields={field: [sentence]})
