"""Read a roster from its JSON form."""

from __future__ import annotations

import binascii
import json
from base64 import b64decode
from dataclasses import dataclass
from typing import Any, cast, get_args

from django.utils.translation import gettext as _

from loket.kernel.errors import Invalid
from loket.workforce.rules.problem import (
    Day,
    Lacking,
    Lock,
    Member,
    Need,
    Objective,
    Plan,
    Problem,
    Shortage,
    Span,
    Turn,
)

from .parts import Mistakes, Part
from .sense import look

FORMAT = "loket-roster/1"
BLOCKS = ("day", "week", "fortnight")
LARGEST = 200_000_000
"""Characters of a file; the largest agency has a tenth of that."""


class ExchangeErrors(Invalid):
    """A file cannot be used. ``fields`` names each place and what is wrong there."""

    def __init__(self, found: dict[str, list[str]]) -> None:
        super().__init__(_("This is no roster that can be read."), fields=found)


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What was in a file."""

    problem: Problem
    turns: tuple[Turn, ...]
    plan: Plan | None
    """The plan with its proof, if there is one; its turns are ``turns``."""


def read(text: str) -> Exchanged:
    """Return the roster in a text.

    :raises ExchangeErrors: if it cannot be used; lists every mistake with its path.
    """
    mistakes = Mistakes()
    found = None
    try:
        values = _values(text)
    except ValueError as error:
        mistakes.note("", str(error))
    else:
        found = _exchanged(values, mistakes)
        if not mistakes.found:
            look(found.problem, found.turns, mistakes)
    if found is None or mistakes.found:
        raise ExchangeErrors(mistakes.found)
    return found


def _values(text: str) -> Any:
    if len(text) > LARGEST:
        raise ValueError(_("The file is too large."))
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise ValueError(
            _("This is not JSON: line %(line)s, column %(column)s.")
            % {"line": error.lineno, "column": error.colno}
        ) from error
    except RecursionError as error:
        raise ValueError(_("The file is nested too deeply.")) from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [key for key, _value in pairs]
        twice = next(key for key in names if names.count(key) > 1)
        raise ValueError(_("The key “%(key)s” is there twice.") % {"key": twice})
    return found


def _no_number(word: str) -> Any:
    raise ValueError(_("“%(word)s” is no number.") % {"word": word})


def _exchanged(values: Any, mistakes: Mistakes) -> Exchanged:
    with Part(values, "", mistakes) as part:
        part.one_of("format", [FORMAT])
        problem = Problem(
            unit=part.text("unit"),
            days=tuple([_day(each) for each in part.parts("days", required=True)]),
            members=tuple([_member(each) for each in part.parts("members", required=True)]),
            locks=tuple([_lock(each) for each in part.parts("locks")]),
            published=frozenset([_turn(each) for each in part.parts("published")]),
            frozen_before=part.optional_day("frozen_before"),
            teams=part.whole("teams", 0),
            block=cast("Any", part.one_of("block", BLOCKS, "week")),
        )
        turns = tuple([_turn(each) for each in part.parts("turns", required=True)])
        plan = None
        if part.has("plan"):
            with part.part("plan") as proof:
                plan = _plan(proof, turns)
    return Exchanged(problem, turns, plan)


def _day(part: Part) -> Day:
    return Day(
        on=part.day("on"),
        shifts=tuple(
            [
                Span(each.text("name"), each.time("from"), each.time("to"))
                for each in part.parts("shifts", required=True)
            ]
        ),
        needs=tuple([_need(each) for each in part.parts("needs")]),
        most=part.optional_whole("most"),
        most_at_once=part.optional_whole("most_at_once"),
        least=part.whole("least", 0),
        rooms=_numbers(part, "rooms"),
        cited=_cited(part),
    )


def _need(part: Part) -> Need:
    return Need(
        counter=part.text("counter"),
        skill=part.text("skill", ""),
        people=part.whole("people"),
        shift=part.text("shift", ""),
        weight=part.whole("weight", 1, least=1),
        room=part.text("room", ""),
    )


def _member(part: Part) -> Member:
    return Member(
        key=part.text("key"),
        skills=frozenset(part.texts("skills")),
        away=part.days("away"),
        pinned=part.days("pinned"),
        carried=part.whole("carried", 0),
        room=part.text("room", ""),
    )


def _lock(part: Part) -> Lock:
    return Lock(
        member=part.text("member"),
        on=part.day("on"),
        is_in=part.yes_or_no("is_in"),
        shift=part.optional_text("shift"),
        counter=part.optional_text("counter"),
    )


def _turn(part: Part) -> Turn:
    return Turn(
        on=part.day("on"),
        shift=part.text("shift", ""),
        counter=part.text("counter", ""),
        member=part.text("member"),
    )


def _numbers(part: Part, key: str) -> dict[str, int]:
    with part.part(key) as inside:
        return {name: inside.whole(name) for name in inside.keys()}  # noqa: SIM118 -- no mapping


def _cited(part: Part) -> dict[str, tuple[str, ...]]:
    with part.part("cited") as inside:
        return {name: inside.texts(name) for name in inside.keys()}  # noqa: SIM118 -- no mapping


def _plan(part: Part, turns: tuple[Turn, ...]) -> Plan:
    return Plan(
        turns=turns,
        shortages=tuple([_shortage(each) for each in part.parts("shortages")]),
        objective=_objective(part),
        is_proven=part.yes_or_no("is_proven"),
        certificate=_bytes(part, "certificate"),
        team_of=_numbers(part, "team_of"),
        off_team=part.whole("off_team", 0),
        contacts=part.number("contacts", 0.0),
        gap=part.number("gap", 0.0),
        long_runs=part.whole("long_runs", 0),
    )


def _objective(part: Part) -> Objective:
    with part.part("objective") as inside:
        return Objective(
            pinned=inside.whole("pinned"),
            uncovered=inside.whole("uncovered"),
            changes=inside.whole("changes"),
            unfairness=inside.whole("unfairness"),
            is_stability_first=inside.yes_or_no("is_stability_first"),
        )


def _shortage(part: Part) -> Shortage:
    return Shortage(
        on=part.day("on"),
        kind=cast("Lacking", part.one_of("kind", get_args(Lacking))),
        shift=part.text("shift", ""),
        counter=part.text("counter", ""),
        missing=part.whole("missing"),
        members=part.texts("members"),
    )


def _bytes(part: Part, key: str) -> bytes:
    written = part.long_text(key)
    try:
        return b64decode(written, validate=True)
    except (binascii.Error, ValueError):
        part.mistakes.note(part.under(key), _("This must be Base64."))
        return b""
