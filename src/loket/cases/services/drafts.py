"""Drafts: begun once, saved question by question, gone when sent or forgotten."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loket.cases.events import DraftDiscarded, DraftStarted
from loket.cases.models import Draft
from loket.cases.queries.clocks import today
from loket.cases.queries.drafts import drafts_of, require_own
from loket.cases.queries.judging import judge_one
from loket.cases.queries.offering import stopped
from loket.catalogue import queries as catalogue
from loket.catalogue.rules.format import Question
from loket.files import services as files
from loket.kernel import events
from loket.kernel.access import Actor
from loket.kernel.errors import Conflict, Invalid, NotFound
from loket.people.models import Resident

from .offering import require_given


def start_draft(*, service_code: str, resident: Resident, actor: Actor, at: datetime) -> Draft:
    """Begin an application, or go on with the one that is open.

    :raises NotFound: if no such service is offered.
    :raises NotGiven: if a circular has suspended it, or shut this site for it, and nothing
        was begun.
    """
    mine = drafts_of(actor).filter(resident=resident, service_code=service_code)
    if draft := mine.first():
        return draft
    version = catalogue.get(service_code)
    require_given(version.service, stopped(version.service, at=at))
    try:
        with transaction.atomic():
            draft = Draft.objects.create(
                resident=resident,
                service_version=version,
                service_code=version.code,
                started_at=at,
                saved_at=at,
            )
            events.announce(
                DraftStarted(actor=actor, at=at, subject=draft.subject, service=version.code)
            )
    except IntegrityError:  # Begun in another window at the same moment.
        return mine.get()
    return draft


def save_answer(
    *, draft: Draft, question: str, raw: Any, revision: int, actor: Actor, at: datetime
) -> Draft:
    """Keep one answer. ``revision`` is the one the person had seen.

    Answers to different questions from two windows merge. The same answer twice is fine.

    :raises NotFound: if the draft is not the actor's, or has no such question.
    :raises Invalid: if the answer cannot be accepted; nothing is kept then.
    :raises Conflict: if this question was answered otherwise in another window.
    """
    require_own(draft, actor)
    asked = question_of(draft, question)
    value = checked(draft, asked, raw, at)
    with transaction.atomic():
        kept = Draft.objects.select_for_update().filter(pk=draft.pk).first()
        if kept is None:
            raise Conflict(_("This application has been sent or discarded meanwhile."))
        if question not in kept.answers or kept.answers[question] != value:
            if kept.touched.get(question, 0) > revision:
                raise Conflict(
                    _(
                        "You answered this question differently in another window, and that answer "
                        "is saved. Go back to see what you typed here; load the page again to "
                        "see what is saved."
                    )
                )
            write(kept, question, value, at)
    return refreshed(draft, kept)


def question_of(draft: Draft, name: str) -> Question:
    """Return a question of the draft's service.

    :raises NotFound: if it has none of that name.
    """
    for question in draft.service_version.service.questions:
        if question.name == name:
            return question
    raise NotFound(_("There is no such question."))


def checked(draft: Draft, question: Question, raw: Any, at: datetime) -> Any:
    """Return an answer as it is stored. Which files it has is not for the form to say.

    :raises Invalid: if it cannot be accepted.
    """
    refs: list[str] = []
    if question.kind == "document":
        refs = refs_of(draft, question.name)
        chosen = raw.get("alternative", "") if isinstance(raw, dict) else ""
        raw = {"alternative": chosen, "files": refs}
    reading = judge_one(
        draft.service_version.service,
        question,
        raw,
        answers=draft.answers,
        files=refs,
        on=today(at),
    )
    if reading.errors:
        raise Invalid(_("This answer cannot be accepted yet."), fields=reading.errors)
    return reading.value


def refs_of(draft: Draft, question: str) -> list[str]:
    """Return the references of the files that answer a question, in their order."""
    attached = draft.attachments.filter(question=question).order_by("id")
    return list(attached.values_list("file__ref", flat=True))


def write(kept: Draft, question: str, value: Any, at: datetime) -> None:
    """Store one answer in a locked draft, in the next revision."""
    kept.revision += 1
    kept.answers = {**kept.answers, question: value}
    kept.touched = {**kept.touched, question: kept.revision}
    kept.saved_at, kept.reminded_at = at, None
    kept.save(update_fields=["revision", "answers", "touched", "saved_at", "reminded_at"])


def refreshed(draft: Draft, kept: Draft) -> Draft:
    """Return the caller's draft as it is stored now."""
    for name in ("revision", "answers", "touched", "saved_at", "reminded_at"):
        setattr(draft, name, getattr(kept, name))
    return draft


def discard_draft(*, draft: Draft, actor: Actor, at: datetime) -> None:
    """Throw away an application that was not sent, with its files.

    :raises NotFound: if the draft is not the actor's.
    """
    require_own(draft, actor)
    with transaction.atomic():
        remove_draft(draft, actor=actor, at=at)
        events.announce(
            DraftDiscarded(
                actor=actor, at=at, subject=draft.subject, service=draft.service_code
            )
        )


def remove_draft(draft: Draft, *, actor: Actor, at: datetime) -> None:
    """Delete a draft and the bytes that were uploaded for it."""
    stored = [a.file for a in draft.attachments.select_related("file")]
    Draft.objects.filter(pk=draft.pk).delete()
    for file in stored:
        files.remove(file=file, actor=actor, at=at)
