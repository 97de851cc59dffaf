"""What circulars, closures and zones share: periods, scopes, days and hours."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Literal, Self, get_args

from django.utils.translation import gettext as _
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    Strict,
    StringConstraints,
    ValidationError,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import InitErrorDetails

from loket.kernel.texts import HIDDEN, Text

from . import written

MOST_UNITS = 1000
"""How many codes a list may name."""


def _on_one_line(words: str) -> str:
    return " ".join(_seen(words).split())


def _seen(words: str) -> str:
    """Return words as they are.

    :raises ValueError: if there is a sign in them that nobody sees.
    """
    if HIDDEN.search(words):
        raise ValueError(_("There is a control character here that nobody sees: leave it out."))
    return words


Words = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=300),
    AfterValidator(_on_one_line),
]
Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=40),
    AfterValidator(_on_one_line),
]
"""Of a zone or its scheme."""
TITLE_LENGTH, TEXT_LENGTH = 300, 2000


def _no_longer_than(most: int) -> Callable[[Text], Text]:
    def check(text: Text) -> Text:
        too_long: list[InitErrorDetails] = [
            {
                "type": "string_too_long",
                "loc": (language,),
                "input": words,
                "ctx": {"max_length": most},
            }
            for language, words in (("id", text.id), ("en", text.en))
            if len(words) > most
        ]
        if too_long:
            raise ValidationError.from_exception_data("Text", too_long)
        if not (_seen(text.id).strip() and _seen(text.en).strip()):
            raise ValueError(_("The text is empty."))
        return text

    return check


def _schema(most: int) -> WithJsonSchema:
    words = {"type": "string", "minLength": 1, "maxLength": most}
    return WithJsonSchema(
        {
            "type": "object",
            "properties": {"id": words, "en": words},
            "required": ["id", "en"],
            "additionalProperties": False,
        }
    )


Title = Annotated[Text, AfterValidator(_no_longer_than(TITLE_LENGTH)), _schema(TITLE_LENGTH)]
Sentence = Annotated[Text, AfterValidator(_no_longer_than(TEXT_LENGTH)), _schema(TEXT_LENGTH)]
Note = Annotated[str, StringConstraints(max_length=TEXT_LENGTH)]
Flag = Annotated[bool, Strict()]
Calendar = Annotated[
    date,
    BeforeValidator(written.read_day),
    WithJsonSchema({"type": "string", "pattern": written.DAY_PATTERN}),
]
Moment = Annotated[
    date | datetime,
    BeforeValidator(written.read_moment),
    WithJsonSchema({"type": "string", "pattern": written.MOMENT_PATTERN}),
]
Share = Annotated[
    Decimal, BeforeValidator(written.read_fraction), WithJsonSchema(written.SHARE_SCHEMA)
]
Opening = Annotated[
    str, Field(pattern=written.OPENING_PATTERN), AfterValidator(written.read_opening)
]
Day = Literal[
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "every_day"
]
DAYS: tuple[str, ...] = get_args(Day)[:7]
"""Monday first, as :meth:`datetime.date.weekday` counts."""
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
Duty = Literal["same_day", "photo", "twice_daily"]


class Model(BaseModel):
    """Base of every part of the format: frozen, and no key that is not known."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", use_attribute_docstrings=True, serialize_by_alias=True
    )


class Period(Model):
    """From a day or a moment until another. Exactly one of the three ends."""

    since: Moment = Field(alias="from")
    through: Calendar | None = None
    """The last day on which it holds."""
    to: Moment | None = None
    """The first day, or the moment, at which it holds no more."""
    until_evaluated: Flag = False
    """Open-ended: until another circular ends it."""

    @model_validator(mode="after")
    def _ends_once(self) -> Self:
        if (self.through, self.to, self.until_evaluated or None).count(None) != 2:  # noqa: PLR2004 -- of three
            raise ValueError(
                _(
                    "A period needs exactly one end: “through” (the last day), “to” (the first "
                    "day or moment after it) or “until_evaluated: true”."
                )
            )
        if self._is_over_before_it_begins():
            sentence = _(
                "The period ends (%(end)s) before it starts (%(start)s): correct one of the two."
            )
            raise ValueError(sentence % {"start": self.since, "end": self.through or self.to})
        return self

    def _is_over_before_it_begins(self) -> bool:
        begins, ends = self.begins_on_the_wall, self.ends_on_the_wall
        since, to = self.since, self.to
        if (
            isinstance(since, datetime)
            and isinstance(to, datetime)
            and since.tzinfo
            and to.tzinfo
        ):
            begins, ends = since, to
        return ends is not None and ends <= begins

    @property
    def begins_on_the_wall(self) -> datetime:
        """The start by calendar and clock of the office."""
        return written.on_the_wall(self.since)

    @property
    def ends_on_the_wall(self) -> datetime | None:
        """The end by calendar and clock of the office; None if it is open."""
        if self.through is not None:
            return written.on_the_wall(written.after(self.through))
        return None if self.to is None else written.on_the_wall(self.to)


class ZoneScope(Model):
    """Where a region has one of these zones or levels at the moment."""

    scheme: Name
    """Name of the scheme, such as ``covid_zone`` or ``ppkm``."""
    values: tuple[Name, ...] = Field(min_length=1)


class Scope(Model):
    """Where a provision holds. What is left out does not narrow it; nothing: everywhere."""

    units: tuple[Words, ...] = Field(default=(), max_length=MOST_UNITS)
    """Codes of units; each covers all units below it."""
    kinds: tuple[UnitKind, ...] = ()
    functions: tuple[UnitFunction, ...] = ()
    place: str = ""
    """Code of a building."""
    floor: str = ""
    """A floor of that building."""
    room: str = ""
    """Code of a room."""
    services: tuple[Words, ...] = Field(default=(), max_length=MOST_UNITS)
    """Codes of services."""
    zone: ZoneScope | None = None
    except_units: tuple[Words, ...] = Field(default=(), max_length=MOST_UNITS)
    """Codes of units, with all below them, for which it does not hold."""

    @model_validator(mode="after")
    def _floor_of_a_place(self) -> Self:
        if self.floor and not self.place:
            raise ValueError(
                _("A floor needs its building: add “place” with the building’s code.")
            )
        return self


def _apart(hours: dict[Day, tuple[str, ...]]) -> dict[Day, tuple[str, ...]]:
    """Return hours by day.

    :raises ValueError: if two spans of a day overlap.
    """
    for day, openings in hours.items():
        spans = sorted(written.span(opening) for opening in openings)
        if any(later[0] < earlier[1] for earlier, later in pairwise(spans)):
            sentence = _("The hours of “%(day)s” overlap: write each time of day once.")
            raise ValueError(sentence % {"day": day})
    return hours


WeekHours = Annotated[dict[Day, tuple[Opening, ...]], AfterValidator(_apart)]
