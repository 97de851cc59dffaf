"""Saving a draft of which stricter rules made a part be written anew."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loket.desk import typed
from loket.desk.requests import DeskRequest, staff_only
from loket.kernel import clock
from loket.kernel.errors import Conflict, Invalid
from loket.policies import services as policies
from loket.policies.rules.parse import CircularErrors, load_circular
from loket.ui import reply

from . import anew
from .editing import draft_of, revision_of


@require_POST
@staff_only
def save(request: DeskRequest, code: str) -> HttpResponse:
    """Save a draft as it was written anew; what is still wrong is said by line."""
    circular = draft_of(request, code)
    text = typed.one(request.POST, "text")
    try:
        policies.rewrite(
            circular=circular,
            definition=load_circular(text, name=""),
            revision=revision_of(request, circular),
            actor=request.actor,
            at=clock.now(),
        )
    except (Invalid, Conflict) as refusal:
        return anew.page(request, circular, text, told(refusal), refused=refusal)
    messages.success(request, _("The draft is saved. Read it through and simulate it."))
    return reply.seen_other(reverse("desk:circular", args=[code]))


def told(refusal: Invalid | Conflict) -> list[anew.Part]:
    """Return what is still wrong with a text, and where in it."""
    if isinstance(refusal, CircularErrors):
        return [
            (_("line %(line)s") % {"line": problem.line}, problem.reason)
            for problem in refusal.problems
        ]
    fields = refusal.fields if isinstance(refusal, Invalid) else {}
    return [(path, sentence) for path, lines in fields.items() for sentence in lines]
