"""Why a member of staff looks at a person's file, asked once and remembered for a while."""

from __future__ import annotations

from datetime import datetime, timedelta

from loket.cases import services as cases
from loket.cases.models import Case

from .requests import DeskRequest

FOR = timedelta(minutes=30)
"""One entry in the journal covers the looks of half an hour; then the reason is asked again."""

HANDLING = "handling"


def is_accounted_for(request: DeskRequest, case: Case, *, at: datetime) -> bool:
    """Say whether this look has a reason; whoever holds the case is handling it."""
    until = request.session.get("looks", {}).get(case.code, "")
    if until and at < datetime.fromisoformat(until):
        return True
    if case.holder_id == request.user.pk and case.held_until and at < case.held_until:
        account_for(request, case, reason=HANDLING, at=at)
        return True
    return False


def account_for_step(request: DeskRequest, case: Case, *, at: datetime) -> None:
    """Write down the look that comes with a refused step: the file is shown again."""
    if not is_accounted_for(request, case, at=at):
        account_for(request, case, reason=HANDLING, at=at)


def account_for(
    request: DeskRequest, case: Case, *, reason: str, words: str = "", at: datetime
) -> None:
    """Write down why, so that the person whose file it is can read it."""
    cases.look(case=case, reason=reason, words=words, actor=request.actor, at=at)
    looks = request.session.get("looks", {})
    now = at.isoformat()
    fresh = {code: until for code, until in looks.items() if until > now}
    request.session["looks"] = fresh | {case.code: (at + FOR).isoformat()}
