"""What waits for Dewi and her team: leave, a swap, an appeal, a day to mend, a meeting."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from itertools import permutations, product

from loket.kernel.errors import Refusal
from loket.organisation import queries as organisation
from loket.organisation.models import Unit
from loket.people.models import Account
from loket.workforce import queries
from loket.workforce import services as workforce
from loket.workforce.rules.meetings import MeetingForm

from .days import DAY, acting

Team = Mapping[str, Account]

ASKER, OTHER = "rina", "budi"
RETURNED = "bayu"
REMARK = "Tuliskan juga berapa warga yang Anda layani."


def leave(team: Team, monday: date, *, at: datetime) -> None:
    """Let one colleague ask for leave."""
    workforce.ask_absence(
        kind="leave",
        starts_on=monday + timedelta(days=16),
        ends_on=monday + timedelta(days=18),
        reason="annual",
        actor=acting(team["wati"], at),
        at=at,
    )


def swap(team: Team, unit: Unit, *, at: datetime) -> None:
    """Let Rina ask Budi for the first swap that no rule forbids.

    Late in a week one of them may have no turn left: then the first two who may swap do.
    """
    since = organisation.today(unit, at=at) + DAY
    turns = queries.standing_turns(unit=unit, since=since, until=since + timedelta(days=21))
    on = {
        name: sorted(turn.on for turn in turns if turn.account_id == account.pk)
        for name, account in team.items()
    }
    rota = [name for name in team if name not in {ASKER, OTHER}]
    pairs = [(ASKER, OTHER), *((ASKER, name) for name in rota), *permutations(rota, 2)]
    for asker, other in pairs:
        for gives, takes in product(on[asker], on[other]):
            if gives != takes and asked(team[asker], team[other], gives, takes, at=at):
                return


def asked(asker: Account, other: Account, gives: date, takes: date, *, at: datetime) -> bool:
    """Let one ask the other for a swap; whether the rules allow it."""
    try:
        workforce.ask_swap(
            other=other,
            gives_on=gives,
            takes_on=takes,
            words="Anak saya tampil di sekolah hari itu.",
            actor=acting(asker, at),
            at=at,
        )
    except Refusal:
        return False
    return True


def appeal(team: Team, *, since: date, until: date, at: datetime) -> None:
    """Let the first who came late say why."""
    names = {account.pk: name for name, account in team.items() if name != "dewi"}
    found = queries.day_results(accounts=list(names), since=since, until=until, at=at)
    late = sorted((on, number) for (number, on), day in found.items() if day.result == "late")
    for on, number in late[:1]:
        workforce.appeal_day(
            on=on,
            words="Jalan Pejaten Raya tergenang; saya mengabari kepala sejak pukul 07.10.",
            actor=acting(team[names[number]], at),
            at=at,
        )


def mend(team: Team, unit: Unit, *, at: datetime) -> None:
    """Let Dewi return one day with a remark."""
    dewi = acting(team["dewi"], at)
    today = organisation.today(unit, at=at)
    reports = queries.waiting_reports(unit=unit, actor=dewi, today=today)
    for row in [row for row in reports if row.account_id == team[RETURNED].pk][:1]:
        workforce.return_report(
            report=row, remark=REMARK, revision=row.revision, actor=dewi, at=at
        )


def meeting(team: Team, unit: Unit, monday: date, *, at: datetime) -> None:
    """Let Dewi call her staff together on the second day of the coming week."""
    begins = datetime.combine(monday + timedelta(days=8), time(8), organisation.zone(unit))
    workforce.call_meeting(
        unit=unit,
        form=MeetingForm(
            title="Rapat koordinasi pelayanan",
            agenda="1. Jadwal dua pekan mendatang\n2. Permohonan yang hampir lewat waktu",
            starts_at=begins,
            ends_at=begins + timedelta(hours=1),
            provider="jitsi",
            room="",
            participants=frozenset(account.pk for account in team.values()),
        ),
        actor=acting(team["dewi"], at),
        at=at,
    )
