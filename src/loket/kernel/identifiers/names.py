"""Names of persons, as they may be recorded (Permendagri 73/2022, arts 4 to 7).

The rules hold when a name is recorded for the first time. A name that is already in a
register stays as it is, whatever it looks like.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _

MOST = 60
"""Signs with spaces (art. 4(2)c)."""
MOST_EVER = 200
"""For a name that is already registered: longer is surely a mistake."""

TITLES = frozenset(
    {"dr", "drs", "dra", "prof", "ir", "hj", "kh", "phd", "spd", "ssos", "skom", "msi", "mpd"}
)
"""Written as a word of its own, these are nothing but titles (art. 5(3)c)."""
PERHAPS_TITLES = frozenset(
    {"h", "haji", "hajjah", "ustadz", "kiai", "sh", "se", "st", "mm", "amd"}
)
ABBREVIATIONS = frozenset({"moh", "muh", "mhd", "md", "mohd", "abd", "abdl"})


@dataclass(frozen=True, slots=True)
class NameVerdict:
    """What is wrong with a name, and what an officer should talk about.

    ``name`` is the name as it would be recorded: single spaces, composed letters.
    """

    name: str
    errors: tuple[str, ...]
    warnings: tuple[str, ...]


def check(name: str, *, first_recording: bool = True) -> NameVerdict:
    """Judge a name; a registered one is only asked to be a name at all."""
    tidy = " ".join(unicodedata.normalize("NFC", name).split())
    if sentence := _not_a_name(tidy):
        return NameVerdict(tidy, (sentence,), ())
    if not first_recording:
        return NameVerdict(tidy, (), _doubts_about_registered(tidy))
    found = (_too_long(tidy), _wrong_signs(tidy), _foreign_letters(tidy), _titles(tidy))
    return NameVerdict(tidy, tuple(s for s in found if s), _doubts(tidy))


def _not_a_name(name: str) -> str:
    if not name:
        return _("Write the name.")
    if not any(sign.isalpha() for sign in name):
        return _("A name has letters. Write the name in full.")
    if len(name) > MOST_EVER:
        return _("This is too long for a name. Write only the name.")
    return ""


def _too_long(name: str) -> str:
    if len(name) <= MOST:
        return ""
    return _(
        "A name has at most %(most)d letters and spaces together. This one has %(count)d. "
        "Choose a shorter one."
    ) % {"most": MOST, "count": len(name)}


def _wrong_signs(name: str) -> str:
    wrong = dict.fromkeys(s for s in name if not s.isalpha() and s != " ")
    if not wrong:
        return ""
    return _("A name has no digits and no punctuation. Take out: %(signs)s") % {
        "signs": " ".join(s if s.isprintable() else "\N{REPLACEMENT CHARACTER}" for s in wrong)
    }


def _foreign_letters(name: str) -> str:
    if all(_is_latin(s) for s in name if s.isalpha()):
        return ""
    return _("A name is recorded in Latin letters. Write it in the letters A to Z.")


def _titles(name: str) -> str:
    found = [word for word in name.split() if word.lower() in TITLES]
    if not found:
        return ""
    return _(
        "A certificate bears no academic or religious title. Take out: %(words)s. A title "
        "may stand on the family card and the identity card."
    ) % {"words": ", ".join(found)}


def _doubts(name: str) -> tuple[str, ...]:
    words = [word.lower() for word in name.split()]
    found = []
    if len(words) == 1:
        found.append(
            _(
                "The name has one word. Two words or more are advised, because other countries "
                "ask for a family name. You may keep one word."
            )
        )
    if any(len(word) == 1 or word in ABBREVIATIONS for word in words):
        found.append(
            _(
                "The name seems to be shortened. Write every word in full, unless the short "
                "word is itself the name. The officer will ask."
            )
        )
    if any(word in PERHAPS_TITLES for word in words):
        found.append(
            _("The name seems to hold a title. A certificate bears none. The officer will ask.")
        )
    if any(s.isalpha() and not s.isascii() for s in name) and not _foreign_letters(name):
        found.append(_("The name has letters with marks. The register may write them without."))
    return tuple(found)


def _doubts_about_registered(name: str) -> tuple[str, ...]:
    if not any(s.isdecimal() for s in name):
        return ()
    return (_("There are digits in the name. Compare it with the card."),)


def _is_latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("LATIN ")
