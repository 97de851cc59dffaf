"""The first page of the demo: who is who, and how to be each of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.totp.internal import auth as totp
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from loket.kernel import clock
from loket.organisation import queries as organisation
from loket.organisation.models import Unit
from loket.ui import reply

from . import roles, samples, situation
from .roles import Part


@dataclass(frozen=True, slots=True)
class Card:
    """One of the staff with the code that signs them in now."""

    part: Part
    unit: str
    code: str


@require_safe
@reply.private
def home(request: HttpRequest) -> HttpResponse:
    """Show everybody in the play; the codes renew themselves."""
    now = clock.now()
    context: dict[str, Any] = {
        "cards": cards(now),
        "seconds": app_settings.TOTP_PERIOD - int(now.timestamp()) % app_settings.TOTP_PERIOD,
        "roles": roles,
        "law": situation.standing(),
        "past": f"loket in-force --unit {roles.HOME}-DUKCAPIL --at 2020-03-20",
        "samples": sorted(samples.names()),
        "folder": samples.folder(),
        "witnesses": samples.WITNESSES,
        "child_nik": samples.child_nik(on=organisation.today(None, at=now)),
    }
    return reply.page(request, "demo/home.html", context, part="staff")


def cards(now: datetime) -> list[Card]:
    """Return the staff in the order of the play."""
    units = dict(
        Unit.objects.filter(code__in={part.unit for part in roles.CAST}).values_list(
            "code", "name"
        )
    )
    return [
        Card(part, units.get(part.unit, part.unit), code_of(part, now)) for part in roles.CAST
    ]


def code_of(part: Part, now: datetime) -> str:
    """Return the six digits that the person's authenticator app would show."""
    counter = int(now.timestamp()) // app_settings.TOTP_PERIOD
    return str(totp.format_hotp_value(totp.hotp_value(part.totp_secret, counter)))
