"""What the superior decides: that a claimed time counts, and appeals."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loket.desk.requests import DeskRequest, staff_only
from loket.kernel import clock
from loket.kernel.errors import Conflict, Invalid, NotFound
from loket.ui import reply
from loket.workforce import queries
from loket.workforce import services as workforce

from .team import member_page, owner


@require_POST
@staff_only
@reply.private
def confirm(request: DeskRequest, key: str) -> HttpResponse:
    """Let the time count that a phone claims."""
    row = queries.clocking(key=key, actor=request.actor)
    try:
        workforce.confirm_clocking(clocking=row, actor=request.actor, at=clock.now())
    except (Conflict, Invalid) as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The time that the phone claims counts now."))
    back = reverse("desk:attendance-member", args=[row.account.username, row.on.isoformat()])
    wanted = request.POST.get("next", "")
    return reply.seen_other(reply.safe_next(request, wanted, default=back))


@require_POST
@staff_only
@reply.private
def decide(request: DeskRequest, username: str, on: str) -> HttpResponse:
    """Grant or refuse an appeal."""
    account, which, unit = owner(request.actor, username, on)
    row = queries.appeal(account=account, on=which)
    if row is None:
        raise NotFound(_("There is no such appeal."))
    is_granted = request.POST.get("do") == "grant"
    try:
        workforce.decide_appeal(
            ruling=row,
            is_granted=is_granted,
            counts_as=request.POST.get("counts_as", ""),
            remark=request.POST.get("remark", ""),
            actor=request.actor,
            at=clock.now(),
        )
    except Invalid as refusal:
        return member_page(request, account, which, unit, refusal=str(refusal))
    except Conflict as refusal:
        messages.warning(request, str(refusal))
    else:
        granted, refused = _("The appeal is granted."), _("The appeal is refused.")
        messages.success(request, granted if is_granted else refused)
    return reply.seen_other(
        reverse("desk:attendance-member", args=[account.username, which.isoformat()])
    )
