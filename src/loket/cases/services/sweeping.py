"""What happens by itself: forgotten drafts, and cases that never come back."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import formats
from django.utils.translation import override

from loket.cases.events import DraftExpired
from loket.cases.models import Case, Draft
from loket.cases.queries.drafts import DEFINITION, stale
from loket.cases.rules import transitions
from loket.kernel.access import Actor
from loket.kernel.errors import Conflict
from loket.kernel.events import announce
from loket.messaging import services as messaging
from loket.messaging.queries import page_address
from loket.messaging.services import Recipient

from .drafts import remove_draft
from .moving import move
from .submitting import contact_of

REMIND_AFTER = timedelta(days=7)
"""A week: time to fetch a paper from a hospital or a village of origin."""

FORGET_AFTER = timedelta(days=30)
"""Nobody asked us to keep what was never sent: personal data goes when its purpose ends
(UU 27/2022 art. 42-44)."""

LAPSE_AFTER = timedelta(days=90)
"""Three months without an answer to a returned application end it; the applicant can file
a new one at any time. No law sets this limit: it keeps worklists true."""

BATCH = 200


def sweep_drafts(*, actor: Actor, at: datetime) -> tuple[int, int]:
    """Remind of drafts that were left, and forget those left for long. Return both counts."""
    forgotten = [
        forget(draft, actor=actor, at=at)
        for draft in stale(saved_before=at - FORGET_AFTER)[:BATCH]
    ]
    left = stale(saved_before=at - REMIND_AFTER).filter(reminded_at=None)[:BATCH]
    reminded = [remind(draft, actor=actor, at=at) for draft in left]
    return sum(reminded), sum(forgotten)


def forget(draft: Draft, *, actor: Actor, at: datetime) -> bool:
    """Delete a draft with its files, unless it was touched meanwhile."""
    with transaction.atomic():
        same = Draft.objects.select_for_update().filter(pk=draft.pk, revision=draft.revision)
        if not same.exists():
            return False
        remove_draft(draft, actor=actor, at=at)
        announce(
            DraftExpired(actor=actor, at=at, subject=draft.subject, service=draft.service_code)
        )
    return True


def remind(draft: Draft, *, actor: Actor, at: datetime) -> bool:
    """Tell a resident that an application was not sent, and until when it is kept; once."""
    contact = contact_of(draft.resident)
    with transaction.atomic():
        unsaid = Draft.objects.filter(pk=draft.pk, revision=draft.revision, reminded_at=None)
        if not unsaid.update(reminded_at=at):
            return False
        with override(contact["language"]):
            kept_until = formats.date_format(draft.saved_at + FORGET_AFTER, "j F Y")
        messaging.send(
            notice="draft_reminder",
            to=Recipient(
                email=contact.get("email", ""),
                phone=contact.get("phone", ""),
                language=contact["language"],
                name=draft.resident.account.full_name,
            ),
            subject=draft.subject,
            key=f"{draft.subject}:draft_reminder:{draft.revision}",
            facts={
                "code": draft.code,
                "service": draft.service_version.service.title.in_language(contact["language"]),
                "url": page_address(f"/apply/{draft.code}/"),
                "due_on": kept_until,
            },
            actor=actor,
            at=at,
        )
    return True


def lapse_returned(*, actor: Actor, at: datetime) -> int:
    """End cases that were returned long ago and never came back. Return how many."""
    left = (
        Case.objects.open()
        .filter(state_kind="resident", state_since__lt=at - LAPSE_AFTER)
        .select_related("service_version", "unit__office", "resident")
        .defer(DEFINITION)
        .order_by("id")[:BATCH]
    )
    return sum(lapse(case, actor=actor, at=at) for case in left)


def lapse(case: Case, *, actor: Actor, at: datetime) -> bool:
    """End one case if its service lets it lapse where it is."""
    service = case.service_version.service
    by_itself = transitions.offered(service, state=case.state, by=("system",))
    paused = service.workflow.state(case.state).clock == "paused"
    action = next((a for a in by_itself if a.kind in ("move", "withdraw")), None)
    if action is None or not paused:
        return False
    try:
        move(case=case, action=action.name, actor=actor, at=at)
    except Conflict:  # Sent again at this very moment.
        return False
    return True
