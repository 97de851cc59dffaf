"""What every page knows, whoever makes it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the name of the site, the reader's language, and whether this is a demo."""
    language = "en" if (get_language() or "id").startswith("en") else "id"
    return {
        "site_name": "Loket",
        "demo": settings.DEMO,
        "language": language,
        "other_language": "id" if language == "en" else "en",
        "is_part": request.headers.get("HX-Request") == "true",
    }
