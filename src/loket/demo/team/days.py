"""What the team did on the days behind us: came, went, and wrote down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from loket.demo.roles import HOME
from loket.kernel.access import Actor
from loket.kernel.errors import Refusal
from loket.organisation import queries as organisation
from loket.organisation.models import Place, Unit
from loket.people import queries as people
from loket.people.models import Account
from loket.workforce import queries
from loket.workforce import services as workforce
from loket.workforce.models import Turn
from loket.workforce.rules.attendance.values import Sent
from loket.workforce.rules.written import Written

DAY = timedelta(days=1)
NOISE = 0.0002
"""Degrees: some twenty metres, as far as phones are off."""
DONE = (
    ("counter", "Melayani warga di loket: legalisasi dan penyerahan KTP-el", 14, 150),
    ("call", "Menjawab telepon warga tentang syarat pindah datang", 9, 55),
    ("archive", "Menata arsip akta tahun 2019", 40, 120),
)


def live(unit: Unit, team: Iterable[Account], *, since: date, at: datetime) -> int:
    """Let everybody clock in and out and hand in their days; return how many clockings."""
    zone, members = organisation.zone(unit), list(team)
    chance, place, number = Random(HOME), Place.objects.get(offices__unit=unit), 0  # noqa: S311 -- a story
    today = organisation.today(unit, at=at)
    turns = {(row.account_id, row.on): row for row in queries.standing_turns(
        unit=unit, since=since, until=today + DAY)}  # fmt: skip
    away = queries.kinds_on([one.pk for one in members], since=since, until=today + DAY)
    for on in working_days(unit, since, today):
        for account in members:
            if away.get((account.pk, on)) in {"leave", "travel"}:
                continue
            turn = turns.get((account.pk, on))
            for kind, moment in times(on, turn, chance):
                when = datetime.combine(on, moment, zone)
                if when >= at:
                    continue
                number += 1
                sent = pressed(f"demo-{number:08}", kind, turn, place, chance)
                workforce.clock_in_out(sent=sent, actor=acting(account, when), at=when)
    return number


def times(on: date, turn: Turn | None, chance: Random) -> Iterator[tuple[str, time]]:
    """Yield when somebody comes and goes: mostly in time, now and then not."""
    late = chance.random() < (0.06 if turn else 0.03)
    minutes = chance.randrange(4, 25) if late else -chance.randrange(2, 28)
    yield "in", shifted(time(7, 30), minutes)
    if chance.random() > 0.03:  # noqa: PLR2004 -- who forgot
        yield "out", shifted(time(16, 30 if on.weekday() == 4 else 0), chance.randrange(1, 20))  # noqa: PLR2004 -- Friday


def shifted(moment: time, minutes: int) -> time:
    """Return a time of day some minutes later or earlier."""
    return (datetime.combine(date.min + DAY, moment) + timedelta(minutes=minutes)).time()


def pressed(key: str, kind: str, turn: Turn | None, place: Place, chance: Random) -> Sent:
    """Return what a phone sends: from the building, or from somewhere in the city."""
    off = NOISE if turn else 0.05
    return Sent(
        key=key,
        kind=kind,
        way="place" if turn else "home",
        latitude=(place.latitude or 0) + chance.uniform(-off, off),
        longitude=(place.longitude or 0) + chance.uniform(-off, off),
        accuracy=chance.randrange(8, 30),
    )


def hand_in(team: Iterable[Account], *, on: date, at: datetime) -> None:
    """Let everybody who worked on a day write something down and hand the day in."""
    chance = Random(f"{HOME} {on}")  # noqa: S311 -- a story
    for number, account in enumerate(team):
        actor = acting(account, at)
        kind, words, count, minutes = DONE[(number + on.day) % len(DONE)]
        written = Written(kind, words, count + chance.randrange(6), minutes)
        try:
            workforce.write_entry(on=on, written=written, actor=actor, at=at)
            workforce.submit_report(on=on, actor=actor, at=at)
        except Refusal:  # Who was on leave has no day to hand in.
            continue


def working_days(unit: Unit, since: date, last: date) -> Iterator[date]:
    """Yield the working days of a unit, the last included."""
    calendar = organisation.calendar(unit, range(since.year, last.year + 1))
    while since <= last:
        if calendar.is_working_day(since):
            yield since
        since += DAY


def acting(account: Account, at: datetime) -> Actor:
    """Return somebody of the team as who acts."""
    return people.actor_for(account, at=at)
