"""What may be asked: the part of the service format about questions and conditions."""

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
    "text",
    "number",
    "name",
    "nik",
    "kk",
    "date",
    "time",
    "place",
    "choice",
    "yes_no",
    "phone",
    "email",
    "address",
    "person",
    "group",
    "document",
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
    not_before: str = ""
    """For a date: another date question or field; this one may not be earlier."""
    not_after: str = ""
    """For a date: another date question or field; this one may not be later."""
    first_recording: bool = False
    """For a name: it is recorded for the first time, so the rules for new names apply."""
    sex: str = ""
    """For a NIK: the person's sex, ``male`` or ``female``, or the choice question that holds
    it; to warn by."""
    born: str = ""
    """For a NIK: question that holds the person's birth date, to warn by."""
    alternatives: tuple[Alternative, ...] = ()
    online: Literal["original_scanned", "copy"] = "original_scanned"
    """What must be uploaded online."""
    counter: Literal["copy_original_shown", "copy", "original"] = "copy_original_shown"
    """What must be brought to the counter."""
    source: str = ""
    """Article that demands it."""
