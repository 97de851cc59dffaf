"""What the regions in answers are called."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from loket.cases.rules import facts
from loket.organisation import queries as organisation


def region_name_in(answers: Mapping[str, Any]) -> Callable[[str], str]:
    """Return what names the regions in these answers; all are fetched in one query.

    A code that is no region's is its own name: that is how it was typed.
    """
    names = organisation.region_names(facts.regions_in(answers))
    return lambda code: names.get(code, code)
