"""Sheets about offices: the notice on a closed door, and the list for the press."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from loket.documents.rules import words

from . import engine, qr, values
from .values import line

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Facts = Mapping[str, Any]
LANGUAGES = ("id", "en")

WORD: dict[str, _StrPromise] = {
    "closed": pgettext_lazy("on the door", "CLOSED"),
    "online_only": pgettext_lazy("on the door", "ONLINE ONLY"),
    "limited": pgettext_lazy("on the door", "LIMITED"),
    "open": pgettext_lazy("on the door", "OPEN"),
}
MEANING: dict[str, _StrPromise] = {
    "closed": gettext_lazy("This office does not receive the public now."),
    "online_only": gettext_lazy("The counters are closed. Requests on the web go on."),
    "limited": gettext_lazy("The counters are open, with limits."),
    "open": gettext_lazy("The counters are open."),
}
MIDNIGHT = time()


def door_notice(facts: Facts, *, at: datetime) -> bytes:
    """Return the notice to put on the door of an office as PDF, in both languages.

    Facts: ``state`` (a key of ``WORD``); ``office``, ``address``, ``floor``, ``government``;
    ``since``, ``until`` and ``reopens_at``, moments or None; ``citations``, lines such as
    ``Gubernur DKI Jakarta 02/SE/2020 (16-03-2020), 3``; ``why``, ``instead`` and
    ``stays_open``, sentences as ``{"id": …, "en": …}``; ``url``, the public page of the
    office, which the QR leads to. Only ``state``, ``office`` and ``url`` are needed.
    """
    code, _side = qr.svg(str(facts["url"]))
    state = str(facts["state"])
    data = {
        "title": f"{_in('id', WORD[state])} – {line(facts.get('office'))}",
        "language": "id",
        "government": str(facts.get("government") or ""),
        "office": line(facts.get("office")),
        "address": ", ".join(_given(facts.get("address"), _floor(facts.get("floor")))),
        "url": str(facts["url"]),
        "qr": code,
        "is_specimen": settings.DEMO,
        **{language: _in_language(facts, language, at=at) for language in LANGUAGES},
    }
    return engine.pdf("door_notice", data, at=at)


def _in_language(facts: Facts, language: str, *, at: datetime) -> dict[str, Any]:
    """Return everything on the door that is said twice, in one language."""
    state = str(facts["state"])
    with translation.override(language):
        why = [*_items(facts.get("why"), language), *_items(facts.get("citations"), language)]
        sections = (
            (pgettext("on the door", "When"), _when(facts, language)),
            (pgettext("on the door", "Why"), why),
            (pgettext("on the door", "Instead"), _items(facts.get("instead"), language)),
            (
                pgettext("on the door", "What stays open"),
                _items(facts.get("stays_open"), language),
            ),
        )
        return {
            "word": str(WORD[state]),
            "meaning": str(MEANING[state]),
            "sections": [{"head": head, "lines": lines} for head, lines in sections],
            "scan": _("Scan for what holds now"),
            "printed": _("Printed on %(moment)s") % {"moment": _moment(at, language)},
            "specimen": _("SPECIMEN: not an official notice"),
        }


def press_list(facts: Facts, language: str, *, at: datetime) -> bytes:
    """Return the offices that are closed or limited as PDF, a table for the press.

    Facts: ``government``; ``url`` of the public page with the same; ``rows`` in the order
    of the table, each with the facts of a door notice, and ``region``; ``as_of``, the moment
    of which they are true, if it is another than that of printing.
    """
    rows = list(facts.get("rows") or ())
    with translation.override(language):
        as_of = _moment(facts.get("as_of") or at, language)
        data = {
            "title": _("Offices that are closed or limited"),
            "language": "en" if language.startswith("en") else "id",
            "government": str(facts.get("government") or ""),
            "office": str(facts.get("government") or ""),
            "url": str(facts.get("url") or ""),
            "as_of": _("As of %(moment)s") % {"moment": as_of},
            "count": _counted(rows),
            "rows": [_row(row, language) for row in rows],
            "is_specimen": settings.DEMO,
            "words": {
                "heads": [
                    pgettext("on paper", "No."),
                    pgettext("on paper", "Office"),
                    pgettext("on paper", "State"),
                    pgettext("on the door", "When"),
                    pgettext("on the door", "Why"),
                    pgettext("on the door", "Instead"),
                ],
                "none": _("All offices are open without limits."),
                "page": pgettext("on paper", "Page"),
            },
        }
        return engine.pdf("press_list", data, at=at)


def _counted(rows: Iterable[Facts]) -> str:
    """Return how many offices are in which state, such as ``12 closed, 3 limited``."""
    often = Counter(str(row["state"]) for row in rows)
    sentences = {
        "closed": _("%(count)d closed"),
        "online_only": _("%(count)d online only"),
        "limited": _("%(count)d limited"),
    }
    found = (sentence % {"count": often[s]} for s, sentence in sentences.items() if often[s])
    return ", ".join(found)


def _row(facts: Facts, language: str) -> dict[str, Any]:
    why = [*_items(facts.get("why"), language), *_items(facts.get("citations"), language)]
    return {
        "office": line(facts.get("office")),
        "region": str(facts.get("region") or ""),
        "state": str(WORD[str(facts["state"])]),
        "when": _when(facts, language),
        "why": why or [values.NONE],
        "instead": _items(facts.get("instead"), language) or [values.NONE],
    }


def _when(facts: Facts, language: str) -> list[str]:
    """Return from when until when, and when the office opens again if that is known."""
    since, until, again = (facts.get(key) for key in ("since", "until", "reopens_at"))
    found = []
    if since:
        found.append(_("From %(moment)s") % {"moment": _moment(since, language)})
    if until and _local(until).time() == MIDNIGHT:
        last = words.long_date(_local(until).date() - timedelta(days=1), language)
        found.append(_("up to and including %(day)s") % {"day": last})
    elif until:
        found.append(_("until %(moment)s") % {"moment": _moment(until, language)})
    elif since and not again:
        found.append(_("until further notice"))
    if again:
        found.append(_("Opens again %(moment)s") % {"moment": _moment(again, language)})
    return found


def _moment(moment: datetime, language: str) -> str:
    """Return a day, and the time of day unless it begins the day."""
    local = _local(moment)
    day = words.long_date(local.date(), language)
    return day if local.time() == MIDNIGHT else f"{day}, {local:%H.%M} {local:%Z}"


def _local(moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo(settings.OFFICE_TIME_ZONE))


def _items(given: Any, language: str) -> list[str]:
    """Return sentences; those in both languages in the one asked for."""
    return [
        values.words_of(item, language) if isinstance(item, Mapping) else str(item)
        for item in given or ()
        if item
    ]


def _given(*words_: Any) -> list[str]:
    return [str(word) for word in words_ if word]


def _floor(floor: Any) -> str:
    """Return a floor as it is said: ``lantai 2``; a block says what it is by itself."""
    name = str(floor or "")
    return f"lantai {name}" if name.isdigit() else name


def _in(language: str, sentence: _StrPromise) -> str:
    with translation.override(language):
        return str(sentence)
