"""Due dates that follow the law, and applicants who hear of it once."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from loket.cases import queries
from loket.cases import services as cases
from loket.cases.models import Case, DueMove
from loket.jobs.models import Job
from loket.journal.models import Entry
from loket.organisation.models import CalendarDay
from loket.policies import services as policies
from loket.policies.models import Change, Edition
from tests.conftest import VILLAGE
from tests.factories import cases as factory
from tests.factories import policies as law

from .conftest import STOPPED, THREE_DAYS

POINT = f"{VILLAGE}-DUKCAPIL"
OLD, NEW = date(2026, 3, 5), date(2026, 3, 10)


def due() -> list[date]:
    return list(Case.objects.order_by("pk").values_list("due_on", flat=True))


def test_a_circular_that_stops_the_clock_moves_due_dates(case, enact, at):
    circular = enact()

    assert due() == [NEW]
    move = DueMove.objects.get()
    assert (move.case, move.was, move.now, move.subject) == (case, OLD, NEW, circular.subject)
    assert (move.edition, move.told_at) == (Edition.objects.get().number, None)
    assert Entry.objects.get(name="case.due_dates_moved").facts == {
        "edition": move.edition,
        "moved": 1,
        "uncounted": 0,
    }


def test_the_clock_shows_the_days_with_the_circular_behind_them(case, enact, at):
    circular = enact()

    face = queries.clock(case=Case.objects.get(), at=at + timedelta(days=2))

    assert [(d.on.day, d.number, [b.label for b in d.because]) for d in face.days] == [
        (3, 1, []),
        (4, None, [str(circular)]),
        (5, None, [str(circular)]),
        (6, None, [str(circular)]),
        (7, None, []),
        (8, None, []),
        (9, 2, []),
        (10, 3, []),
    ]
    assert [b.article for b in face.because] == ["4"]
    assert (face.due_on, face.counted, face.left) == (NEW, 1, 2)
    assert face.resumes_at == datetime.fromisoformat("2026-03-07T00:00:00+07:00")


def test_the_timeline_says_what_moved_the_date(case, enact, at):
    circular = enact()

    line = queries.timeline(case=case)[-1]

    assert line.name == queries.DUE_MOVED
    assert "5 Maret 2026" in line.label
    assert "10 Maret 2026" in line.label
    assert str(circular) in line.reason
    assert line.address == f"/circulars/{circular.code}/"
    assert queries.history(case=case)[-1] == line


def test_a_simulation_shows_what_enacting_does_and_leaves_nothing(case, eka, gita, at):
    row = law.draft(law.written(STOPPED, effective=THREE_DAYS), actor=eka, at=at)
    simulation = policies.simulate(circular=row, actor=eka, at=at)

    assert (due(), DueMove.objects.count()) == ([OLD], 0)
    assert not Job.objects.filter(task=cases.rescheduling.TELL).exists()
    policies.enact(circular=row, simulation=simulation, actor=gita, at=at)
    assert simulation.impact["cases"] == Change.objects.latest("number").impact["cases"]
    assert simulation.impact["cases"] == {
        "moved": 1,
        "by_date": [{"was": "2026-03-05", "now": "2026-03-10", "cases": 1}],
        "by_unit": [{"unit": POINT, "name": "Satpel Pejaten Barat", "cases": 1}],
        "examples": [
            {
                "code": case.code,
                "unit": POINT,
                "service": "TEST-BIRTH",
                "was": "2026-03-05",
                "now": "2026-03-10",
            }
        ],
        "channels": {"email": 1, "sms": 0, "none": 0},
        "standing_still": {"cases": 0, "by_unit": []},
    }


def test_applicants_are_counted_by_the_channel_that_reaches_them(version, enact, at):
    contacts = [
        {"email": "a@warga.example", "phone": "+6281100000001"},
        {"email": "", "phone": "+6281100000002"},
        {"phone": "+6281100000003"},
        {},
    ]
    for number, contact in enumerate(contacts):
        cases.file_case(
            service_code="TEST-BIRTH",
            answers=factory.answers(birth_order=number + 1) | {"birth_letter": "letter"},
            files={"birth_letter": [("surat.jpg", factory.photo())]},
            contact=contact,
            actor=factory.SYSTEM,
            at=at,
        )
    enact()

    impact = Change.objects.latest("number").impact
    assert impact["cases"]["channels"] == {"email": 1, "sms": 2, "none": 1}


def test_revoking_puts_the_old_date_back(case, enact, gita, at):
    circular = enact()
    policies.revoke(
        circular=circular, revoked_from=circular.starts_at, reason="Keliru", actor=gita, at=at
    )

    assert due() == [OLD]
    assert [(m.was, m.now) for m in DueMove.objects.order_by("edition")] == [
        (OLD, NEW),
        (NEW, OLD),
    ]


def test_only_open_cases_of_the_units_in_scope_move(case, ayu, enact, at):
    elsewhere = factory.case(
        ayu, at=at, child_name="Jauh", address={"region": "31.73.01.1001", "street": "Jl. 1"}
    )
    closed = factory.case(ayu, at=at, child_name="Batal")
    cases.withdraw(case=closed, actor=ayu, at=at)

    enact({**STOPPED, "scope": {"units": [POINT]}})

    assert due() == [NEW, OLD, OLD]
    assert elsewhere.due_on == OLD


def test_a_case_that_comes_back_counts_what_was_suspended_meanwhile(case, ayu, budi, enact, at):
    cases.claim(case=case, actor=budi, at=at)
    cases.move(
        case=case, action="return", reason="unreadable", questions=("child_name",),
        actor=budi, at=at,
    )  # fmt: skip
    enact()
    back = queries.own(code=case.code, actor=ayu)
    wednesday = at + timedelta(days=2)
    cases.mend(case=back, question="child_name", raw="Melati", actor=ayu, at=wednesday)
    cases.resubmit(case=back, actor=ayu, at=wednesday)

    # Tuesday and Wednesday began with the applicant, Thursday and Friday were suspended.
    assert due() == [date(2026, 3, 11)]


def test_what_is_filed_later_counts_with_what_is_known(version, ayu, enact, at):
    enact()

    assert factory.case(ayu, at=at).due_on == NEW


def test_a_closure_that_goes_on_moves_a_date_once_when_it_is_reopened(case, dewi, at):
    morning = datetime.fromisoformat("2026-03-03T08:00:00+07:00")
    closure = policies.close(
        form=law.closure(**{"from": morning, "reason": "blackout", "basis": "SOP 4"}),
        actor=dewi, at=morning,
    )  # fmt: skip
    assert due() == [OLD]  # It may be over at any moment.
    thursday = morning + timedelta(days=2)
    for day in (1, 2):
        policies.note_overruns(actor=factory.SYSTEM, at=morning + timedelta(days=day))
        cases.carry_due_dates(actor=factory.SYSTEM, at=morning + timedelta(days=day))
    assert due() == [date(2026, 3, 10)]  # It was not: three days are lost.
    assert not DueMove.objects.exists()
    assert not Job.objects.filter(task=cases.rescheduling.TELL).exists()
    policies.reopen(closure=closure, at_moment=thursday, actor=dewi, at=thursday)
    assert due() == [date(2026, 3, 10)]
    assert [(m.was, m.now) for m in DueMove.objects.all()] == [(OLD, date(2026, 3, 10))]
    assert Job.objects.filter(task=cases.rescheduling.TELL).count() == 1

    face = queries.clock(case=Case.objects.get(), at=thursday - timedelta(hours=1))
    assert [(d.on.day, d.number) for d in face.days][:4] == [
        (3, None),
        (4, None),
        (5, None),
        (6, 1),
    ]
    assert {b.subject for b in face.because} == {closure.subject}


def test_a_date_that_nobody_can_count_stays_and_is_said(version, ayu, enact, at):
    december = at.replace(month=12, day=29)
    late = factory.case(ayu, at=december)
    was = late.due_on
    CalendarDay.objects.filter(on__year=2027).delete()

    enact(effective={"from": date(2026, 12, 30), "through": date(2026, 12, 31)})

    assert due() == [was]
    facts = Entry.objects.get(name="case.due_dates_moved").facts
    assert (facts["moved"], facts["uncounted"]) == (0, 1)


def test_an_extension_grants_days_with_its_circular(case, enact, at):
    circular = enact({"kind": "clock", "extended_by": 2, "article": "5"})

    face = queries.clock(case=Case.objects.get(), at=at)

    assert due() == [date(2026, 3, 9)]
    assert (face.extended_by, face.left) == (2, 5)
    assert [b.label for b in face.days[-1].because] == [str(circular)]


def moved_with(number: int, enact, at) -> int:
    """Return how many statements it takes to move some cases."""
    factory.file_many(number, at=at)
    with CaptureQueriesContext(connection) as statements:
        enact()
    assert set(due()) == {NEW}
    return len(statements)


def test_moving_takes_as_many_queries_for_one_case_as_for_many(version, enact, at):
    one = moved_with(1, enact, at)
    Case.objects.update(due_on=OLD)
    DueMove.objects.all().delete()
    more = moved_with(8, lambda: enact(number="03/SE/2026"), at)

    assert more - one <= 3  # The circular before is read too: its provisions, what it ended.
