"""Why a member of staff may open a person's file. Whose file it is can read the answer."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loket.kernel.errors import Invalid

from .transitions import words_of

OTHER = "other"


@dataclass(frozen=True, slots=True)
class LookReason:
    """One reason that can be picked; the label is what the person reads."""

    value: str
    label: str | Promise


REASONS = (
    LookReason("handling", gettext_lazy("To handle the application")),
    LookReason("supervision", gettext_lazy("To supervise the handling")),
    LookReason("complaint", gettext_lazy("To answer a complaint")),
    LookReason("audit", gettext_lazy("To audit the service")),
    LookReason("duplicate", gettext_lazy("To compare it with a similar application")),
    LookReason(OTHER, gettext_lazy("Another reason")),
)


def label_of(value: str) -> str:
    """Return what a reason is called; one that is no longer in the list is shown as it is."""
    return next((str(r.label) for r in REASONS if r.value == value), value)


def check(reason: str, words: str) -> str:
    """Return the words that go with a reason, trimmed.

    :raises Invalid: if the reason is not in the list, or says nothing by itself.
    """
    words = words_of(words)
    if reason not in {r.value for r in REASONS}:
        sentence = _("Choose why you open this application.")
        raise Invalid(sentence, fields={"reason": [sentence]})
    if reason == OTHER and not words:
        sentence = _("Write down why you open this application.")
        raise Invalid(sentence, fields={"words": [sentence]})
    return words
