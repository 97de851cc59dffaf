"""A certificate with a mistake: issued anew with corrected answers, the old one superseded."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from loket.cases.access import SIGN
from loket.cases.events import CaseCorrected
from loket.cases.models import Attachment, Case
from loket.cases.queries.clocks import filed_on
from loket.cases.queries.judging import judge, judge_one
from loket.cases.rules import facts
from loket.cases.rules.transitions import required_words
from loket.documents import queries as documents_of
from loket.documents import services as documents
from loket.documents.models import Document
from loket.kernel.access import Actor, require
from loket.kernel.errors import Conflict, Invalid
from loket.kernel.events import announce
from loket.kernel.identifiers.masking import scrub

from .allowing import require_four_eyes
from .signing import give_up, reserve, tell_issued


def correct(
    *,
    case: Case,
    fields: Mapping[str, Any],
    reason: str,
    passphrase: str,
    actor: Actor,
    at: datetime,
) -> Document:
    """Issue a certificate anew with corrected answers; the one before is superseded.

    ``fields`` gives the corrected answers by question, those officers filled in included.

    :raises NotAllowed: if the actor may not sign for the unit, or verified the case.
    :raises Invalid: if no reason is given, nothing changes, or an answer is wrong; by field.
    :raises Conflict: if there is no valid certificate to correct.
    """
    require(actor, SIGN, scope=case.unit_path)
    require_four_eyes(case, actor)
    reason = required_words(reason, field="reason", sentence=_("Say what was wrong."))
    old = current(case)
    changed = corrected(case, fields)
    differing = tuple(name for name in fields if differs(name, case, changed))
    output = case.service_version.service.output(old.output)
    document = reserve(changed, output, supersedes=old, actor=actor, at=at)
    prepared = documents.prepare(document=document, passphrase=passphrase, actor=actor, at=at)
    try:
        with transaction.atomic():
            issued = documents.complete(
                document=document, prepared=prepared, actor=actor, at=at
            )
            require_unchanged(case)
            store(case, changed)
            announce(
                CaseCorrected(
                    actor=actor,
                    at=at,
                    subject=case.subject,
                    service=case.service_code,
                    unit=case.unit_path,
                    reason=scrub(reason),
                    questions=differing,
                    document=issued.document.code,
                )
            )
            tell_issued(case, output, issued, actor=actor, at=at)
    except Conflict:
        give_up(document, actor=actor, at=at)
        raise
    return issued.document


def differs(name: str, case: Case, changed: Case) -> bool:
    """Say whether a correction changed an answer, and not only how it was typed."""
    before, after = case.answers | case.added, changed.answers | changed.added
    return before.get(name) != after.get(name)


def current(case: Case) -> Document:
    """Return the certificate that is valid now.

    :raises Conflict: if there is none.
    """
    issued = documents_of.of_case(case.subject)
    found = next((d for d in issued if d.state == Document.State.VALID), None)
    if found is None:
        raise Conflict(_("This application has no valid certificate to correct."))
    return found


def corrected(case: Case, fields: Mapping[str, Any]) -> Case:
    """Return the case as it would be with corrected answers. Nothing is stored.

    :raises Invalid: by field, if an answer is wrong, unknown, or the same as before.
    """
    changed = copy(case)
    service = case.service_version.service
    asked = {q.name for action in service.workflow.actions for q in action.asks}
    unknown = [n for n in fields if n not in case.answers and n not in asked]
    if unknown or not fields:
        sentence = _("Choose what is to be corrected.")
        raise Invalid(sentence, fields={name: [sentence] for name in unknown or ["fields"]})
    on = filed_on(case)
    refs = Attachment.objects.filter(case=case, replaced_at=None)
    files = list(refs.values_list("file__ref", flat=True))
    answers = case.answers | {n: v for n, v in fields.items() if n in case.answers}
    checked = judge(service, answers, files=files, on=on)
    added, errors = officers_answers(case, fields, answers=checked.values, on=on)
    if checked.errors or errors:
        raise Invalid(_("A corrected answer is wrong."), fields=checked.errors | errors)
    if checked.values == case.answers and added == case.added:
        raise Invalid(_("Nothing would change: the answers are the same as before."))
    changed.answers, changed.added = checked.values, added
    changed.title = facts.title(service, checked.values) or case.title
    return changed


def officers_answers(
    case: Case, fields: Mapping[str, Any], *, answers: Mapping[str, Any], on: date
) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """Return what officers had filled in, corrected, and what is wrong with it."""
    service = case.service_version.service
    added = dict(case.added)
    errors: dict[str, list[str]] = {}
    for action in service.workflow.actions:
        for question in (q for q in action.asks if q.name in fields):
            reading = judge_one(
                service,
                question,
                fields[question.name],
                answers={**answers, **added},
                files=(),
                on=on,
            )
            added[question.name] = reading.value
            errors |= reading.errors
    return added, errors


def require_unchanged(case: Case) -> None:
    """Lock a case, and stop if its answers are no longer those that were read.

    :raises Conflict: if somebody corrected them while this correction was being signed.
    """
    now = Case.objects.select_for_update().get(pk=case.pk)
    if (now.answers, now.added) != (case.answers, case.added):
        raise Conflict(_("This application changed meanwhile. Look at it again."))


def store(case: Case, changed: Case) -> None:
    """Store corrected answers in a locked case."""
    changes = {
        "answers": changed.answers,
        "added": changed.added,
        "title": changed.title,
        "duplicate_key": facts.duplicate_key(
            case.service_version.service, changed.answers, key=settings.SECRET_KEY
        ),
    }
    Case.objects.filter(pk=case.pk).update(**changes)
    for name, value in changes.items():
        setattr(case, name, value)
