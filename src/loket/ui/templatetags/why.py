"""“Why is this so?”: what decided a part of the answer, wherever a rule decided something."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, cast

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loket.ui.periods import in_words

register = template.Library()

REASONS = {
    "positive_case": gettext_lazy("a positive case"),
    "flood": gettext_lazy("a flood"),
    "fire": gettext_lazy("a fire"),
    "blackout": gettext_lazy("a power failure"),
    "unrest": gettext_lazy("unrest nearby"),
    "other": gettext_lazy("an emergency"),
}
"""Why offices are shut, to be said after “because of”."""


class Because(Protocol):
    """What is told of a provision; ``loket.policies`` gives it, of which pages know nothing."""

    @property
    def subject(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def article(self) -> str: ...
    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime | None: ...
    @property
    def words(self) -> object | None: ...
    @property
    def amended_by(self) -> tuple[str, ...]: ...
    @property
    def reason(self) -> str: ...
    @property
    def is_closure(self) -> bool: ...


class Decided(Protocol):
    """A part of an answer, with what is behind it."""

    @property
    def because(self) -> Iterable[Because]: ...


Reasons = Decided | Iterable[Because] | None


@dataclass(frozen=True, slots=True)
class Reason:
    """One provision as it is told."""

    sentence: str
    label: str
    article: str
    period: str
    url: str
    """Empty for a closure, which has no page of its own."""
    amended_by: str


@register.inclusion_tag("ui/parts/because.html")
def because(part: Reasons, label: str = "", about: str = "") -> dict[str, Any]:
    """Tell which circulars and articles are behind a part; nothing for an ordinary value.

    ``about`` is read aloud after the label, where a page has several.
    """
    return {"reasons": reasons(part), "label": label, "about": about}


@register.filter
def why(part: Reasons) -> str:
    """Return the sentence of the reason that weighs most, or nothing."""
    found = provisions(part)
    return sentence_of(found[0]) if found else ""


def provisions(part: Reasons) -> tuple[Because, ...]:
    """Return what is behind a part of the answer, the weightiest first."""
    return tuple(cast("Iterable[Because]", getattr(part, "because", part) or ()))


def reasons(part: Reasons) -> list[Reason]:
    """Return each provision behind a part once, as it is told."""
    return [
        Reason(
            sentence=sentence_of(found),
            label=label_of(found),
            article=found.article,
            period=in_words(found.starts_at, found.ends_at, is_closure=found.is_closure),
            url=url_of(found),
            amended_by="; ".join(found.amended_by),
        )
        for found in dict.fromkeys(provisions(part))
    ]


def sentence_of(found: Because) -> str:
    """Return what a provision means: in its own words if it has any."""
    if found.words is not None:
        return str(found.words)
    if found.is_closure:
        reason = REASONS.get(found.reason, REASONS["other"])
        return _("Closed for now because of %(reason)s.") % {"reason": reason}
    return _("It is so decided in %(label)s.") % {"label": found.label}


@register.filter
def label_of(found: Because) -> str:
    """Return how a provision is cited."""
    if found.is_closure:
        code = found.subject.partition(":")[2]
        return _("Closure %(code)s") % {"code": code}
    return found.label


def url_of(found: Because) -> str:
    """Return the public page of the circular behind it."""
    kind, _sign, code = found.subject.partition(":")
    return reverse("portal:circular", args=[code]) if kind == "circular" else ""
