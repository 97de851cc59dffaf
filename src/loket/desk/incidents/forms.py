"""Reporting a positive case: what can be chosen, what was typed, and the report it makes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from loket.desk import typed
from loket.incidents.services import Report
from loket.kernel.errors import Invalid
from loket.organisation import queries as organisation
from loket.organisation.models import Room, Unit
from loket.people import queries as people
from loket.people.models import Account

State = dict[str, Any]
TEXTS = ("who", "account", "visitor", "room", "from_time", "until_time", "what", "words")


def blank(unit: Unit, at: datetime) -> State:
    """Return the inputs of a report about somebody who fell ill today."""
    today = organisation.today(unit, at=at)
    day = typed.day_state(today)
    return dict.fromkeys(TEXTS, "") | {"who": "staff", "onset_on": day, "visited_on": day}


def typed_state(post: QueryDict) -> State:
    """Return what was typed about a positive case."""
    return {name: typed.one(post, name) for name in TEXTS} | {
        "onset_on": typed.day(post, "onset_on"),
        "visited_on": typed.day(post, "visited_on"),
    }


def staff(unit: Unit, at: datetime) -> list[tuple[str, str]]:
    """Return who works in a unit, by name, to choose from."""
    members = people.staff_of(unit.code, on=organisation.today(unit, at=at))
    pairs = ((member.key, f"{member.name} · {member.title}") for member in members)
    return sorted(pairs, key=lambda pair: pair[1].casefold())


def rooms(unit: Unit) -> list[tuple[str, str]]:
    """Return the rooms of a unit to choose from."""
    return list(Room.objects.filter(unit=unit).order_by("name").values_list("code", "name"))


def whats(unit: Unit) -> list[tuple[str, str, str]]:
    """Return what can be closed: the whole unit, or one of its rooms."""
    whole = ("", _("The whole office: %(name)s") % {"name": unit.name}, "")
    return [
        whole,
        *(
            (code, _("Only the room: %(name)s") % {"name": name}, "")
            for code, name in rooms(unit)
        ),
    ]


def report_of(state: State, unit: Unit) -> Report:
    """Return the report that was typed.

    :raises Invalid: if something chosen does not exist, or no day or time can be read.
    """
    is_visitor = state["who"] == "visitor"
    wrong: dict[str, list[str]] = {}
    facts: State = {
        "unit": unit,
        "onset_on": day_of(state, "onset_on", wrong),
        "words": state["words"],
        "shuts_room": room_of(unit, state["what"], "what", wrong),
    }
    if is_visitor:
        facts |= {
            "visitor": state["visitor"],
            "room": room_of(unit, state["room"], "room", wrong),
            "visited_from": moment_of(state, "from_time", wrong),
            "visited_until": moment_of(state, "until_time", wrong),
        }
    else:
        facts["account"] = account_of(state["account"], wrong)
    if wrong:
        raise Invalid(next(iter(wrong.values()))[0], fields=wrong)
    return Report(**facts)


FIELDS = {"visited_from": "from_time", "visited_until": "until_time", "shuts_room": "what"}
"""What a report calls otherwise than the page."""


def wrong_of(refusal: Invalid) -> dict[str, list[str]]:
    """Return what was refused, by the inputs of the page."""
    return {FIELDS.get(name, name): lines for name, lines in refusal.fields.items()}


def account_of(key: str, wrong: dict[str, list[str]]) -> Account | None:
    number = key.removeprefix("account:")
    is_number = number.isascii() and number.isdecimal() and len(number) <= typed.DIGITS
    found = Account.objects.filter(pk=number).first() if is_number else None
    if found is None:
        wrong["account"] = [_("Choose who has tested positive.")]
    return found


def room_of(unit: Unit, code: str, name: str, wrong: dict[str, list[str]]) -> Room | None:
    if not code:
        return None
    found = Room.objects.filter(unit=unit, code=code).first()
    if found is None:
        wrong[name] = [_("There is no such room in this unit.")]
    return found


def day_of(state: State, name: str, wrong: dict[str, list[str]]) -> date | None:
    found = typed.as_day(state[name])
    if isinstance(found, str):
        wrong[name] = [_("%(typed)s is not a day.") % {"typed": found}]
        return None
    return found


def moment_of(state: State, name: str, wrong: dict[str, list[str]]) -> datetime | None:
    if not state[name]:
        return None
    found = typed.as_moment(state["visited_on"], state[name])
    if isinstance(found, datetime):
        return found
    wrong[name] = [_("Write day and time, such as 09.30.")]
    return None
