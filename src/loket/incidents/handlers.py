"""What incidents do about the news of packages below."""

from __future__ import annotations

from django.utils.translation import gettext as _

from loket.incidents.queries import finding
from loket.kernel.errors import Conflict
from loket.kernel.events import on
from loket.policies import queries as policies
from loket.policies.events import OfficeReopened


@on(OfficeReopened)
def keep_shut_until_done(event: OfficeReopened) -> None:
    """Stop a reopening while an incident behind the closure lacks disinfection or tracing.

    The records of a closure may be there already when a second case joins it: what was done
    for the first does not clean what came after.

    :raises Conflict: which undoes the reopening.
    """
    closure = policies.closure(event.subject.removeprefix("closure:"))
    if any(finding.undone(incident) for incident in finding.sharing(closure)):
        raise Conflict(
            _(
                "An incident is not finished: disinfection and tracing must be done again "
                "before this can reopen. The tracing team knows more."
            )
        )
