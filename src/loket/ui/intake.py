"""How much one request may send: files go to the disk before any view sees them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

FORM_BYTES = 4 * 1024 * 1024
"""What the fields of a form and the frames of its files take beside the files."""


def most_bytes() -> int:
    """Return how many bytes a form with as many files as are taken can have."""
    return settings.UPLOAD_MAX_BYTES * settings.UPLOAD_MAX_FILES + FORM_BYTES


class LimitedIntake(FileUploadHandler):
    """Refuses a request that says it is larger, before it is read; takes no file itself."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 -- Django's
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        """Look at the length alone; nothing reads beyond it.

        :raises RequestDataTooBig: if no form of ours can be as large.
        """
        del input_data, META, boundary, encoding
        if content_length > most_bytes():
            sentence = "The request is larger than all the files that one form takes."
            raise RequestDataTooBig(sentence)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Leave the file to the next handler."""
        del start
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the next handler."""
        del file_size
