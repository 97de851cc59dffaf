"""What an inspection found, in the words of the person who sent the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Outcome = Literal["accepted", "cleaned", "refused"]

TRY_AGAIN = gettext_lazy("Take a photo of the document, or save it as PDF, and send that.")

CAUSES = {
    "empty": gettext_lazy("The file is empty. Choose it again, or take a new photo."),
    "too_big": gettext_lazy(
        "The file has %(size)s MB; at most %(limit)s MB can be sent. Take a photo with a lower"
        " resolution, or save the PDF in a smaller size."
    ),
    "truncated": gettext_lazy(
        "The file breaks off before its end, as happens when a transfer is interrupted. Send it"
        " again, or take a new photo."
    ),
    "damaged": gettext_lazy(
        "The file is damaged and cannot be opened. Take a new photo, or save it anew as PDF."
    ),
    "too_complex": gettext_lazy(
        "The file takes too much work to open. Take a photo of the document instead."
    ),
    "tiny": gettext_lazy(
        "The picture is only %(width)s × %(height)s dots, too small to read. Take a photo of"
        " the whole document, filling the picture."
    ),
    "bomb": gettext_lazy(
        "The picture has %(megapixels)s megapixels; at most %(limit)s can be sent. Take a photo"
        " with a lower resolution."
    ),
    "animated": gettext_lazy("The picture moves. Send a still photo."),
    "page": gettext_lazy("This file is a web page or a drawing made of code."),
    "program": gettext_lazy("This file is a program, and programs are never accepted."),
    "office": gettext_lazy(
        "This file is an office document, such as Word or Excel. Save it as PDF, or photograph"
        " the printed page, and send that."
    ),
    "archive": gettext_lazy(
        "This file is a packed folder. Unpack it and send each page as a photo or as PDF."
    ),
    "film": gettext_lazy("This file is a film or a sound recording. Send a photo or a PDF."),
    "picture": gettext_lazy(
        "This file is a picture of a kind we cannot take (%(kind)s). Send it as JPEG, PNG, WebP"
        " or HEIC: a new photo or a screenshot will do."
    ),
    "text": gettext_lazy("This file is plain text. Save it as PDF and send that."),
    "unknown": gettext_lazy("We cannot tell what this file is."),
    "password": gettext_lazy(
        "The PDF is locked with a password. Save a copy without the password, or photograph the"
        " pages."
    ),
    "pages": gettext_lazy(
        "The PDF has %(pages)s pages; at most %(limit)s can be sent. Send only the pages that"
        " are asked for."
    ),
    "virus": gettext_lazy(
        "The file carries a virus (%(virus)s) and was not kept. Take a new photo of the"
        " document, and have your device checked."
    ),
}
NEED_ADVICE = {"page", "program", "unknown"}

CHANGES = {
    "location": gettext_lazy("The place where the photo was taken was removed."),
    "reduced": gettext_lazy("The picture was made smaller; it stays readable."),
    "converted": gettext_lazy("The picture was saved as JPEG."),
    "renamed": gettext_lazy("The name was corrected to fit what the file is."),
    "code": gettext_lazy("Program code inside the PDF was removed."),
    "attachments": gettext_lazy("Files attached to the PDF were removed."),
    "links": gettext_lazy("Links and buttons in the PDF no longer work."),
    "signature": gettext_lazy(
        "The electronic signature of the PDF cannot be checked in our copy; keep the original."
    ),
}
"""What was changed, of that which the sender may want to know."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The outcome of an inspection; ``data`` is what may be kept, and nothing if refused."""

    outcome: Outcome
    media_type: str = ""
    name: str = ""
    data: bytes = field(default=b"", repr=False)
    pages: int = 0
    width: int = 0
    height: int = 0
    cause: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    changes: tuple[str, ...] = ()

    @property
    def reason(self) -> str:
        """Return why the file was refused and what to do, in the reader's language."""
        if not self.cause:
            return ""
        sentences = [str(CAUSES[self.cause]) % dict(self.facts)]
        if claimed := self.facts.get("claimed"):
            sentences.insert(
                0, _("The name says %(claimed)s, but that is not so.") % {"claimed": claimed}
            )
        if self.cause in NEED_ADVICE:
            sentences.append(str(TRY_AGAIN))
        return " ".join(sentences)

    @property
    def notes(self) -> tuple[str, ...]:
        """Return what was changed, as sentences in the reader's language."""
        return tuple(str(CHANGES[change]) for change in self.changes)


class Refused(Exception):
    """Inspection ends here, with this cause. Never leaves the rules of files."""

    def __init__(self, cause: str, **facts: Any) -> None:
        super().__init__(cause)
        self.cause = cause
        self.facts = facts


def refuse(cause: str, **facts: Any) -> Verdict:
    """Return the verdict that refuses a file."""
    return Verdict(outcome="refused", cause=cause, facts=facts)
