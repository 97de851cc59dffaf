"""What happens to drafts and cases. Facts hold no NIK, no KK number and no secret."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from loket.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class DraftEvent(Event):
    service: str


@dataclass(frozen=True, kw_only=True)
class DraftStarted(DraftEvent):
    name: ClassVar[str] = "draft.started"


@dataclass(frozen=True, kw_only=True)
class DraftCarried(DraftEvent):
    """A draft went on under a newer version of its service."""

    name: ClassVar[str] = "draft.carried"

    from_version: int
    to_version: int


@dataclass(frozen=True, kw_only=True)
class DraftDiscarded(DraftEvent):
    name: ClassVar[str] = "draft.discarded"


@dataclass(frozen=True, kw_only=True)
class DraftExpired(DraftEvent):
    name: ClassVar[str] = "draft.expired"


@dataclass(frozen=True, kw_only=True)
class CaseEvent(Event):
    service: str
    unit: str
    """Path of the unit that handles the case: figures are counted by it."""


@dataclass(frozen=True, kw_only=True)
class CaseSubmitted(CaseEvent):
    name: ClassVar[str] = "case.submitted"

    version: int
    channel: str
    due_on: str


@dataclass(frozen=True, kw_only=True)
class CaseMoved(CaseEvent):
    """Somebody took a step. Some kinds of step have an event of their own."""

    name: ClassVar[str] = "case.moved"

    action: str
    source: str
    target: str
    reason: str = ""
    words: str = ""
    questions: tuple[str, ...] = ()
    due_on: str = ""


@dataclass(frozen=True, kw_only=True)
class CaseVerified(CaseMoved):
    name: ClassVar[str] = "case.verified"


@dataclass(frozen=True, kw_only=True)
class CaseReturned(CaseMoved):
    name: ClassVar[str] = "case.returned"


@dataclass(frozen=True, kw_only=True)
class CaseResubmitted(CaseMoved):
    name: ClassVar[str] = "case.resubmitted"


@dataclass(frozen=True, kw_only=True)
class CaseRefused(CaseMoved):
    name: ClassVar[str] = "case.refused"


@dataclass(frozen=True, kw_only=True)
class CaseWithdrawn(CaseMoved):
    name: ClassVar[str] = "case.withdrawn"


@dataclass(frozen=True, kw_only=True)
class CaseSigned(CaseMoved):
    name: ClassVar[str] = "case.signed"

    document: str = ""


@dataclass(frozen=True, kw_only=True)
class CaseClosed(CaseEvent):
    """A step led to an end; announced after the step itself."""

    name: ClassVar[str] = "case.closed"

    outcome: str
    state: str
    working_days: int | None
    """Working days that counted, from the filing to the end; None if not countable."""
    in_time: bool


@dataclass(frozen=True, kw_only=True)
class CaseErased(CaseEvent):
    """The retention period was over: answers, names and files are gone."""

    name: ClassVar[str] = "case.erased"

    files: int


@dataclass(frozen=True, kw_only=True)
class CaseClaimed(CaseEvent):
    name: ClassVar[str] = "case.claimed"


@dataclass(frozen=True, kw_only=True)
class CaseReleased(CaseEvent):
    name: ClassVar[str] = "case.released"


@dataclass(frozen=True, kw_only=True)
class CaseTakenOver(CaseEvent):
    name: ClassVar[str] = "case.taken_over"

    reason: str
    held_by: str


@dataclass(frozen=True, kw_only=True)
class CaseMended(CaseEvent):
    """The resident changed one answer of a returned case."""

    name: ClassVar[str] = "case.mended"

    question: str


@dataclass(frozen=True, kw_only=True)
class CaseCorrected(CaseEvent):
    """A certificate was issued anew with corrected answers."""

    name: ClassVar[str] = "case.corrected"

    reason: str
    questions: tuple[str, ...]
    document: str


@dataclass(frozen=True, kw_only=True)
class CaseNoted(CaseEvent):
    name: ClassVar[str] = "case.noted"


@dataclass(frozen=True, kw_only=True)
class CaseViewed(CaseEvent):
    """A member of staff opened a person's file, and said why."""

    name: ClassVar[str] = "case.viewed"

    reason: str
    words: str = ""
    scope: str = ""
    """Path of the unit by whose grant the file was opened."""


@dataclass(frozen=True, kw_only=True)
class CaseFileViewed(CaseViewed):
    name: ClassVar[str] = "case.file_viewed"

    question: str
    file: str


@dataclass(frozen=True, kw_only=True)
class DueDatesMoved(Event):
    """The law changed, and due dates of open cases with it; told of the circular or closure."""

    name: ClassVar[str] = "case.due_dates_moved"

    edition: int
    moved: int
    uncounted: int
    """Cases whose date stayed because a year's holidays are not on record."""
