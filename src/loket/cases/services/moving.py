"""Taking steps. Every step is one conditional update, and the event that tells of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from loket.cases import events
from loket.cases.models import Case, Pause
from loket.cases.queries.clocks import (
    count_of,
    intervals,
    spent_and_allowed,
    terms_for,
    today,
)
from loket.cases.queries.drafts import account_id
from loket.cases.queries.judging import judge_step
from loket.cases.rules import transitions
from loket.cases.rules.transitions import Step
from loket.catalogue.rules.format import Reason
from loket.documents import queries as documents_of
from loket.documents import services as documents
from loket.documents.models import Document
from loket.kernel.access import Actor
from loket.kernel.errors import Conflict, Invalid
from loket.kernel.events import announce
from loket.kernel.identifiers.masking import scrub

from .allowing import require_step
from .notices import tell

EVENTS = {
    "move": events.CaseMoved,
    "verify": events.CaseVerified,
    "return": events.CaseReturned,
    "resubmit": events.CaseResubmitted,
    "refuse": events.CaseRefused,
    "withdraw": events.CaseWithdrawn,
    "sign": events.CaseSigned,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A step, with everything that is said and changed along with it."""

    step: Step
    reason: Reason | None = None
    words: str = ""
    questions: tuple[str, ...] = ()
    changes: Mapping[str, Any] = field(default_factory=dict)
    """Further columns of the case that change with the step."""
    document: str = ""
    """Code of the document that the step issued."""


def move(
    *,
    case: Case,
    action: str,
    reason: str = "",
    words: str = "",
    questions: Sequence[str] = (),
    fields: Mapping[str, Any] | None = None,
    actor: Actor,
    at: datetime,
) -> Case:
    """Take a step. Signing and sending again have functions of their own.

    ``questions`` are those a return asks to mend; ``fields`` answer what the step asks.

    :raises NotFound: if a resident acts on somebody else's case.
    :raises NotAllowed: if the actor may not take the step.
    :raises Invalid: if the reason, the questions or the fields are missing or wrong.
    :raises Conflict: if the case is elsewhere by now, or a colleague holds it.
    """
    step = transitions.step(case.service_version.service, state=case.state, action=action)
    if step.action.kind in ("sign", "resubmit"):
        raise Invalid(_("This step has a page of its own."))
    require_step(case, step.action, actor=actor, at=at)
    decision = Decision(
        step=step,
        reason=transitions.reason_of(step.action, reason),
        words=scrub(transitions.words_of(words)),
        questions=tuple(transitions.to_mend(step.action, questions, case.answers)),
        changes={"added": case.added | answered(case, step, fields or {}, at)},
    )
    with transaction.atomic():
        return carry_out(case, decision, actor=actor, at=at)


def answered(case: Case, step: Step, raw: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """Return what the step asks of the person who takes it.

    :raises Invalid: by field, if something is missing or wrong.
    """
    checked = judge_step(case, step.action, raw, on=today(at))
    if checked.errors:
        raise Invalid(
            _("Something is still missing or must be corrected."), fields=checked.errors
        )
    return checked.values


def carry_out(case: Case, decision: Decision, *, actor: Actor, at: datetime) -> Case:
    """Store a step, run or stop the clock, announce it, and tell the applicant.

    :raises Conflict: if somebody moved or holds the case meanwhile.
    """
    step = decision.step
    changes = changes_of(decision, actor=actor, at=at)
    # A case that left and came back in the meantime is not what the actor decided about.
    seen = {"pk": case.pk, "state": step.source.name, "state_since": case.state_since}
    if not Case.objects.filter(free_for(step, actor, at), **seen).update(**changes):
        raise Conflict(
            _("This application changed meanwhile. Look at it again before you decide.")
        )
    for name, value in changes.items():
        setattr(case, name, value)
    run_clock(case, step, at)
    if step.closes and step.action.kind != "sign":
        void_unused(case, actor=actor, at=at)
    announce_step(case, decision, actor=actor, at=at)
    tell_step(case, decision, actor=actor, at=at)
    return case


def free_for(step: Step, actor: Actor, at: datetime) -> Q:
    """Return the condition under which nobody else holds the case, for steps of staff."""
    account = account_id(actor)
    if step.action.by == "officer":
        return Q(holder=account, held_until__gt=at)
    if step.action.by == "head":
        return Q(holder=None) | Q(held_until__lte=at) | Q(holder=account)
    return Q()


def changes_of(decision: Decision, *, actor: Actor, at: datetime) -> dict[str, Any]:
    """Return the columns that a step changes. Every step gives the case back."""
    step = decision.step
    changes: dict[str, Any] = {
        "state": step.target.name,
        "state_kind": step.target.kind,
        "state_since": at,
        "closed_at": at if step.closes else None,
        "holder_id": None,
        "held_until": None,
        **decision.changes,
    }
    if step.action.kind == "verify":
        changes["verified_by_id"] = account_id(actor)
    elif step.source.kind == "head" and step.target.kind == "officer":
        changes["verified_by_id"] = None
    if step.action.kind == "return":
        changes["returned"] = {
            "reason": decision.reason.value if decision.reason else "",
            "words": decision.words,
            "questions": list(decision.questions),
            "mended": [],
            "before": {},
        }
    return changes


def run_clock(case: Case, step: Step, at: datetime) -> None:
    """Stop the clock, or let it run on; what was lost while it stood is added."""
    if step.pauses:
        Pause.objects.create(case=case, starts_at=at)
    elif step.resumes:
        Pause.objects.filter(case=case, ends_at=None).update(ends_at=at)
        if not step.closes:
            case.due_on = count_of(case, terms_for(case, at=at), intervals(case)).due_on
            Case.objects.filter(pk=case.pk).update(due_on=case.due_on, promised_on=None)


def void_unused(case: Case, *, actor: Actor, at: datetime) -> None:
    """Give up a number that was taken for a signature that will not come."""
    for document in documents_of.of_case(case.subject):
        if document.state == Document.State.RESERVED:
            reason = _("The application ended without it.")
            documents.void(document=document, reason=reason, actor=actor, at=at)


def announce_step(case: Case, decision: Decision, *, actor: Actor, at: datetime) -> None:
    """Announce a step, and the end if it led to one."""
    step = decision.step
    about: dict[str, Any] = {
        "actor": actor,
        "at": at,
        "subject": case.subject,
        "service": case.service_code,
        "unit": case.unit_path,
    }
    further: dict[str, Any] = (
        {"document": decision.document} if step.action.kind == "sign" else {}
    )
    announce(
        EVENTS[step.action.kind](
            **about,
            action=step.action.name,
            source=step.source.name,
            target=step.target.name,
            reason=decision.reason.value if decision.reason else "",
            words=decision.words,
            questions=decision.questions,
            due_on=case.due_on.isoformat(),
            **further,
        )
    )
    if step.closes:
        announce(events.CaseClosed(**about, **ending(case, step, at)))


def ending(case: Case, step: Step, at: datetime) -> dict[str, Any]:
    """Return how a case ended. Days with the applicant, or stopped by law, make nobody late."""
    known = spent_and_allowed(case, at=at)
    if known is None:
        spent, in_time = None, today(at) <= case.due_on
    else:
        spent, in_time = known[0], known[0] <= known[1]
    return {
        "outcome": step.target.outcome,
        "state": step.target.name,
        "working_days": spent,
        "in_time": in_time,
    }


def tell_step(case: Case, decision: Decision, *, actor: Actor, at: datetime) -> None:
    """Queue the notice that belongs to a step, if any."""
    notice, own = transitions.notice_of(case.service_version.service, decision.step)
    if not notice or decision.step.action.kind == "sign":
        return  # Who signs sends the link and the PIN.
    language = case.contact.get("language", "id")
    tell(
        case=case,
        notice=notice,
        own=own,
        key=at.isoformat(),
        facts={
            "reason": decision.reason.words.in_language(language) if decision.reason else "",
            "words": decision.words,
        },
        actor=actor,
        at=at,
    )
