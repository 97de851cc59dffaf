"""Words in both languages, for what is declared as data."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import get_language
from pydantic import ConfigDict

LANGUAGES = ("id", "en")
HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
"""Signs that nobody sees and that no feed may carry, or that rearrange what stands around
them."""


@dataclass(frozen=True)
class Text:
    """One sentence, Indonesian and English. As a string it is in the reader's language."""

    __pydantic_config__ = ConfigDict(extra="forbid", str_min_length=1)

    id: str
    en: str

    def in_language(self, language: str) -> str:
        """Return the sentence in a language; anything but English reads Indonesian."""
        return self.en if language.startswith("en") else self.id

    def __str__(self) -> str:
        return self.in_language(get_language() or "id")
