"""What is in the file of a case: the answers, the papers, and what happened."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from loket.cases import queries
from loket.cases.models import Attachment, Case
from loket.catalogue.rules import display

FILE_OPENED = "case.file_viewed"


def sections(case: Case) -> list[dict[str, Any]]:
    """Return the answers under their headings, each with what does not fit together."""
    service, language = case.service_version.service, get_language() or "id"
    answers, on = {**case.answers, **case.added}, queries.filed_on(case)
    asked = [q for a in service.workflow.actions for q in a.asks if q.name in case.added]
    read: dict[str, Any] = {
        "on": on,
        "language": language,
        "region_name": queries.region_name_in(answers),
    }
    found = list(display.shown(service, answers, **read))
    if asked:
        rows = display.rows(asked, answers, **read)
        found.append(display.ShownSection("office", _("Filled in by the office"), rows))
    doubts = queries.doubts(case, on=on)
    return [
        {
            "title": section.title,
            "rows": [
                {"label": r.label, "lines": r.lines, "doubts": doubts.get(r.question, ())}
                for r in section.rows
            ],
        }
        for section in found
    ]


def papers(case: Case) -> list[dict[str, Any]]:
    """Return the attachments by question as it was asked, with each page's picture."""
    service = case.service_version.service
    found: dict[str, dict[str, Any]] = {}
    for attachment in queries.attachments(case):
        question = service.question(attachment.question)
        chosen = case.answers.get(attachment.question) or {}
        label = next(
            (a.label for a in question.alternatives if a.value == chosen.get("alternative")),
            question.label,
        )
        paper = found.setdefault(
            attachment.question, {"name": attachment.question, "label": label, "pages": []}
        )
        paper["pages"] += pages(case, attachment)
    asked = [question.name for question in service.questions]
    return sorted(found.values(), key=lambda paper: asked.index(paper["name"]))


def pages(case: Case, attachment: Attachment) -> list[dict[str, Any]]:
    return [
        {
            "number": number,
            "of": attachment.file.pages,
            "is_replaced": attachment.replaced_at is not None,
            "name": attachment.file.name,
            "url": reverse("desk:case-page", args=[case.code, attachment.file.ref, number]),
        }
        for number in range(1, attachment.file.pages + 1)
    ]


def history(case: Case) -> list[dict[str, Any]]:
    """Return what happened, the last thing first; files opened in one go are one line."""
    lines = reversed(queries.history(case=case))
    return [
        told(list(together))
        for _key, together in groupby(
            lines, key=lambda line: (line.name, line.who) if line.name == FILE_OPENED else line
        )
    ]


def told(lines: list[queries.Line]) -> dict[str, Any]:
    """Return lines about one thing as the timeline draws it."""
    line = lines[0]
    about = dict.fromkeys(label for each in reversed(lines) for label in each.questions)
    return {
        "at": line.at,
        "title": line.label,
        "by": line.who,
        "words": words(line),
        "parts": list(about),
    }


def words(line: queries.Line) -> str:
    """Return what is said about a line; the reason leads to the circular behind it."""
    if line.address:
        return format_html('<a href="{}">{}</a>', line.address, line.reason)
    return " · ".join(word for word in (line.reason, line.words) if word)
