"""The pages of allauth that Loket does not offer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from loket.kernel.errors import NotFound


def closed(request: HttpRequest) -> HttpResponse:
    """Answer as if there were no such page.

    :raises NotFound: always.
    """
    raise NotFound(_("There is no such page."))
