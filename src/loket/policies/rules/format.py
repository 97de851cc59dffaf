"""The circular format: what a circular and a timeline may say.

These frozen models are at once the parser of the YAML, the source of the published JSON
Schema and what the form on the desk fills in. A period written in days is turned into
moments by :mod:`.periods`; whether a circular makes sense among units, rooms, services and
other circulars is for :mod:`.checks`.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from loket.kernel.texts import Text

from .shares import read_share

Words = Annotated[str, Field(min_length=1, max_length=300)]
Share = Annotated[Decimal, BeforeValidator(read_share), Field(ge=0, le=1)]
Opening = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$")]
Day = Literal[
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "every_day"
]
Channel = Literal["counter", "web", "app", "whatsapp", "sms", "email", "phone"]
Group = Literal[
    "pregnant", "elderly", "chronic_illness", "under_monitoring", "sick", "disabled",
    "small_children", "offline",
]  # fmt: skip
UnitKind = Literal[
    "province", "city", "regency", "district", "village",
    "agency", "branch", "sector", "service_point",
]  # fmt: skip
UnitFunction = Literal["government", "civil_registry", "licensing"]


class Model(BaseModel):
    """Base of every part of the format: frozen, and no key that is not known."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Period(Model):
    """From a day or a moment until another. Exactly one of the three ends."""

    since: date | datetime = Field(alias="from")
    through: date | None = None
    """The last day on which it holds."""
    to: date | datetime | None = None
    """The first day, or the moment, at which it holds no more."""
    until_evaluated: bool = False
    """Open-ended: until another circular ends it."""


class ZoneScope(Model):
    """Where a region has one of these zones or levels at the moment."""

    scheme: Words
    """Name of the scheme, such as ``covid_zone`` or ``ppkm``."""
    values: tuple[Words, ...] = Field(min_length=1)


class Scope(Model):
    """Where a provision holds. What is left out does not narrow it; nothing: everywhere."""

    units: tuple[Words, ...] = ()
    """Codes of units; each covers all units below it."""
    kinds: tuple[UnitKind, ...] = ()
    functions: tuple[UnitFunction, ...] = ()
    place: str = ""
    """Code of a building."""
    floor: str = ""
    """A floor of that building."""
    room: str = ""
    """Code of a room."""
    services: tuple[Words, ...] = ()
    """Codes of services."""
    zone: ZoneScope | None = None
    except_units: tuple[Words, ...] = ()
    """Codes of units, with all below them, for which it does not hold."""


class Provision(Model):
    """What every provision has. Own days narrow the period of the circular."""

    article: Words
    scope: Scope = Scope()
    period: Period | None = None
    words: Text | None = None
    """What it means, in one plain sentence for residents and staff."""


class CountersProvision(Provision):
    kind: Literal["counters"]
    state: Literal["open", "limited", "online_only", "closed"]


class RoomProvision(Provision):
    kind: Literal["room"]
    max_share: Share


class AttendanceProvision(Provision):
    """At least one of the three shares."""

    kind: Literal["attendance"]
    min_share: Share | None = None
    max_share: Share | None = None
    max_share_concurrent: Share | None = None


class HoursProvision(Provision):
    """When counters receive the public; a day that is not named keeps its ordinary hours."""

    kind: Literal["hours"]
    hours: dict[Day, tuple[Opening, ...]]


class ShiftForm(Model):
    name: Words
    hours: dict[Day, Opening]
    pause: dict[Day, Opening] = Field(default_factory=dict)


class ShiftsProvision(Provision):
    kind: Literal["shifts"]
    shifts: tuple[ShiftForm, ...] = Field(min_length=1)


class PinnedProvision(Provision):
    """Posts that stay in the office: ``structural``, ``two_highest_levels`` or titles."""

    kind: Literal["pinned"]
    posts: tuple[Words, ...] = Field(min_length=1)


class ExcusedProvision(Provision):
    kind: Literal["excused"]
    groups: tuple[Group, ...] = Field(min_length=1)
    elderly_from: int | None = Field(default=None, ge=40, le=100)
    """Age in years from which ``elderly`` applies."""


class RemoteProvision(Provision):
    kind: Literal["remote"]
    work: Literal["allowed", "required"]


class ReportingProvision(Provision):
    kind: Literal["reporting"]
    duties: tuple[Literal["same_day", "photo", "twice_daily"], ...] = Field(min_length=1)


class SuspensionProvision(Provision):
    """The services in the scope are not given."""

    kind: Literal["suspension"]


class ChannelsProvision(Provision):
    """The only ways to ask that are open."""

    kind: Literal["channels"]
    channels: tuple[Channel, ...] = Field(min_length=1)
    hours: dict[Day, tuple[Opening, ...]] = Field(default_factory=dict)
    """When requests by these ways are worked on."""


class PriorityProvision(Provision):
    kind: Literal["priority"]
    groups: tuple[Group, ...] = Field(min_length=1)


class ProtocolProvision(Provision):
    """Health protocol; at least one item."""

    kind: Literal["protocol"]
    mask: bool | None = None
    temperature_max: Decimal | None = Field(default=None, ge=35, le=42)
    """Degrees Celsius."""
    hands: bool | None = None
    distance_m: Decimal | None = Field(default=None, gt=0, le=10)
    partition: bool | None = None
    disinfection: bool | None = None
    ppe: Literal["none", "mask_gloves", "full"] | None = None


class ClockProvision(Provision):
    """Exactly one of the two."""

    kind: Literal["clock"]
    suspended: bool = False
    extended_by: int | None = Field(default=None, gt=0, le=366)
    """Working days."""


class LettersProvision(Provision):
    kind: Literal["letters"]
    drop_box: bool = False
    email: bool = False


AnyProvision = Annotated[
    CountersProvision | RoomProvision | AttendanceProvision | HoursProvision
    | ShiftsProvision | PinnedProvision | ExcusedProvision | RemoteProvision
    | ReportingProvision | SuspensionProvision | ChannelsProvision | PriorityProvision
    | ProtocolProvision | ClockProvision | LettersProvision,
    Field(discriminator="kind"),
]  # fmt: skip


class Reference(Model):
    """Another circular. Never by its number alone: numbers repeat."""

    issuer: Words
    number: Words
    date: date


class Amendment(Reference):
    """What of another circular changes: articles that end, or a new end of its period."""

    articles: tuple[Words, ...] = ()
    """Articles that stop when this circular begins; this one's provisions replace them."""
    extended_through: date | None = None
    """The new last day of its period, later or earlier than before."""


class Circular(Model):
    """One circular (*surat edaran*), decree or instruction."""

    format: Literal[1]
    issuer: Words
    number: Words
    date: date
    title: Text
    summary: Text | None = None
    """What it does, in one plain sentence."""
    effective: Period
    legal_basis: tuple[Words, ...] = ()
    source: str = ""
    """Where its text was read, and how sure we are."""
    amends: tuple[Amendment, ...] = ()
    revokes: tuple[Reference, ...] = ()
    provisions: tuple[AnyProvision, ...] = Field(min_length=1)


Reason = Literal["positive_case", "flood", "fire", "blackout", "unrest", "other"]


class RecordForm(Model):
    """Proof that something was done before reopening."""

    kind: Literal["disinfection", "tracing", "safety_check"]
    at: datetime
    words: Words


class ClosureForm(Model):
    """A unit, a building, a floor or a room shut from a moment on."""

    units: tuple[Words, ...] = ()
    place: str = ""
    floor: str = ""
    room: str = ""
    reason: Reason
    since: datetime | date = Field(alias="from")
    basis: Words
    """The rule that demands it, with its article: ``Pergub 88/2020 art. 9(2)f``."""
    words: Text | None = None
    stays_open: tuple[Scope, ...] = ()
    """What stays open inside: units, rooms, services."""
    records: tuple[RecordForm, ...] = ()
    reopened: datetime | Literal["earliest"] | None = None


class ZoneForm(Model):
    """The zone or level of a region during a period."""

    region: Words
    scheme: Words
    value: Words
    period: Period
    source: str = ""


class Timeline(Model):
    """A history, or a plan, of circulars, closures and zones (``loket scenario``)."""

    format: Literal[1]
    title: Text
    zones: tuple[ZoneForm, ...] = ()
    circulars: tuple[Circular, ...] = ()
    closures: tuple[ClosureForm, ...] = ()
