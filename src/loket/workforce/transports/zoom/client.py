"""One conversation with Zoom, and what its answers mean."""

from __future__ import annotations

import json
from base64 import b64encode
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from django.conf import settings

from loket.kernel.errors import TransportError

TIMEOUT = 15
LONGEST = 1_000_000
"""Bytes of an answer."""
UNAUTHORISED, NOT_FOUND, TOO_MANY, SERVER = 401, 404, 429, 500


class Gone(TransportError):
    """There is no such meeting."""


def ask(method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    """Ask Zoom's interface, with a token of its own.

    A token lasts an hour and meetings are rare: none is kept.

    :raises Gone: if there is no such thing.
    :raises TransportError: if Zoom did not do it.
    """
    data = None if body is None else json.dumps(body).encode()
    headers = {"Authorization": f"Bearer {_token()}", "Content-Type": "application/json"}
    return _answer(Request(settings.ZOOM_URL + path, data, headers, method=method))  # noqa: S310 -- the operator's own setting


def _token() -> str:
    asked = {"grant_type": "account_credentials", "account_id": settings.ZOOM_ACCOUNT_ID}
    pair = f"{settings.ZOOM_CLIENT_ID}:{settings.ZOOM_CLIENT_SECRET}"
    headers = {
        "Authorization": f"Basic {b64encode(pair.encode()).decode()}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    url = settings.ZOOM_SIGN_IN
    found = _answer(Request(url, urlencode(asked).encode(), headers, method="POST"))  # noqa: S310 -- the operator's own setting
    token = found.get("access_token")
    if not isinstance(token, str):
        raise TransportError("Zoom gave no token")
    return token


def _answer(request: Request) -> dict[str, Any]:
    try:
        with urlopen(request, timeout=TIMEOUT) as response:  # noqa: S310 -- the operator's own setting
            text = response.read(LONGEST)
    except HTTPError as error:
        raise _refusal(error) from error
    except (URLError, HTTPException, OSError) as error:
        raise TransportError(f"no answer: {error}") from error
    if not text:
        return {}
    found = _values(text)
    if not isinstance(found, dict):
        raise TransportError("Zoom's answer cannot be read")
    return found


def _refusal(error: HTTPError) -> TransportError:
    """Our settings being wrong, and too many questions, are no fault of this meeting."""
    found = _values(error.read(LONGEST))
    said = ""
    if isinstance(found, dict):
        said = str(found.get("message") or found.get("reason") or "")
    words = " ".join(f"Zoom: {error.code} {said}".split())[:300]
    if error.code == NOT_FOUND:
        return Gone(words, permanent=True)
    again = error.code in {UNAUTHORISED, TOO_MANY} or error.code >= SERVER
    return TransportError(words, permanent=not again)


def _values(text: bytes) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None
