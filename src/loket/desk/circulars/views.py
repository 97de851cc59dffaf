"""Finding circulars, reading one, taking one in from a file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loket.desk import choosing, typed
from loket.desk.requests import DeskRequest, staff_only
from loket.files import queries as files
from loket.kernel import clock
from loket.kernel.access import require
from loket.kernel.errors import Invalid, NotAllowed, NotFound
from loket.policies import queries
from loket.policies import services as policies
from loket.policies.access import DRAFT, ENACT, VIEW
from loket.policies.models import Circular
from loket.policies.rules.parse import CircularErrors, load_circular
from loket.policies.rules.writing import as_yaml
from loket.ui import reply

from . import anew, lists, parts, picking, showing

MOST_YAML = 512 * 1024


def require_seat(request: DeskRequest) -> None:
    """Stop whoever has nothing to do with circulars before they are law.

    :raises NotAllowed: if the actor may neither see, write nor enact any.
    """
    choosing.require_seat(request.actor, VIEW, DRAFT, ENACT)


def may_draft(request: DeskRequest) -> bool:
    """Say whether the actor may write circulars for anybody."""
    return bool(request.actor.scopes(DRAFT))


def require_draft(request: DeskRequest) -> None:
    """Stop whoever may write no circular at all.

    :raises NotAllowed: if the actor may not write for any unit.
    """
    if not may_draft(request):
        require(request.actor, DRAFT, scope="")


@require_safe
@staff_only
@reply.private
def index(request: DeskRequest) -> HttpResponse:
    """List circulars: in force, coming, drafts, ended."""
    require_seat(request)
    rows = queries.circulars(actor=request.actor)
    context = {
        "sections": lists.sections(
            rows, queries.sizes(rows), queries.effective_ends(), at=clock.now()
        ),
        "may_draft": may_draft(request),
        "is_empty": not rows,
    }
    return reply.page(request, "desk/circulars/index.html", context)


@require_safe
@staff_only
@reply.private
def show(request: DeskRequest, code: str) -> HttpResponse:
    require_seat(request)
    circular = queries.get(code=code, actor=request.actor)
    try:
        return showing.page(request, circular)
    except queries.Outdated as refusal:
        if circular.state != Circular.State.DRAFT or not showing.may_write(
            request.actor, circular
        ):
            raise
        return anew.page(request, circular, refusal.text, anew.parts_of(circular, refusal))


@require_safe
@staff_only
def as_file(request: DeskRequest, code: str) -> HttpResponse:
    """Give the circular in the format, to be checked in, edited or loaded elsewhere."""
    require_seat(request)
    circular = queries.get(code=code, actor=request.actor)
    try:
        text = as_yaml(queries.as_circular(circular))
    except queries.Outdated as refusal:
        text = refusal.text
    return reply.download(text.encode(), name=f"{code}.yaml", media_type="application/yaml")


@require_safe
@staff_only
def attached(request: DeskRequest, code: str) -> HttpResponse:
    """Give the signed paper that is attached."""
    require_seat(request)
    circular = queries.get(code=code, actor=request.actor)
    if circular.file is None:
        raise NotFound(_("No file is attached to this circular."))
    data = files.read(circular.file)
    return reply.download(data, name=f"{code}.pdf", media_type=circular.file.media_type)


@require_safe
@staff_only
@reply.private
def pick(request: DeskRequest) -> HttpResponse:
    """Find units, buildings and rooms for a scope; a part of the page of a provision."""
    require_draft(request)
    scope = parts.typed_scope(request.GET)
    chosen = picking.chosen(scope)
    words = request.GET.get("find", "").strip()
    context = {
        "scope": scope,
        "chosen": chosen,
        "found": picking.found(words, chosen=[unit["code"] for unit in chosen["units"]]),
    }
    return reply.page(request, "desk/circulars/found.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
@reply.private
def load(request: DeskRequest) -> HttpResponse:
    """Take a circular in from a YAML file; what is wrong is said by line."""
    require_draft(request)
    if request.method != "POST":
        return reply.page(request, "desk/circulars/load.html", {})
    try:
        text, name = sent_text(request)
        circular = policies.draft(
            circular=load_circular(text, name=name), actor=request.actor, at=clock.now()
        )
    except CircularErrors as refusal:
        context: dict[str, Any] = {
            "problems": refusal.problems,
            "text": typed.one(request.POST, "text"),
        }
        return reply.page(request, "desk/circulars/load.html", context, status=422)
    except Invalid as refusal:
        wrong = refusal.fields or {"file": [str(refusal)]}
        context = {"errors": wrong, "text": typed.one(request.POST, "text")}
        return reply.page(request, "desk/circulars/load.html", context, status=422)
    messages.success(
        request, _("The circular is a draft now. Read it through and simulate it.")
    )
    return reply.seen_other(reverse("desk:circular", args=[circular.code]))


def sent_text(request: DeskRequest) -> tuple[str, str]:
    """Return the YAML that was sent as a file or pasted, and its name.

    :raises Invalid: if there is none, or it is no text.
    """
    file = request.FILES.get("file")
    if file is None:
        text = typed.one(request.POST, "text")
        if not text:
            sentence = _("Choose a file, or paste its text.")
            raise Invalid(sentence, fields={"file": [sentence]})
        return text, _("pasted text")
    if (file.size or 0) > MOST_YAML:
        sentence = _("This file is too large for a circular.")
        raise Invalid(sentence, fields={"file": [sentence]})
    try:
        return file.read().decode("utf-8-sig"), str(file.name)
    except UnicodeDecodeError as error:
        sentence = _("This file is no text in UTF-8.")
        raise Invalid(sentence, fields={"file": [sentence]}) from error


@require_POST
@staff_only
def discard(request: DeskRequest, code: str) -> HttpResponse:
    circular = queries.get(code=code, actor=request.actor)
    policies.discard(circular=circular, actor=request.actor, at=clock.now())
    messages.success(request, _("The draft is discarded."))
    return reply.seen_other(reverse("desk:circulars"))


def refuse_unless_draft(state: str) -> None:
    """Stop who would edit what is law already.

    :raises NotAllowed: if it is no draft.
    """
    if state != "draft":
        raise NotAllowed(
            _("Only a draft can be changed; what is law is changed by another circular.")
        )
