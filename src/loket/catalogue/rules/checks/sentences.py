"""Sentences that are empty or not translated."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from loket.catalogue.rules.format import Service
from loket.catalogue.rules.life_events import LIFE_EVENTS
from loket.catalogue.rules.problems import Finding, Path
from loket.kernel.texts import Text

from .names import unknown

_LONG = 3
"""Words above which equal texts in both languages are hardly meant."""


def check(service: Service) -> Iterator[Finding]:
    """Find blank and untranslated sentences, and life events nobody knows."""
    for path, text in texts(service, ()):
        for language in ("id", "en"):
            if not text.in_language(language).strip():
                yield Finding((*path, language), "The text is empty.")
        if text.id == text.en and len(text.id.split()) > _LONG:
            reason = "Both languages say the same: is this translated?"
            yield Finding((*path, "en"), reason, "warning")
    for at, event in enumerate(service.life_events):
        if event not in LIFE_EVENTS:
            yield Finding(("life_events", at), unknown(event, LIFE_EVENTS, "life event"))
    if not service.life_events:
        yield Finding(
            ("life_events",), "At least one life event is needed to find the service."
        )


def texts(part: Any, path: Path) -> Iterator[tuple[Path, Text]]:
    """Return every sentence of a definition with its place."""
    if isinstance(part, Text):
        yield path, part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from texts(getattr(part, name), (*path, name))
    elif isinstance(part, tuple):
        for at, item in enumerate(part):
            yield from texts(item, (*path, at))
