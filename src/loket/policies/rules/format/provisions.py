"""The kinds of provision, each with what it may say."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, Self

from django.utils.translation import gettext as _
from pydantic import Field, model_validator

from .parts import (
    Channel,
    Day,
    Duty,
    Flag,
    Group,
    Model,
    Opening,
    Period,
    Scope,
    Sentence,
    Share,
    WeekHours,
    Words,
)
from .written import span


class Provision(Model):
    """What every provision has. Own days narrow the period of the circular."""

    article: Words
    scope: Scope = Scope()
    period: Period | None = None
    words: Sentence | None = None
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

    @model_validator(mode="after")
    def _says_something_possible(self) -> Self:
        low, high = self.min_share, self.max_share
        if low is None and high is None and self.max_share_concurrent is None:
            raise ValueError(
                _("Give at least one of “min_share”, “max_share” and “max_share_concurrent”.")
            )
        if low is not None and high is not None and low > high:
            sentence = _(
                "The minimum (%(low)s) is above the maximum (%(high)s): nobody can keep both."
            )
            raise ValueError(sentence % {"low": f"{low:.0%}", "high": f"{high:.0%}"})
        if low and self.max_share_concurrent == 0:
            raise ValueError(
                _("A minimum cannot be kept if nobody may be present at the same time.")
            )
        return self


class HoursProvision(Provision):
    """When counters receive the public; a day that is not named keeps its ordinary hours."""

    kind: Literal["hours"]
    hours: WeekHours = Field(min_length=1)
    """By day; a named day beats ``every_day``; an empty list: not open on that day."""


class ShiftForm(Model):
    name: Words
    hours: dict[Day, Opening] = Field(min_length=1)
    pause: dict[Day, Opening] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _pauses_while_it_lasts(self) -> Self:
        for day, pause in self.pause.items():
            around = self.hours.get(day) or self.hours.get("every_day")
            if around is None:
                sentence = _("The break on “%(day)s” has no shift on that day: add its hours.")
                raise ValueError(sentence % {"day": day})
            (begins, ends), (stops, resumes) = span(around), span(pause)
            if not begins < stops < resumes < ends:
                sentence = _("The break %(pause)s lies outside the shift %(shift)s.")
                raise ValueError(sentence % {"pause": pause, "shift": around})
        return self


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

    @model_validator(mode="after")
    def _age_of_the_elderly(self) -> Self:
        if self.elderly_from is not None and "elderly" not in self.groups:
            raise ValueError(_("“elderly_from” needs “elderly” among the groups."))
        return self


class RemoteProvision(Provision):
    kind: Literal["remote"]
    work: Literal["allowed", "required"]


class ReportingProvision(Provision):
    kind: Literal["reporting"]
    duties: tuple[Duty, ...] = Field(min_length=1)


class SuspensionProvision(Provision):
    """The services in the scope are not given."""

    kind: Literal["suspension"]


class ChannelsProvision(Provision):
    """The only ways to ask that are open."""

    kind: Literal["channels"]
    channels: tuple[Channel, ...] = Field(min_length=1)
    hours: WeekHours = Field(default_factory=dict)
    """When requests by these ways are worked on."""


class PriorityProvision(Provision):
    kind: Literal["priority"]
    groups: tuple[Group, ...] = Field(min_length=1)


PROTOCOL = (
    "mask", "temperature_max", "hands", "distance_m", "partition", "disinfection", "ppe",
)  # fmt: skip


class ProtocolProvision(Provision):
    """Health protocol; at least one item."""

    kind: Literal["protocol"]
    mask: Flag | None = None
    temperature_max: Decimal | None = Field(default=None, ge=35, le=42, decimal_places=2)
    """Degrees Celsius."""
    hands: Flag | None = None
    distance_m: Decimal | None = Field(default=None, gt=0, le=10, decimal_places=2)
    partition: Flag | None = None
    disinfection: Flag | None = None
    ppe: Literal["none", "mask_gloves", "full"] | None = None
    """What officers wear who record people."""

    @model_validator(mode="after")
    def _names_an_item(self) -> Self:
        if not self.items:
            raise ValueError(
                _(
                    "Name at least one item of the protocol: mask, temperature_max, hands, "
                    "distance_m, partition, disinfection or ppe."
                )
            )
        return self

    @property
    def items(self) -> tuple[tuple[str, bool | Decimal | str], ...]:
        """What it says, item by item."""
        said = ((name, getattr(self, name)) for name in PROTOCOL)
        return tuple((name, value) for name, value in said if value is not None)


class ClockProvision(Provision):
    """Exactly one of the two."""

    kind: Literal["clock"]
    suspended: Flag = False
    extended_by: int | None = Field(default=None, gt=0, le=366)
    """Working days."""

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if self.suspended == (self.extended_by is not None):
            raise ValueError(
                _("Give exactly one of “suspended: true” and “extended_by” (working days).")
            )
        return self


class LettersProvision(Provision):
    kind: Literal["letters"]
    drop_box: Flag = False
    email: Flag = False

    @model_validator(mode="after")
    def _some_way(self) -> Self:
        if not (self.drop_box or self.email):
            raise ValueError(
                _("Say how letters are taken: “drop_box: true”, “email: true” or both.")
            )
        return self


AnyProvision = Annotated[
    CountersProvision | RoomProvision | AttendanceProvision | HoursProvision
    | ShiftsProvision | PinnedProvision | ExcusedProvision | RemoteProvision
    | ReportingProvision | SuspensionProvision | ChannelsProvision | PriorityProvision
    | ProtocolProvision | ClockProvision | LettersProvision,
    Field(discriminator="kind"),
]  # fmt: skip
