"""The page of a circular: what it says, what can be done with it, and by whom."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse

from loket.desk import typed
from loket.desk.requests import DeskRequest
from loket.kernel import clock
from loket.kernel.access import Actor, Permission
from loket.kernel.errors import Conflict, Invalid
from loket.organisation import queries as organisation
from loket.people import queries as people
from loket.people.rules.roles import PERMISSIONS
from loket.policies import queries
from loket.policies.access import DRAFT, ENACT
from loket.policies.models import Circular
from loket.policies.rules import format as form
from loket.ui import reply
from loket.ui.periods import in_words

from . import impacts, lists, telling


def page(
    request: DeskRequest, circular: Circular, *, refused: Invalid | Conflict | None = None
) -> HttpResponse:
    """Show a circular; a revocation that was refused stays open with what was typed."""
    at = clock.now()
    actor = request.actor
    record = queries.as_circular(circular)
    known = queries.circulars(actor=actor)
    ends = queries.effective_ends()
    section = lists.section_of(circular, ends, at=at)
    may_draft, may_enact = may(actor, DRAFT, circular), may(actor, ENACT, circular)
    is_draft = circular.state == Circular.State.DRAFT
    context = {
        "circular": circular,
        "record": record,
        "title": lists.title_of(circular),
        "section": {"label": lists.SECTIONS[section], "tag": lists.TAGS[section]}
        if circular.state != Circular.State.DISCARDED
        else None,
        "period": in_words(circular.starts_at, circular.ends_at),
        "ended": ended_early(circular, ends),
        "articles": telling.articles(circular.provisions.all(), record.provisions),
        "findings": impacts.doubts(circular, at=at),
        "relations": relations(record, known),
        "is_draft": is_draft,
        "simulated_on": simulated_on(circular) if is_draft else None,
        "may_edit": is_draft and may_draft,
        "may_simulate": is_draft and (may_draft or may_enact),
        "may_revoke": may_revoke(circular, section) and may_enact,
        "is_author": wrote(actor, circular),
        "enactors": enactors(circular, at=at) if is_draft else [],
        "errors": getattr(refused, "fields", {}),
        "refusal": refused,
        "typed": revocation(request),
        "is_revoking": request.method == "POST",
    }
    status = 422 if isinstance(refused, Invalid) else 409 if refused else 200
    return reply.page(request, "desk/circulars/show.html", context, status=status)


def simulated_on(circular: Circular) -> datetime | None:
    """Return when a draft was last simulated, as it stands or as it was before."""
    return circular.simulations.order_by("-made_at").values_list("made_at", flat=True).first()


def may(actor: Actor, permission: Permission, circular: Circular) -> bool:
    """Say whether somebody may do something to a circular for all of its units."""
    return all(actor.may(permission, scope=path) for path in circular.scopes or [""])


def may_write(actor: Actor, circular: Circular) -> bool:
    """Say whether somebody may write a circular."""
    return may(actor, DRAFT, circular)


def wrote(actor: Actor, circular: Circular) -> bool:
    """Say whether somebody ever wrote on a circular, and so may not enact it."""
    return actor.ref in circular.writers


def waiting(actor: Actor) -> list[Circular]:
    """Return the drafts that wait for somebody: others wrote them, and the actor may enact."""
    drafts = queries.circulars(actor=actor, state=Circular.State.DRAFT)
    return [draft for draft in drafts if not wrote(actor, draft) and may(actor, ENACT, draft)]


def written(actor: Actor) -> list[Circular]:
    """Return the drafts that somebody wrote."""
    drafts = queries.circulars(actor=actor, state=Circular.State.DRAFT)
    return [draft for draft in drafts if draft.author_ref == actor.ref]


def may_revoke(circular: Circular, section: str) -> bool:
    """Say whether there is something left to end."""
    is_law = circular.state == Circular.State.ENACTED and circular.revoked_from is None
    return is_law and section in {"now", "soon"}


def ended_early(circular: Circular, ends: lists.Ends) -> datetime | None:
    """Return when it ended or ends, if that is not the end that it names itself."""
    end = lists.end_of(circular, ends)
    return end if end != circular.ends_at else None


def relations(record: form.Circular, known: list[Circular]) -> list[dict[str, Any]]:
    """Return what a circular changes and ends, with the pages of those on record."""
    pages = {lists.key(row.issuer, row.number, row.date): row.code for row in known}
    return [
        {
            "verb": verb,
            "label": other.label,
            "code": pages.get(lists.key(other.issuer, other.number, other.date), ""),
            "articles": ", ".join(getattr(other, "articles", ())),
            "extended_through": getattr(other, "extended_through", None),
        }
        for verb, others in (("amends", record.amends), ("revokes", record.revokes))
        for other in others
    ]


def enactors(circular: Circular, *, at: datetime) -> list[str]:
    """Return who besides those who wrote on it may enact a draft, by name and post."""
    roles = [role for role, granted in PERMISSIONS.items() if ENACT.name in granted]
    today = organisation.today(None, at=at)
    return [
        f"{position.account.full_name} ({position.title})"
        for position in people.holders(roles, on=today)
        if position.account.ref not in circular.writers
        and all(path.startswith(position.unit.path) for path in circular.scopes)
    ]


def revocation(request: DeskRequest) -> dict[str, Any]:
    """Return what was typed about ending a circular; else today."""
    if request.method == "POST":
        post = request.POST
        return {
            "revoked_from": typed.day(post, "revoked_from"),
            "revoked_from_time": typed.one(post, "revoked_from_time"),
            "reason": typed.one(post, "reason"),
        }
    today = organisation.today(None, at=clock.now())
    return {"revoked_from": typed.day_state(today), "revoked_from_time": "", "reason": ""}
