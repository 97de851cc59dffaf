"""Telephone numbers: any way of writing in, E.164 (``+62…``) out."""

from __future__ import annotations

import re

import phonenumbers
from django.utils.translation import gettext as _

from loket.kernel.errors import Invalid

from . import digits

COUNTRY = "ID"
LONGEST_TYPED = 40
_Type = phonenumbers.PhoneNumberType
PERSONS = frozenset(
    {
        _Type.MOBILE,
        _Type.FIXED_LINE,
        _Type.FIXED_LINE_OR_MOBILE,
        _Type.VOIP,
        _Type.PERSONAL_NUMBER,
    }
)
"""Kinds of number that a person has; not hotlines such as 1500 000."""
# The library reads “62812…” without “+” as a number within Indonesia. No number within
# Indonesia that long begins with 62, so the country code is meant.
_COUNTRY_CODE_WITHOUT_PLUS = re.compile(r"^(?:00)?(?=62\d{8,13}$)")


def normalise(text: str) -> str:
    """Return a number as dialled from abroad; a number within Indonesia needs no +62.

    :raises Invalid: if no person can have such a number; 112 and hotlines are nobody's.
    """
    typed = digits.compact(text.strip()[: LONGEST_TYPED + 1]).replace("(", "").replace(")", "")
    candidate = _COUNTRY_CODE_WITHOUT_PLUS.sub("+", typed)
    try:
        number = phonenumbers.parse(candidate, COUNTRY)
    except phonenumbers.NumberParseException:
        raise _refusal(typed) from None
    # The library would read letters as keys, and gives no kind to a number that is not valid.
    is_persons = phonenumbers.number_type(number) in PERSONS
    if any(s.isalpha() for s in typed) or number.extension or not is_persons:
        raise _refusal(typed)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def mask(text: str) -> str:
    """Return a number by which its owner knows it: ``+62811*****01``."""
    head, tail = 5, 2
    if len(text) <= head + tail:
        return "*" * len(text)
    return text[:head] + "*" * (len(text) - head - tail) + text[-tail:]


def _refusal(typed: str) -> Invalid:
    if not typed:
        return Invalid(_("Write a phone number, such as 0811 0000 0000."))
    return Invalid(
        _(
            "We cannot reach this phone number. Write a mobile number such as 0811 0000 0000, "
            "or a landline with its area code. A number abroad begins with + and the country."
        )
    )
