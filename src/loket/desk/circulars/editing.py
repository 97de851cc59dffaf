"""Writing a circular: its head on one page, each provision on one of its own."""

from __future__ import annotations

from collections.abc import Sequence
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
from loket.policies import queries
from loket.policies import services as policies
from loket.policies.models import Circular
from loket.policies.rules import format as form
from loket.ui import reply

from . import heads, inputs, mistakes, pages, provisions
from .views import refuse_unless_draft, require_draft

BEGUN = "circular_begun"
"""In the session: the head of a circular whose first provision is still to be written."""
SENT = ["GET", "HEAD", "POST"]


def draft_of(request: DeskRequest, code: str) -> Circular:
    """Return a draft to write on."""
    circular = queries.get(code=code, actor=request.actor)
    refuse_unless_draft(circular.state)
    require_draft(request)
    return circular


def revision_of(request: DeskRequest, circular: Circular) -> int:
    """Return the revision that the page was opened at."""
    given = typed.count(request.POST, "revision")
    return circular.revision if given is None else given


def paper_of(request: DeskRequest) -> policies.Paper | None:
    """Return the signed paper that was sent along."""
    file = request.FILES.get("file")
    return policies.Paper(name=str(file.name), data=file.read()) if file else None


@require_http_methods(SENT)
@staff_only
@reply.private
def begin(request: DeskRequest) -> HttpResponse:
    """Write the head of a new circular. It is kept with the browser until it has a provision."""
    require_draft(request)
    if request.method != "POST":
        begun = request.session.get(BEGUN)
        known = form.Circular.model_validate(begun) if begun else None
        return pages.head(request, heads.filled_state(known) if known else heads.blank())
    state = heads.typed_state(request.POST)
    if request.POST.get("do") == "row":
        return pages.head(request, heads.with_a_row(state))
    circular, wrong = heads.circular_of(state)
    if circular is None:
        return pages.head(request, state, wrong=wrong)
    if circular.amends or circular.revokes:
        return write_new(request, circular.model_copy(update={"provisions": ()}), state)
    request.session[BEGUN] = circular.model_dump(mode="json", by_alias=True)
    return reply.seen_other(reverse("desk:circular-first"))


def write_new(
    request: DeskRequest, circular: form.Circular, state: dict[str, Any]
) -> HttpResponse:
    """Write down a circular that needs no provision because it changes others."""
    try:
        row = policies.draft(
            circular=circular, file=paper_of(request), actor=request.actor, at=clock.now()
        )
    except (Invalid, Conflict) as refusal:
        return pages.head(request, state, wrong=wrong_of(refusal, heads.FIELDS, within=()))
    return reply.seen_other(reverse("desk:circular", args=[row.code]))


def wrong_of(
    refusal: Invalid | Conflict, known: Sequence[str], *, within: tuple[str, ...]
) -> mistakes.Wrong:
    """Return what a service refused, at the fields of the page."""
    if isinstance(refusal, Conflict):
        return {"": [str(refusal)]}
    return mistakes.of_refusal(refusal, known, within=within)


@require_http_methods(SENT)
@staff_only
@reply.private
def first(request: DeskRequest) -> HttpResponse:
    """Write the first provision of a new circular; with it the circular becomes a draft."""
    require_draft(request)
    begun = request.session.get(BEGUN)
    if not begun:
        return reply.seen_other(reverse("desk:circular-new"))
    kind = request.GET.get("kind", "")
    if kind not in inputs.INPUTS:
        return pages.kinds(request, None, begun)
    state, provision, wrong = given(request, kind)
    if provision is None:
        return pages.provision(request, None, kind, state, wrong=wrong)
    head = form.Circular.model_validate(begun)
    circular = head.model_copy(update={"provisions": (provision,)})
    try:
        row = policies.draft(
            circular=circular, file=paper_of(request), actor=request.actor, at=clock.now()
        )
    except (Invalid, Conflict) as refusal:
        names = provisions.fields_of(kind)
        found = wrong_of(refusal, names, within=("provisions", "0"))
        return pages.provision(request, None, kind, state, wrong=found)
    del request.session[BEGUN]
    messages.success(request, _("The draft is kept. Add what else it says."))
    return reply.seen_other(reverse("desk:circular", args=[row.code]))


def given(request: DeskRequest, kind: str) -> tuple[dict[str, Any], Any, mistakes.Wrong]:
    """Return what was typed about a provision, the provision if it is one, and what is wrong."""
    if request.method != "POST":
        return provisions.blank(kind), None, {}
    state = provisions.typed_state(kind, request.POST)
    if request.POST.get("do") == "find":
        return state, None, {}
    if request.POST.get("do") == "row" and kind == "shifts":
        return provisions.with_a_row(state), None, {}
    return state, *provisions.provision_of(kind, state)


@require_http_methods(SENT)
@staff_only
@reply.private
def head(request: DeskRequest, code: str) -> HttpResponse:
    """Change the head of a draft."""
    circular = draft_of(request, code)
    record = queries.as_circular(circular)
    if request.method != "POST":
        return pages.head(request, heads.filled_state(record), circular=circular)
    state = heads.typed_state(request.POST)
    if request.POST.get("do") == "row":
        return pages.head(request, heads.with_a_row(state), circular=circular)
    changed, wrong = heads.circular_of(state, record.provisions)
    if changed is None:
        return pages.head(request, state, circular=circular, wrong=wrong)
    try:
        policies.rewrite(
            circular=circular,
            definition=changed,
            revision=revision_of(request, circular),
            file=paper_of(request),
            actor=request.actor,
            at=clock.now(),
        )
    except (Invalid, Conflict) as refusal:
        wrong = wrong_of(refusal, heads.FIELDS, within=())
        return pages.head(request, state, circular=circular, wrong=wrong, refusal=refusal)
    messages.success(request, _("The head is saved."))
    return reply.seen_other(reverse("desk:circular", args=[code]))


@require_http_methods(SENT)
@staff_only
@reply.private
def add(request: DeskRequest, code: str) -> HttpResponse:
    """Add a provision at the end."""
    circular = draft_of(request, code)
    kind = request.GET.get("kind", "")
    if kind not in inputs.INPUTS:
        return pages.kinds(request, circular, None)
    place = len(circular.provisions.all())
    return write_provision(request, circular, kind, place)


@require_http_methods(SENT)
@staff_only
@reply.private
def provision(request: DeskRequest, code: str, number: int) -> HttpResponse:
    """Change one provision."""
    circular = draft_of(request, code)
    known = provision_at(circular, number)
    if request.method != "POST":
        state = provisions.filled_state(known)
        return pages.provision(request, circular, known.kind, state, number=number)
    return write_provision(request, circular, known.kind, number)


def provision_at(circular: Circular, number: int) -> Any:
    """Return a provision by its place, counted from 0.

    :raises Conflict: if there is none any more.
    """
    record = queries.as_circular(circular)
    if number >= len(record.provisions):
        raise Conflict(_("This provision is not there any more."))
    return record.provisions[number]


def write_provision(
    request: DeskRequest, circular: Circular, kind: str, place: int
) -> HttpResponse:
    """Put what was typed at a place among the provisions of a draft."""
    state, changed, wrong = given(request, kind)
    at_place: dict[str, Any] = {"number": place} if place < circular.provisions.count() else {}
    if changed is None:
        return pages.provision(request, circular, kind, state, wrong=wrong, **at_place)
    held = list(queries.as_circular(circular).provisions)
    held[place : place + 1] = [changed]
    try:
        rewrite(request, circular, held)
    except (Invalid, Conflict) as refusal:
        names, within = provisions.fields_of(kind), ("provisions", str(place))
        found = wrong_of(refusal, names, within=within)
        return pages.provision(
            request, circular, kind, state, wrong=found, refusal=refusal, **at_place
        )
    messages.success(request, _("The provision is saved."))
    return reply.seen_other(reverse("desk:circular", args=[circular.code]))


def rewrite(request: DeskRequest, circular: Circular, held: Sequence[Any]) -> None:
    """Save a draft with other provisions."""
    record = queries.as_circular(circular)
    policies.rewrite(
        circular=circular,
        definition=record.model_copy(update={"provisions": tuple(held)}),
        revision=revision_of(request, circular),
        actor=request.actor,
        at=clock.now(),
    )


@require_POST
@staff_only
def move(request: DeskRequest, code: str, number: int) -> HttpResponse:
    """Let a provision change places with the one before or after it."""
    circular = draft_of(request, code)
    held = list(queries.as_circular(circular).provisions)
    other = number + (1 if request.POST.get("to") == "down" else -1)
    if 0 <= number < len(held) and 0 <= other < len(held):
        held[number], held[other] = held[other], held[number]
        rewrite(request, circular, held)
    return reply.seen_other(reverse("desk:circular", args=[code]) + f"#provision-{other}")


@require_POST
@staff_only
def remove(request: DeskRequest, code: str, number: int) -> HttpResponse:
    """Take a provision out; the last one only if the circular changes others."""
    circular = draft_of(request, code)
    removed = provision_at(circular, number)
    record = queries.as_circular(circular)
    held = [each for place, each in enumerate(record.provisions) if place != number]
    if not (held or record.amends or record.revokes):
        raise Invalid(
            _("A circular needs at least one provision. Discard the draft if it says nothing.")
        )
    rewrite(request, circular, held)
    messages.success(request, _("“%(article)s” is removed.") % {"article": removed.article})
    return reply.seen_other(reverse("desk:circular", args=[code]))
