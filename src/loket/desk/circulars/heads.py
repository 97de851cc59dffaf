"""The head of a circular: what it is, how long it holds, what it changes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.http import QueryDict
from pydantic import ValidationError

from loket.desk import typed
from loket.policies.rules import format as form

from . import mistakes, parts

PLACEHOLDER = {"kind": "suspension", "article": "-"}
"""Stands in for the provisions of a circular whose head is written first."""
PLAIN = ("issuer", "number", "source", "title.id", "title.en", "summary.id", "summary.en")
FIELDS = (
    *PLAIN, "date", "effective.from", "effective.end", "effective.through", "effective.to",
    "legal_basis", "amends", "revokes", "file", "effective", "title", "summary",
)  # fmt: skip
SPARE_ROWS = 2
MOST_ROWS = 100
State = dict[str, Any]


def blank() -> State:
    """Return the inputs of a circular that nobody has begun."""
    return typed_state(QueryDict())


def typed_state(post: QueryDict) -> State:
    """Return what was typed into the head."""
    state: State = {name: typed.one(post, name) for name in PLAIN}
    rows = range(min(MOST_ROWS, len(post.getlist("amends.ref")) or SPARE_ROWS))
    return state | {
        "date": typed.day(post, "date"),
        "effective": parts.typed_period(post, "effective"),
        "legal_basis": typed.one(post, "legal_basis"),
        "revokes": typed.many(post, "revokes"),
        "amends": [
            {
                "ref": nth(post, "amends.ref", row),
                "articles": nth(post, "amends.articles", row),
                "extended_through": typed.day(post, f"amends.{row}.extended_through"),
            }
            for row in rows
        ],
    }


def nth(post: QueryDict, name: str, place: int) -> str:
    """Return what stands in one of several inputs of a name."""
    given = post.getlist(name)
    return str(given[place]).strip() if place < len(given) else ""


def filled_state(circular: form.Circular) -> State:
    """Return what stands in the inputs for a circular."""
    amends = [
        {
            "ref": ref_of(amended),
            "articles": "; ".join(amended.articles),
            "extended_through": typed.day_state(amended.extended_through),
        }
        for amended in circular.amends
    ]
    return {
        "issuer": circular.issuer,
        "number": circular.number,
        "source": circular.source,
        "title.id": circular.title.id,
        "title.en": circular.title.en,
        "summary.id": circular.summary.id if circular.summary else "",
        "summary.en": circular.summary.en if circular.summary else "",
        "date": typed.day_state(circular.date),
        "effective": parts.period_state(circular.effective),
        "legal_basis": "\n".join(circular.legal_basis),
        "revokes": [ref_of(revoked) for revoked in circular.revokes],
        "amends": amends + [spare()] * SPARE_ROWS,
    }


def spare() -> State:
    """Return the inputs of an amendment that nobody has begun."""
    return {"ref": "", "articles": "", "extended_through": typed.day_state(None)}


def with_a_row(state: State) -> State:
    """Return a head with the inputs of one more amendment."""
    return state | {"amends": [*state["amends"], spare()][:MOST_ROWS]}


def ref_of(circular: Any) -> str:
    """Return what names a circular within a form: issuer, number and date."""
    return json.dumps(
        [circular.issuer, circular.number, circular.date.isoformat()], ensure_ascii=False
    )


def reference(ref: str) -> dict[str, str]:
    """Return the circular that a form names; what cannot be read is refused by the format."""
    try:
        issuer, number, date = json.loads(ref)
    except (ValueError, TypeError):
        issuer, number, date = "", "", ""
    return {"issuer": issuer, "number": number, "date": date}


def label_of(ref: str) -> str:
    """Return how the circular that a form names is cited."""
    named = reference(ref)
    day = "-".join(reversed(named["date"].split("-")))
    return f"{named['issuer']} {named['number']} ({day})"


def read(state: State) -> dict[str, Any]:
    """Return the head as the format has it, without provisions."""
    amends: list[dict[str, Any]] = [
        {
            **reference(row["ref"]),
            "articles": [a.strip() for a in row["articles"].split(";") if a.strip()],
            "extended_through": typed.as_day(row["extended_through"]),
        }
        for row in state["amends"]
        if row["ref"]
    ]
    on = typed.as_day(state["date"])
    return {
        **({"date": on} if on else {}),
        "format": 1,
        "issuer": state["issuer"],
        "number": state["number"],
        "title": {"id": state["title.id"], "en": state["title.en"]},
        "summary": parts.read_text(state["summary.id"], state["summary.en"]),
        "effective": parts.read_period(state["effective"]),
        "legal_basis": typed.lines(state["legal_basis"]),
        "source": state["source"],
        "amends": amends,
        "revokes": [reference(ref) for ref in state["revokes"]],
    }


def circular_of(
    state: State, provisions: Iterable[Any] = ()
) -> tuple[form.Circular | None, mistakes.Wrong]:
    """Return the circular with this head, or what is wrong with the head."""
    record = read(state) | {"provisions": list(provisions) or [PLACEHOLDER]}
    wrong = missing_end(state)
    try:
        circular = form.Circular.model_validate(record)
    except ValidationError as error:
        found = mistakes.of_record(error, FIELDS, within=()) | wrong
        return None, mistakes.once(found)
    return (None, wrong) if wrong else (circular, {})


def missing_end(state: State) -> mistakes.Wrong:
    """Return the sentence about a period whose end was not chosen or not filled in."""
    return mistakes.about_end(state["effective"], "effective")
