"""What a change of the law did to cases: which due dates moved, and who is to be told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Case as Choice
from django.db.models import CharField, Count, QuerySet, TextField, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from loket.cases.models import DueMove
from loket.policies.rules.lists import PIECE, MovedCase

EXAMPLES = 50
UNITS = 20


def moved(edition: int) -> dict[str, Any]:
    """Return how an edition of the law moved due dates, fit for JSON; within its transaction.

    ``channels`` counts the applicants of the cases by how they will be told.
    """
    moves = moves_of(edition)
    by_date = moves.values("was", "now").annotate(n=Count("id")).order_by("was", "now")
    dates = [
        {"was": row["was"].isoformat(), "now": row["now"].isoformat(), "cases": row["n"]}
        for row in by_date
    ]
    return {
        "moved": sum(row["cases"] for row in dates),
        "by_date": dates,
        "by_unit": by_unit(moves),
        "examples": examples(moves),
        "channels": {"email": 0, "sms": 0, "none": 0} | channels(moves),
    }


def moves_of(edition: int) -> QuerySet[DueMove]:
    """Return the moves that an edition made; nobody was told of one of them yet.

    By that, an index finds them: those of all editions are many.
    """
    return DueMove.objects.filter(edition=edition, told_at=None)


def by_unit(moves: QuerySet[DueMove]) -> list[dict[str, Any]]:
    """Return the units with the most cases that moved."""
    rows = moves.values("case__unit__code", "case__unit__name").annotate(n=Count("id"))
    return [
        {
            "unit": row["case__unit__code"],
            "name": row["case__unit__name"],
            "cases": row["n"],
        }
        for row in rows.order_by("-n", "case__unit__code")[:UNITS]
    ]


def examples(moves: QuerySet[DueMove]) -> list[dict[str, Any]]:
    """Return the first cases that moved, without a name of anybody."""
    rows = moves.order_by("case_id").values_list(
        "case__code", "case__unit__code", "case__service_code", "was", "now"
    )
    return [
        {
            "code": code,
            "unit": unit,
            "service": service,
            "was": was.isoformat(),
            "now": now.isoformat(),
        }
        for code, unit, service, was, now in rows[:EXAMPLES]
    ]


def every(edition: int) -> Iterator[MovedCase]:
    """Yield every case that moved, by unit and code, a piece of the table at a time."""
    rows = (
        moves_of(edition)
        .order_by("case__unit__code", "case__code")
        .values_list("case__code", "case__unit__code", "case__service_code", "was", "now")
    )
    for code, unit, service, was, now in rows.iterator(chunk_size=PIECE):
        yield MovedCase(code, unit, service, was.isoformat(), now.isoformat())


def written(key: str) -> Cast:
    """Return a way to be told that a case has, as text."""
    return Cast(KeyTextTransform(key, "case__contact"), TextField())


def channels(moves: QuerySet[DueMove]) -> dict[str, int]:
    """Return how many applicants are told by each channel: the one that messages go by."""
    # An address that is missing or empty is none: nothing is greater than it is.
    by = Choice(
        When(address_email__gt="", then=Value("email")),
        When(address_phone__gt="", then=Value("sms")),
        default=Value("none"),
        output_field=CharField(),
    )
    rows = (
        moves.annotate(
            address_email=written("email"),
            address_phone=written("phone"),
        )
        .annotate(channel=by)
        .values_list("channel")
        .annotate(n=Count("id"))
        .order_by("channel")
    )
    return dict(rows)
