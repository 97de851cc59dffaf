"""Who may take a step, and who holds a case while working on it."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from loket.cases.access import HANDLE, SIGN
from loket.cases.models import Case
from loket.cases.queries.drafts import account_id
from loket.cases.queries.finding import is_own
from loket.cases.rules.leases import LEASE, Lease
from loket.catalogue.rules.format import Action
from loket.kernel.access import ANYTHING, ANYWHERE, Actor, require
from loket.kernel.errors import Conflict, NotAllowed, NotFound

STAFF = {"officer": HANDLE, "head": SIGN}


def require_step(case: Case, action: Action, *, actor: Actor, at: datetime) -> None:
    """Stop unless the actor may take this step now.

    :raises NotFound: if a resident acts on somebody else's case.
    :raises NotAllowed: if the actor lacks the permission, or checked the case before.
    :raises Conflict: if the case is held by somebody else, or by nobody.
    """
    if action.by == "resident":
        require_own_case(case, actor)
    elif action.by == "system":
        require_system(actor)
    else:
        require(actor, STAFF[action.by], scope=case.unit_path)
        if action.kind == "sign":
            require_four_eyes(case, actor)
        require_lease(case, action, actor=actor, at=at)


def require_own_case(case: Case, actor: Actor) -> None:
    """Stop unless the case is the actor's own.

    :raises NotFound: if it is somebody else's.
    """
    if not is_own(case, actor):
        raise NotFound(_("There is no such application."))


def require_system(actor: Actor) -> None:
    """Stop unless a process acts by itself.

    :raises NotAllowed: if a person does.
    """
    if not actor.ref.startswith("system:") or (ANYTHING, ANYWHERE) not in actor.grants:
        raise NotAllowed(_("Nobody takes this step by hand; it happens by itself."))


def require_four_eyes(case: Case, actor: Actor) -> None:
    """Stop whoever verified the case from signing it too.

    :raises NotAllowed: if the actor verified it.
    """
    if case.verified_by_id is not None and case.verified_by_id == account_id(actor):
        raise NotAllowed(_("You verified this application, so somebody else must sign it."))


def lease_of(case: Case) -> Lease:
    """Return who holds a case, and until when."""
    return Lease(case.holder_id, case.held_until)


def require_lease(case: Case, action: Action, *, actor: Actor, at: datetime) -> None:
    """Stop unless the case is free for the actor's step.

    Officers claim a case first. A head decides without claiming, unless it is held.

    :raises Conflict: if the case is held by somebody else, or an officer has not claimed it.
    """
    account, lease = account_id(actor), lease_of(case)
    if lease.bars(account, at):
        raise Conflict(held_by_other(case))
    if action.by == "officer" and not lease.is_of(account, at):
        raise Conflict(_("Take this application on before you work on it."))


def extend_lease(case: Case, *, actor: Actor, at: datetime) -> None:
    """Let whoever holds a case hold it for longer, because they work on it."""
    mine = Case.objects.filter(pk=case.pk, holder=account_id(actor), held_until__gt=at)
    if mine.update(held_until=at + LEASE):
        case.held_until = at + LEASE


def held_by_other(case: Case) -> str:
    """Return the sentence that names who works on a case."""
    return _("%(name)s is working on this application.") % {"name": case.holder}
