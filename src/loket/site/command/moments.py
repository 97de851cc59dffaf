"""Moments on the command line: days and times of the office."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click
from django.conf import settings

from loket.policies.rules.format.written import YEARS

if TYPE_CHECKING:
    from click import Context, Parameter

MORNING = time(10)
"""What a day alone means: a time at which an open office is open."""


class Moment(click.ParamType[datetime]):
    """A moment: ``2020-03-20T10:00``, with an offset or in office time; or a day alone."""

    name = "time"

    def convert(self, value: Any, param: Parameter | None, ctx: Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        text = str(value).strip()
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            self.fail(
                f"{text!r} is no moment such as 2020-03-20 or 2020-03-20T10:00.", param, ctx
            )
        if is_day(text):
            moment = datetime.combine(moment, MORNING)
        if moment.year not in YEARS:
            self.fail(f"{text!r} is too far away: years {YEARS[0]} to {YEARS[-1]}.", param, ctx)
        return moment if moment.tzinfo else moment.replace(tzinfo=office_zone())


MOMENT = Moment()


def is_day(text: str) -> bool:
    """Say whether a text names a day and no time."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def office_zone() -> ZoneInfo:
    return ZoneInfo(settings.OFFICE_TIME_ZONE)


def written(moment: datetime | None) -> str | None:
    """Return a moment in office time."""
    return moment.astimezone(office_zone()).isoformat() if moment else None
