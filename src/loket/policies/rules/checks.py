"""Whether a circular makes sense: by itself, and among what exists.

What a single value must be like is for the format. The place of each problem is its path in
the document, so that whoever reads the text knows the line.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import chain, islice

from django.utils.translation import gettext as _

from loket.catalogue.rules.document import MAX_FINDINGS

from .complaints import nearest
from .format import Circular, Period, Reference, Timeline
from .format.written import on_the_wall
from .names import Complaint, Names, Path, units_unknown

Ref = tuple[str, str, date]
"""Issuer, number and date of a circular."""
Known = Mapping[Ref, Collection[Ref]]
"""Circulars that exist, each with those that it amends or revokes itself."""
Ends = Mapping[Ref, datetime | None]
"""When circulars really end, by calendar and clock of the office; None: nobody knows yet."""


def ref(reference: Reference) -> Ref:
    """Return what identifies a circular."""
    return reference.issuer, reference.number, reference.date


def references(circular: Circular) -> frozenset[Ref]:
    """Return the circulars that one amends or revokes."""
    return frozenset(ref(other) for other in chain(circular.amends, circular.revokes))


def alone(circular: Circular) -> list[Complaint]:
    """Return what is wrong with a circular whatever else exists."""
    return [*_references_alone(circular), *_new_ends(circular), *_periods(circular)]


def problems(
    circular: Circular,
    *,
    names: Names,
    known: Known,
    articles: Mapping[Ref, Collection[str]] | None = None,
    ends: Ends | None = None,
) -> list[Complaint]:
    """Return what is wrong with a well-formed circular; beyond a hundred, nobody reads on.

    ``articles`` and ``ends`` of the known circulars are checked if they are given.
    """
    found = chain(
        alone(circular),
        _references_among(circular, known, articles or {}),
        _ended(circular, ends or {}),
        chain.from_iterable(
            names.of_scope(provision.scope, ("provisions", at, "scope"))
            for at, provision in enumerate(circular.provisions)
        ),
    )
    return list(islice(found, MAX_FINDINGS))


def timeline_alone(timeline: Timeline) -> list[Complaint]:
    """Return what is wrong with a timeline whatever else exists."""
    own = (_under(("circulars", at), alone(c)) for at, c in enumerate(timeline.circulars))
    return [*chain.from_iterable(own), *_given_twice(timeline)]


def timeline_problems(
    timeline: Timeline,
    *,
    names: Names,
    known: Known,
    articles: Mapping[Ref, Collection[str]] | None = None,
    ends: Ends | None = None,
) -> list[Complaint]:
    """Return everything that is wrong with a well-formed timeline.

    Its circulars may refer to each other, in any order.
    """
    everyone = {**known, **{ref(c): references(c) for c in timeline.circulars}}
    written = {ref(c): {p.article for p in c.provisions} for c in timeline.circulars}
    found = _given_twice(timeline)
    for at, circular in enumerate(timeline.circulars):
        own = problems(
            circular,
            names=names,
            known=everyone,
            articles={**(articles or {}), **written},
            ends=None if ref(circular) in known else ends,
        )
        found += _under(("circulars", at), own)
    for at, closure in enumerate(timeline.closures):
        found += names.of_closure(closure, ("closures", at))
    for at, zone in enumerate(timeline.zones):
        found += names.unknown(
            units_unknown(), [zone.region], names.units, ("zones", at, "region")
        )
    return found


def _under(path: Path, found: Collection[Complaint]) -> list[Complaint]:
    return [((*path, *inner), sentence) for inner, sentence in found]


def _given_twice(timeline: Timeline) -> list[Complaint]:
    first: dict[Ref, int] = {}
    found: list[Complaint] = []
    for at, circular in enumerate(timeline.circulars):
        if first.setdefault(ref(circular), at) != at:
            sentence = _("%(label)s is given twice: give each circular once.")
            found.append((("circulars", at, "number"), sentence % {"label": circular.label}))
    shut = [
        (on_the_wall(c.since), frozenset(c.units), c.place, c.floor, c.room)
        for c in timeline.closures
    ]
    begun = [(z.region, z.scheme, z.period.begins_on_the_wall) for z in timeline.zones]
    found += _repeated("closures", shut, _("The same is closed from this moment already."))
    found += _repeated("zones", begun, _("A zone is given there from this moment already."))
    return found


def _repeated(kind: str, names: Collection[Hashable], sentence: str) -> Iterator[Complaint]:
    seen: set[Hashable] = set()
    for at, name in enumerate(names):
        if name in seen:
            yield (kind, at), sentence
        seen.add(name)


def _spoken_of(circular: Circular) -> Iterator[tuple[Path, Reference]]:
    for at, amended in enumerate(circular.amends):
        yield ("amends", at), amended
    for at, revoked in enumerate(circular.revokes):
        yield ("revokes", at), revoked


def _references_alone(circular: Circular) -> Iterator[Complaint]:
    seen: set[Ref] = set()
    for path, other in _spoken_of(circular):
        label = {"label": other.label}
        if ref(other) == ref(circular):
            yield path, _("A circular cannot amend or revoke itself.")
        elif other.date > circular.date:
            sentence = _("%(label)s is later than this circular, which cannot know it yet.")
            yield (*path, "date"), sentence % label
        elif ref(other) in seen:
            sentence = _(
                "%(label)s is named twice: a circular is amended or revoked, and once."
            )
            yield path, sentence % label
        seen.add(ref(other))


def _new_ends(circular: Circular) -> Iterator[Complaint]:
    begins = circular.effective.begins_on_the_wall.date()
    for at, amended in enumerate(circular.amends):
        last = amended.extended_through
        if last and last < begins - timedelta(days=1):
            sentence = _(
                "The new last day (%(last)s) lies before this circular begins (%(begins)s): an "
                "end in the past cannot be moved any more."
            )
            path = ("amends", at, "extended_through")
            yield path, sentence % {"last": last, "begins": begins}


def _ended(circular: Circular, ends: Ends) -> Iterator[Complaint]:
    for at, amended in enumerate(circular.amends):
        end = ends.get(ref(amended))
        if amended.extended_through and end and end < circular.effective.begins_on_the_wall:
            sentence = _(
                "%(label)s ended (%(end)s) before this circular begins: it cannot be extended "
                "any more. Write its provisions here instead."
            )
            told = {"label": amended.label, "end": f"{end:%Y-%m-%d %H:%M}"}
            yield ("amends", at, "extended_through"), sentence % told


def _references_among(
    circular: Circular, known: Known, articles: Mapping[Ref, Collection[str]]
) -> Iterator[Complaint]:
    for path, other in _spoken_of(circular):
        if ref(other) == ref(circular):
            continue
        if ref(other) not in known:
            yield path, _unknown_circular(other, known)
        elif _leads_to(ref(other), ref(circular), known):
            sentence = _(
                "%(label)s itself, or one that it speaks of, amends or revokes this circular: "
                "they would go round in a ring."
            )
            yield path, sentence % {"label": other.label}
    for at, amended in enumerate(circular.amends):
        there = articles.get(ref(amended))
        for place, article in enumerate(amended.articles):
            if there is not None and article not in there:
                sentence = _("%(label)s has no provision of article “%(article)s”.")
                told = sentence % {"label": amended.label, "article": article}
                yield ("amends", at, "articles", place), told + nearest(article, there)


def _unknown_circular(other: Reference, known: Known) -> str:
    labels = [Reference(issuer=i, number=n, date=d).label for i, n, d in known]
    sentence = _("There is no circular %(label)s.") % {"label": other.label}
    return sentence + nearest(other.label, labels)


def _leads_to(start: Ref, goal: Ref, known: Known) -> bool:
    seen: set[Ref] = set()
    ahead = [start]
    while ahead:
        here = ahead.pop()
        if here == goal:
            return True
        if here not in seen:
            seen.add(here)
            ahead += known.get(here, ())
    return False


def _periods(circular: Circular) -> Iterator[Complaint]:
    for at, provision in enumerate(circular.provisions):
        if provision.period and not _within(provision.period, circular.effective):
            yield (
                ("provisions", at, "period"),
                _(
                    "The provision holds when the circular does not: keep its period within "
                    "that of the circular."
                ),
            )


def _within(inner: Period, outer: Period) -> bool:
    if inner.begins_on_the_wall < outer.begins_on_the_wall:
        return False
    if outer.ends_on_the_wall is None:
        return True
    return inner.ends_on_the_wall is not None and (
        inner.ends_on_the_wall <= outer.ends_on_the_wall
    )
