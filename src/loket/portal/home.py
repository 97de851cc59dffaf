"""The front page, finding a service, and reading its standard before starting."""

from __future__ import annotations

from django.http import Http404, HttpResponse, JsonResponse
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from loket.cases import queries as cases
from loket.catalogue import queries as catalogue
from loket.catalogue.models import ServiceVersion
from loket.kernel import clock
from loket.organisation import queries as organisation
from loket.ui import reply

from .offices.views import today
from .requests import PortalRequest

MOST_TYPED = 100


@require_safe
def home(request: PortalRequest) -> HttpResponse:
    """Show what can be done here."""
    typed = request.GET.get("q", "").strip()[:MOST_TYPED]
    context = {
        "typed": typed,
        "found": found(typed),
        "events": catalogue.by_life_event(),
        "offices": {} if reply.wants_part(request) else today(now=clock.now()),
    }
    return reply.page(request, "portal/home.html", context, part="found")


def found(typed: str) -> list[ServiceVersion]:
    """Return the services that somebody may mean."""
    return catalogue.search(typed, get_language() or "id") if typed else []


@require_safe
def services(request: PortalRequest) -> HttpResponse:
    """List every service, and find some by words."""
    typed = request.GET.get("q", "").strip()[:MOST_TYPED]
    context = {"typed": typed, "found": found(typed), "services": list(catalogue.published())}
    return reply.page(request, "portal/services.html", context, part="found")


@require_safe
def life_event(request: PortalRequest, event: str) -> HttpResponse:
    """List the services that one life event leads to."""
    chosen = next((e for e in catalogue.by_life_event() if e.name == event), None)
    if chosen is None:
        raise Http404
    return reply.page(request, "portal/life_event.html", {"event": chosen})


@require_safe
def service(request: PortalRequest, code: str) -> HttpResponse:
    """Show the standard of a service (UU 25/2009) and where to begin."""
    version = catalogue.get(code)
    offered = version.service
    draft = cases.drafts_of(request.actor).filter(service_code=version.code).first()
    context = {
        "version": version,
        "service": offered,
        "standard": offered.standard,
        "papers": [q for q in offered.questions if q.kind == "document"],
        "draft": draft,
        "stop": cases.stopped(offered, draft.answers if draft else None, at=clock.now()),
    }
    return reply.page(request, "portal/service.html", context)


@require_safe
@cache_control(public=True, max_age=3600)
def regions(request: PortalRequest, code: str) -> JsonResponse:
    """Return the regions right below one, as pairs of code and name."""
    del request
    found = organisation.regions(parent=code).values_list("code", "name")
    return JsonResponse([list(pair) for pair in found], safe=False)
