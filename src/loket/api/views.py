"""Answers for machines. All are public; only a calendar, by its secret, is about somebody."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from loket.catalogue import queries as catalogue
from loket.catalogue.models import ServiceVersion
from loket.documents import queries as documents
from loket.jobs import queries as jobs
from loket.kernel import clock
from loket.workforce import queries as workforce


@require_safe
@cache_control(no_store=True)
def health(request: HttpRequest) -> JsonResponse:
    """Say whether the database answers and whether background work is keeping up."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    waiting = jobs.lag(at=clock.now())
    return JsonResponse(
        {
            "status": "ok",
            "database": connection.vendor,
            "oldest_job_seconds": int(waiting.total_seconds()),
        }
    )


@require_safe
@cache_control(public=True, max_age=3600)
def keys(request: HttpRequest) -> JsonResponse:
    """Publish the keys that the payload of a certificate's QR is signed with."""
    return JsonResponse(documents.published_keys())


@require_safe
@cache_control(public=True, max_age=3600)
def authority(request: HttpRequest) -> HttpResponse:
    """Publish the certificate of the authority behind every signer."""
    return HttpResponse(documents.authority_pem(), content_type="application/x-pem-file")


@require_safe
@cache_control(private=True, no_cache=True)
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """Return somebody's turns and meetings for their calendar, by the secret in the address.

    It is looked up by its digest: how long that takes says nothing about the secret.
    """
    found = workforce.feed(secret=secret, at=clock.now())
    return HttpResponse(found, content_type="text/calendar; charset=utf-8")


def described(version: ServiceVersion) -> dict[str, object]:
    service = version.service
    return {
        "code": version.code,
        "version": version.version,
        "title": {"id": service.title.id, "en": service.title.en},
        "summary": {"id": service.summary.id, "en": service.summary.en},
        "life_events": list(service.life_events),
        "due_working_days": service.due_working_days,
    }


@require_safe
@cache_control(public=True, max_age=300)
def services(request: HttpRequest) -> JsonResponse:
    """List the services that can be asked for."""
    return JsonResponse({"services": [described(v) for v in catalogue.published()]})


@require_safe
@cache_control(public=True, max_age=300)
def service(request: HttpRequest, code: str) -> JsonResponse:
    """Return one published service, whole: standard, questions, steps."""
    version = catalogue.get(code)
    return JsonResponse(version.definition | {"version": version.version})
