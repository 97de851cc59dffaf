"""One circular, and how it speaks of others."""

from __future__ import annotations

from typing import Literal, Self

from django.utils.translation import gettext as _
from pydantic import Field, model_validator

from .parts import Calendar, Model, Note, Period, Sentence, Title, Words
from .provisions import AnyProvision

MOST_PROVISIONS = 300
MOST_OTHERS = 100
"""How many a circular may have: each is weighed with each when it is tried out."""


class Reference(Model):
    """Another circular. Never by its number alone: numbers repeat."""

    issuer: Words
    number: Words
    date: Calendar

    @property
    def label(self) -> str:
        """How it is cited."""
        return f"{self.issuer} {self.number} ({self.date:%d-%m-%Y})"


class Amendment(Reference):
    """What of another circular changes: articles that end, or a new end of its period."""

    articles: tuple[Words, ...] = Field(default=(), max_length=MOST_PROVISIONS)
    """Articles that stop when this circular begins; this one's provisions replace them."""
    extended_through: Calendar | None = None
    """The new last day of its period, later or earlier than before."""


class Circular(Reference):
    """One circular (*surat edaran*), decree or instruction."""

    format: Literal[1]
    title: Title
    summary: Sentence | None = None
    """What it does, in one plain sentence."""
    effective: Period
    legal_basis: tuple[Words, ...] = Field(default=(), max_length=MOST_OTHERS)
    source: Note = ""
    """Where its text was read, and how sure we are."""
    amends: tuple[Amendment, ...] = Field(default=(), max_length=MOST_OTHERS)
    revokes: tuple[Reference, ...] = Field(default=(), max_length=MOST_OTHERS)
    provisions: tuple[AnyProvision, ...] = Field(default=(), max_length=MOST_PROVISIONS)
    """What it puts in force. May be left out by one that only amends or revokes."""

    @model_validator(mode="after")
    def _does_something(self) -> Self:
        if not (self.provisions or self.amends or self.revokes):
            raise ValueError(
                _(
                    "The circular does nothing: give at least one provision, or say what it "
                    "amends or revokes."
                )
            )
        return self
