"""One application from its filing to wherever it is now, lived through the services."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from loket.cases import services as cases
from loket.cases.models import Case
from loket.catalogue.rules.format import Action
from loket.demo import roles
from loket.demo.cast import Desk
from loket.documents import services as documents
from loket.kernel.access import Actor

from . import filing
from .dice import dice
from .hours import Hours
from .plots import Plot

SWEEPER = Actor.system("sweeping")
BACKLOG = 0.13
"""The share that an office takes on too late."""

AT_ONCE = {"fresh", "late", "twin"}
"""Nobody has taken these on yet."""

STOPS = {
    "to_sign": "awaiting_signature", "to_print": "in_printing", "ready": "ready_for_pickup",
    "to_record": "awaiting_biometrics", "returned_now": "returned",
}  # fmt: skip
"""Where those stay that wait for somebody when the demo opens."""

REFUSALS = ("already_done", "elsewhere", "not_genuine")
CORRECTIONS = {"BIRTH": "birth_place", "DEATH": "death_place"}
LAPSES_AFTER = timedelta(days=90, hours=2)


class Life:
    """Walks through the steps of one application, each at its moment."""

    def __init__(self, plot: Plot, *, hours: Hours, desks: dict[str, Desk]) -> None:
        self.plot = plot
        self.hours = hours
        self.desks = desks
        self.at = plot.filed_at.astimezone(UTC)
        self.chance = dice(plot.number, plot.wish.service, plot.filed_at.date(), "life")
        self.case: Case

    def run(self) -> Iterator[datetime]:
        """Yield the moment of every step, then take it when asked for the next."""
        yield self.at
        resident = filing.register(self.plot, at=self.at) if self.plot.is_online else None
        if resident is not None:
            yield from self.pass_by(timedelta(minutes=self.chance.randint(8, 25)))
        self.case = filing.send(self.plot, resident, chance=self.chance, at=self.at)
        if self.plot.ending == "withdrawn" and resident is not None:
            yield from self.pass_by(timedelta(minutes=self.chance.randint(20, 90)))
            words = "Saya salah memilih layanan."
            cases.withdraw(case=self.case, words=words, actor=resident, at=self.at)
        elif self.plot.ending not in AT_ONCE:
            yield from self.handled(resident)

    @property
    def desk(self) -> Desk:
        return self.desks[self.case.unit.code]

    @property
    def is_at_its_stop(self) -> bool:
        """Say whether the application is where it must stay until somebody comes."""
        return STOPS.get(self.plot.ending) == self.case.state

    def pass_by(self, time: timedelta) -> Iterator[datetime]:
        self.at += time
        yield self.at

    def office_time(self, minutes: float) -> Iterator[datetime]:
        self.at = self.hours.later(self.at, minutes).astimezone(UTC)
        yield self.at

    def handled(self, resident: Actor | None) -> Iterator[datetime]:
        """Let the office do its work, and whoever asked theirs."""
        yield from self.office_time(self.wait())
        if self.plot.ending in {"mended", "returned", "returned_now"}:
            yield from self.returned()
            if resident is None:
                yield from self.forgotten()
                return
            yield from self.mended(resident)
        if self.plot.ending == "refused":
            yield from self.officer("refuse", reason=self.chance.choice(REFUSALS))
            return
        yield from self.verified()
        while self.case.closed_at is None and not self.is_at_its_stop:
            yield from self.onwards()
        if self.case.state == "issued":
            yield from self.afterwards()

    def wait(self) -> float:
        """Return how many minutes of working time pass until somebody takes it on."""
        if self.plot.is_staged:
            return self.chance.uniform(15, 120)
        if self.chance.random() < BACKLOG:
            return self.chance.uniform(800, 1900)
        return self.chance.expovariate(1 / 100)

    def officer(self, action: str, **told: Any) -> Iterator[datetime]:
        """Let an officer take the application on, read it, and take a step."""
        who = self.chance.choice(self.desk.officers)
        cases.claim(case=self.case, actor=who, at=self.at)
        cases.look(case=self.case, actor=who, at=self.at)
        yield from self.pass_by(timedelta(minutes=self.chance.randint(3, 22)))
        cases.move(case=self.case, action=action, actor=who, at=self.at, **told)

    def verified(self) -> Iterator[datetime]:
        yield from self.officer("verify", fields=self.plot.wish.office)
        if self.plot.ending == "sent_back" and self.case.state == "awaiting_signature":
            yield from self.office_time(self.chance.uniform(20, 200))
            cases.move(
                case=self.case,
                action="send_back",
                words="Tolong cocokkan lagi ejaan nama dengan surat aslinya.",
                actor=self.desk.head,
                at=self.at,
            )
            yield from self.office_time(self.chance.uniform(20, 120))
            yield from self.officer("verify", fields=self.plot.wish.office)

    def returned(self) -> Iterator[datetime]:
        asked = filing.blurred(self.plot)
        yield from self.officer(
            "return",
            reason="unreadable",
            words=self.chance.choice(("", "Nomor di bagian atas tidak terbaca.")),
            questions=[asked],
        )

    def forgotten(self) -> Iterator[datetime]:
        """Let an application that never came back lapse in the end."""
        if not self.is_at_its_stop:
            yield from self.pass_by(LAPSES_AFTER)
            cases.move(case=self.case, action="lapse", actor=SWEEPER, at=self.at)

    def mended(self, resident: Actor) -> Iterator[datetime]:
        yield from self.pass_by(timedelta(hours=self.chance.uniform(2, 70)))
        filing.mend(self.plot, self.case, resident, at=self.at)
        yield from self.pass_by(timedelta(minutes=4))
        cases.resubmit(case=self.case, actor=resident, at=self.at)
        yield from self.office_time(self.chance.expovariate(1 / 120))

    def onwards(self) -> Iterator[datetime]:
        """Take the next step that staff can take with an application that is in order."""
        action = self.next_action()
        if action.kind == "sign":
            yield from self.office_time(self.chance.expovariate(1 / 110))
            cases.sign(
                case=self.case,
                passphrase=roles.PASSPHRASE,
                actor=self.desk.head,
                at=self.at,
            )
            return
        waits = {"recorded": 900, "collected": 700}.get(action.name, 60)
        yield from self.office_time(self.chance.uniform(waits / 3, waits * 2))
        told = {"recorded_on": self.at.astimezone(self.hours.zone).date().isoformat()}
        asked = {q.name for q in action.asks}
        fields = {name: value for name, value in told.items() if name in asked}
        yield from self.officer(action.name, fields=fields)

    def next_action(self) -> Action:
        """Return the step on the straight way from the state the application is in."""
        straight = ("sign", "recorded", "print_done", "collected")
        actions = self.case.service_version.service.workflow.actions
        here = {a.name: a for a in actions if self.case.state in a.sources}
        return next(here[name] for name in straight if name in here)

    def afterwards(self) -> Iterator[datetime]:
        """Correct or revoke the certificate, if that is how it goes."""
        field = CORRECTIONS.get(self.case.service_code)
        if self.plot.ending == "corrected" and field:
            yield from self.office_time(self.chance.uniform(500, 1200))
            cases.correct(
                case=self.case,
                fields={field: "Depok"},
                reason="Tempat tertulis salah; surat aslinya menyebut Depok.",
                passphrase=roles.PASSPHRASE,
                actor=self.desk.head,
                at=self.at,
            )
        elif self.plot.ending == "revoked":
            yield from self.office_time(self.chance.uniform(700, 1500))
            documents.revoke(
                document=filing.document_of(self.case),
                reason="Surat keterangan yang dilampirkan ternyata tidak benar.",
                actor=self.desk.head,
                at=self.at,
            )
