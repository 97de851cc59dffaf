"""Closures, zones, and a history of everything."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal, Self

from django.utils.translation import gettext as _
from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from . import written
from .circulars import Circular
from .parts import MOST_UNITS, Model, Moment, Name, Note, Period, Scope, Sentence, Title, Words

Reason = Literal["positive_case", "flood", "fire", "blackout", "unrest", "other"]
Reopening = Annotated[
    date | datetime | Literal["earliest"] | None,
    BeforeValidator(written.read_reopening),
    WithJsonSchema(
        {
            "anyOf": [
                {"const": "earliest"},
                {"type": "string", "pattern": written.MOMENT_PATTERN},
                {"type": "null"},
            ]
        }
    ),
]


class RecordForm(Model):
    """Proof that something was done before reopening."""

    kind: Literal["disinfection", "tracing", "safety_check"]
    at: Moment
    words: Words


class ClosureForm(Model):
    """A unit, a building, a floor or a room shut from a moment on: one of ``units``,
    ``place`` (with ``floor``) and ``room``.
    """

    units: tuple[Words, ...] = Field(default=(), max_length=MOST_UNITS)
    place: str = ""
    floor: str = ""
    room: str = ""
    reason: Reason
    since: Moment = Field(alias="from")
    basis: Words
    """The rule that demands it, with its article: ``Pergub 88/2020 art. 9(2)f``."""
    words: Sentence | None = None
    stays_open: tuple[Scope, ...] = Field(default=(), max_length=MOST_UNITS)
    """What stays open inside: units, rooms, services."""
    records: tuple[RecordForm, ...] = ()
    reopened: Reopening = None
    """``earliest``, or the day or moment from which it is open again."""

    @model_validator(mode="after")
    def _shuts_one_thing(self) -> Self:
        if sum(map(bool, (self.units, self.place, self.room))) != 1:
            raise ValueError(
                _(
                    "Say what is closed by exactly one of “units”, “place” (with “floor” for one "
                    "floor) and “room”."
                )
            )
        if self.floor and not self.place:
            raise ValueError(
                _("A floor needs its building: add “place” with the building’s code.")
            )
        if any(scope == Scope() for scope in self.stays_open):
            raise ValueError(
                _("What stays open must be named: a unit, a building, a room or a service.")
            )
        return self

    @model_validator(mode="after")
    def _reopens_after_closing(self) -> Self:
        if isinstance(self.reopened, date) and (
            written.on_the_wall(self.reopened) <= written.on_the_wall(self.since)
        ):
            sentence = _(
                "It opens again (%(end)s) before it closes (%(start)s): correct one of the two."
            )
            raise ValueError(sentence % {"start": self.since, "end": self.reopened})
        return self


class ZoneForm(Model):
    """The zone or level of a region during a period."""

    region: Words
    scheme: Name
    value: Name
    period: Period
    source: Note = ""


class Timeline(Model):
    """A history, or a plan, of circulars, closures and zones (``loket scenario``)."""

    format: Literal[1]
    title: Title
    zones: tuple[ZoneForm, ...] = ()
    circulars: tuple[Circular, ...] = ()
    closures: tuple[ClosureForm, ...] = ()
