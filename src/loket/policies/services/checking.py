"""A circular among what exists: what is wrong is refused before anything is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from loket.catalogue.models import ServiceVersion
from loket.catalogue.rules.problems import dotted
from loket.kernel.errors import Invalid
from loket.organisation.models import Office, Place, Room, Unit
from loket.policies.models import Circular, Provision
from loket.policies.queries import facts
from loket.policies.rules import checks, ending
from loket.policies.rules import format as form
from loket.policies.rules.facts import CircularFact
from loket.policies.rules.names import Complaint, Names
from loket.policies.rules.periods import moments


def refuse_wrong(circular: form.Circular, *, code: str = "") -> None:
    """Stop at a circular that names what does not exist, or that cannot be.

    :raises Invalid: with what to mend: path in the document to sentences.
    """
    found = checks.problems(
        circular, names=_names(), known=_known(code), articles=_articles(), ends=_ends()
    )
    refuse(found)


def refuse_wrong_timeline(timeline: form.Timeline) -> None:
    """Stop at a timeline of which any part is wrong, before any of it is loaded.

    :raises Invalid: with what to mend: path in the document to sentences.
    """
    found = checks.timeline_problems(
        timeline,
        names=_names(),
        known=_known(""),
        articles=_articles(),
        ends=_ends(timeline.circulars),
    )
    refuse(found)


def refuse_wrong_closure(closure: form.ClosureForm) -> None:
    """Stop at a closure that names what does not exist.

    :raises Invalid: with what to mend: path in the document to sentences.
    """
    title = {"id": "-", "en": "-"}
    alone = form.Timeline.model_validate({"format": 1, "title": title, "closures": [closure]})
    found = checks.timeline_problems(alone, names=_names(), known={})
    refuse((path[2:], sentence) for path, sentence in found)


def refuse(found: Iterable[Complaint]) -> None:
    """Stop if there is anything to mend.

    :raises Invalid: with what to mend: path in the document to sentences.
    """
    fields: dict[str, list[str]] = defaultdict(list)
    for path, sentence in found:
        fields[dotted(path)].append(sentence)
    if fields:
        sentences = [sentence for told in fields.values() for sentence in told]
        message = sentences[0] if len(sentences) == 1 else _("Please mend what is marked.")
        raise Invalid(message, fields=dict(fields))


def _names() -> Names:
    published = ServiceVersion.objects.filter(state=ServiceVersion.State.PUBLISHED)
    rooms = list(Room.objects.values_list("code", "place__code", "floor"))
    offices = Office.objects.exclude(place=None).values_list("place__code", "floor")
    floors: dict[str, set[str]] = defaultdict(set)
    for place, floor in [*offices, *(room[1:] for room in rooms)]:
        floors[place].add(floor)
    return Names(
        units=set(Unit.objects.values_list("code", flat=True)),
        places=set(Place.objects.values_list("code", flat=True)),
        rooms={code for code, _place, _floor in rooms},
        services=set(published.values_list("code", flat=True)),
        floors=floors,
    )


def _enacted(code: str = "") -> Iterable[Circular]:
    return Circular.objects.filter(state=Circular.State.ENACTED).exclude(code=code)


def _known(code: str) -> dict[checks.Ref, frozenset[checks.Ref]]:
    return {
        (row.issuer, row.number, row.date): frozenset(
            checks.ref(form.Reference(**{k: other[k] for k in ("issuer", "number", "date")}))
            for other in [*row.amends, *row.revokes]
        )
        for row in _enacted(code)
    }


def _ends(more: Iterable[form.Circular] = ()) -> dict[checks.Ref, datetime | None]:
    """Return when circulars end: those on record, and more that are loaded with them."""
    zone = ZoneInfo(settings.OFFICE_TIME_ZONE)
    known = {
        (fact.issuer, fact.number, fact.date): fact
        for fact in map(facts.circular_fact, facts.enacted())
    }
    for circular in more:
        with suppress(Invalid):  # Of a period that cannot be: it is refused as such.
            known.setdefault(checks.ref(circular), _fact(circular, zone))
    ends = ending.ends(circulars=known.values(), zone=zone)
    return {
        name: end and end.astimezone(zone).replace(tzinfo=None)
        for name, fact in known.items()
        for end in [ends[fact.subject]]
    }


def _fact(circular: form.Circular, zone: ZoneInfo) -> CircularFact:
    """Return a circular as if it were law; only what it does to others."""
    starts_at, ends_at = moments(circular.effective, zone)
    return CircularFact(
        subject=circular.label,
        issuer=circular.issuer,
        number=circular.number,
        date=circular.date,
        starts_at=starts_at,
        ends_at=ends_at,
        provisions=(),
        amends=circular.amends,
        revokes=circular.revokes,
    )


def _articles() -> dict[checks.Ref, set[str]]:
    found: dict[checks.Ref, set[str]] = defaultdict(set)
    rows = Provision.objects.filter(circular__state=Circular.State.ENACTED)
    wanted = ("circular__issuer", "circular__number", "circular__date", "article")
    for issuer, number, date, article in rows.values_list(*wanted):
        found[issuer, number, date].add(article)
    return found
