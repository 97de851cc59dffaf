"""A contact that the team was told of: who, then when and where."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from loket.desk import typed
from loket.desk.requests import DeskRequest, staff_only
from loket.incidents import queries
from loket.incidents import services as incidents
from loket.incidents.models import Incident
from loket.kernel import clock
from loket.kernel.errors import Conflict, Invalid
from loket.organisation import queries as organisation
from loket.people import queries as people
from loket.people.models import Account, Position
from loket.ui import reply

from . import forms
from .views import account_for

MOST = 30
WORDS = 5
TEXTS = ("visitor", "reach", "time", "minutes", "where")
FIELDS = {"starts_at": "on"}
"""What a contact calls otherwise than the page."""


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
@reply.private
def add(request: DeskRequest, code: str) -> HttpResponse:
    """Ask whom the positive case met, then when and where; write it down.

    Who it is comes in a form at each step: an address is written down on the way, by servers
    that must not know whom a positive case met.
    """
    incident = queries.get(code=code, actor=request.actor)
    at = clock.now()
    account_for(request, incident, at=at)
    person = chosen(request)
    if person is None and request.GET.get("who") != "visitor":
        return search_page(request, incident, at)
    if request.method != "POST" or "where" not in request.POST:
        state = blank(organisation.today(incident.unit, at=at))
        return form_page(request, incident, person, state)
    state = typed_state(request.POST)
    try:
        told = told_of(state, person)
        incidents.add_contact(incident=incident, told=told, actor=request.actor, at=at)
    except Invalid as refusal:
        wrong = {FIELDS.get(name, name): lines for name, lines in refusal.fields.items()}
        return form_page(
            request, incident, person, state, wrong=wrong, refusal=str(refusal), status=422
        )
    except Conflict as refusal:
        return form_page(request, incident, person, state, refusal=str(refusal), status=409)
    messages.success(request, _("The contact is on the list."))
    return reply.seen_other(reverse("desk:incident", args=[code]) + "#contacts")


def chosen(request: DeskRequest) -> Account | None:
    """Return who was chosen, if that is somebody on the staff."""
    key = typed.one(request.POST, "account")
    found = forms.account_of(key, {}) if key else None
    return found if found and found.kind == Account.Kind.STAFF else None


def search_page(request: DeskRequest, incident: Incident, at: datetime) -> HttpResponse:
    """List colleagues: those of the unit, or those whose name, post or unit was typed."""
    words = request.GET.get("q", "").strip()[:80]
    today = organisation.today(incident.unit, at=at)
    context = {"incident": incident, "words": words, "people": found(incident, words, today)}
    return reply.page(request, "desk/incidents/who.html", context, part="people")


def found(incident: Incident, words: str, today: date) -> list[Position]:
    """Return one post each of those found, by name, without the positive person."""
    held = people.staff_posts([""] if words else [incident.unit_path], on=today)
    if incident.account_id is not None:
        held = held.exclude(account=incident.account_id)
    for word in words.split()[:WORDS]:
        held = held.filter(
            Q(account__full_name__icontains=word)
            | Q(title__icontains=word)
            | Q(unit__name__icontains=word)
        )
    return list({post.account_id: post for post in held[:MOST]}.values())


def blank(today: date) -> forms.State:
    return dict.fromkeys(TEXTS, "") | {"on": typed.day_state(today)}


def typed_state(post: QueryDict) -> forms.State:
    return {name: typed.one(post, name) for name in TEXTS} | {"on": typed.day(post, "on")}


def told_of(state: forms.State, person: Account | None) -> incidents.ContactTold:
    """Return the contact that was typed.

    :raises Invalid: if its day or time cannot be read.
    """
    moment = typed.as_moment(state["on"], state["time"])
    if not isinstance(moment, datetime):
        sentence = _("Write day and time, such as 09.30.")
        name = "time" if isinstance(moment, date) else "on"
        raise Invalid(sentence, fields={name: [sentence]})
    minutes = state["minutes"]
    is_number = minutes.isascii() and minutes.isdecimal() and len(minutes) <= typed.DIGITS
    return incidents.ContactTold(
        account=person,
        visitor=state["visitor"],
        reach=state["reach"],
        where=state["where"],
        starts_at=moment,
        minutes=int(minutes) if is_number else None,
    )


def form_page(
    request: DeskRequest,
    incident: Incident,
    person: Account | None,
    state: forms.State,
    *,
    wrong: dict[str, list[str]] | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    """Show what is asked about a contact, with what was typed."""
    context: dict[str, Any] = {
        "incident": incident,
        "person": person,
        "state": state,
        "errors": wrong or {},
        "refusal": refusal,
    }
    return reply.page(request, "desk/incidents/told.html", context, status=status)
