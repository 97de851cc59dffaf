"""Who works in one's units: a list to search."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from loket.desk.requests import DeskRequest, staff_only
from loket.kernel import clock
from loket.kernel.access import Actor, require
from loket.organisation import queries as organisation
from loket.people import queries as people
from loket.people.models import Position
from loket.people.rules.employment import KINDS
from loket.ui import reply
from loket.workforce.access import IMPORT, RECORD, VIEW

PAGE = 50
NEEDS = (VIEW, RECORD, IMPORT)
ROLES: dict[str, str | Promise] = {
    "staff": _("staff"),
    "officer": _("officer"),
    "head": _("head"),
    "personnel": _("personnel"),
    "tracer": _("tracer"),
    "administrator": _("administrator"),
    "auditor": _("auditor"),
    "executive": _("leadership"),
}
BASES: dict[str, str | Promise] = {
    "definitive": _("definitive"),
    "acting": _("acting (Plt.)"),
    "delegated": _("standing in (Plh.)"),
}


def scopes(actor: Actor) -> set[str]:
    """Return the parts of the tree whose staff the actor sees.

    :raises NotAllowed: if there is none.
    """
    found = {path for each in NEEDS for path in actor.scopes(each)}
    if not found:
        require(actor, VIEW, scope="")
    return found


@require_safe
@staff_only
@reply.private
def index(request: DeskRequest) -> HttpResponse:
    """List the staff of the actor's units by name, to search and to leaf through."""
    paths = scopes(request.actor)
    words = request.GET.get("q", "").strip()[:80]
    after = request.GET.get("after", "")
    today = organisation.today(None, at=clock.now())
    held = people.staff_posts(paths, on=today)
    for word in words.split()[:5]:
        held = held.filter(
            Q(account__full_name__icontains=word)
            | Q(title__icontains=word)
            | Q(unit__name__icontains=word)
            | Q(unit__code__istartswith=word)
        )
    name, _sep, number = after.rpartition("~")
    if number.isascii() and number.isdigit():
        later = Q(account__full_name=name, pk__gt=int(number))
        held = held.filter(Q(account__full_name__gt=name) | later)
    rows = list(held[: PAGE + 1])
    query = {"q": words, "after": key(rows[PAGE - 1])} if len(rows) > PAGE else {}
    context = {
        "rows": [row(place) for place in rows[:PAGE]],
        "words": words,
        "more": f"?{urlencode(query)}" if query else "",
        "first": f"?{urlencode({'q': words})}" if after else "",
        "may_import": bool(request.actor.scopes(IMPORT)),
    }
    return reply.page(request, "desk/staffing/index.html", context, part="staff")


def key(place: Position) -> str:
    """Return where the next page begins."""
    return f"{place.account.full_name}~{place.pk}"


def row(place: Position) -> dict[str, Any]:
    """Return a post as the list shows it."""
    employment = getattr(place.account, "employment", None)
    return {
        "account": place.account,
        "unit": place.unit,
        "title": place.title,
        "level": place.level,
        "role": ROLES[place.role],
        "basis": BASES[place.basis] if place.basis != Position.Basis.DEFINITIVE else "",
        "ends_on": place.ends_on,
        "kind": KINDS[employment.kind] if employment else "",
    }
