"""What superiors make of the daily work of others. Nothing is ever punished."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loket.kernel.access import Actor
from loket.kernel.errors import Conflict
from loket.kernel.events import announce
from loket.people import queries as people
from loket.workforce.events import WorkReturned, WorkValidated
from loket.workforce.models import WorkReport
from loket.workforce.rules.written import remark_of
from loket.workforce.services.overseeing import require_superior
from loket.workforce.services.telling import tell_returned

SUBMITTED = WorkReport.State.SUBMITTED
RETURNED = WorkReport.State.RETURNED
VALIDATED = WorkReport.State.VALIDATED


def validate_reports(
    *, reports: Sequence[tuple[WorkReport, int]], actor: Actor, at: datetime
) -> int:
    """Confirm many reports, each with the revision that was seen; return how many.

    One that was judged or handed in again meanwhile is left as it is.

    :raises NotAllowed: if one of them is one's own, or the actor is not the superior: then
        none is confirmed.
    """
    for report, _revision in reports:
        require_superior(actor, report, at=at)
    with transaction.atomic():
        done = [
            _judge(report, revision, VALIDATED, "", actor=actor, at=at)
            for report, revision in reports
        ]
    return sum(done)


def return_report(
    *, report: WorkReport, remark: str, revision: int, actor: Actor, at: datetime
) -> WorkReport:
    """Give a day's work back with a remark, to be mended and handed in again.

    :raises NotAllowed: if it is one's own, or the actor is not the superior.
    :raises Invalid: if nothing is remarked.
    :raises Conflict: if it was judged or handed in again meanwhile.
    """
    require_superior(actor, report, at=at)
    words = remark_of(remark)
    with transaction.atomic():
        if not _judge(report, revision, RETURNED, words, actor=actor, at=at):
            raise Conflict(_changed())
        tell_returned(report, revision, actor=actor, at=at)
    return report


def _judge(
    report: WorkReport,
    revision: int,
    state: WorkReport.State,
    remark: str,
    *,
    actor: Actor,
    at: datetime,
) -> bool:
    """Store what a superior made of a report, unless it changed; say whether it was stored."""
    superior = people.account_of(actor)
    waiting = WorkReport.objects.filter(pk=report.pk, state=SUBMITTED, revision=revision)
    if not waiting.update(state=state, remark=remark, decided_at=at, decided_by=superior):
        return False
    report.state, report.remark = state, remark
    report.decided_at, report.decided_by = at, superior
    event = WorkReturned if state == RETURNED else WorkValidated
    announce(
        event(
            actor=actor,
            at=at,
            subject=report.subject,
            unit=report.unit.path,
            account=report.account.ref,
            on=report.on.isoformat(),
        )
    )
    return True


def _changed() -> str:
    return _("This report changed meanwhile. Look at it again before you decide.")
