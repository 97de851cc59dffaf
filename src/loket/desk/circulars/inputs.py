"""The inputs of each kind of provision, and how a record and a form become each other.

A *state* is what stands in an input: typed by somebody, or filled in from a record.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from loket.desk import typed

from . import names

HOUR = re.compile(r"\b(\d{1,2})[.:](\d{2})\b")
NOT_THAT_DAY = {"-", "tutup", "closed"}
LEAST_SHIFTS = 2
MOST_SHIFTS = 40
"""More inputs than these a browser cannot send at once."""
SHIFT = re.compile(r"\.(\d{1,2})\.")


@dataclass(frozen=True)
class Input:
    """One input, named as its key in the format."""

    name: str
    label: str | Promise
    kind: str
    hint: str | Promise = ""
    choices: names.Names | None = None
    optional: bool = False


_SHARE_HINT = _("In percent, such as 25.")
_HOURS_HINT = _(
    "Such as 07:30-12:00, 13:00-16:00. Write “closed” for a day without hours; "
    "a day left empty keeps its ordinary hours."
)
INPUTS: dict[str, tuple[Input, ...]] = {
    "counters": (Input("state", _("The counters are"), "radio", choices=names.STATES),),
    "room": (Input("max_share", _("At most this share of the capacity"), "share", _SHARE_HINT),),
    "attendance": (
        Input("min_share", _("At least"), "share", _SHARE_HINT, optional=True),
        Input("max_share", _("At most on one day"), "share", _SHARE_HINT, optional=True),
        Input(
            "max_share_concurrent", _("At most at the same time"), "share", _SHARE_HINT,
            optional=True,
        ),
    ),
    "hours": (Input("hours", _("Hours of the counters"), "hours", _HOURS_HINT),),
    "shifts": (Input("shifts", _("Shifts"), "shifts"),),
    "pinned": (
        Input(
            "posts", _("Posts that stay in the office"), "posts",
            _("Other posts by their title, one on each line."), names.POSTS,
        ),
    ),
    "excused": (
        Input("groups", _("Groups that work from home"), "checks", choices=names.GROUPS),
        Input(
            "elderly_from", _("Elderly from which age?"), "number", _("In years, 40 to 100."),
            optional=True,
        ),
    ),
    "remote": (Input("work", _("Work from home is"), "radio", choices=names.WORK),),
    "reporting": (Input("duties", _("Whoever works at home owes"), "checks", choices=names.DUTIES),),
    "suspension": (),
    "channels": (
        Input("channels", _("Ways to apply that stay open"), "checks", choices=names.CHANNELS),
        Input(
            "hours", _("When requests by these ways are worked on"), "hours",
            _("Such as 07:30-16:00. Leave all days empty if nothing is said."), optional=True,
        ),
    ),
    "priority": (Input("groups", _("Groups that go first"), "checks", choices=names.GROUPS),),
    "protocol": (
        Input("mask", _("Mask required"), "yes_no", optional=True),
        Input(
            "temperature_max", _("Highest body temperature"), "decimal",
            _("Degrees Celsius, 35 to 42."), optional=True,
        ),
        Input("hands", _("Hands washed or disinfected"), "yes_no", optional=True),
        Input("distance_m", _("Distance"), "decimal", _("In metres."), optional=True),
        Input("partition", _("Screens at the counters"), "yes_no", optional=True),
        Input("disinfection", _("Regular disinfection"), "yes_no", optional=True),
        Input("ppe", _("Protective gear of staff"), "select", choices=names.PPE, optional=True),
    ),
    "clock": (
        Input("suspended", _("Days of the period do not count"), "flag"),
        Input(
            "extended_by", _("Or: deadlines are longer by"), "number", _("Working days."),
            optional=True,
        ),
    ),
    "letters": (
        Input("drop_box", _("Letters go into a drop box"), "flag"),
        Input("email", _("Letters are taken by e-mail"), "flag"),
    ),
}  # fmt: skip


def typed_state(field: Input, post: QueryDict) -> Any:
    """Return what somebody typed into an input."""
    if field.kind == "checks":
        return typed.many(post, field.name)
    if field.kind == "flag":
        return field.name in post
    if field.kind == "posts":
        return {
            "known": typed.many(post, field.name),
            "other": typed.one(post, f"{field.name}.other"),
        }
    if field.kind == "hours":
        return {day: typed.one(post, f"{field.name}.{day}") for day in names.DAYS}
    if field.kind == "shifts":
        rows = range(rows_of(field.name, post))
        return [typed_shift(post, f"{field.name}.{place}") for place in rows]
    return typed.one(post, field.name)


def rows_of(name: str, post: QueryDict) -> int:
    """Return how many shifts a form has inputs for."""
    found = [SHIFT.match(key.removeprefix(name)) for key in post if key.startswith(name)]
    last = max((int(match[1]) for match in found if match), default=0)
    return min(max(last + 1, LEAST_SHIFTS), MOST_SHIFTS)


def with_a_row(state: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return shifts with the inputs of one more."""
    return [*state, filled_shift(None)][:MOST_SHIFTS]


def typed_shift(post: QueryDict, path: str) -> dict[str, Any]:
    """Return what was typed into the row of inputs of one shift."""
    parts = ("hours", "pause")
    return {"name": typed.one(post, f"{path}.name")} | {
        part: {day: typed.one(post, f"{path}.{part}.{day}") for day in names.DAYS}
        for part in parts
    }


def filled_state(field: Input, value: Any) -> Any:
    """Return what stands in an input for a value of a record; nothing for None."""
    if field.kind == "checks":
        return list(value or ())
    if field.kind == "posts":
        given = list(value or ())
        return {
            "known": [post for post in given if post in names.POSTS],
            "other": "\n".join(post for post in given if post not in names.POSTS),
        }
    if field.kind == "hours":
        return {day: opening_words((value or {}).get(day)) for day in names.DAYS}
    if field.kind == "shifts":
        spare = max(LEAST_SHIFTS - len(value or ()), 0)
        return [filled_shift(shift) for shift in [*(value or ()), *[None] * spare]]
    write = _WRITE.get(field.kind)
    return write(value) if write else value or ""


def filled_shift(shift: Any) -> dict[str, Any]:
    """Return the inputs of one shift, empty for a shift that is not there."""
    known: Mapping[str, Mapping[str, str]] = (
        {"hours": shift.hours, "pause": shift.pause} if shift else {"hours": {}, "pause": {}}
    )
    return {"name": shift.name if shift else ""} | {
        part: {day: by_day.get(day, "") for day in names.DAYS} for part, by_day in known.items()
    }


def opening_words(openings: Any) -> str:
    """Return the openings of a day on one line; a day without any says so."""
    if openings is None:
        return ""
    return ", ".join(openings) or "-"


_WRITE: dict[str, Callable[[Any], Any]] = {
    "flag": bool,
    "share": lambda value: typed.value_of(value * 100) if value is not None else "",
    "decimal": lambda value: typed.value_of(value) if value is not None else "",
    "number": lambda value: str(value) if value is not None else "",
    "yes_no": lambda value: {True: "yes", False: "no", None: ""}[value],
}


def read(field: Input, state: Any) -> Any:
    """Return the value that a record gets from an input; None leaves its key out."""
    return _READ[field.kind](state)


def read_share(state: str) -> str | None:
    """Return a share in percent; a sign that was typed as well is no mistake."""
    return f"{state.rstrip('% ')}%" if state else None


def read_decimal(state: str) -> Decimal | str | None:
    text = state.replace(",", ".")
    return Decimal(text) if re.fullmatch(r"\d+(\.\d+)?", text) else state or None


def read_opening(text: str) -> str:
    """Return an opening as the format writes it, however its hours were typed."""
    hours = HOUR.sub(lambda found: f"{int(found[1]):02d}:{found[2]}", text)
    return re.sub(r"\s*[-–—]\s*", "-", hours.strip())


def read_hours(state: Mapping[str, str]) -> dict[str, list[str]] | None:
    """Return the openings by day; a day that says “closed” has none."""
    found = {
        day: [] if text.lower() in NOT_THAT_DAY else [read_opening(t) for t in text.split(",")]
        for day, text in state.items()
        if text
    }
    return found or None


def read_shifts(state: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the shifts that have a name or any hours."""
    return [
        {"name": shift["name"]}
        | {
            part: {d: read_opening(t) for d, t in shift[part].items() if t}
            for part in ("hours", "pause")
        }
        for shift in state
        if shift["name"] or any(shift["hours"].values()) or any(shift["pause"].values())
    ]


def read_days(state: Mapping[str, str]) -> dict[str, str]:
    """Return one opening for each day that says something."""
    return {day: read_opening(text) for day, text in state.items() if text}


_READ: dict[str, Callable[[Any], Any]] = {
    "share": read_share,
    "decimal": read_decimal,
    "hours": read_hours,
    "shifts": read_shifts,
    "posts": lambda state: [*state["known"], *typed.lines(state["other"])],
    "flag": lambda state: True if state else None,
    "yes_no": {"yes": True, "no": False}.get,
    "checks": list,
    "number": lambda state: state or None,
    "radio": lambda state: state or None,
    "select": lambda state: state or None,
}
