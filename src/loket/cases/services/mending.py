"""What a resident does with an own case: mend what was returned, send again, withdraw."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from loket.cases.events import CaseMended
from loket.cases.models import Attachment, Case
from loket.cases.queries.clocks import filed_on, today
from loket.cases.queries.judging import judge, judge_one
from loket.cases.rules import facts, transitions
from loket.cases.rules.transitions import Step
from loket.catalogue.rules.format import Question
from loket.files import services as files
from loket.kernel.access import Actor
from loket.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from loket.kernel.events import announce

from .allowing import require_own_case, require_step
from .attaching import alternative_of, require_document, require_room
from .moving import Decision, carry_out, move


def mend(*, case: Case, question: str, raw: Any, actor: Actor, at: datetime) -> Case:
    """Answer a question of a returned case anew; files are added with ``mend_file``.

    :raises NotFound: if the case is not the actor's.
    :raises NotAllowed: if nobody asked for this question to be mended.
    :raises Invalid: if the answer cannot be accepted.
    :raises Conflict: if the case is not with the resident.
    """
    asked = require_asked(case, question, actor=actor)
    with transaction.atomic():
        kept = locked(case)
        if asked.kind == "document":
            chosen = raw.get("alternative", "") if isinstance(raw, Mapping) else ""
            raw = {"alternative": chosen, "files": refs_of(kept, question)}
        reading = judge_one(
            case.service_version.service,
            asked,
            raw,
            answers=kept.answers,
            files=refs_of(kept, question),
            on=today(at),
        )
        if reading.errors:
            raise Invalid(_("This answer cannot be accepted yet."), fields=reading.errors)
        write(kept, question, reading.value, actor=actor, at=at)
    return refreshed(case, kept)


def mend_file(
    *,
    case: Case,
    question: str,
    data: bytes,
    name: str,
    alternative: str = "",
    actor: Actor,
    at: datetime,
) -> Attachment:
    """Add a file to a returned question. The first one replaces those that were returned.

    What is replaced is kept: officers see it, and the applicant too.

    :raises NotFound: if the case is not the actor's, or the question takes no files.
    :raises NotAllowed: if nobody asked for this question to be mended.
    :raises Invalid: if the file is refused, or there are too many.
    :raises Conflict: if the case is not with the resident.
    """
    asked = require_document(require_asked(case, question, actor=actor))
    file = files.store(data=data, name=name, owner=case.subject, actor=actor, at=at)
    try:
        with transaction.atomic():
            kept = locked(case)
            returned = current(kept, question).filter(added_at__lte=kept.state_since)
            returned.update(replaced_at=at)
            require_room(asked, list(current(kept).values_list("question", flat=True)))
            added = Attachment.objects.create(
                case=kept, question=question, file=file, added_at=at
            )
            answer_with_files(kept, asked, alternative, actor=actor, at=at)
    except (Invalid, Conflict):
        files.remove(file=file, actor=actor, at=at)
        raise
    refreshed(case, kept)
    return added


def unmend_file(*, case: Case, file: str, actor: Actor, at: datetime) -> Case:
    """Take a file away again that was added to a returned case.

    :raises NotFound: if the case is not the actor's, or it has no such new file.
    :raises Conflict: if the case is not with the resident.
    """
    require_own_case(case, actor)
    with transaction.atomic():
        kept = locked(case)
        new = current(kept).filter(added_at__gt=kept.state_since, file__ref=file)
        found = new.select_related("file").first()
        if found is None:
            raise NotFound(_("There is no such file."))
        asked, stored = require_asked(kept, found.question, actor=actor), found.file
        Attachment.objects.filter(pk=found.pk).delete()
        answer_with_files(kept, asked, "", actor=actor, at=at)
        files.remove(file=stored, actor=actor, at=at)
    return refreshed(case, kept)


def resubmit(*, case: Case, actor: Actor, at: datetime) -> Case:
    """Send a returned case again; the clock runs on.

    :raises NotFound: if the case is not the actor's.
    :raises Invalid: if something that was asked for is not mended, or wrong; by field.
    :raises Conflict: if the case is not with the resident.
    """
    step = resubmission(case)
    require_step(case, step.action, actor=actor, at=at)
    with transaction.atomic():
        kept = locked(case)
        require_mended(kept)
        decision = Decision(
            step=step,
            questions=tuple(kept.returned.get("questions", ())),
            changes=judged_again(kept, at),
        )
        carry_out(kept, decision, actor=actor, at=at)
    case.refresh_from_db()
    return case


def withdraw(*, case: Case, words: str = "", actor: Actor, at: datetime) -> Case:
    """Withdraw an own case.

    :raises NotFound: if the case is not the actor's.
    :raises Conflict: if it cannot be withdrawn any more.
    """
    require_own_case(case, actor)
    offered = transitions.offered(
        case.service_version.service, state=case.state, by=("resident",)
    )
    action = next((a for a in offered if a.kind == "withdraw"), None)
    if action is None:
        raise Conflict(_("This application cannot be withdrawn any more."))
    return move(case=case, action=action.name, words=words, actor=actor, at=at)


def require_asked(case: Case, question: str, *, actor: Actor) -> Question:
    """Return a question that the resident was asked to mend.

    :raises NotFound: if the case is not the actor's.
    :raises Conflict: if the case is not with the resident.
    :raises NotAllowed: if nobody asked for this one.
    """
    require_own_case(case, actor)
    resubmission(case)
    if question not in case.returned.get("questions", ()):
        raise NotAllowed(_("Only what was returned to you can be changed."))
    return case.service_version.service.question(question)


def resubmission(case: Case) -> Step:
    """Return the step that sends a case again.

    :raises Conflict: if the case is not with the resident.
    """
    service = case.service_version.service
    for action in transitions.offered(service, state=case.state, by=("resident",)):
        if action.kind == "resubmit":
            return transitions.step(service, state=case.state, action=action.name)
    raise Conflict(_("This application is not with you; nothing can be changed now."))


def locked(case: Case) -> Case:
    """Return the stored case, locked, if it is still where the caller saw it.

    :raises Conflict: if it moved.
    """
    same = Case.objects.select_for_update(of=("self",)).filter(pk=case.pk, state=case.state)
    kept = same.select_related("unit__office").first()
    if kept is None:
        raise Conflict(_("This application changed meanwhile. Look at it again."))
    kept.service_version, kept.resident = case.service_version, case.resident
    return kept


def current(case: Case, question: str = "") -> Any:
    """Return the attachments that have not been replaced."""
    attached = Attachment.objects.filter(case=case, replaced_at=None).order_by("id")
    return attached.filter(question=question) if question else attached


def refs_of(case: Case, question: str) -> list[str]:
    """Return the references of the files that answer a question now."""
    return list(current(case, question).values_list("file__ref", flat=True))


def answer_with_files(
    kept: Case, question: Question, alternative: str, *, actor: Actor, at: datetime
) -> None:
    """Write into the answer which files are there, and which paper they show."""
    answer = {
        "alternative": alternative_of(question, kept.answers, alternative),
        "files": refs_of(kept, question.name),
    }
    write(kept, question.name, answer, actor=actor, at=at)


def write(kept: Case, question: str, value: Any, *, actor: Actor, at: datetime) -> None:
    """Store a mended answer in a locked case, and keep what stood there when it came back."""
    before = {question: kept.answers.get(question)} | kept.returned.get("before", {})
    mended = dict.fromkeys([*kept.returned.get("mended", ()), question])
    kept.answers = kept.answers | {question: value}
    kept.returned = kept.returned | {"before": before, "mended": list(mended)}
    kept.save(update_fields=["answers", "returned"])
    announce(
        CaseMended(
            actor=actor,
            at=at,
            subject=kept.subject,
            service=kept.service_code,
            unit=kept.unit_path,
            question=question,
        )
    )


def refreshed(case: Case, kept: Case) -> Case:
    """Return the caller's case as it is stored now."""
    case.answers, case.returned = kept.answers, kept.returned
    return case


def require_mended(kept: Case) -> None:
    """Stop unless everything that was returned has been mended.

    :raises Invalid: by question.
    """
    mended = kept.returned.get("mended", ())
    missing = [q for q in kept.returned.get("questions", ()) if q not in mended]
    if missing:
        sentence = _("This has not been corrected yet.")
        raise Invalid(
            _("Something that was returned to you has not been corrected yet."),
            fields={question: [sentence] for question in missing},
        )


def judged_again(kept: Case, at: datetime) -> dict[str, Any]:
    """Return the columns that follow from the mended answers.

    Whether it was late, and who may ask, is judged by the day of filing; only what was
    mended by today, for it may speak of a paper that was written since.

    :raises Invalid: by field, if the answers do not hold.
    """
    service = kept.service_version.service
    refs = list(current(kept).values_list("file__ref", flat=True))
    mended = tuple(kept.returned.get("questions", ()))
    then = judge(service, kept.answers, files=refs, on=filed_on(kept))
    now = judge(service, kept.answers, files=refs, on=today(at), only=mended)
    errors = now.errors | {
        path: said for path, said in then.errors.items() if path.partition(".")[0] not in mended
    }
    if errors:
        raise Invalid(_("Something is still missing or must be corrected."), fields=errors)
    return {
        "answers": then.values,
        "effects": list(then.effects),
        "title": facts.title(service, then.values) or kept.title,
        "duplicate_key": facts.duplicate_key(service, then.values, key=settings.SECRET_KEY),
    }
