"""Tags of the public pages."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from loket.cases.models import Case
from loket.catalogue.rules.format import State
from loket.documents.models import Document
from loket.portal.applying.drawing import Field
from loket.ui.templatetags.ui import field, icon, tag

register = template.Library()

DRAWN_AS = {
    "birth": "birth", "family": "family", "adulthood": "user", "marriage": "family",
    "moving": "move", "lost": "lost", "death": "death",
}  # fmt: skip


@register.simple_tag
def life_icon(event: str) -> str:
    """Draw a life event."""
    return str(icon(DRAWN_AS.get(event, "file")))


@register.simple_tag
def draw(item: Field) -> str:
    """Draw one input of a question."""
    return field(item.name, item.label, item.kind, **item.options)


@register.simple_tag
def state_tag(case: Case) -> str:
    """Draw how a case stands."""
    state = case.service_version.service.workflow.state(case.state)
    return str(tag(str(state.label), kind_of(state)))


def kind_of(state: State) -> str:
    """Return how a state is coloured: done, stopped, with the resident, or under way."""
    if state.kind == "final":
        return {"granted": "good", "refused": "bad"}.get(state.outcome, "quiet")
    return "warning" if state.kind == "resident" else ""


@register.simple_tag
def document_title(document: Document) -> str:
    """Return the title of a document in the reader's language."""
    return document.title.get((get_language() or "id")[:2]) or document.title.get("id", "")
