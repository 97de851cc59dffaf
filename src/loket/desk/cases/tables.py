"""The worklist: which cases, in which order, and what each row says."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from loket.cases import queries
from loket.cases.models import Case
from loket.kernel.access import Actor
from loket.organisation import queries as organisation
from loket.policies import queries as policies
from loket.policies.rules.resolving import Book
from loket.workforce import queries as workforce

TABS = {
    "officer": _("To check"),
    "mine": _("With me"),
    "head": _("Awaiting signature"),
    "resident": _("With the applicant"),
    "waiting": _("On hold"),
    "closed": _("Closed"),
}
COLUMNS = {
    "code": _("Code"),
    "service": _("Service"),
    "title": _("Concerning"),
    "applicant": _("Applicant"),
    "state": _("Status"),
    "submitted_at": _("Received"),
    "due_on": _("Due"),
    "holder": _("Officer"),
    "unit": _("Unit"),
}
MOST_EXPORTED = 20_000


@dataclass(frozen=True)
class Wanted:
    """What the address of the list asks for."""

    tab: str = "officer"
    service: str = ""
    words: str = ""
    after: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Wanted:
        tab = query.get("tab", "officer")
        return cls(
            tab=tab if tab in TABS else "officer",
            service=query.get("service", ""),
            words=query.get("q", "").strip(),
            after=query.get("after", ""),
        )

    def query(self, *, after: str = "") -> dict[str, str]:
        """Return the address again, at a later place in the list."""
        asked = {"tab": self.tab, "service": self.service, "q": self.words, "after": after}
        return {name: value for name, value in asked.items() if value}


@dataclass(frozen=True)
class Found:
    """One page of the list, and where the next one begins."""

    rows: list[dict[str, Any]]
    after: str


def rows(
    wanted: Wanted, *, actor: Actor, units: Collection[int] | None = None, at: datetime
) -> Found:
    """Return one page of cases as rows; ``units`` are the actor's, if known already."""
    found = queries.worklist(
        actor=actor,
        tab=wanted.tab,
        service=wanted.service,
        words=wanted.words,
        after=wanted.after,
        units=units,
        at=at,
    )
    on = organisation.today(None, at=at)
    is_any_due = any(case.due_on <= on for case in found.cases)
    book = policies.book() if is_any_due else None
    holders = {case.holder_id for case in found.cases if case.holder_id and is_held(case, at)}
    away = workforce.absent(holders, on=on) if holders else frozenset()
    return Found([row(case, at, book, away) for case in found.cases], found.after)


def is_held(case: Case, at: datetime) -> bool:
    """Say whether somebody works on a case at a moment."""
    return case.holder_id is not None and case.held_until is not None and at < case.held_until


def every_row(wanted: Wanted, *, actor: Actor, at: datetime) -> Iterator[dict[str, Any]]:
    """Yield all rows, page after page."""
    done, units = 0, queries.units_of(actor)
    while done < MOST_EXPORTED:
        found = rows(wanted, actor=actor, units=units, at=at)
        yield from found.rows
        done += len(found.rows)
        if not found.after:
            return
        wanted = Wanted(wanted.tab, wanted.service, wanted.words, found.after)


def row(
    case: Case, at: datetime, book: Book | None, away: Collection[int] = ()
) -> dict[str, Any]:
    """Return what a line shows; the law says whether a clock runs that is to have run out."""
    service = case.service_version.service
    held = is_held(case, at)
    state = service.workflow.state(case.state)
    today = organisation.today(None, at=at)
    is_pressing = (
        book is not None and case.due_on <= today and queries.runs(case, at=at, book=book)
    )
    return {
        "code": case.code,
        "service": service.title,
        "title": case.title,
        "applicant": case.applicant,
        "state": state.label,
        "kind": case.state_kind,
        "submitted_at": case.submitted_at,
        "due_on": case.due_on,
        "is_late": is_pressing and case.due_on < today,
        "is_today": is_pressing and case.due_on == today,
        "holder": str(case.holder) if held else "",
        "is_holder_away": held and case.holder_id in away,
        "unit": case.unit.name,
    }


def tabs(
    wanted: Wanted, *, actor: Actor, units: Collection[int] | None = None, at: datetime
) -> list[dict[str, Any]]:
    """Return the tabs with how much waits behind each, counted no further than 99."""
    counts = queries.counts(actor=actor, units=units, at=at)
    return [
        {
            "name": name,
            "label": label,
            "count": counts.get(name, ""),
            "is_current": name == wanted.tab,
        }
        for name, label in TABS.items()
    ]
