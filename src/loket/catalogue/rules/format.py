"""The service format: what a definition may say.

These frozen models are at once the parser of ``definitions/*.yaml``, the source of the
published JSON Schema and the values that every face reads. What may be asked is in
:mod:`.asking`. Whether a definition makes sense as a whole is for :mod:`.checks`.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from loket.kernel.texts import Text

from .asking import Alternative, Choice, Code, Condition, Name, Part, Question, QuestionKind

__all__ = [
    "Action", "Alternative", "Choice", "Code", "Condition", "Eligibility", "Form", "Lateness",
    "Name", "Notice", "Output", "Part", "Question", "QuestionKind", "Reason", "Retention",
    "Section", "Service", "Standard", "State", "StateKind", "Variant", "Workflow",
]  # fmt: skip


class Section(Part):
    """A heading that groups questions on the page where the answers are checked."""

    name: Name
    title: Text


class Form(Part):
    """An official form that the application stands for."""

    code: str
    title: Text


class Standard(Part):
    """The 14 components of a service standard (UU 25/2009 art. 21, Permenpan-RB 15/2014)."""

    requirements: tuple[Text, ...]
    procedure: tuple[Text, ...]
    time: Text
    fee: Text
    product: Text
    complaints: Text
    legal_basis: tuple[Text, ...]
    facilities: Text
    competence: Text
    supervision: Text
    staff: Text
    guarantee: Text
    safety: Text
    evaluation: Text


class Eligibility(Part):
    """One thing that must hold before a person may ask."""

    unless: Condition
    """When this holds, the application is refused with the message."""
    message: Text
    source: str = ""


class Lateness(Part):
    """What happens when an event is reported after its time."""

    question: Name
    """The date question that the days are counted from."""
    days: int = Field(gt=0)
    """The last day that is on time, in calendar days after the date."""
    years: int = Field(default=0, ge=0)
    """Full years after the date from which the days are counted: 14 days after turning 17."""
    effect: Name
    """Name that stages and outputs may test, such as ``late``."""
    message: Text
    source: str
    effective_from: date


class Reason(Part):
    """A reason that an officer picks when returning or refusing."""

    value: Name
    label: Text
    words: Text
    """What the resident reads."""


StateKind = Literal["officer", "head", "resident", "waiting", "final"]


class State(Part):
    """Where a case can be. ``kind`` says who must act next."""

    name: Name
    label: Text
    """What the resident reads as the status."""
    next: Text
    """What happens next, for the resident."""
    kind: StateKind
    clock: Literal["running", "paused", "stopped"] = "running"
    outcome: Literal["", "granted", "refused", "withdrawn"] = ""
    """For a final state."""


class Action(Part):
    """A step: who may take it, from where to where, and what it brings about."""

    name: Name
    label: Text
    """What the button says."""
    done: Text
    """What the timeline says afterwards."""
    sources: tuple[Name, ...] = Field(min_length=1)
    target: Name
    by: Literal["resident", "officer", "head", "system"]
    """Officer needs cases.handle, head cases.sign; a resident acts on an own case."""
    kind: Literal["move", "verify", "return", "resubmit", "refuse", "sign", "withdraw"] = "move"
    service_hours: int | None = None
    """Time this step should take, in working hours, for the standard."""
    reasons: tuple[Reason, ...] = ()
    asks: tuple[Question, ...] = ()
    """What the person taking the step must fill in, such as a NIK from the register."""
    issues: Name | Literal[""] = ""
    """Name of the output that is issued."""
    notice: Name | Literal[""] = ""
    """Name of the notice that is sent."""


class Workflow(Part):
    """States and steps. The first state is where a submitted case begins."""

    first: Name
    states: tuple[State, ...]
    actions: tuple[Action, ...]

    def state(self, name: str) -> State:
        return next(s for s in self.states if s.name == name)

    def offered(self, state: str) -> tuple[Action, ...]:
        """Return the actions that can be taken in a state."""
        return tuple(a for a in self.actions if state in a.sources)


class Variant(Part):
    """Wording that an output carries when a condition holds."""

    name: Name
    when: Condition
    words: Text


class Output(Part):
    """What comes out: a signed certificate, or a card to be collected."""

    name: Name
    kind: Literal["certificate", "card"]
    title: Text
    template: Name
    """Name of the document template, such as ``birth_certificate``."""
    number: str = ""
    """Pattern, such as ``{city}-{prefix}-{ddmmyyyy}-{serial:04d}``."""
    prefix: str = ""
    late_prefix: str = ""
    holder: str = ""
    """Question that names whom the document is about (public, masked)."""
    facts: dict[Name, str] = Field(default_factory=dict)
    """Slot of the template to the answer that fills it: ``child_name``, ``mother.name``."""
    variants: tuple[Variant, ...] = ()


class Notice(Part):
    """A message to the applicant, beside those that every case sends."""

    name: Name
    subject: Text
    body: Text


class Retention(Part):
    """How long personal data is kept after the case is closed."""

    days: int = Field(gt=0)
    source: str


class Service(Part):
    """One service that a government offers (*layanan*)."""

    format: Literal[1]
    code: Code
    title: Text
    summary: Text
    keywords: Text
    """Words that people search by, with commas."""
    life_events: tuple[Name, ...]
    level: Literal["village", "district", "city", "province"]
    """Lowest level of the civil registry that serves it."""
    function: Literal["civil_registry", "licensing"] = "civil_registry"
    presence: Literal["none", "biometrics", "pickup"] = "none"
    forms: tuple[Form, ...] = ()
    standard: Standard
    due_working_days: int = Field(gt=0)
    applicant_region: Name
    """The address question whose village decides which unit handles the case."""
    subject_title: tuple[Name, ...]
    """Questions whose answers name the case in lists, such as the child's name."""
    duplicates: tuple[str, ...] = ()
    """Questions that, equal in two cases, mean the same event; ``mother.nik`` for a field."""
    eligibility: tuple[Eligibility, ...] = ()
    lateness: tuple[Lateness, ...] = ()
    sections: tuple[Section, ...]
    questions: tuple[Question, ...]
    workflow: Workflow
    outputs: tuple[Output, ...]
    notices: tuple[Notice, ...] = ()
    retention: Retention

    def question(self, name: str) -> Question:
        return next(q for q in self.questions if q.name == name)

    def output(self, name: str) -> Output:
        return next(o for o in self.outputs if o.name == name)
