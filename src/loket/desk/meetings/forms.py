"""Calling a meeting: what can be chosen, what was typed, and the meeting that it makes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from loket.desk import typed
from loket.kernel.errors import Invalid
from loket.organisation import queries as organisation
from loket.organisation.models import Unit
from loket.people.models import Account
from loket.people.queries import Member
from loket.workforce import queries, transports
from loket.workforce.models import Meeting
from loket.workforce.rules.absences import KINDS
from loket.workforce.rules.meetings import MeetingForm

State = dict[str, Any]
Choice = tuple[str, str, str]
FIELDS = ("title", "agenda", "on", "starts", "ends", "provider", "room", "who", "participants")
LEADERS, STAFF, CHOSEN = "leaders", "staff", "chosen"
NO_LINK = "none"
ONE_DAY = timedelta(days=1)


def blank(at: datetime) -> State:
    """Return the inputs of a meeting tomorrow morning."""
    day = typed.day_state(organisation.today(None, at=at) + timedelta(days=1))
    ready = transports.ready()
    return {
        "title": "", "agenda": "", "on": day, "starts": "09:00", "ends": "10:00",
        "provider": ready[0][0] if ready else NO_LINK, "room": "", "who": STAFF,
        "participants": [], "sequence": 0, "looked": "",
    }  # fmt: skip


def state_of(meeting: Meeting) -> State:
    """Return the inputs of a meeting as it is."""
    zone = organisation.zone(meeting.unit)
    since, until = (each.astimezone(zone) for each in (meeting.starts_at, meeting.ends_at))
    invited = queries.participants_of(meeting)
    return {
        "title": meeting.title,
        "agenda": meeting.agenda,
        "on": typed.day_state(since.date()),
        "starts": f"{since:%H:%M}",
        "ends": f"{until:%H:%M}",
        "provider": meeting.provider or NO_LINK,
        "room": meeting.room.code if meeting.room else "",
        "who": CHOSEN,
        "participants": [str(each.account_id) for each in invited],
        "sequence": meeting.sequence,
        "looked": "",
    }


def typed_state(post: QueryDict) -> State:
    """Return what was typed about a meeting."""
    texts = ("title", "agenda", "starts", "ends", "provider", "room", "who")
    return {name: typed.one(post, name) for name in texts} | {
        "on": typed.day(post, "on"),
        "participants": typed.many(post, "participants"),
        "sequence": typed.count(post, "sequence") or 0,
        "looked": typed.one(post, "looked"),
    }


def form_of(state: State, unit: Unit, *, own: int, at: datetime) -> MeetingForm:
    """Return the meeting that was typed; ``own`` is the account of who calls it.

    :raises Invalid: if its time cannot be read.
    """
    wrong: dict[str, list[str]] = {}
    day = typed.as_day(state["on"])
    if not isinstance(day, date):
        wrong["on"] = [_("Write a day, such as 31 12 2026.")]
    moments = {
        name: typed.as_moment(state["on"], state[name] or "?") for name in ("starts", "ends")
    }
    for name, moment in moments.items():
        if "on" not in wrong and not isinstance(moment, datetime):
            wrong[name] = [_("Write a time, such as 09:00.")]
    starts, ends = moments["starts"], moments["ends"]
    if wrong or not isinstance(starts, datetime) or not isinstance(ends, datetime):
        raise Invalid(_("The meeting cannot be called like this."), fields=wrong)
    zone = organisation.zone(unit)
    return MeetingForm(
        title=state["title"],
        agenda=state["agenda"],
        starts_at=starts.replace(tzinfo=zone),
        ends_at=ends.replace(tzinfo=zone),
        provider="" if state["provider"] == NO_LINK else state["provider"],
        room=state["room"],
        participants=frozenset(invited(state, unit, at=at)) - {own},
    )


def invited(state: State, unit: Unit, *, at: datetime) -> set[int]:
    """Return the accounts that were chosen, one by one or all of a kind."""
    today = organisation.today(unit, at=at)
    if state["who"] == LEADERS:
        return _accounts(queries.leaders(unit, on=today))
    if state["who"] == STAFF:
        return {m.account_id for m in queries.invitable(unit, on=today) if m.unit == unit.code}
    chosen = (number for number in state["participants"] if number.isascii())
    return {int(each) for each in chosen if each.isdigit() and len(each) <= typed.DIGITS}


def unseen_away(state: State, unit: Unit, form: MeetingForm) -> list[str]:
    """Return who of those invited is away on the day, unless the form has shown it already."""
    day = typed.as_day(state["on"])
    if not isinstance(day, date) or state["looked"] == day.isoformat():
        return []
    away = queries.away(form.participants, unit=unit, since=day, until=day + ONE_DAY)
    names = Account.objects.in_bulk(list(away))
    lines = [f"{names[number]}: {KINDS[kind]}" for number, kind in away.items()]
    return sorted(lines, key=str.casefold)


def choices(
    unit: Unit, state: State, *, at: datetime, meeting: Meeting | None = None
) -> dict[str, Any]:
    """Return what the form offers, and who is away on the day that stands in it."""
    people = queries.invitable(unit, on=organisation.today(unit, at=at))
    named = [
        (m.account_id, f"{m.name} · {m.title}" if m.title else str(m.name)) for m in people
    ]
    known = {number for number, _name in named}
    if meeting is not None:  # who moved away since stays invited unless unticked
        rows = queries.participants_of(meeting)
        named += [(r.account_id, str(r.account)) for r in rows if r.account_id not in known]
    day = typed.as_day(state["on"])
    away, looked = {}, ""
    if isinstance(day, date):
        asked, looked = [number for number, _name in named], day.isoformat()
        away = queries.away(asked, unit=unit, since=day, until=day + ONE_DAY)
    return {
        "people": [(str(n), name, KINDS.get(away.get(n, ""), "")) for n, name in named],
        "looked": looked,
        "whos": _whos(),
        "providers": _providers(meeting),
        "rooms": [(room.code, room.name) for room in organisation.rooms(unit=unit.code)],
    }


def _whos() -> list[Choice]:
    return [
        (STAFF, _("everybody of the unit"), ""),
        (LEADERS, _("the leaders"), _("Heads here and one level below, and structural posts.")),
        (CHOSEN, _("those whom I tick below"), ""),
    ]


def _providers(meeting: Meeting | None) -> list[Choice]:
    found = [(name, label, "") for name, label in transports.ready()]
    if meeting and meeting.provider and meeting.provider not in {name for name, *_ in found}:
        found.append((meeting.provider, meeting.provider, ""))
    return [*found, (NO_LINK, _("no link, only in the room"), "")]


def _accounts(members: Iterable[Member]) -> set[int]:
    return {member.account_id for member in members}
