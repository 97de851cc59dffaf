"""What people write down about their own work, and what their superiors remark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from loket.kernel.errors import Invalid
from loket.kernel.identifiers.masking import scrub
from loket.kernel.texts import HIDDEN

from .work import OWN_KINDS

MOST_WORDS = 300
MOST_TIMES = 9999
MOST_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class Written:
    """One entry as somebody typed it."""

    kind: str
    words: str
    count: str | int = 1
    minutes: str | int = ""


def checked(written: Written) -> dict[str, Any]:
    """Return the fields of an entry.

    :raises Invalid: by field, if something is missing or wrong.
    """
    errors: dict[str, list[str]] = {}
    if written.kind not in OWN_KINDS:
        errors["kind"] = [_("Choose what kind of work it was.")]
    words = written.words.strip()
    if sentence := wrong_with(words, missing=_("Say in a few words what you did.")):
        errors["words"] = [sentence]
    count = whole(written.count, most=MOST_TIMES)
    if count is None:
        errors["count"] = [_("Write how many as a number from 1 to 9999.")]
    minutes = whole(written.minutes, most=MOST_MINUTES)
    if minutes is None:
        errors["minutes"] = [_("Write the minutes as a number from 1 to 1440.")]
    if errors:
        raise Invalid(_("Something is still missing or must be corrected."), fields=errors)
    return {
        "kind": written.kind, "words": scrub(words), "count": count, "minutes": minutes,
    }  # fmt: skip


def remark_of(words: str) -> str:
    """Return the remark with which a report is returned.

    :raises Invalid: if there is none, or it cannot be shown.
    """
    remark = words.strip()
    if sentence := wrong_with(remark, missing=_("Say what must be mended.")):
        raise Invalid(sentence, fields={"remark": [sentence]})
    return scrub(remark)


def wrong_with(words: str, *, missing: str) -> str:
    """Return what is wrong with some words, or nothing."""
    if not words:
        return missing
    if len(words) > MOST_WORDS:
        return _("The text is longer than %(most)s characters.") % {"most": MOST_WORDS}
    if HIDDEN.search(words):
        return _("There is a control character here that nobody sees: leave it out.")
    return ""


def whole(typed: str | int, *, most: int) -> int | None:
    """Return a number from 1 up to the most, or None if it is none."""
    text = str(typed).strip()
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(most))):
        return None
    number = int(text)
    return number if 1 <= number <= most else None
