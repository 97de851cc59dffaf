"""Sending an application: everything is checked again, then stored at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from loket.cases.events import CaseSubmitted
from loket.cases.models import Attachment, Case, Draft
from loket.cases.queries.clocks import terms_of, today
from loket.cases.queries.drafts import require_own
from loket.cases.queries.judging import judge
from loket.cases.queries.offering import WEB, stop_of
from loket.cases.rules import facts
from loket.catalogue import queries as catalogue
from loket.catalogue.models import ServiceVersion
from loket.catalogue.rules.answers import Checked
from loket.files import services as files
from loket.files.models import StoredFile
from loket.jobs import services as jobs
from loket.kernel import codes, events
from loket.kernel.access import Actor
from loket.kernel.errors import Conflict, Invalid, Refusal
from loket.organisation import queries as organisation
from loket.organisation.rules.calendar import local_day
from loket.people import queries as people
from loket.people.models import Resident
from loket.policies import queries as policies
from loket.policies.services import editions

from .notices import tell
from .offering import require_given
from .rescheduling import COUNT_AGAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """What is sent, whichever way it came."""

    code: str
    version: ServiceVersion
    answers: Mapping[str, Any]
    resident: Resident | None
    contact: dict[str, str]
    channel: str


def submit(*, draft: Draft, actor: Actor, at: datetime) -> Case:
    """Send an application. Sending it twice gives the same case.

    :raises NotFound: if the draft is not the actor's.
    :raises Invalid: if something is missing or wrong, by field; nothing is sent then.
    :raises Conflict: if it was changed or discarded in another window meanwhile.
    :raises NotGiven: if a circular has suspended the service, or shut this site for it; the
        draft stays.
    """
    require_own(draft, actor)
    try:
        with transaction.atomic():
            return send_draft(draft, actor=actor, at=at)
    except (Conflict, IntegrityError):
        sent = Case.objects.filter(code=draft.code, resident=draft.resident).first()
        if sent is None:
            raise
        return sent


def send_draft(draft: Draft, *, actor: Actor, at: datetime) -> Case:
    """Turn a draft into a case; whoever locks and removes the draft is the one who sent it.

    :raises Conflict: if it is gone or was changed.
    """
    unchanged = Draft.objects.filter(pk=draft.pk, revision=draft.revision)
    if not unchanged.select_for_update().values_list("pk", flat=True):
        raise Conflict(
            _(
                "This application was changed in another window. Nothing is lost: check "
                "the answers once more and send it again."
            )
        )
    attached = list(draft.attachments.select_related("file"))
    case = store(
        Application(
            code=draft.code,
            version=draft.service_version,
            answers=draft.answers,
            resident=draft.resident,
            contact=contact_of(draft.resident),
            channel=WEB,
        ),
        known_files=[a.file for a in attached],
        actor=actor,
        at=at,
    )
    if attached:
        Attachment.objects.filter(draft=draft).update(draft=None, case=case)
        stored = [a.file for a in attached]
        files.hand_over(files=stored, owner=case.subject, actor=actor, at=at)
    emptied = Draft.objects.filter(pk=draft.pk)
    emptied._raw_delete(emptied.db)  # noqa: SLF001 -- its files were moved: nothing to cascade to
    return case


def file_case(
    *,
    service_code: str,
    answers: Mapping[str, Any],
    files: Mapping[str, Iterable[tuple[str, bytes]]],
    contact: Mapping[str, str],
    channel: str = "script",
    actor: Actor,
    at: datetime,
) -> Case:
    """File a case without a draft: for scripts and for taking over older systems.

    ``files`` gives, by document question, names and bytes. A ``channel`` that circulars know,
    such as ``counter`` or ``whatsapp``, must be open for the service.

    :raises NotFound: if no such service is offered.
    :raises Invalid: if something is missing or wrong, by field; nothing is stored then.
    :raises NotGiven: if a circular has suspended the service, or shut the channel for it.
    """
    version, owner = catalogue.get(service_code), f"case:{codes.new()}"
    stored = store_files(files, owner=owner, actor=actor, at=at)
    known = [file for group in stored.values() for file in group]
    try:
        with transaction.atomic():
            case = store(
                Application(
                    code=owner.removeprefix("case:"),
                    version=version,
                    answers=with_files(answers, stored),
                    resident=None,
                    contact={"language": "id", **contact},
                    channel=channel,
                ),
                known_files=known,
                actor=actor,
                at=at,
            )
            Attachment.objects.bulk_create(
                Attachment(case=case, question=question, file=file, added_at=at)
                for question, group in stored.items()
                for file in group
            )
    except Refusal:
        remove_files(known, actor=actor, at=at)
        raise
    return case


def store_files(
    given: Mapping[str, Iterable[tuple[str, bytes]]], *, owner: str, actor: Actor, at: datetime
) -> dict[str, list[StoredFile]]:
    """Inspect and store files by question. Nothing is locked while it lasts.

    :raises Invalid: if some are refused, under their questions; none is kept then.
    """
    stored: dict[str, list[StoredFile]] = {}
    errors: dict[str, list[str]] = {}
    for question, group in given.items():
        for name, data in group:
            try:
                file = files.store(data=data, name=name, owner=owner, actor=actor, at=at)
                stored.setdefault(question, []).append(file)
            except Invalid as refusal:
                errors.setdefault(question, []).append(f"{name}: {refusal}")
    if errors:
        remove_files([f for group in stored.values() for f in group], actor=actor, at=at)
        raise Invalid(_("Some files cannot be accepted."), fields=errors)
    return stored


def remove_files(stored: Iterable[StoredFile], *, actor: Actor, at: datetime) -> None:
    """Remove files of an application that was not accepted."""
    for file in stored:
        files.remove(file=file, actor=actor, at=at)


def with_files(
    answers: Mapping[str, Any], stored: Mapping[str, list[StoredFile]]
) -> dict[str, Any]:
    """Return answers in which the document questions name the stored files."""
    merged = dict(answers)
    for question, group in stored.items():
        chosen = merged.get(question)
        alternative = chosen.get("alternative", "") if isinstance(chosen, Mapping) else chosen
        merged[question] = {"alternative": alternative or "", "files": [f.ref for f in group]}
    return merged


def contact_of(resident: Resident) -> dict[str, str]:
    """Return how a resident is reached: the first e-mail address and telephone number."""
    contact = {"language": resident.account.language}
    for point in people.contacts_of(resident):
        contact.setdefault(point.kind, point.value)
    return contact


def store(
    application: Application, *, known_files: list[StoredFile], actor: Actor, at: datetime
) -> Case:
    """Check everything, then write the case with its clock, its event and its receipt.

    :raises Invalid: if something is missing or wrong, by field.
    :raises NotGiven: if a circular has suspended the service, or shut the channel for it.
    """
    checked = check(application, known_files, at)
    service, answers = application.version.service, checked.values
    unit = organisation.serving(
        region=answers[service.applicant_region]["region"],
        function=service.function,
        level=service.level,
        on=today(at),
    )
    held = editions.hold()
    book = policies.book(held.token)
    stop = stop_of(book, unit, service.code, way=application.channel, at=at)
    require_given(service, stop)
    terms = terms_of(unit, service.code, since=at, at=at, book=book)
    due = terms.count(filed_on=local_day(at, terms.zone), working_days=service.due_working_days)
    first = service.workflow.state(service.workflow.first)
    title = facts.title(service, answers) or service.title.id
    case = Case.objects.create(
        code=application.code,
        service_version=application.version,
        service_code=service.code,
        unit=unit,
        unit_path=unit.path,
        resident=application.resident,
        channel=application.channel,
        title=title,
        applicant=facts.applicant(answers) or applicant_name(application) or title[:120],
        contact=application.contact,
        answers=answers,
        effects=list(checked.effects),
        duplicate_key=facts.duplicate_key(service, answers, key=settings.SECRET_KEY),
        state=first.name,
        state_kind=first.kind,
        state_since=at,
        submitted_at=at,
        due_on=due.due_on,
    )
    if held.changing is not None:
        jobs.enqueue(COUNT_AGAIN, at=at, code=case.code, edition=held.changing)
    announce_submitted(case, actor=actor, at=at)
    tell(case=case, notice="case_received", key="", actor=actor, at=at)
    return case


def applicant_name(application: Application) -> str:
    """Return the name that the resident's account carries, if any."""
    return application.resident.account.full_name if application.resident else ""


def check(application: Application, known_files: list[StoredFile], at: datetime) -> Checked:
    """Check an application exactly as every face does.

    :raises Invalid: if something is missing or wrong, by field.
    """
    checked = judge(
        application.version.service,
        application.answers,
        files={f.ref for f in known_files},
        on=today(at),
    )
    if checked.errors:
        raise Invalid(
            _("Something is still missing or must be corrected."), fields=checked.errors
        )
    return checked


def announce_submitted(case: Case, *, actor: Actor, at: datetime) -> None:
    """Tell everybody that a case was filed."""
    events.announce(
        CaseSubmitted(
            actor=actor,
            at=at,
            subject=case.subject,
            service=case.service_code,
            unit=case.unit_path,
            version=case.service_version.version,
            channel=case.channel,
            due_on=case.due_on.isoformat(),
        )
    )
