"""Slips in the reader's language: the receipt of an application, the pick-up of a card."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from loket.documents.rules import words
from loket.kernel.identifiers import nik

from . import engine, templates, values
from .values import line

Facts = Mapping[str, Any]


def receipt(facts: Facts, language: str, *, at: datetime) -> bytes:
    """Return the receipt of an application as PDF.

    Facts are the slots of the template ``receipt``; ``submitted_at`` is a moment,
    ``received`` a list of words.
    """
    with translation.override(language):
        data = {
            "code": line(facts.get("code")),
            "service": values.words_of(facts.get("service"), language),
            "applicant": line(facts.get("applicant")),
            "about": line(facts.get("about")),
            "submitted_at": _moment(facts.get("submitted_at"), language),
            "due_on": _day(facts.get("due_on"), language),
            "received": _items(facts.get("received"), language),
            "url": str(facts.get("url") or ""),
            "words": _receipt_words(),
        }
        return _slip("receipt", data, facts, language, at=at)


def _receipt_words() -> dict[str, str]:
    return {
        "code": pgettext("on paper", "Your code"),
        "due": pgettext("on paper", "Due date"),
        "service": pgettext("on paper", "Service"),
        "applicant": pgettext("on paper", "Applicant"),
        "about": pgettext("on paper", "About"),
        "submitted": pgettext("on paper", "Received"),
        "office": pgettext("on paper", "Handled by"),
        "address": pgettext("on paper", "Address"),
        "received": pgettext("on paper", "Documents received"),
        "follow": pgettext("on paper", "How to follow your application"),
        "follow_words": _(
            "Open the address below, or ask at any counter, and give your code. If "
            "something is missing, we tell you and the days stop until you reply."
        ),
        "keep": _("Keep this receipt. The service is free of charge."),
        "unsigned": _(
            "This receipt shows that your application arrived. It is not a certificate."
        ),
    }


def pickup_slip(facts: Facts, language: str, *, number: str, at: datetime) -> bytes:
    """Return the slip with which a card is collected, as PDF."""
    with translation.override(language):
        bring = _items(facts.get("bring"), language)
        data = {
            "number": number,
            "holder": line(facts.get("holder_name")),
            "card": values.words_of(facts.get("card"), language),
            "nik": nik.mask(str(facts["nik"])) if facts.get("nik") else "",
            "ready_on": _moment(at, language),
            "bring": bring or [_("This slip, printed or on your phone.")],
            "words": {
                "number": pgettext("on paper", "Slip number"),
                "card": pgettext("on paper", "Card"),
                "holder": pgettext("on paper", "In the name of"),
                "ready": pgettext("on paper", "Ready since"),
                "office": pgettext("on paper", "Collect at"),
                "address": pgettext("on paper", "Address"),
                "bring": pgettext("on paper", "Please bring"),
                "officer": pgettext("on paper", "Officer"),
                "taker": pgettext("on paper", "Collected by"),
                "unsigned": _("This slip is for collecting the card. It is not a certificate."),
            },
        }
        return _slip("pickup_slip", data, facts, language, at=at)


def _slip(
    template: str, data: dict[str, Any], facts: Facts, language: str, *, at: datetime
) -> bytes:
    frame = {
        "title": templates.TEMPLATES[template].title.in_language(language),
        "language": "en" if language.startswith("en") else "id",
        "office": line(facts.get("office")),
        "address": str(facts.get("address") or ""),
        "is_specimen": settings.DEMO,
    }
    return engine.pdf(template, {**frame, **data}, at=at)


def _items(given: Any, language: str) -> list[str]:
    return [values.words_of(item, language) for item in given or ()]


def _day(value: Any, language: str) -> str:
    found = values.day(value)
    return words.long_date(found, language) if found else line(value)


def _moment(value: Any, language: str) -> str:
    if not isinstance(value, datetime):
        return _day(value, language)
    local = value.astimezone(ZoneInfo(settings.OFFICE_TIME_ZONE))
    return f"{words.long_date(local.date(), language)}, {local:%H.%M} {local:%Z}"
