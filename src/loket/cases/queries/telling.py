"""What happened to a case: the resident's timeline, the staff's, and who looked.

All three read the journal, and the due dates that moved: those are so many at once that
they have rows of their own. Nothing is kept twice, so they cannot disagree.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.formats import date_format as written
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loket.cases.models import Case
from loket.cases.rules.facts import question_at
from loket.cases.rules.looks import label_of
from loket.catalogue.rules.format import Action, Service
from loket.documents import queries as documents
from loket.journal import queries as journal
from loket.journal.models import Entry
from loket.organisation.models import Unit
from loket.people.models import Resident

from .causes import causes
from .drafts import DEFINITION

STEPS = (
    "case.moved",
    "case.verified",
    "case.returned",
    "case.resubmitted",
    "case.refused",
    "case.withdrawn",
    "case.signed",
)
DUE_MOVED = "case.due_moved"
LOOKS = ("case.viewed", "case.file_viewed")
FIXED: dict[str, str | Promise] = {
    "case.submitted": gettext_lazy("Application received"),
    "case.corrected": gettext_lazy("Corrected and issued anew"),
    "document.revoked": gettext_lazy("Document revoked"),
}
"""What residents read beside the steps."""
INTERNAL: dict[str, str | Promise] = {
    "case.claimed": gettext_lazy("Taken on"),
    "case.released": gettext_lazy("Given back"),
    "case.taken_over": gettext_lazy("Taken over from a colleague"),
    "case.mended": gettext_lazy("Answer corrected"),
    "case.noted": gettext_lazy("Note written"),
    "case.viewed": gettext_lazy("Application opened"),
    "case.file_viewed": gettext_lazy("File opened"),
    "case.closed": gettext_lazy("Closed"),
    "case.erased": gettext_lazy("Personal data erased"),
    "document.issued": gettext_lazy("Document issued"),
    "document.superseded": gettext_lazy("Document superseded"),
    "message.sent": gettext_lazy("Message sent"),
    "message.failed": gettext_lazy("Message not delivered"),
}
"""What only staff read."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a timeline."""

    at: datetime
    name: str
    """Name of the event, such as ``case.returned``."""
    label: str
    reason: str = ""
    words: str = ""
    questions: tuple[str, ...] = ()
    """Labels of the questions it is about."""
    who: str = ""
    """Who did it; staff only."""
    document: str = ""
    address: str = ""
    """Where it can be read why, from the root of the site."""


@dataclass(frozen=True, slots=True)
class Look:
    """One look of a member of staff at a person's file."""

    at: datetime
    case: str
    who: str
    unit: str
    reason: str
    words: str
    what: str
    """Label of the question whose file was opened; empty for the case as a whole."""


def timeline(*, case: Case) -> list[Line]:
    """Return what the applicant may read of a case, the first thing first. No names."""
    service = case.service_version.service
    told = [line_of(entry, service) for entry in entries(case, {*STEPS, *FIXED})]
    return in_order(told, moves_of(case))


def history(*, case: Case) -> list[Line]:
    """Return everything that happened to a case, with names, for staff."""
    service = case.service_version.service
    told = entries(case, {*STEPS, *FIXED, *INTERNAL})
    lines = [line_of(entry, service, with_names=True) for entry in told]
    return in_order(lines, moves_of(case))


def in_order(told: list[Line], moved: list[Line]) -> list[Line]:
    """Return lines as they happened; what moved a date follows what happened with it."""
    return sorted([*told, *moved], key=lambda line: line.at)


def moves_of(case: Case) -> list[Line]:
    """Return a line for each time that the law moved the due date of a case."""
    moves = list(case.due_moves.order_by("edition"))
    why = causes(move.edition for move in moves) if moves else {}
    return [
        Line(
            at=move.moved_at,
            name=DUE_MOVED,
            label=_("Due date moved from %(was)s to %(now)s")
            % {"was": written(move.was, "j F Y"), "now": written(move.now, "j F Y")},
            reason=why[move.edition].clause if move.edition in why else "",
            address=why[move.edition].address if move.edition in why else "",
        )
        for move in moves
    ]


def entries(case: Case, names: set[str]) -> list[Entry]:
    """Return the journal's entries about a case and its documents, oldest first."""
    of_it = documents.of_case(case.subject).only("code")
    subjects = [case.subject, *(document.subject for document in of_it)]
    return sorted(journal.about_any(subjects, names=names), key=lambda entry: entry.pk)


def line_of(entry: Entry, service: Service, *, with_names: bool = False) -> Line:
    """Return an entry as a line, in the reader's language."""
    facts = entry.facts
    action = action_of(service, facts.get("action", ""))
    return Line(
        at=entry.at,
        name=entry.name,
        label=str(action.done) if action else fixed(entry.name),
        reason=reason_of(action, entry),
        words=facts.get("words", ""),
        questions=tuple(label_at(service, q) for q in questions_of(facts)),
        who=entry.actor_name if with_names else "",
        document=facts.get("document", ""),
    )


def action_of(service: Service, name: str) -> Action | None:
    """Return an action of the case's own version of the service."""
    return next((a for a in service.workflow.actions if a.name == name), None)


def fixed(name: str) -> str:
    """Return what an event is called that is not a step."""
    return str(FIXED.get(name) or INTERNAL.get(name) or name)


def reason_of(action: Action | None, entry: Entry) -> str:
    """Return the reason in words."""
    value = entry.facts.get("reason", "")
    if action:
        return next((str(r.words) for r in action.reasons if r.value == value), "")
    return label_of(value) if entry.name in LOOKS else value


def questions_of(facts: dict[str, Any]) -> list[str]:
    """Return the names of the questions that an entry is about."""
    named = facts.get("questions") or ([facts["question"]] if facts.get("question") else [])
    return list(named)


def label_at(service: Service, name: str) -> str:
    """Return the label of a question, of the form or of an officer's step."""
    question = question_at(service, name)
    return str(question.label) if question else name


def lookers(*, resident: Resident) -> list[Look]:
    """Return every look of staff at a resident's cases, the last one first."""
    mine = resident.cases.select_related("service_version").defer(DEFINITION)
    cases = {case.subject: case for case in mine}
    found = list(journal.about_any(cases, names=LOOKS))
    units = unit_names({scope_in(entry) for entry in found})
    return [
        Look(
            at=entry.at,
            case=cases[entry.subject].code,
            who=entry.actor_name,
            unit=units.get(scope_in(entry), _("the whole of the government")),
            reason=label_of(entry.facts.get("reason", "")),
            words=entry.facts.get("words", ""),
            what=label_at(
                cases[entry.subject].service_version.service, entry.facts.get("question", "")
            ),
        )
        for entry in found
    ]


def scope_in(entry: Entry) -> str:
    """Return the path of the unit by whose grant somebody looked."""
    return str(entry.facts.get("scope", ""))


def unit_names(paths: set[str]) -> dict[str, str]:
    """Return the names of units by path."""
    return dict(Unit.objects.filter(path__in=paths).values_list("path", "name"))
