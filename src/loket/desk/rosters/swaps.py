"""Asking a colleague for a swap, answering one, taking it back, deciding it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from loket.desk import typed
from loket.desk.requests import DeskRequest, staff_only
from loket.kernel import clock
from loket.kernel.errors import Conflict, Invalid
from loket.people import queries as people
from loket.people.models import Account
from loket.people.queries import Member
from loket.ui import reply
from loket.workforce import queries
from loket.workforce import services as workforce
from loket.workforce.models import Turn

from . import cells, mine, windows, words

NOTHING = "-"
FIELDS = {"gives_on": "gives", "takes_on": "takes", "other": "takes", "words": "words"}


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
@reply.private
def ask(request: DeskRequest) -> HttpResponse:
    """Choose one's turn and a colleague's, and ask for the swap."""
    at = clock.now()
    if request.method != "POST":
        return form(request, at=at, state={"gives": request.GET.get("gives", "")})
    state = {name: typed.one(request.POST, name) for name in ("gives", "takes", "words")}
    wanted, wrong = read(state)
    if wanted is None:
        return form(request, at=at, state=state, wrong=wrong)
    try:
        workforce.ask_swap(**wanted, words=state["words"], actor=request.actor, at=at)
    except (Invalid, Conflict) as refusal:
        return form(request, at=at, state=state, wrong=refused(refusal))
    said = _("%(name)s is asked. You are told of the answer.") % {"name": wanted["other"]}
    messages.success(request, said)
    return reply.seen_other(reverse("desk:my-turns"))


def read(state: dict[str, str]) -> tuple[dict[str, Any] | None, dict[str, list[str]]]:
    """Return what was chosen, or what is missing."""
    wrong = {}
    gives = windows.day_of(state["gives"])
    if gives is None:
        wrong["gives"] = [_("Choose which turn you give away.")]
    username, _slash, day = state["takes"].rpartition("/")
    other = Account.objects.filter(username=username, kind=Account.Kind.STAFF).first()
    takes = windows.day_of(day)
    if other is None or (takes is None and day != NOTHING):
        wrong["takes"] = [_("Choose who takes it.")]
    if wrong:
        return None, wrong
    return {"other": other, "gives_on": gives, "takes_on": takes}, {}


def refused(refusal: Invalid | Conflict) -> dict[str, list[str]]:
    """Return what a refusal says about each field of the form."""
    fields = getattr(refusal, "fields", {})
    found = {FIELDS[name]: said for name, said in fields.items() if name in FIELDS}
    lines = cells.sentences(refusal) if isinstance(refusal, Invalid) else [str(refusal)]
    return found or {"": lines}


def form(
    request: DeskRequest,
    *,
    at: datetime,
    state: dict[str, str],
    wrong: dict[str, list[str]] | None = None,
) -> HttpResponse:
    """Show one's turns and the colleagues' to choose from."""
    found = wrong or {}
    own = mine.coming(request, at=at)
    context = {
        "state": state,
        "my_choices": [
            (f"{turn.on:%Y-%m-%d}", words.long_day(turn.on), words.place(turn)) for turn in own
        ],
        "their_choices": theirs(request.user, own),
        "errors": {name: said for name, said in found.items() if name},
        "refusal": " ".join(found.get("", [])),
    }
    return reply.page(request, "desk/rosters/ask.html", context, status=422 if wrong else 200)


def theirs(account: Account, own: list[Turn]) -> list[tuple[str, str]]:
    """Return the colleagues with their turns, or with nothing in return."""
    if not own:
        return []
    unit = own[0].roster.unit
    today, until = own[0].on, own[0].on + mine.AHEAD
    colleagues = able(
        [
            member
            for member in people.staff_of(unit.code, on=today)
            if member.account_id != account.pk
        ],
        own,
    )
    usernames = dict(
        Account.objects.filter(pk__in=[member.account_id for member in colleagues]).values_list(
            "pk", "username"
        )
    )
    days: dict[int, list[date]] = {}
    for turn in queries.standing_turns(unit=unit, since=today, until=until):
        days.setdefault(turn.account_id, []).append(turn.on)
    choices = []
    for member in sorted(colleagues, key=lambda member: member.name.casefold()):
        username = usernames[member.account_id]
        for on in days.get(member.account_id, ()):
            taken = _("%(name)s; I take %(day)s") % {
                "name": member.name,
                "day": words.short_day(on),
            }
            choices.append((f"{username}/{on:%Y-%m-%d}", taken))
        nothing = _("%(name)s; I take nothing in return") % {"name": member.name}
        choices.append((f"{username}/{NOTHING}", nothing))
    return choices


def able(colleagues: list[Member], own: list[Turn]) -> list[Member]:
    """Return the colleagues who can do the work of at least one of one's turns."""
    needed = {turn.counter.skill if turn.counter else "" for turn in own}
    if "" in needed:
        return colleagues
    skills = queries.skills_of([member.account_id for member in colleagues])
    return [
        member
        for member in colleagues
        if needed.intersection(skills.get(member.account_id, ()))
    ]


@require_POST
@staff_only
def answer(request: DeskRequest, code: str) -> HttpResponse:
    """Agree to what a colleague asks, or decline it."""
    does_agree = request.POST.get("do") == "agree"
    said = _("You agreed. Your superior decides now.") if does_agree else _("You declined.")
    return done(request, code, workforce.agree_swap, said, does_agree=does_agree)


@require_POST
@staff_only
def withdraw(request: DeskRequest, code: str) -> HttpResponse:
    """Take back what one asked for."""
    return done(request, code, workforce.withdraw_swap, _("It is withdrawn."))


@require_POST
@staff_only
def decide(request: DeskRequest, code: str) -> HttpResponse:
    """Approve a swap that both want, or refuse it."""
    is_approved = request.POST.get("do") == "approve"
    said = (
        _("It is approved. Both are told, the roster has changed.")
        if is_approved
        else _("It is refused. Both are told, nothing has changed.")
    )
    remark = typed.one(request.POST, "remark")
    return done(
        request, code, workforce.decide_swap, said, is_approved=is_approved, remark=remark
    )


def done(request: DeskRequest, code: str, act: Any, said: str, **how: Any) -> HttpResponse:
    """Do something about a swap; what is refused stands where it was asked."""
    swap = queries.swap(code=code, actor=request.actor)
    try:
        act(swap=swap, actor=request.actor, at=clock.now(), **how)
    except Invalid as refusal:
        return mine.page(request, refused=(code, cells.sentences(refusal)), status=422)
    except Conflict as refusal:
        return mine.page(request, refused=(code, [str(refusal)]), status=409)
    messages.success(request, said)
    onward = typed.one(request.POST, "next")
    return reply.seen_other(reply.safe_next(request, onward, default=reverse("desk:my-turns")))
