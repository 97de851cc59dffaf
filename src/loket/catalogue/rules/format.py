"""The service format: what a definition may say.

These frozen models are at once the parser of ``definitions/*.yaml``, the source of the
published JSON Schema and the values that every face reads. Whether a definition makes
sense as a whole is for :mod:`.checks`.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from loket.kernel.texts import Text

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Code = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9-]{1,29}$")]


class Part(BaseModel):
    """Base of every part of a definition: frozen, and no key that is not known."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Condition(Part):
    """When something applies. Exactly one of: question, age, days_since, all, any, none."""

    question: str | None = None
    """Name of an earlier question; with ``equals``, ``one_of`` or ``answered``."""
    equals: str | bool | int | None = None
    one_of: tuple[str, ...] = ()
    answered: bool | None = None
    age: str | None = None
    """Name of a date question: full years at the day of filing; with ``at_least``/``below``."""
    days_since: str | None = None
    """Name of a date question: calendar days until the day of filing."""
    at_least: int | None = None
    below: int | None = None
    all: tuple[Condition, ...] = ()
    any: tuple[Condition, ...] = ()
    none: tuple[Condition, ...] = ()


class Choice(Part):
    """One answer that may be picked."""

    value: Name
    label: Text
    hint: Text | None = None


QuestionKind = Literal[
    "text", "number", "name", "nik", "kk", "date", "time", "place", "choice", "yes_no",
    "phone", "email", "address", "person", "group", "document",
]


class Alternative(Part):
    """One paper, among several, that satisfies a document question (*atau*)."""

    value: Name
    label: Text
    hint: Text | None = None
    form: str = ""
    """Code of the form that this paper is, such as ``F-2.03``."""
    witnesses: int = 0
    """How many witnesses the paper must name."""
    when: Condition | None = None


class Question(Part):
    """One thing that is asked, and one page of the form.

    Answers, by kind (JSON): text, name, nik, kk, place, phone, email, choice: string;
    date: ``YYYY-MM-DD``; time: ``HH:MM``; number: integer; yes_no: true or false;
    address: ``{"region": village code, "street": …, "rt": …, "rw": …}``;
    person: ``{"name": …, "nik": …, "birth_date": …}`` by ``fields``; group: list of objects;
    document: ``{"alternative": value, "files": [file reference, …]}``.
    """

    name: Name
    kind: QuestionKind
    label: Text
    hint: Text | None = None
    why: Text | None = None
    """Why this is asked, for those who wonder."""
    section: Name
    required: bool = True
    when: Condition | None = None
    masked: bool = False
    """Shown masked in lists and messages. NIK and KK always are."""
    choices: tuple[Choice, ...] = ()
    of: tuple[Question, ...] = ()
    """Fields of a ``group`` or a ``person``."""
    at_least: int | None = None
    """Least number, length of a text, or rows of a group."""
    at_most: int | None = None
    earliest: date | None = None
    future: bool = False
    """Whether a date may lie after the day of filing."""
    sex: str = ""
    """For a NIK: question that holds the person's sex (choice male/female), to warn by."""
    born: str = ""
    """For a NIK: question that holds the person's birth date, to warn by."""
    alternatives: tuple[Alternative, ...] = ()
    online: Literal["original_scanned", "copy"] = "original_scanned"
    """What must be uploaded online."""
    counter: Literal["copy_original_shown", "copy", "original"] = "copy_original_shown"
    """What must be brought to the counter."""
    source: str = ""
    """Article that demands it."""


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
