"""What happens to accounts, residents and positions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from loket.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class CodeRequested(Event):
    """Somebody asked for a sign-in code; the contact is masked."""

    name: ClassVar[str] = "people.code_requested"

    kind: str
    contact: str


@dataclass(frozen=True, kw_only=True)
class ResidentRegistered(Event):
    """Somebody proved a contact point that nobody had proved before."""

    name: ClassVar[str] = "people.resident_registered"

    account: str


@dataclass(frozen=True, kw_only=True)
class ResidentSignedIn(Event):
    """A resident proved one of their contact points."""

    name: ClassVar[str] = "people.resident_signed_in"

    kind: str


@dataclass(frozen=True, kw_only=True)
class ContactAdded(Event):
    """A resident proved a further contact point; it is masked."""

    name: ClassVar[str] = "people.contact_added"

    kind: str
    contact: str


@dataclass(frozen=True, kw_only=True)
class SignInReset(Event):
    """Somebody on the staff got a new password and must set up a second factor again."""

    name: ClassVar[str] = "people.sign_in_reset"


@dataclass(frozen=True, kw_only=True)
class StaffCreated(Event):
    """Somebody on the staff got an account."""

    name: ClassVar[str] = "people.staff_created"

    username: str


@dataclass(frozen=True, kw_only=True)
class PersonAppointed(Event):
    """Somebody got a position in a unit."""

    name: ClassVar[str] = "people.person_appointed"

    unit: str
    role: str
    title: str
    starts_on: str
    ends_on: str
    basis: str = "definitive"


@dataclass(frozen=True, kw_only=True)
class PositionCorrected(Event):
    """What somebody's position is called, or its structural level, was put right."""

    name: ClassVar[str] = "people.position_corrected"

    unit: str
    role: str
    title: str
    level: str


@dataclass(frozen=True, kw_only=True)
class EmploymentRecorded(Event):
    """How somebody on the staff is employed was written down or changed; without the values."""

    name: ClassVar[str] = "people.employment_recorded"

    kind: str
    changed: tuple[str, ...]
    """Names of the fields."""


@dataclass(frozen=True, kw_only=True)
class NameCorrected(Event):
    """Somebody on the staff is written otherwise from now on."""

    name: ClassVar[str] = "people.name_corrected"


@dataclass(frozen=True, kw_only=True)
class PositionEnded(Event):
    """Somebody's position ends, or ended, on a day."""

    name: ClassVar[str] = "people.position_ended"

    unit: str
    role: str
    ends_on: str
