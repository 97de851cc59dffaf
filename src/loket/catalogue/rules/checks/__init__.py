"""Whether a definition makes sense as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from loket.catalogue.rules.format import Service
from loket.catalogue.rules.problems import Finding

from . import conditions, outputs, questions, sentences, workflow
from .outputs import Slots

__all__ = ["Slots", "check"]


def check(
    service: Service,
    *,
    templates: Mapping[str, Slots] | None = None,
    notices: AbstractSet[str] | None = None,
) -> list[Finding]:
    """Return everything that is wrong with a well-formed definition.

    ``templates`` and ``notices`` are what other packages offer; None leaves that unchecked.
    """
    return [
        *sentences.check(service),
        *questions.check(service),
        *conditions.check(service),
        *workflow.check(service, notices),
        *outputs.check(service, templates),
    ]
