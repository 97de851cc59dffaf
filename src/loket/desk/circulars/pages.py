"""The pages on which a circular is written: its head, the kinds, one provision."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from loket.desk.requests import DeskRequest
from loket.kernel.errors import Conflict, Invalid
from loket.policies import queries
from loket.policies.models import Circular
from loket.ui import reply

from . import heads, inputs, lists, mistakes, names, picking

State = dict[str, Any]


def head(
    request: DeskRequest,
    state: State,
    *,
    circular: Circular | None = None,
    wrong: mistakes.Wrong | None = None,
    refusal: Invalid | Conflict | None = None,
) -> HttpResponse:
    """Show the form of a head, empty or with what was typed."""
    known = [
        row
        for row in queries.circulars(actor=request.actor)
        if row.state == Circular.State.ENACTED and row != circular
    ]
    others = {heads.ref_of(row): f"{row} · {lists.title_of(row)}" for row in known}
    cited = [*state["revokes"], *(row["ref"] for row in state["amends"] if row["ref"])]
    others |= {ref: heads.label_of(ref) for ref in cited if ref not in others}
    context = {
        "circular": circular,
        "state": state,
        "others": list(others.items()),
        "ends": ends(),
        "errors": wrong or {},
        "labels": head_labels(),
        "has_row": request.POST.get("do") == "row",
        "refusal": refusal_of(wrong, refusal),
        "revision": revision(request, circular),
    }
    return answer(request, "desk/circulars/head.html", context, wrong)


def ends() -> list[tuple[str, str, str]]:
    """Return the three ways in which a period ends."""
    return [
        ("through", _("After its last day"), ""),
        ("to", _("At a day or moment from which it holds no more"), ""),
        (
            "until_evaluated",
            _("It stays until it is evaluated"),
            _("Another circular ends it."),
        ),
    ]


def head_labels() -> dict[str, str]:
    """Return what is asked at the fields of the head, for the list of mistakes."""
    return {
        "issuer": _("Issuer"),
        "number": _("Number"),
        "date": _("Date"),
        "title.id": _("Title in Indonesian"),
        "title.en": _("Title in English"),
        "summary.id": _("Summary in Indonesian"),
        "summary.en": _("Summary in English"),
        "effective.from": _("From"),
        "effective.end": _("End"),
        "effective.through": _("Last day"),
        "effective.to": _("Until"),
    }


def kinds(request: DeskRequest, circular: Circular | None, begun: State | None) -> HttpResponse:
    """Show what a provision can be about."""
    context = {
        "circular": circular,
        "begun": begun,
        "kinds": [(kind, label, names.ABOUT[kind]) for kind, label in names.KINDS.items()],
    }
    return reply.page(request, "desk/circulars/kinds.html", context)


def provision(
    request: DeskRequest,
    circular: Circular | None,
    kind: str,
    state: State,
    *,
    number: int | None = None,
    wrong: mistakes.Wrong | None = None,
    refusal: Invalid | Conflict | None = None,
) -> HttpResponse:
    """Show the form of one provision, empty or with what was typed."""
    scope = state["scope"]
    words = request.POST.get("find", "").strip()
    chosen = picking.chosen(scope)
    context = {
        "circular": circular,
        "kind": kind,
        "title": names.KINDS[kind],
        "about": names.ABOUT[kind],
        "number": number,
        "state": state,
        "own": own_fields(kind, state, wrong or {}),
        "chosen": chosen,
        "found": picking.found(words, chosen=[u["code"] for u in chosen["units"]]),
        "find": words,
        "choices": {
            "kinds": names.options(names.UNIT_KINDS),
            "functions": names.options(names.FUNCTIONS),
            "services": picking.services(),
        },
        "ends": ends(),
        "errors": wrong or {},
        "labels": provision_labels(kind),
        "has_row": request.POST.get("do") == "row",
        "refusal": refusal_of(wrong, refusal),
        "revision": revision(request, circular),
        "is_narrow": any(scope.values()),
    }
    return answer(request, "desk/circulars/provision.html", context, wrong)


def own_fields(kind: str, state: State, wrong: mistakes.Wrong) -> list[dict[str, Any]]:
    """Return the inputs of a kind as the template draws them."""
    return [
        {
            "name": field.name,
            "label": field.label,
            "kind": field.kind,
            "hint": field.hint,
            "optional": field.optional,
            "choices": choices_of(field),
            "value": state["own"][field.name],
            "errors": wrong.get(field.name, []),
            "days": days_of(field, state["own"][field.name], wrong),
        }
        for field in inputs.INPUTS[kind]
    ]


def choices_of(field: inputs.Input) -> list[tuple[str, Any]]:
    """Return what can be chosen in an input."""
    if field.kind == "yes_no":
        return names.options(names.YES_NO)
    return names.options(field.choices or {})


def days_of(field: inputs.Input, value: Any, wrong: mistakes.Wrong) -> list[dict[str, Any]]:
    """Return the inputs of hours by day: one row for each day, or a table for each shift."""
    if field.kind == "hours":
        return [day_row(field.name, day, value[day], wrong) for day in names.DAYS]
    if field.kind != "shifts":
        return []
    tables = []
    for place, shift in enumerate(value):
        path = f"{field.name}.{place}"
        rows = [
            day_row(f"{path}.hours", day, shift["hours"][day], wrong)
            | {"pause": day_row(f"{path}.pause", day, shift["pause"][day], wrong)}
            for day in names.DAYS
        ]
        name = {"name": f"{path}.name", "value": shift["name"]}
        errors = wrong.get(f"{path}.name", [])
        title = {**name, "errors": errors}
        tables.append({"number": place + 1, "title": title, "rows": rows})
    return tables


def day_row(path: str, day: str, value: str, wrong: mistakes.Wrong) -> dict[str, Any]:
    """Return the input of one day."""
    name = f"{path}.{day}"
    label = names.DAYS[day]
    return {"name": name, "label": label, "value": value, "errors": wrong.get(name, [])}


def provision_labels(kind: str) -> dict[str, str]:
    """Return what is asked at the fields of a provision, for the list of mistakes."""
    return {
        "article": _("Article"),
        "words.id": _("In plain Indonesian"),
        "words.en": _("In plain English"),
        "period.from": _("From"),
        "period.end": _("End"),
        **{field.name: str(field.label) for field in inputs.INPUTS[kind]},
    }


def refusal_of(wrong: mistakes.Wrong | None, refusal: Invalid | Conflict | None) -> str:
    """Return what is wrong with the whole, if something is."""
    if isinstance(refusal, Conflict):
        return str(refusal)
    return " ".join((wrong or {}).get("", []))


def revision(request: DeskRequest, circular: Circular | None) -> str:
    """Return the revision that a form is about: the one that was sent, as long as it is open."""
    return request.POST.get("revision") or str(circular.revision if circular else "")


def answer(
    request: DeskRequest, template: str, context: State, wrong: mistakes.Wrong | None
) -> HttpResponse:
    """Show the form; with mistakes in it, say so in the status too."""
    context["errors"] = {name: lines for name, lines in context["errors"].items() if name}
    return reply.page(request, template, context, status=422 if wrong else 200)
