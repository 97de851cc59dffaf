"""How one row differs from who is on record."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from loket.people.rules.columns import plain
from loket.people.rules.imports import Entry

from .values import Person, Post, Step

EMPLOYMENT = ("kind", "nip", "nrk", "born_on", "phone")
ALIKE = 0.6
"""Names less alike than this are of two people, unless the NIP says otherwise."""
MAY_STAY_EMPTY = ("nrk", "born_on", "phone")
"""Left empty in the file, these stay as they are."""


def contradictions(entry: Entry, person: Person) -> list[str]:
    """Return why a row cannot mean the person on record that it names."""
    found = []
    if not person.is_usable:
        sentence = _("The account %(name)s is closed or not of the staff.")
        found.append(sentence % {"name": person.username})
    number = person.employment.get("nip")
    if number and entry.nip and number != entry.nip:
        found.append(_("%(name)s has another NIP on record.") % {"name": person.name})
    elif not number and alike(entry.name, person.name) < ALIKE:
        sentence = _("The account %(account)s is that of %(name)s.")
        found.append(sentence % {"account": person.username, "name": person.name})
    return found


def alike(one: str, other: str) -> float:
    """Return how much two names are alike, from 0 to 1."""
    return SequenceMatcher(None, plain(one), plain(other)).ratio()


def notes(entry: Entry, person: Person) -> Iterable[str]:
    """Yield what the row says and a file does not change: by these people sign in."""
    if entry.username and entry.username != person.username.casefold():
        yield _("The account name stays %(name)s.") % {"name": person.username}
    if entry.email and entry.email != person.email.casefold():
        yield _("The e-mail address on record stays; an operator changes it.")


def of_post(step: Step, person: Person) -> list[str]:
    """Return why a post on record cannot become the one of the row."""
    post = next((each for each in person.posts if each.number == step.post), None)
    entry = step.entry
    if post is None:
        return []
    if post.basis != entry.basis:
        return [_("They hold this post on another basis already. End that one first.")]
    if entry.starts_on and entry.starts_on != post.starts_on:
        return [
            _("They hold this post since %(day)s. Leave the column empty, or write that day.")
            % {"day": f"{post.starts_on:%d/%m/%Y}"}
        ]
    if entry.ends_on and entry.ends_on != post.ends_on:
        return [_("They hold this post until another day. End it on the person’s page.")]
    return []


def does(entry: Entry, person: Person | None, post: Post | None) -> Iterable[str]:
    """Yield what is to be done about one row."""
    if person is None:
        yield "account"
    elif person.name != entry.name:
        yield "name"
    if person is None or _employs(entry, person):
        yield "employment"
    if post is None:
        yield "post"
    elif _is_other(entry, post):
        yield "title"
    if entry.skills and (person is None or person.skills != frozenset(entry.skills)):
        yield "skills"
    if entry.rooms and (person is None or person.rooms != entry.rooms):
        yield "rooms"


def _is_other(entry: Entry, post: Post) -> bool:
    level = entry.level or post.level
    days = (entry.starts_on or post.starts_on, entry.ends_on or post.ends_on)
    return (post.title, post.level, post.basis, post.starts_on, post.ends_on) != (
        entry.title, level, entry.basis, *days,
    )  # fmt: skip


def _employs(entry: Entry, person: Person) -> bool:
    """Say whether the row says something else of the employment than what is on record."""
    for name in EMPLOYMENT:
        said = getattr(entry, name)
        if name in MAY_STAY_EMPTY and not said:
            continue
        if (said or None) != (person.employment.get(name) or None):
            return True
    return False


def slug(name: str) -> str:
    """Return the first two words of a name as an account name."""
    bare = unicodedata.normalize("NFKD", name.partition(",")[0])
    words = re.findall(r"[a-z]+", bare.encode("ascii", "ignore").decode().lower())
    made = ".".join(words[:2])
    return made if len(made) > 2 else f"{made or 'staf'}.loket"  # noqa: PLR2004 -- the shortest account name
