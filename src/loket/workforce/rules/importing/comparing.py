"""Rows of a staff file against who is on record."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from loket.people.rules.columns import nearest, plain
from loket.people.rules.imports import Entry, Line

from . import differing
from .values import Known, Outcome, Person, Plan, Post, Result, Step


class Comparison:
    """Compares rows with who is on record. ``may`` says whether a unit's staff may be imported."""

    def __init__(
        self, known: Known, *, may: Callable[[str], bool], importer: int | None, on: date
    ) -> None:
        self.known, self.may, self.importer, self.on = known, may, importer, on
        self.by_nip = {p.employment["nip"]: p for p in known.people if p.employment.get("nip")}
        self.by_username = {p.username.casefold(): p for p in known.people}
        self.by_email = {p.email.casefold(): p for p in known.people if p.email}
        self.by_unit_name: dict[str, list[str]] = {}
        for code, (_path, name) in known.units.items():
            self.by_unit_name.setdefault(plain(name), []).append(code)
        self.taken = set(known.usernames)
        self.opened: dict[str, str] = {}
        self.seen: set[str] = set()

    def plan(self, lines: Iterable[Line]) -> Plan:
        """Return what the rows would do; the digest names exactly that."""
        results = tuple(self.result(line) for line in lines)
        facts = [[asdict(r.step) if r.step else None, r.row, r.problems] for r in results]
        written = json.dumps(facts, default=str, sort_keys=True).encode()
        return Plan(results, hashlib.sha256(written).hexdigest())

    def result(self, line: Line) -> Result:
        """Return what one row would do, or why it cannot."""
        entry = line.entry
        if entry is None:
            return Result(
                row=line.row, name=line.name, unit="", outcome="refused", problems=line.problems
            )
        unit = self.unit_of(entry.unit)
        person, problems = self.person_of(entry)
        if not unit:
            problems.append(self.unknown_unit(entry.unit))
        problems += [self.unknown_room(code) for code in self.strange_rooms(entry)]
        step = self.step(entry, unit, person) if unit else None
        if step and not problems:
            problems += self.not_allowed(step, person)
        shown = self.known.units[unit][1] if unit else entry.unit
        notes = tuple(differing.notes(entry, person)) if person else ()
        facts: dict[str, Any] = {
            "row": line.row, "name": entry.name, "unit": shown, "notes": notes,
        }  # fmt: skip
        if problems or step is None:
            return Result(**facts, outcome="refused", problems=tuple(problems))
        outcome: Outcome = "unchanged"
        if step.does:
            outcome = "new" if person is None else "changed"
        return Result(**facts, outcome=outcome, does=step.does, step=step)

    def unit_of(self, written: str) -> str:
        """Return the code of a unit by its code or its name, if only one is called so."""
        if written in self.known.units:
            return written
        alike = self.by_unit_name.get(plain(written), [])
        return alike[0] if len(alike) == 1 else ""

    def person_of(self, entry: Entry) -> tuple[Person | None, list[str]]:
        """Return who on record is meant, and what contradicts that."""
        found = {
            "nip": self.by_nip.get(entry.nip) if entry.nip else None,
            "username": self.by_username.get(entry.username) if entry.username else None,
            "email": self.by_email.get(entry.email) if entry.email else None,
        }
        people = {person.number: person for person in found.values() if person}
        if len(people) > 1:
            return None, [_("NIP, account name and e-mail address belong to different people.")]
        person = next(iter(people.values()), None)
        if person is None and entry.username in self.known.usernames:
            # Somebody's, in other letters: who signs in would not be told apart.
            sentence = _("The account name %(name)s is taken, written in other letters.")
            return None, [sentence % {"name": entry.username}]
        return person, differing.contradictions(entry, person) if person else []

    def step(self, entry: Entry, unit: str, person: Person | None) -> Step:
        """Return what is to be done about one row."""
        post = self.post_of(entry, unit, person)
        username = person.username if person else self.username_for(entry)
        does = differing.does(entry, person, post)
        # Of somebody with several rows the first says all but the post.
        is_first = entry.person not in self.seen
        self.seen.add(entry.person)
        return Step(
            entry=replace(entry, unit=unit),
            account=person.number if person else None,
            username=username,
            post=post.number if post else None,
            does=tuple(act for act in does if is_first or act in {"post", "title"}),
        )

    def post_of(self, entry: Entry, unit: str, person: Person | None) -> Post | None:
        """Return the post on record that the row is about."""
        since = entry.starts_on or self.on
        for post in person.posts if person else ():
            is_same = (post.unit, post.role) == (unit, entry.role)
            if is_same and (post.ends_on is None or post.ends_on > since):
                return post
        return None

    def not_allowed(self, step: Step, person: Person | None) -> list[str]:
        """Return why the importer may not do this."""
        if not step.does:
            return []
        path, name = self.known.units[step.entry.unit]
        if not self.may(path):
            return [_("You may not import staff of %(unit)s.") % {"unit": name}]
        if person is None:
            return []
        if person.number == self.importer:
            return [_("Nobody imports themselves. Ask a colleague of personnel.")]
        found = differing.of_post(step, person)
        if person.paths and not any(self.may(each) for each in person.paths):
            own = set(step.does) - {"post", "title"}
            if own:
                found.append(
                    _("They belong to another unit, whose personnel keeps their record.")
                )
        return found

    def strange_rooms(self, entry: Entry) -> list[str]:
        """Return codes of rooms that do not exist."""
        return [code for code in entry.rooms if code not in self.known.rooms]

    def unknown_unit(self, written: str) -> str:
        """Return the sentence about a unit that does not exist, with the nearest."""
        units = self.known.units
        words = (word for code, (_path, name) in units.items() for word in (code, name))
        return _unknown(_("There is no unit “%(code)s”."), written, nearest(written, words))

    def unknown_room(self, code: str) -> str:
        """Return the sentence about a room that does not exist, with the nearest."""
        alike = nearest(code, self.known.rooms)
        return _unknown(_("There is no room “%(code)s”."), code, alike)

    def username_for(self, entry: Entry) -> str:
        """Return the account name that a new person gets: their own, or made of the name."""
        if entry.person in self.opened:
            return self.opened[entry.person]
        base = entry.username or differing.slug(entry.name)
        name, count = base, 1
        while name in self.taken and not entry.username:
            count += 1
            name = f"{base}{count}"
        self.taken.add(name)
        self.opened[entry.person] = name
        return name


def _unknown(sentence: str, code: str, alike: str) -> str:
    said = sentence % {"code": code[:60]}
    return f"{said} {_('Did you mean “%(alike)s”?') % {'alike': alike}}" if alike else said
