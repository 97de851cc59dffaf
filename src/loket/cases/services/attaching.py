"""Files that answer a question: of a draft, or of a returned case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from loket.cases.models import Attachment, Draft
from loket.cases.queries.drafts import require_own
from loket.catalogue.rules.format import Question
from loket.files import services as files
from loket.files.models import StoredFile
from loket.kernel.access import Actor
from loket.kernel.errors import Conflict, Invalid, NotFound

from .drafts import question_of, refreshed, refs_of, write

MOST_FILES = 40
"""Files of one application: eight questions of five photographs."""


def attach(
    *,
    draft: Draft,
    question: str,
    data: bytes,
    name: str,
    alternative: str = "",
    actor: Actor,
    at: datetime,
) -> Attachment:
    """Add one file to a document question, and say which paper it is of those accepted.

    :raises NotFound: if the draft is not the actor's, or has no such question.
    :raises Invalid: if the file is refused, or there are too many.
    :raises Conflict: if the draft was sent or discarded meanwhile.
    """
    require_own(draft, actor)
    asked = require_document(question_of(draft, question))
    require_room(asked, draft.attachments.values_list("question", flat=True))
    # Inspecting and cleaning takes long; nothing is locked while it lasts.
    file = files.store(data=data, name=name, owner=draft.subject, actor=actor, at=at)
    try:
        with transaction.atomic():
            kept = locked(draft)
            require_room(asked, kept.attachments.values_list("question", flat=True))
            added = Attachment.objects.create(
                draft=kept, question=question, file=file, added_at=at
            )
            answer_with_files(kept, asked, at, alternative=alternative)
    except (Invalid, Conflict):
        files.remove(file=file, actor=actor, at=at)
        raise
    refreshed(draft, kept)
    return added


def detach(*, draft: Draft, file: str, actor: Actor, at: datetime) -> Draft:
    """Take one file away again, by its reference.

    :raises NotFound: if the draft is not the actor's, or has no such file.
    :raises Conflict: if the draft was sent or discarded meanwhile.
    """
    require_own(draft, actor)
    with transaction.atomic():
        kept = locked(draft)
        found = kept.attachments.select_related("file").filter(file__ref=file).first()
        if found is None:
            raise NotFound(_("There is no such file."))
        asked, stored = question_of(draft, found.question), found.file
        Attachment.objects.filter(pk=found.pk).delete()
        answer_with_files(kept, asked, at)
        remove(stored, actor=actor, at=at)
    return refreshed(draft, kept)


def remove(stored: StoredFile, *, actor: Actor, at: datetime) -> None:
    """Remove the bytes that no attachment needs any more."""
    files.remove(file=stored, actor=actor, at=at)


def locked(draft: Draft) -> Draft:
    """Return the stored draft, locked.

    :raises Conflict: if it is gone.
    """
    kept = Draft.objects.select_for_update().filter(pk=draft.pk).first()
    if kept is None:
        raise Conflict(_("This application has been sent or discarded meanwhile."))
    kept.service_version = draft.service_version
    return kept


def require_document(question: Question) -> Question:
    """Return a question that takes files.

    :raises NotFound: if it takes none.
    """
    if question.kind != "document":
        raise NotFound(_("There is no such question."))
    return question


def require_room(question: Question, taken: Iterable[str]) -> None:
    """Stop if a question, or the whole application, has as many files as it may.

    :raises Invalid: with a sentence that says how many.
    """
    names = list(taken)
    most = question.at_most or settings.UPLOAD_MAX_FILES
    sentence = ""
    if names.count(question.name) >= most:
        sentence = _("You can add at most %(most)d files here.") % {"most": most}
    elif len(names) >= MOST_FILES:
        sentence = _("You can add at most %(most)d files to one application.") % {
            "most": MOST_FILES
        }
    if sentence:
        raise Invalid(sentence, fields={question.name: [sentence]})


def answer_with_files(
    kept: Draft, question: Question, at: datetime, *, alternative: str = ""
) -> None:
    """Write into the answer which files are there, and which paper they show."""
    answer = {
        "alternative": alternative_of(question, kept.answers, alternative),
        "files": refs_of(kept, question.name),
    }
    write(kept, question.name, answer, at)


def alternative_of(question: Question, answers: Mapping[str, Any], chosen: str) -> str:
    """Return which paper is given: the one just chosen, the one before, or the only one."""
    known = [a.value for a in question.alternatives]
    before = (answers.get(question.name) or {}).get("alternative", "")
    picked = chosen if chosen in known else str(before)
    return known[0] if not picked and len(known) == 1 else picked
