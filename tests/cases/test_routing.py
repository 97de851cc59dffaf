"""Nothing new goes to somebody absent, and what they held goes back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from loket.cases import queries, tasks
from loket.cases import services as cases
from loket.cases.models import Case, Note
from loket.journal.models import Entry
from loket.kernel import clock, events
from loket.kernel.errors import NotAllowed
from loket.organisation import queries as organisation
from loket.people import queries as people
from loket.workforce.events import AbsenceGranted
from loket.workforce.models import Absence
from tests.conftest import employ
from tests.factories import cases as factory

FREE = "Permohonan ini dapat diambil oleh rekan."

TODAY, TOMORROW = date(2026, 3, 2), date(2026, 3, 3)


def number(actor) -> int:
    return int(actor.ref.partition(":")[2])


def grant(actor, *, by, at, kind="leave", since=TODAY, until=date(2026, 3, 5)) -> None:
    absence = Absence.objects.create(
        account_id=number(actor), kind=kind, state="granted", starts_on=since, ends_on=until,
        asked_at=at, asked_by=actor.ref,
    )  # fmt: skip
    events.announce(
        AbsenceGranted(
            actor=by, at=at, subject=absence.subject, account=actor.ref, kind=kind,
            starts_on=since.isoformat(), ends_on=until.isoformat(),
        )
    )  # fmt: skip


@pytest.mark.parametrize("kind", ["leave", "travel"])
def test_nothing_new_goes_to_somebody_away(case, budi, dewi, at, kind):
    for actor in (budi, dewi):
        grant(actor, by=dewi, at=at, kind=kind)
    with pytest.raises(NotAllowed):
        cases.claim(case=case, actor=budi, at=at)
    with pytest.raises(NotAllowed):
        cases.take_over(case=case, reason="Mendesak.", actor=dewi, at=at)
    assert Case.objects.get().holder is None


@pytest.mark.parametrize(
    ("kind", "state", "since"),
    [("home", "granted", TODAY), ("leave", "asked", TODAY), ("leave", "granted", TOMORROW)],
)
def test_who_is_at_home_or_not_yet_away_works_on(case, budi, at, kind, state, since):
    Absence.objects.create(
        account_id=number(budi), kind=kind, state=state, starts_on=since,
        ends_on=date(2026, 3, 9), asked_at=at, asked_by="x",
    )  # fmt: skip
    cases.claim(case=case, actor=budi, at=at)
    assert Case.objects.get().holder_id == number(budi)


def test_what_somebody_holds_is_free_when_leave_is_granted(case, budi, dewi, kelurahan, at):
    cases.claim(case=case, actor=budi, at=at)
    grant(budi, by=dewi, at=at)
    freed = Case.objects.get()
    assert (freed.holder, freed.held_until) == (None, None)
    note = Note.objects.get()
    assert (note.author, note.case) == (None, freed)
    assert "Budi Santoso" in note.words
    assert Entry.objects.filter(name="case.released", actor=dewi.ref).count() == 1
    fitri = employ("fitri", "Fitri Handayani", kelurahan, "officer", "Petugas", at)
    cases.claim(case=freed, actor=fitri, at=at)


@pytest.mark.parametrize(("kind", "since"), [("home", TODAY), ("leave", TOMORROW)])
def test_what_somebody_holds_stays_while_they_work(case, budi, dewi, at, kind, since):
    cases.claim(case=case, actor=budi, at=at)
    grant(budi, by=dewi, at=at, kind=kind, since=since)
    assert Case.objects.get().holder_id == number(budi)
    assert not Note.objects.exists()


def test_absences_that_begin_free_what_is_held_each_hour(version, budi, dewi, at, system):
    one, two = factory.file_many(2, at=at)
    cases.claim(case=one, actor=budi, at=at)
    cases.claim(case=two, actor=dewi, at=at)
    grant(budi, by=dewi, at=at, since=TOMORROW)
    assert cases.release_absent(actor=system, at=at) == 0
    tomorrow = at + timedelta(days=1)
    assert cases.release_absent(actor=system, at=tomorrow) == 1
    assert cases.release_absent(actor=system, at=tomorrow) == 0
    assert dict(Case.objects.values_list("code", "holder")) == {
        one.code: None, two.code: number(dewi),
    }  # fmt: skip


def test_it_happens_by_itself(case, budi, at):
    cases.claim(case=case, actor=budi, at=at)
    today = organisation.today(None, at=clock.now())
    Absence.objects.create(
        account_id=number(budi), kind="travel", state="granted",
        starts_on=today - timedelta(days=1), ends_on=today + timedelta(days=2), asked_at=at,
        asked_by="x",
    )  # fmt: skip
    tasks.release_absent.call()
    assert Case.objects.get().holder is None


def test_cases_are_handed_over_with_the_note_of_every_absence(version, budi, dewi, at, system):
    one, two, three = factory.file_many(3, at=at)
    for case in (one, two):
        cases.claim(case=case, actor=budi, at=at)
    cases.claim(case=three, actor=dewi, at=at)
    given = cases.hand_over(account_id=number(budi), actor=system, at=at + timedelta(hours=2))
    assert given == 2
    assert sorted(Note.objects.values_list("case__code", "words")) == sorted(
        (case.code, f"{people.account_of(budi)} tidak masuk. {FREE}") for case in (one, two)
    )
    assert Entry.objects.filter(name="case.released").count() == 2
    assert cases.hand_over(account_id=number(budi), actor=system, at=at) == 0


def test_those_who_hold_nothing_cost_one_query(case, system, at, django_assert_num_queries):
    with django_assert_num_queries(1):
        cases.release_absent(actor=system, at=at)


def test_closed_cases_keep_their_last_holder(case, ayu, budi, at, system):
    cases.claim(case=case, actor=budi, at=at)
    assert queries.worklist(actor=budi, tab="mine", at=at).cases == [case]
    cases.withdraw(case=case, actor=ayu, at=at)
    assert cases.hand_over(account_id=number(budi), actor=system, at=at) == 0
