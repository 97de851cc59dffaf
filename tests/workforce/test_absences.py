"""Days away: asked for, granted, recorded, ended; and why, which is nobody's business."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest
from django.db import connections
from django.utils import translation

from loket.files import services as files
from loket.files.models import StoredFile
from loket.journal.models import Entry
from loket.kernel.access import Actor
from loket.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, Refusal
from loket.organisation.models import Unit
from loket.people import queries as people
from loket.workforce import queries
from loket.workforce import services as workforce
from loket.workforce.models import Absence, PrivateReason
from tests.conftest import employ
from tests.factories import files as paper

pytestmark = pytest.mark.django_db
MON = date(2026, 3, 9)
FRI = date(2026, 3, 13)
SYSTEM = Actor.system("monitoring")


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def nadia(kelurahan: Unit, at: datetime) -> Actor:
    return employ("nadia", "Nadia Putri", kelurahan, "personnel", "Analis kepegawaian", at)


def ask(who: Actor, at: datetime, **more: object) -> Absence:
    facts = {"kind": "leave", "starts_on": MON, "ends_on": FRI, "reason": "annual", **more}
    return workforce.ask_absence(**facts, actor=who, at=at)


def record(who: Actor, by: Actor, at: datetime, **more: object) -> Absence:
    facts = {"kind": "home", "starts_on": MON, "ends_on": FRI, "reason": "chronic", **more}
    return workforce.record_absence(account=people.account_of(who), **facts, actor=by, at=at)


def told(name: str) -> list[dict[str, object]]:
    return [entry.facts for entry in Entry.objects.filter(name=name).order_by("id")]


def out(who: Actor) -> list[date]:
    number = people.account_of(who).pk
    found = queries.must_stay_out([number], since=MON, until=MON + timedelta(days=14))
    return sorted(found.get(number, ()))


def test_asked_days_count_only_once_granted(budi: Actor, dewi: Actor, at: datetime):
    absence = ask(budi, at)
    assert out(budi) == []
    workforce.decide_absence(absence=absence, is_granted=True, actor=dewi, at=at)
    assert out(budi) == [MON + timedelta(days=n) for n in range(4)]
    facts = {
        "account": budi.ref,
        "kind": "leave",
        "starts_on": "2026-03-09",
        "ends_on": "2026-03-13",
    }
    assert told("absence.asked") == [facts]
    assert told("absence.granted") == [facts]


def test_refused_days_do_not_count_and_cannot_be_decided_again(
    budi: Actor, dewi: Actor, at: datetime
):
    absence = ask(budi, at)
    workforce.decide_absence(
        absence=absence, is_granted=False, remark="Bulan depan.", actor=dewi, at=at
    )
    assert told("absence.ended")[0]["state"] == "refused"
    with pytest.raises(Conflict):
        workforce.decide_absence(absence=absence, is_granted=True, actor=dewi, at=at)
    assert out(budi) == []


def test_only_who_is_above_decides(
    budi: Actor, dewi: Actor, citra: Actor, ayu: Actor, at: datetime
):
    of_budi, of_dewi = ask(budi, at), ask(dewi, at)
    for absence, actor in ((of_budi, budi), (of_budi, citra), (of_dewi, dewi)):
        with pytest.raises(NotAllowed):
            workforce.decide_absence(absence=absence, is_granted=True, actor=actor, at=at)
    with pytest.raises(NotAllowed):
        ask(ayu, at)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"kind": "strike"}, "kind"),
        ({"reason": "pregnancy"}, "reason"),
        ({"ends_on": MON}, "ends_on"),
        ({"ends_on": MON + timedelta(days=2000)}, "ends_on"),
        ({"starts_on": date(2025, 1, 1)}, "starts_on"),
        ({"starts_on": date(2028, 1, 1), "ends_on": date(2028, 1, 3)}, "starts_on"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_what_cannot_be_is_refused(budi: Actor, at: datetime, facts, field):
    with pytest.raises(Invalid) as refused:
        ask(budi, at, **facts)
    assert list(refused.value.fields) == [field]


@pytest.mark.parametrize(
    ("kind", "reason", "other", "why", "is_fine"),
    [
        ("leave", "annual", "leave", "sick", False),
        ("leave", "annual", "travel", "duty", False),
        ("home", "chronic", "home", "pregnancy", False),
        ("home", "pregnancy", "travel", "duty", False),
        ("home", "pregnancy", "leave", "annual", True),
        ("leave", "annual", "home", "household", True),
    ],
)
def test_days_lie_over_others_only_where_both_can_be(
    budi: Actor, at: datetime, kind, reason, other, why, is_fine
):
    ask(budi, at, kind=kind, reason=reason)
    again = {"kind": other, "reason": why, "starts_on": FRI - timedelta(days=1)}
    later = {**again, "ends_on": FRI + timedelta(days=3)}
    if is_fine:
        assert ask(budi, at, **later).pk
        return
    with pytest.raises(Conflict) as refused:
        ask(budi, at, **later)
    assert "9 March 2026 to 12 March 2026" in str(refused.value)
    assert ask(budi, at, **{**later, "starts_on": FRI}).pk


@pytest.mark.django_db(transaction=True)
def test_asking_twice_at_once_gives_one(budi: Actor, at: datetime):
    def attempt(_n: int) -> bool:
        try:
            ask(budi, at)
        except Conflict:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(attempt, range(4))) == [False, False, False, True]
    assert Absence.objects.count() == 1


def test_own_days_can_be_taken_back_until_they_begin(budi: Actor, dewi: Actor, at: datetime):
    absence = ask(budi, at)
    workforce.decide_absence(absence=absence, is_granted=True, actor=dewi, at=at)
    with pytest.raises(NotAllowed):
        workforce.withdraw_absence(absence=absence, actor=dewi, at=at)
    with pytest.raises(Conflict):
        workforce.withdraw_absence(absence=absence, actor=budi, at=at + timedelta(days=8))
    workforce.withdraw_absence(absence=absence, actor=budi, at=at)
    assert (out(budi), PrivateReason.objects.count()) == ([], 0)
    assert told("absence.ended")[0]["state"] == "withdrawn"


def test_who_is_back_earlier_frees_the_days(budi: Actor, nadia: Actor, at: datetime):
    absence = record(budi, nadia, at)
    workforce.end_absence(absence=absence, ends_on=MON + timedelta(days=1), actor=budi, at=at)
    assert out(budi) == [MON]
    assert told("absence.ended") == [
        {
            "account": budi.ref,
            "kind": "home",
            "starts_on": "2026-03-10",
            "ends_on": "2026-03-13",
            "state": "shortened",
        }
    ]
    assert PrivateReason.objects.get().erase_on == date(2026, 6, 8)
    for ends_on, refusal in ((MON, Invalid), (FRI, Conflict)):
        with pytest.raises(refusal):
            workforce.end_absence(absence=absence, ends_on=ends_on, actor=budi, at=at)


def test_personnel_records_for_others_and_not_for_herself(
    budi: Actor, dewi: Actor, nadia: Actor, citra: Actor, at: datetime
):
    assert record(budi, nadia, at).state == "granted"
    for who, by in ((nadia, nadia), (citra, nadia), (budi, dewi)):
        with pytest.raises(NotAllowed):
            record(who, by, at, starts_on=FRI, ends_on=FRI + timedelta(days=1))


def test_monitoring_lies_over_anything_and_joins(budi: Actor, at: datetime):
    ask(budi, at)
    account = people.account_of(budi)
    facts = {"account": account, "source": "incident:X", "actor": SYSTEM, "at": at}
    one = workforce.set_under_monitoring(starts_on=MON, ends_on=FRI, **facts)
    two = workforce.set_under_monitoring(
        starts_on=MON + timedelta(days=2), ends_on=FRI + timedelta(days=7), **facts
    )
    assert (one.pk, two.ends_on) == (two.pk, FRI + timedelta(days=7))
    assert workforce.set_under_monitoring(starts_on=MON, ends_on=FRI, **facts).pk == one.pk
    granted = Entry.objects.filter(name="absence.granted")
    assert [entry.actor for entry in granted] == ["system:workforce"] * 2
    with pytest.raises(NotAllowed):
        workforce.withdraw_absence(absence=two, actor=budi, at=at)
    with pytest.raises(NotAllowed):
        workforce.end_absence(absence=two, ends_on=FRI, actor=budi, at=at)


def test_a_source_can_be_forgotten(budi: Actor, at: datetime):
    facts = {"account": people.account_of(budi), "starts_on": MON, "ends_on": FRI}
    workforce.set_under_monitoring(**facts, source="incident:X", actor=SYSTEM, at=at)
    assert workforce.forget_source(source="incident:X", actor=SYSTEM, at=at) == 1
    assert (Absence.objects.get().source, PrivateReason.objects.count()) == ("", 0)
    for actor, refusal in ((SYSTEM, Invalid), (budi, NotAllowed)):
        with pytest.raises(refusal):
            workforce.forget_source(source="", actor=actor, at=at)


def test_why_is_read_by_the_person_and_by_personnel_on_record(
    budi: Actor, dewi: Actor, nadia: Actor, citra: Actor, at: datetime
):
    absence = ask(budi, at, words="Akad nikah adik")
    own = workforce.read_reason(absence=absence, actor=budi, at=at)
    assert (own.words, told("absence.reason_read")) == ("Akad nikah adik", [])
    for actor in (dewi, citra):
        with pytest.raises(NotAllowed):
            workforce.read_reason(absence=absence, actor=actor, at=at)
    workforce.read_reason(absence=absence, actor=nadia, at=at)
    workforce.read_reason(absence=absence, actor=nadia, at=at)
    looks = Entry.objects.filter(name="absence.reason_read")
    assert [(look.actor, look.subject) for look in looks] == [(nadia.ref, absence.subject)] * 2


def test_why_is_forgotten_ninety_days_after_the_end(budi: Actor, at: datetime):
    proof = files.store(
        data=paper.jpeg(), name="surat.jpg", owner=budi.ref, actor=budi, at=at,
        expires_at=at + timedelta(hours=1),
    )  # fmt: skip
    absence = ask(budi, at, reason="sick", proof=proof)
    due = at + timedelta(days=11 + 90)
    assert workforce.erase_reasons(actor=SYSTEM, at=due - timedelta(days=1)) == 0
    files.expire(actor=SYSTEM, at=due)
    assert StoredFile.objects.get().owner == absence.subject
    assert workforce.erase_reasons(actor=SYSTEM, at=due) == 1
    assert workforce.erase_reasons(actor=SYSTEM, at=due) == 0
    assert (PrivateReason.objects.count(), StoredFile.objects.count()) == (0, 0)
    with pytest.raises(NotFound):
        workforce.read_reason(absence=absence, actor=budi, at=due)


def test_leave_counts_before_home_and_home_people_are_not_absent(
    budi: Actor, dewi: Actor, nadia: Actor, at: datetime
):
    record(budi, nadia, at)
    record(budi, nadia, at, kind="leave", reason="annual", ends_on=MON + timedelta(days=1))
    record(dewi, nadia, at, kind="travel", reason="duty")
    one, two = people.account_of(budi).pk, people.account_of(dewi).pk
    tuesday = MON + timedelta(days=1)
    assert queries.kinds_on([one, two], since=MON, until=tuesday + timedelta(days=1)) == {
        (one, MON): "leave",
        (one, tuesday): "home",
        (two, MON): "travel",
        (two, tuesday): "travel",
    }
    assert queries.absent([one, two], on=MON) == {one, two}
    assert queries.absent([one, two], on=tuesday) == {two}
    assert queries.absent([two + 99], on=tuesday) == frozenset()


def test_many_people_are_asked_about_in_one_query(
    budi: Actor, nadia: Actor, at: datetime, django_assert_num_queries
):
    record(budi, nadia, at)
    number = people.account_of(budi).pk
    everybody = range(number - 2, number + 100_000)
    with django_assert_num_queries(1):
        assert list(queries.must_stay_out(everybody, since=MON, until=FRI)) == [number]


def test_refusals_say_nothing_of_why(budi: Actor, nadia: Actor, at: datetime):
    record(budi, nadia, at, reason="pregnancy", words="trimester")
    with pytest.raises(Refusal) as refused:
        record(budi, nadia, at)
    assert "pregnan" not in str(refused.value)
    assert "must not be in the office" in str(refused.value)
