"""The photo of whoever clocks in at home."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from loket.files import services as files
from loket.files.models import StoredFile
from loket.kernel.access import Actor
from loket.kernel.errors import Invalid
from loket.workforce.models import Clocking
from loket.workforce.queries.attendance import Pressing
from loket.workforce.rules.attendance.values import Sent


def keep_photo(sent: Sent, day: Pressing, *, actor: Actor, at: datetime) -> StoredFile | None:
    """Keep the photo that was sent from home, until its time is over.

    :raises Invalid: if it is none, or missing where the law demands it.
    """
    if sent.way != Clocking.Way.HOME:
        return None
    if not sent.photo:
        if day.facts.wants_photo:
            sentence = _("Take a photo: the circular in force asks for one from home.")
            raise Invalid(sentence, fields={"photo": [sentence]})
        return None
    try:
        file = files.store(
            data=sent.photo,
            name=sent.photo_name or "photo.jpg",
            owner=f"clocking:{sent.key}",
            actor=actor,
            at=at,
            expires_at=at + timedelta(days=settings.PHOTO_DAYS),
        )
    except Invalid as refusal:
        raise Invalid(str(refusal), fields={"photo": [str(refusal)]}) from refusal
    if file.media_type.startswith("image/"):
        return file
    files.remove(file=file, actor=actor, at=at, because="not a photo")
    sentence = _("This is a document, not a photo. Take a photo of yourself at work.")
    raise Invalid(sentence, fields={"photo": [sentence]})
