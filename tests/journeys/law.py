"""What stories of circulars and closures have in common: days, papers, a case of Ayu's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

from PIL import Image

from loket.cases import services as cases
from loket.cases.models import Case
from loket.cases.services.rescheduling import PATIENCE
from loket.demo import roles
from loket.kernel.access import Actor
from loket.organisation import queries as organisation
from loket.people import queries as people
from loket.people.models import Account, ContactPoint

from .conftest import Person
from .steps import EMAIL, Letters, sample

DAY = timedelta(days=1)
OFFICE = f"{roles.HOME}-DUKCAPIL"
"""The service point of Pejaten Barat: Ayu's, Budi's and Dewi's."""
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
    "Oktober", "November", "Desember",
)  # fmt: skip
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


@dataclass(frozen=True)
class Days:
    """The days of a circular: from tomorrow, for about two weeks, until a day of work."""

    today: date
    busy: date
    """The first working day on which it holds."""
    after: date
    """The first day on which it holds no more: a working day too."""

    @property
    def first(self) -> date:
        return self.today + DAY

    @property
    def last(self) -> date:
        return self.after - DAY


def days(at: datetime) -> Days:
    """Return the days of a circular that is written at a moment."""
    today = organisation.today(None, at=at)
    return Days(
        today, busy=working_day(today + DAY), after=working_day(today + timedelta(days=15))
    )


def working_day(since: date) -> date:
    """Return the first working day from a day on."""
    known = organisation.calendar(organisation.unit(OFFICE), (since.year, since.year + 1))
    return next(
        day for day in (since + n * DAY for n in range(30)) if known.is_working_day(day)
    )


def words(day: date) -> str:
    """Return a day as an Indonesian page writes it."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def moment(at: datetime) -> str:
    """Return a moment as an Indonesian page writes it."""
    there = at.astimezone(organisation.zone(None))
    return f"{words(there.date())}, {there:%H.%M}"


def weekday(at: datetime) -> str:
    return WEEKDAYS[at.astimezone(organisation.zone(None)).weekday()]


def staff_actor(username: str, *, at: datetime) -> Actor:
    return people.actor_for(Account.objects.get(username=username), at=at)


def ayus_case(at: datetime) -> Case:
    """Let Ayu ask for a new KTP instead of the lost one, before the story begins."""
    resident = ContactPoint.objects.get(value=roles.RESIDENT_EMAIL).resident
    ayu: dict[str, Any] = {"actor": people.actor_for(resident.account, at=at), "at": at}
    draft = cases.start_draft(service_code="KTP-LOST", resident=resident, **ayu)
    for name, given in sample("KTP-LOST").items():
        if isinstance(given, dict) and "alternative" in given:
            cases.attach(
                draft=draft, question=name, data=photo(), name=given["files"][0],
                alternative=given["alternative"], **ayu,
            )  # fmt: skip
        else:
            cases.save_answer(
                draft=draft, question=name, raw=given, revision=draft.revision, **ayu
            )
    return cases.submit(draft=draft, **ayu)


def photo() -> bytes:
    out = BytesIO()
    Image.new("RGB", (900, 1200), (190, 180, 160)).save(out, "JPEG")
    return out.getvalue()


def read(somebody: Person, selector: str = "main") -> str:
    """Return what is read there, in one line."""
    return " ".join(somebody.page.locator(selector).first.inner_text().split())


def fill_day(somebody: Person, name: str, day: date) -> None:
    """Type a day into its three inputs."""
    for part in ("day", "month", "year"):
        somebody.page.fill(f"[name='{name}.{part}']", str(getattr(day, part)))


def fetched(somebody: Person, selector: str) -> bytes:
    """Return the file that a link leads to, as the same browser gets it."""
    address = somebody.page.locator(selector).first.get_attribute("href")
    answer = somebody.page.request.get(str(address))
    assert answer.ok, address
    return answer.body()


def latest(letters: Letters) -> str:
    """Return the last letter to Ayu, once what was queued while working is done too."""
    return told(letters)[-1]


def moves_told(letters: Letters) -> list[str]:
    """Return the letters to Ayu that say when her application is due now."""
    return [letter for letter in told(letters) if "Sekarang" in letter]


def told(letters: Letters) -> list[str]:
    """Return every letter to Ayu, those too that wait in case they are taken back."""
    later = PATIENCE + timedelta(minutes=1)
    letters(EMAIL, later)
    return letters(EMAIL, later)
