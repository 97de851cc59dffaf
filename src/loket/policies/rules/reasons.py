"""Why somebody does what nobody need ask them to do: in words that can be shown."""

from __future__ import annotations

from django.utils.translation import gettext as _

from loket.kernel.errors import Invalid
from loket.kernel.texts import HIDDEN

LONGEST = 2000


def given(words: str, *, field: str, missing: str) -> str:
    """Return a reason as it is kept and shown.

    :raises Invalid: if there is none, or it cannot be shown.
    """
    reason = words.strip()
    sentence = ""
    if not reason:
        sentence = missing
    elif len(reason) > LONGEST:
        sentence = _("The text is longer than %(most)s characters.") % {"most": LONGEST}
    elif HIDDEN.search(reason):
        sentence = _("There is a control character here that nobody sees: leave it out.")
    if sentence:
        raise Invalid(sentence, fields={field: [sentence]})
    return reason
