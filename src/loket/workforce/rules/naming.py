"""Several people in one phrase."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

NAMED = 4
"""More people than this are counted, not named."""


def people(names: Iterable[str]) -> str:
    """Return people by name, of many only the first."""
    named = list(names)
    if len(named) > NAMED:
        more = len(named) - NAMED + 1
        others = ngettext("%(count)s other", "%(count)s others", more) % {"count": more}
        named = [*named[: NAMED - 1], others]
    return str(get_text_list(named, _("and")))
