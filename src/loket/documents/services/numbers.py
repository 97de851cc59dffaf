"""Numbers: reserved in order without gaps, and given up visibly."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from loket.documents.events import NumberReserved, NumberVoided
from loket.documents.models import Document, Series
from loket.documents.rendering import templates
from loket.documents.rules.numbering import Numbering
from loket.kernel import events
from loket.kernel.access import Actor
from loket.kernel.errors import Conflict, Invalid
from loket.kernel.texts import Text
from loket.organisation import queries as organisation


def reserve(
    *,
    output: str,
    template: str,
    title: Text,
    numbering: Numbering,
    subject_ref: str,
    holder: str,
    unit: str,
    facts: Mapping[str, Any],
    actor: Actor,
    at: datetime,
    supersedes: Document | None = None,
) -> Document:
    """Give an output of a subject the next number of its series.

    Asked again before it is signed, the same number is kept and the facts are renewed.
    Whoever calls decides whether the actor may.

    :raises Invalid: if a fact that the template must print is missing.
    :raises Conflict: if the output is issued already, and this is no correction of it.
    """
    _require_facts(template, facts)
    written: dict[str, Any] = {
        "subject_ref": subject_ref,
        "output": output,
        "template": template,
        "title": {"id": title.id, "en": title.en},
        "holder": holder,
        "unit": unit,
        "facts": dict(facts),
        "supersedes": supersedes,
    }
    on = organisation.today(None, at=at)
    with transaction.atomic():
        series = _locked_series(numbering.series(on))
        held = _held(subject_ref, output, supersedes)
        if held is not None:
            return _renewed(held, written)
        document = _number(series, numbering, on, written | {"reserved_at": at})
        _announce(document, actor=actor, at=at)
    return document


def _require_facts(template: str, facts: Mapping[str, Any]) -> None:
    if missing := templates.TEMPLATES[template].missing(dict(facts)):
        raise Invalid(
            _("The document cannot be written; missing: %(names)s.")
            % {"names": ", ".join(missing)}
        )


def _renewed(held: Document, written: dict[str, Any]) -> Document:
    Document.objects.filter(pk=held.pk).update(**written)
    held.refresh_from_db()
    return held


def _number(
    series: Series, numbering: Numbering, on: date, written: dict[str, Any]
) -> Document:
    serial = series.last + 1
    Series.objects.filter(pk=series.pk).update(last=serial)
    number = numbering.write(serial, on=on)
    return Document.objects.create(series=series, serial=serial, number=number, **written)


def _announce(document: Document, *, actor: Actor, at: datetime) -> None:
    events.announce(
        NumberReserved(
            actor=actor,
            at=at,
            subject=document.subject,
            of=document.subject_ref,
            number=document.number,
            template=document.template,
        )
    )


def _locked_series(name: str) -> Series:
    """Return the series, locked until the caller's transaction ends.

    A transaction that fails gives its number back, because the next waits for it.
    """
    Series.objects.get_or_create(name=name)
    return Series.objects.select_for_update().get(name=name)


def _held(subject_ref: str, output: str, supersedes: Document | None) -> Document | None:
    current = Document.objects.filter(subject_ref=subject_ref, output=output)
    issued = current.filter(state=Document.State.VALID).first()
    if issued is not None and issued != supersedes:
        raise Conflict(_("This document has already been issued."))
    return current.filter(state=Document.State.RESERVED).first()


def void(*, document: Document, reason: str = "", actor: Actor, at: datetime) -> None:
    """Give up a number that was reserved and will not be signed; it stays in its series.

    :raises Conflict: if the document was signed meanwhile.
    """
    with transaction.atomic():
        done = Document.objects.filter(pk=document.pk, state=Document.State.RESERVED).update(
            state=Document.State.VOID,
            ended_at=at,
            reason=reason[:300],
            supersedes=None,  # Another correction may take its place.
        )
        if not done:
            raise Conflict(_("This document is not waiting to be signed."))
        document.refresh_from_db()
        events.announce(
            NumberVoided(
                actor=actor,
                at=at,
                subject=document.subject,
                of=document.subject_ref,
                number=document.number,
                reason=document.reason,
            )
        )
