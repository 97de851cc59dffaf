"""One office: how it stands, its days ahead, its services, and where else to go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.formats import localize
from django.utils.translation import gettext as _

from loket.catalogue import queries as catalogue
from loket.kernel.errors import NotFound
from loket.kernel.texts import Text
from loket.organisation import queries as organisation
from loket.policies.rules.resolving import Book
from loket.policies.rules.values import Because, InForce, Measure, Part, State
from loket.ui.periods import day_in_words, local

from . import names
from .board import DAYS_AHEAD, Row, Standing, Wording, is_undecided, of_day
from .directory import Directory, Office
from .searching import nearest

MOST_NEIGHBOURS = 5
RECEIVES = frozenset({"open", "limited"})


@dataclass(frozen=True, slots=True)
class Day:
    """One day of an office."""

    on: date
    words: str
    standing: Standing
    is_undecided: bool
    """Whether it may be open again by then, which nobody has decided yet."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way to ask that is open now, with an address that really leads there."""

    channel: str
    words: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """A service of an office, and how it stands."""

    code: str
    title: Text
    is_suspended: bool
    ways: str
    because: Part[Any]


def office_of(directory: Directory, code: str) -> Office:
    """Return an office.

    :raises NotFound: if there is none with this code.
    """
    if code not in directory.offices:
        raise NotFound(_("There is no office with this code."))
    return directory.offices[code]


def days(book: Book, code: str, *, since: date, number: int = DAYS_AHEAD) -> list[Day]:
    """Return how an office stands on each of some days."""
    wording = Wording()
    wanted = [since + timedelta(days=ahead) for ahead in range(number)]
    return [
        Day(
            on=found.day,
            words=day_in_words(found.day),
            standing=of_day(found, wording),
            is_undecided=undecided(found.state, found.day),
        )
        for found in book.states([code], wanted)[code]
    ]


def undecided(state: Part[State], on: date) -> bool:
    """Say whether an office that is shut until somebody reopens it may be open by a day."""
    earliest = state.because[0].earliest_at if is_undecided(state) else None
    return earliest is not None and local(earliest).date() <= on


def ways(answer: InForce, office: Office | None) -> list[Way]:
    """Return the ways to ask that are open now, this site first; of no office in particular
    without addresses.
    """
    told = {"email": office.email, "phone": office.phone} if office else {}
    links = {"web": reverse("portal:services")}
    if email := told.get("email"):
        links["email"] = f"mailto:{email}"
    if phone := told.get("phone"):
        links["phone"] = f"tel:{phone.replace(' ', '')}"
    open_ways = sorted(answer.services.channels.value, key=lambda way: way != "web")
    return [
        Way(
            way,
            " ".join(filter(None, (str(names.CHANNELS[way]), told.get(way)))),
            links.get(way, ""),
        )
        for way in open_ways
        if way != "counter"
    ]


def services(book: Book, office: Office, *, at: datetime) -> list[Given]:
    """Return the published services that an office gives, each with its state at a moment.

    Ways to ask are told only where they are not those of the whole office.
    """
    ordinary = book.in_force(office.code, at=at).services.channels
    level = organisation.LEVELS[office.region.count(".")]
    found = []
    for version in catalogue.published():
        offered = version.service
        if (offered.function, offered.level) != (office.function, level):
            continue
        answer = book.in_force(office.code, service=version.code, at=at).services
        is_suspended = answer.suspended.value
        is_other = not is_suspended and answer.channels != ordinary
        found.append(
            Given(
                code=version.code,
                title=offered.title,
                is_suspended=is_suspended,
                ways=names.named(names.CHANNELS, answer.channels.value) if is_other else "",
                because=answer.channels if is_other else answer.suspended,
            )
        )
    return found


def protocol(answer: InForce) -> list[tuple[str, Part[Any]]]:
    """Return what to heed at the counter, each with what decided it."""
    return [
        (_item(name, part.value), part)
        for name, part in answer.protocol
        if name != "ppe" and part.value not in (None, False)
    ]


def counter_reasons(answer: InForce) -> tuple[Because, ...]:
    """Return what is behind everything that is to be heeded at the counter, each once."""
    parts: list[Part[Any]] = [answer.rooms.max_share, answer.services.priority]
    parts += [part for _words, part in protocol(answer)]
    return tuple(dict.fromkeys(reason for part in parts for reason in part.because))


def _item(name: str, value: Measure) -> str:
    label = str(names.ITEMS.get(name, name))
    return label if isinstance(value, bool) else f"{label}: {localize(value)}"


def neighbours(office: Office, rows: Iterable[Row]) -> list[Row]:
    """Return the nearest offices of the same kind that receive the public."""
    if office.point is None:
        return []
    others = [
        row
        for row in rows
        if row.office.code != office.code
        and (row.office.function, row.office.kind) == (office.function, office.kind)
        and row.standing.state in RECEIVES
    ]
    return nearest(others, office.point)[:MOST_NEIGHBOURS]


def same_place(office: Office, directory: Directory) -> list[Office]:
    """Return the other offices in the same building."""
    return [
        other
        for other in directory.offices.values()
        if office.place and other.place == office.place and other.code != office.code
    ]


def title_of(standing: Standing) -> str:
    """Return the state of an office as a sentence."""
    return {
        "open": _("This office is open as usual"),
        "limited": _("This office is open under rules"),
        "online_only": _("The counters are shut: use another way"),
        "closed": _("This office is closed"),
    }[standing.state]
