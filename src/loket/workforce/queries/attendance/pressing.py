"""What the button to clock in would do now, and when a page last spoke with the server."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _

from loket.kernel.errors import NotAllowed
from loket.organisation import queries as organisation
from loket.organisation.models import Unit
from loket.people.models import Account
from loket.workforce.models import Clocking
from loket.workforce.rules.attendance.days import day_of
from loket.workforce.rules.attendance.judging import judge
from loket.workforce.rules.attendance.values import DayFacts, DayResult, Hours

from . import facts

DAY = timedelta(days=1)
SALT = "loket.workforce.contact"


@dataclass(frozen=True, slots=True)
class Pressing:
    """The day to which a clocking would belong, and what is known of it."""

    unit: Unit
    on: date
    facts: DayFacts
    result: DayResult
    kind: str
    """What comes next: ``in`` or ``out``."""

    @property
    def has_in(self) -> bool:
        return any(each.kind == "in" for each in self.facts.clocked)


def clock_day(*, account: Account, kind: str = "", moment: datetime, at: datetime) -> Pressing:
    """Return the day to which pressing at ``moment`` belongs; ``at`` judges it.

    :raises NotAllowed: if somebody is on no unit's staff then.
    """
    today = organisation.today(None, at=moment)
    read = facts.read([account.pk], since=today - DAY, until=today + 2 * DAY)
    unit = facts.seat(read, account.pk, today)
    if unit is None:
        raise NotAllowed(
            _("You are not on the staff of an office, so there is nothing to clock in to.")
        )
    local = moment.astimezone(organisation.zone(unit))
    opened = _open_since(read, account, local.date() - DAY)
    turns = _turns(read, account, unit)
    on = day_of(local, kind or ("out" if opened else "in"), turns=turns, open_since=opened)
    known = facts.facts(read, account.pk, on, today=min(today, on))
    if known is None:  # they joined today, and the shift began yesterday
        on = local.date()
        known = facts.facts(read, account.pk, on, today=on)
    if known is None:
        raise NotAllowed(_("You are not on the staff of an office on this day."))
    return Pressing(unit, on, known, judge(known, at=at), _next(known))


def server_word(*, account: Account, at: datetime) -> str:
    """Return the server's word that somebody's page spoke with it at a moment."""
    return Signer(salt=SALT).sign(f"{account.pk}:{int(at.timestamp())}")


def read_server_word(word: str) -> tuple[int, datetime] | None:
    """Return whose page spoke with the server, and when; None if the word is not ours."""
    try:
        number, _colon, seconds = Signer(salt=SALT).unsign(word).partition(":")
    except BadSignature:
        return None
    return int(number), datetime.fromtimestamp(int(seconds), UTC)


def _turns(read: facts.Read, account: Account, unit: Unit) -> dict[date, Hours]:
    zone = organisation.zone(unit)
    return {
        on: facts.turn_hours(turn, read.law.of(unit, on), zone)
        for (number, on), turn in read.turns.items()
        if number == account.pk
    }


def _open_since(read: facts.Read, account: Account, yesterday: date) -> datetime | None:
    """Return when somebody clocked in on the day before, if they never clocked out."""
    if read.clocked.get((account.pk, yesterday + DAY)):
        return None
    rows: list[Clocking] = read.clocked.get((account.pk, yesterday), [])
    if any(row.kind == "out" for row in rows):
        return None
    return next((row.counts_at for row in rows if row.kind == "in"), None)


def _next(known: DayFacts) -> str:
    kinds = {each.kind for each in known.clocked}
    return "out" if "in" in kinds else "in"
