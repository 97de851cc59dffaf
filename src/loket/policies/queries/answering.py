"""The answer as JSON, for the command line and for machines."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from loket.policies.rules.values import Because, Dispute, Hours, InForce, Part, Shift


def answer_json(found: InForce) -> dict[str, Any]:
    """Return an answer with everything that decided it, ready for JSON.

    Shares are numbers from 0 to 1; moments are ISO with the offset of the office.
    """
    counters, room, staff = found.counters, found.rooms, found.attendance
    services, clock, letters = found.services, found.clock, found.letters
    return {
        "unit": found.unit,
        "at": _plain(found.at),
        "counters": _section(state=counters.state, hours=counters.hours),
        "room": {
            "code": found.room,
            **_section(max_share=room.max_share, max_people=room.max_people),
        },
        "attendance": _section(
            min_share=staff.min_share,
            max_share=staff.max_share,
            max_share_concurrent=staff.max_share_concurrent,
            shifts=staff.shifts,
            pinned=staff.pinned,
            excused=staff.excused,
            elderly_from=staff.elderly_from,
            remote=staff.remote,
            reporting=staff.reporting,
        ),
        "service": {
            "code": found.service,
            **_section(
                suspended=services.suspended,
                channels=services.channels,
                hours=services.hours,
                priority=services.priority,
            ),
        },
        "clock": _section(suspended=clock.suspended, extended_by=clock.extended_by),
        "letters": _section(drop_box=letters.drop_box, email=letters.email),
        "protocol": _section(**dict(found.protocol)),
        "reopens_at": _plain(found.reopens_at.value),
        "because": {"reopens_at": because_json(found.reopens_at.because)},
        "disputes": [_dispute(dispute) for dispute in found.disputes],
    }


def because_json(reasons: Iterable[Because]) -> list[dict[str, Any]]:
    """Return reasons with what is needed to cite them."""
    return [_because(reason) for reason in reasons]


def _section(**parts: Part[Any]) -> dict[str, Any]:
    values = {name: _plain(part.value) for name, part in parts.items()}
    return {
        **values,
        "because": {name: because_json(part.because) for name, part in parts.items()},
    }


def _because(reason: Because) -> dict[str, Any]:
    kind, _colon, code = reason.subject.partition(":")
    cited: dict[str, Any] = (
        {"closure": code, "reason": reason.reason}
        if kind == "closure"
        else {
            "circular": reason.label,
            "issuer": reason.issuer,
            "number": reason.number,
            "date": _plain(reason.issued_on),
        }
    )
    return {
        **cited,
        "article": reason.article,
        "period": {"from": _plain(reason.starts_at), "to": _plain(reason.ends_at)},
        "words": {"id": reason.words.id, "en": reason.words.en} if reason.words else None,
        "code": code,
    }


def _dispute(dispute: Dispute) -> dict[str, Any]:
    return {
        "part": dispute.part,
        "rule": dispute.rule,
        "holds": _because(dispute.holds),
        "yields": _because(dispute.yields),
    }


def _written(moment: date) -> str:
    if isinstance(moment, datetime):
        moment = moment.astimezone(ZoneInfo(settings.OFFICE_TIME_ZONE))
    return moment.isoformat()


def _plain(value: object) -> Any:
    """Return a value of the answer as JSON has it."""
    match value:
        case Decimal():
            return float(value)
        case date():
            return _written(value)
        case Hours():
            return [f"{value.opens:%H:%M}", f"{value.closes:%H:%M}"]
        case Shift():
            opens, closes = _plain(value.hours)
            pause = _plain(value.pause)
            return {"name": value.name, "from": opens, "to": closes, "break": pause}
        case tuple():
            return [_plain(item) for item in value]
    return value
