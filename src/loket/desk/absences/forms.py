"""What is typed about days away. The last day is typed; the first day back is kept."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from loket.desk import typed
from loket.desk.requests import DeskRequest
from loket.files import services as files
from loket.files.models import StoredFile
from loket.kernel.errors import Invalid
from loket.ui import periods
from loket.workforce.models import Absence
from loket.workforce.rules import absences as rules

KEPT_UNUSED = timedelta(hours=1)
"""A proof whose absence was refused is let go of then."""
STATE_KINDS = {"asked": "warning", "granted": "good", "refused": "bad", "withdrawn": "quiet"}


def state_label(state: str) -> str:
    """Return the state of an absence as the page says it."""
    return {
        "asked": _("waiting for a decision"),
        "granted": _("granted"),
        "refused": _("refused"),
        "withdrawn": _("taken back"),
    }[state]


def shown(absence: Absence, *, today: date, is_own: bool = False) -> dict[str, Any]:
    """Return an absence as lists show it: never why.

    To others one that was set after a contact looks like any other.
    """
    last = absence.ends_on - timedelta(days=1)
    is_granted = absence.state == Absence.State.GRANTED
    is_live = is_granted and absence.ends_on > today
    return {
        "absence": absence,
        "kind": rules.KINDS[absence.kind],
        "days": periods.span_of_days(absence.starts_on, last),
        "count": (absence.ends_on - absence.starts_on).days,
        "state": state_label(absence.state),
        "tag": STATE_KINDS[absence.state],
        "may_withdraw": is_own
        and not absence.source
        and (absence.state == Absence.State.ASKED or (is_live and absence.starts_on > today)),
        "may_end": not (is_own and absence.source) and is_live and absence.starts_on < today,
        "is_now": is_granted and absence.starts_on <= today < absence.ends_on,
    }


def groups() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the reasons to choose from, under the kind to which they belong."""
    return [
        (
            str(label),
            [(f"{kind}:{reason}", str(words)) for reason, words in rules.REASONS[kind].items()],
        )
        for kind, label in rules.KINDS.items()
    ]


def state_of(post: QueryDict | None = None) -> dict[str, Any]:
    """Return what stands in the form."""
    if post is None:
        return {"what": "", "since": {}, "last": {}, "words": ""}
    return {
        "what": typed.one(post, "what"),
        "since": typed.day(post, "since"),
        "last": typed.day(post, "last"),
        "words": typed.one(post, "words"),
    }


def read(state: dict[str, Any]) -> dict[str, Any]:
    """Return the arguments of the service.

    :raises Invalid: if something cannot be read.
    """
    wrong: dict[str, list[str]] = {}
    kind, _sep, reason = state["what"].partition(":")
    if reason not in rules.REASONS.get(kind, {}):
        wrong["what"] = [_("Choose what it is about.")]
    since, last = typed.as_day(state["since"]), typed.as_day(state["last"])
    for name, day in (("since", since), ("last", last)):
        if not isinstance(day, date):
            wrong[name] = [_("Write a day, such as 31 12 2026.")]
    if isinstance(since, date) and isinstance(last, date) and last < since:
        wrong["last"] = [_("The last day cannot come before the first.")]
    if wrong or not isinstance(since, date) or not isinstance(last, date):
        raise Invalid(next(iter(wrong.values()))[0], fields=wrong)
    return {
        "kind": kind,
        "reason": reason,
        "words": state["words"],
        "starts_on": since,
        "ends_on": last + timedelta(days=1),
    }


def proof(request: DeskRequest, *, at: datetime) -> StoredFile | None:
    """Keep the proof that was sent, if any, under a name that says nothing.

    :raises Invalid: if it is no picture and no PDF, or does harm.
    """
    sent = request.FILES.get("proof")
    if sent is None or isinstance(sent, list):
        return None
    try:
        return files.store(
            data=sent.read(),
            name="bukti",
            owner=f"proof:{request.actor.ref}",
            actor=request.actor,
            at=at,
            expires_at=at + KEPT_UNUSED,
        )
    except Invalid as refusal:
        raise Invalid(str(refusal), fields={"proof": [str(refusal)]}) from refusal


FIELDS = {"kind": "what", "reason": "what", "starts_on": "since", "ends_on": "last"}


def wrong_of(refusal: Invalid) -> dict[str, list[str]]:
    """Return what the service said, under the fields of the page."""
    return {FIELDS.get(name, name): lines for name, lines in refusal.fields.items()}
