"""The page of one incident: its clock, its tasks, and whom the positive case met."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from loket.desk import typed
from loket.desk.closures import names
from loket.desk.requests import DeskRequest
from loket.incidents import queries
from loket.incidents.models import Contact, Incident, Task
from loket.incidents.rules import windows
from loket.kernel import clock
from loket.kernel.access import Actor
from loket.kernel.errors import Refusal
from loket.organisation import queries as organisation
from loket.organisation.models import Room
from loket.people.models import Position
from loket.policies.access import CLOSE
from loket.policies.models import Closure
from loket.ui import reply
from loket.workforce.rules.tracing import Stretch

KINDS = {"disinfection": _("Disinfection"), "tracing": _("Tracing of contacts")}
SOURCES = {
    "clock": _("clocked in"),
    "claim": _("clocked without a connection, not confirmed"),
    "meeting": _("meeting"),
    "turn": _("planned, not clocked"),
    "visit": _("visit"),
    "told": _("from an interview"),
}
HAPPENED = {
    "incident.reported": _("Reported"),
    "incident.traced": _("Contacts were looked for again"),
    "incident.contact_added": _("A contact was added by hand"),
    "incident.contact_set_aside": _("Somebody was found to be no contact"),
    "incident.contact_restored": _("Somebody counts as a contact again"),
    "incident.viewed": _("Opened by the team"),
    "incident.task_done": _("A task was done"),
    "incident.cleared": _("Over"),
    "incident.erased": _("Names were erased"),
}
SELF = "system:self_report"
MOST = 40


def page(
    request: DeskRequest,
    incident: Incident,
    *,
    refused: Refusal | None = None,
    act: str = "",
    status: int = 200,
) -> HttpResponse:
    """Show an incident; an act that was refused stays open with what was typed."""
    at = clock.now()
    tasks = queries.tasks(incident)
    is_open = incident.state == Incident.State.OPEN
    contacts = list(queries.contacts(incident))
    stretches = queries.where(incident, at=at)
    context = {
        "incident": incident,
        "is_open": is_open,
        "is_erased": incident.state == Incident.State.ERASED,
        "is_self_report": incident.reported_by == SELF,
        "clock": clock_of(tasks, at=at),
        "tasks": [{"task": task, "label": KINDS[task.kind]} for task in tasks],
        "isolated_until": windows.isolated_until(incident.onset_on),
        "contacts": contact_rows(contacts, incident, at),
        "places": places(stretches),
        "timeline": timeline(incident),
        "errors": getattr(refused, "fields", {}),
        "refusal": str(refused or ""),
        "act": act,
        "typed": typed_task(request, at),
        "typed_words": typed.one(request.POST, "words"),
        **closing(incident, request.actor, is_open=is_open, at=at),
    }
    return reply.page(request, "desk/incidents/show.html", context, status=status)


def closing(incident: Incident, actor: Actor, *, is_open: bool, at: datetime) -> dict[str, Any]:
    """Return what is shut, and what may be done about it."""
    closure = incident.closure
    may_close = actor.may(CLOSE, scope=closure.unit_path if closure else incident.unit_path)
    return {
        "closure": closure,
        "closure_label": shut_label(closure) if closure else "",
        "is_open_again": bool(closure and closure.reopened_at and closure.reopened_at <= at),
        "may_shut": is_open and closure is None and may_close,
        "whats": whats(incident) if is_open and closure is None else [],
        "is_done": not queries.undone(incident),
        "is_due": queries.may_reopen(incident, at=at),
        "may_clear": is_open and (closure is None or may_close),
        "shared": bool(closure and queries.sharing(closure, besides=incident).exists()),
    }


def clock_of(tasks: Iterable[Task], *, at: datetime) -> dict[str, Any]:
    """Return how much of the 72 hours is left, while anything is to be done."""
    waiting = [task.due_at for task in tasks if task.done_at is None]
    if not waiting:
        return {"is_running": False}
    hours = windows.hours_left(min(waiting), at=at)
    return {
        "is_running": True,
        "due_at": min(waiting),
        "left": max(hours, 0),
        "late": max(-hours, 0),
        "spent": min(72, max(0, 72 - hours)),
    }


def shut_label(closure: Closure) -> str:
    return names.shut([closure])[closure.code].label


def whats(incident: Incident) -> list[tuple[str, str, str]]:
    """Return what of the unit can be shut: all of it, or one room."""
    rooms = Room.objects.filter(unit=incident.unit).order_by("name")
    return [("", incident.unit.name, ""), *((room.code, room.name, "") for room in rooms)]


def contact_rows(
    contacts: list[Contact], incident: Incident, at: datetime
) -> list[dict[str, Any]]:
    """Return contacts as the table shows them, with their units and each time they met."""
    today = organisation.today(incident.unit, at=at)
    called = rooms_by_code(row["room"] for contact in contacts for row in contact.occasions)
    posts = posts_of([row.account_id for row in contacts if row.account_id], today)
    since = windows.infectious(incident.onset_on, today=today).since
    return [
        {
            "contact": contact,
            "post": posts.get(contact.account_id or 0),
            "act": f"aside-{contact.ref}",
            "duration": duration(contact.minutes),
            "counted": counted(contact, since),
            "since": since,
            "is_watched": bool(contact.monitored_until and contact.monitored_until >= today),
            "occasions": [occasion(row, called) for row in contact.occasions],
            "is_planned": all(row["source"] == "turn" for row in contact.occasions),
        }
        for contact in contacts
    ]


def counted(contact: Contact, since: date) -> dict[str, int] | None:
    """Return the time together that makes a contact close or not; None if that is all of it."""
    times = [occasion(row, {}) for row in contact.occasions]
    if all(time["starts"].date() >= since for time in times):
        return None
    spent = [time["ends"] - time["starts"] for time in times if time["starts"].date() >= since]
    return duration(int(sum(spent, timedelta()).total_seconds()) // 60)


def posts_of(accounts: list[int], on: date) -> dict[int, Position]:
    """Return where people work, in one query."""
    still = Q(ends_on=None) | Q(ends_on__gt=on)
    held = Position.objects.filter(still, account__in=accounts, starts_on__lte=on)
    return {post.account_id: post for post in held.select_related("unit").order_by("-id")}


def occasion(row: Mapping[str, str], called: Mapping[str, str]) -> dict[str, Any]:
    """Return one time that two people met, at the offices' clocks."""
    starts = datetime.fromisoformat(row["starts"]).astimezone(typed.zone())
    ends = datetime.fromisoformat(row["ends"]).astimezone(typed.zone())
    return {
        "starts": starts,
        "ends": ends,
        "room": row.get("where") or called.get(row["room"], row["room"]),
        "duration": duration(int((ends - starts).total_seconds()) // 60),
        "source": SOURCES.get(row["source"], ""),
    }


def duration(minutes: int) -> dict[str, int]:
    return {"hours": minutes // 60, "minutes": minutes % 60}


def rooms_by_code(codes: Iterable[str]) -> dict[str, str]:
    return dict(Room.objects.filter(code__in=set(codes)).values_list("code", "name"))


def places(stretches: list[Stretch]) -> list[dict[str, Any]]:
    """Return where the person was, the latest first."""
    pks = {each.room for each in stretches}
    called = dict(Room.objects.filter(pk__in=pks).values_list("pk", "name"))
    return [
        {"stretch": each, "room": called[each.room], "source": SOURCES[each.source]}
        for each in reversed(stretches)
    ]


def timeline(incident: Incident) -> list[dict[str, Any]]:
    """Return what happened, the latest first; who reported themself is not named."""
    entries = [e for e in queries.history(incident) if e.name in HAPPENED]
    return [
        {
            "at": entry.at,
            "title": HAPPENED[entry.name],
            "by": "" if entry.actor.startswith("system:") else entry.actor_name,
            "parts": [KINDS[entry.facts["kind"]]] if entry.facts.get("kind") in KINDS else [],
        }
        for entry in reversed(entries[-MOST:])
    ]


def typed_task(request: DeskRequest, at: datetime) -> dict[str, Any]:
    """Return what was typed about a task; else that it was done now."""
    if request.method == "POST" and "kind" in request.POST:
        post = request.POST
        return {
            "kind": typed.one(post, "kind"),
            "done_at": typed.day(post, "done_at"),
            "done_at_time": typed.one(post, "done_at_time"),
            "words": typed.one(post, "words"),
        }
    day, time = typed.moment_state(at)
    return {"kind": "", "done_at": day, "done_at_time": time, "words": ""}
