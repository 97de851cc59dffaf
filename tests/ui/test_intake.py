"""A request that is too large is refused before it fills the disk."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from loket.ui import intake


class Unread(BytesIO):
    def read(self, *_args: int) -> bytes:
        raise AssertionError


def test_too_large_a_request_is_refused_unread() -> None:
    request = RequestFactory().post("/verify/", {"file": SimpleUploadedFile("a.pdf", b"%PDF-")})
    request.META["CONTENT_LENGTH"] = str(intake.most_bytes() + 1)
    request._stream = Unread()
    with pytest.raises(RequestDataTooBig):
        _ = request.FILES


def test_what_fits_is_taken(settings) -> None:
    settings.UPLOAD_MAX_BYTES, settings.UPLOAD_MAX_FILES = 10, 1
    file = SimpleUploadedFile("a.pdf", b"%PDF-" * 20_000)
    assert RequestFactory().post("/verify/", {"file": file}).FILES["file"].size == 100_000
