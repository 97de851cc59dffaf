"""Writing a day down, handing it in, and judging it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from loket.files.models import StoredFile
from loket.journal.models import Entry
from loket.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from loket.organisation.models import Unit
from loket.people import queries as people
from loket.people.models import Position
from loket.workforce import queries
from loket.workforce import services as workforce
from loket.workforce.models import WorkEntry, WorkReport
from loket.workforce.queries.work.days import shown
from loket.workforce.rules.written import Written
from tests.conftest import employ
from tests.factories.cases import photo

ON = date(2026, 3, 2)
LETTERS = Written("letter", "Menjawab surat warga", 3, 45)


@pytest.fixture
def written(budi, at) -> WorkEntry:
    return workforce.write_entry(on=ON, written=LETTERS, actor=budi, at=at)


@pytest.fixture
def report(written, budi, at) -> WorkReport:
    workforce.submit_report(on=ON, actor=budi, at=at)
    return WorkReport.objects.get()


def of(username: str, judge) -> WorkReport:
    return queries.work_report(username=username, on=ON, actor=judge, today=ON)


def validate(username: str, judge, at, revision: int = 1) -> int:
    report = of(username, judge)
    return workforce.validate_reports(reports=[(report, revision)], actor=judge, at=at)


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        (Written("sleep", "Tidur", 1, 10), ["kind"]),
        (Written("letter", " ", 1, 10), ["words"]),
        (Written("letter", "x" * 301, 1, 10), ["words"]),
        (Written("letter", "x\u202ey", 1, 10), ["words"]),
        (Written("letter", "x", 0, 1441), ["count", "minutes"]),
        (Written("letter", "x", "٣", ""), ["count", "minutes"]),
        (Written("letter", "x", "9" * 5000, "1e2"), ["count", "minutes"]),
    ],
)
def test_entries_say_what_is_wrong(budi, at, wrong, fields):
    with pytest.raises(Invalid) as refusal:
        workforce.write_entry(on=ON, written=wrong, actor=budi, at=at)
    assert list(refusal.value.fields) == fields
    assert not WorkEntry.objects.exists()


def test_an_entry_keeps_its_proof_and_no_nik(budi, at):
    words = Written("call", "Menelepon 3174045203950001", 1, 5)
    proof = (photo(), "bukti.jpg")
    entry = workforce.write_entry(on=ON, written=words, proof=proof, actor=budi, at=at)
    assert (entry.proof.owner, entry.words) == (budi.ref, "Menelepon 3174********0001")
    assert entry.proof.expires_at == at + timedelta(days=400)


def test_what_is_no_photo_is_refused(budi, at):
    with pytest.raises(Invalid):
        workforce.write_entry(
            on=ON, written=LETTERS, proof=(b"MZ\x90", "bukti.jpg"), actor=budi, at=at
        )
    assert not StoredFile.objects.exists()


def test_changing_an_entry_replaces_its_proof(budi, at):
    entry = workforce.write_entry(
        on=ON, written=LETTERS, proof=(photo(), "a.jpg"), actor=budi, at=at
    )
    changed = workforce.change_entry(
        entry=entry, written=Written("call", "Telepon", 2, 20), proof=(photo(), "b.jpg"),
        actor=budi, at=at,
    )  # fmt: skip
    assert (changed.kind, changed.count, changed.minutes) == ("call", 2, 20)
    assert [file.name for file in StoredFile.objects.all()] == ["b.jpg"]
    workforce.change_entry(entry=changed, written=LETTERS, actor=budi, at=at)
    assert WorkEntry.objects.get().proof.name == "b.jpg"
    workforce.remove_entry(entry=changed, actor=budi, at=at)
    workforce.remove_entry(entry=changed, actor=budi, at=at)
    assert (WorkEntry.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_only_the_writer_touches_an_entry(written, dewi, at):
    with pytest.raises(NotFound):
        queries.own_entry(number=written.pk, actor=dewi)
    with pytest.raises(NotAllowed):
        workforce.change_entry(entry=written, written=LETTERS, actor=dewi, at=at)
    with pytest.raises(NotAllowed):
        workforce.remove_entry(entry=written, actor=dewi, at=at)


def test_nobody_writes_of_days_to_come_or_without_a_position(budi, ayu, at):
    with pytest.raises(Invalid):
        workforce.write_entry(on=ON + timedelta(days=1), written=LETTERS, actor=budi, at=at)
    with pytest.raises(NotAllowed):
        workforce.write_entry(on=ON, written=LETTERS, actor=ayu, at=at)


def test_an_empty_day_cannot_be_handed_in(budi, at):
    with pytest.raises(Invalid):
        workforce.submit_report(on=ON, actor=budi, at=at)


def test_a_day_handed_in_is_frozen(report, budi, at):
    assert (report.state, report.is_late, report.revision) == ("submitted", False, 1)
    entry = queries.own_entry(number=WorkEntry.objects.get().pk, actor=budi)
    for act in (
        lambda: workforce.submit_report(on=ON, actor=budi, at=at),
        lambda: workforce.write_entry(on=ON, written=LETTERS, actor=budi, at=at),
        lambda: workforce.change_entry(entry=entry, written=LETTERS, actor=budi, at=at),
        lambda: workforce.remove_entry(entry=entry, actor=budi, at=at),
    ):
        with pytest.raises(Conflict):
            act()
    Entry.objects.create(
        at=at, name="circular.drafted", subject="circular:X", actor=budi.ref, actor_name="Budi"
    )
    assert queries.work_day(account=people.account_of(budi), on=ON, at=at).counted == ()


def test_proof_that_comes_too_late_is_not_kept(report, budi, at):
    with pytest.raises(Conflict):
        workforce.write_entry(
            on=ON, written=LETTERS, proof=(photo(), "a.jpg"), actor=budi, at=at
        )
    assert not StoredFile.objects.exists()


def test_handing_in_and_judging_are_told(report, dewi, kelurahan, budi, at):
    validate("budi", dewi, at)
    told = Entry.objects.filter(name__startswith="work.").order_by("id")
    assert [(entry.name, entry.subject) for entry in told] == [
        ("work.submitted", f"work:{budi.ref[8:]}:2026-03-02"),
        ("work.validated", f"work:{budi.ref[8:]}:2026-03-02"),
    ]
    assert told[0].facts == {
        "unit": kelurahan.path, "account": budi.ref, "on": "2026-03-02", "minutes": 45,
        "is_late": False,
    }  # fmt: skip
    kept = WorkReport.objects.get()
    assert (kept.state, kept.decided_by.username) == ("validated", "dewi")


def test_a_report_returned_is_mended_and_handed_in_again(report, budi, dewi, at):
    with pytest.raises(Invalid) as refusal:
        workforce.return_report(
            report=of("budi", dewi), remark=" ", revision=1, actor=dewi, at=at
        )
    assert list(refusal.value.fields) == ["remark"]
    workforce.return_report(
        report=of("budi", dewi), remark="Lampirkan suratnya.", revision=1, actor=dewi, at=at
    )
    workforce.write_entry(on=ON, written=LETTERS, actor=budi, at=at)
    workforce.submit_report(on=ON, actor=budi, at=at + timedelta(days=3))
    kept = WorkReport.objects.get()
    assert (kept.state, kept.revision, kept.is_late) == ("submitted", 2, False)
    assert validate("budi", dewi, at, revision=1) == 0
    assert validate("budi", dewi, at, revision=2) == 1


def test_a_report_is_judged_once(report, dewi, hana, at):
    seen = of("budi", hana)
    validate("budi", dewi, at)
    with pytest.raises(Conflict):
        workforce.return_report(report=seen, remark="Kurang.", revision=1, actor=hana, at=at)
    assert Entry.objects.filter(name="work.returned").count() == 0


def test_many_are_validated_at_once_but_those_that_changed(report, dewi, kelurahan, at):
    fajar = employ("fajar", "Fajar Nugroho", kelurahan, "officer", "Petugas", at)
    workforce.write_entry(on=ON, written=LETTERS, actor=fajar, at=at)
    workforce.submit_report(on=ON, actor=fajar, at=at)
    seen = [(of("budi", dewi), 1), (of("fajar", dewi), 7)]
    assert workforce.validate_reports(reports=seen, actor=dewi, at=at) == 1
    states = dict(WorkReport.objects.values_list("account__username", "state"))
    assert states == {"budi": "validated", "fajar": "submitted"}


def test_a_report_is_judged_by_rank_wherever_it_comes_from(report, dewi, hana, budi, at):
    workforce.write_entry(on=ON, written=LETTERS, actor=dewi, at=at)
    of_head = workforce.submit_report(on=ON, actor=dewi, at=at)
    workforce.validate_reports(reports=[(report, 1)], actor=dewi, at=at)
    workforce.validate_reports(reports=[(of_head, 1)], actor=hana, at=at)
    with pytest.raises(NotAllowed):
        workforce.validate_reports(reports=[(of_head, 1)], actor=budi, at=at)


def test_nobody_judges_their_own_work_nor_that_of_strangers(report, budi, dewi, citra, at):
    workforce.write_entry(on=ON, written=LETTERS, actor=dewi, at=at)
    workforce.submit_report(on=ON, actor=dewi, at=at)
    own = shown(WorkReport.objects.filter(account__username="dewi")).get()
    of_budi = of("budi", dewi)
    for actor in (dewi, budi, citra):
        with pytest.raises(NotAllowed):
            workforce.validate_reports(reports=[(own, 1)], actor=actor, at=at)
        with pytest.raises(NotAllowed):
            workforce.validate_reports(reports=[(of_budi, 1), (own, 1)], actor=actor, at=at)
        with pytest.raises(NotFound):
            of("dewi", actor)
    assert set(WorkReport.objects.values_list("state", flat=True)) == {"submitted"}


def test_a_heads_work_is_judged_above_also_against_another_head(kelurahan, dewi, hana, at):
    acting = employ("joko", "Joko Susilo", kelurahan, "head", "Plt. Kepala Satpel", at)
    Position.objects.filter(account__username="joko").update(basis="acting")
    workforce.write_entry(on=ON, written=LETTERS, actor=dewi, at=at)
    workforce.submit_report(on=ON, actor=dewi, at=at)
    with pytest.raises(NotFound):
        of("dewi", acting)
    assert queries.waiting_reports(unit=kelurahan, actor=acting, today=ON) == []
    waiting = queries.waiting_reports(unit=kelurahan.parent, actor=hana, today=ON)
    assert [row.account.username for row in waiting] == ["dewi"]
    validate("dewi", hana, at)


def test_an_acting_head_judges(report, kelurahan, elsewhere, at):
    acting = employ("joko", "Joko Susilo", elsewhere, "officer", "Petugas", at)
    account = people.account_of(acting)
    Position.objects.create(
        account=account, unit=kelurahan, role="head", title="Plh.", basis="delegated",
        starts_on=date(2026, 3, 1), ends_on=date(2026, 3, 9),
    )  # fmt: skip
    acting = people.actor_for(account, at=at)
    assert len(queries.waiting_reports(unit=kelurahan, actor=acting, today=ON)) == 1
    validate("budi", acting, at)
    assert queries.waiting_reports(unit=kelurahan, actor=acting, today=ON) == []


def test_at_the_very_top_personnel_judges_not_another_head(kelurahan, at):
    top = Unit.objects.get(code="31")
    first = employ("kiki", "Kiki Amalia", top, "head", "Kepala", at)
    second = employ("lala", "Lala Marlina", top, "head", "Wakil", at)
    nadia = employ("nadia", "Nadia Putri", top, "personnel", "Analis", at)
    workforce.write_entry(on=ON, written=LETTERS, actor=first, at=at)
    workforce.submit_report(on=ON, actor=first, at=at)
    for head in (first, second):
        assert queries.waiting_reports(unit=top, actor=head, today=ON) == []
    assert len(queries.waiting_reports(unit=top, actor=nadia, today=ON)) == 1
    validate("kiki", nadia, at)


def test_who_works_from_home_hands_in_on_the_same_day_with_proof(
    same_day, keep_home, written, budi, at
):
    keep_home(budi)
    with pytest.raises(Invalid, match=r"proof|bukti"):
        workforce.submit_report(on=ON, actor=budi, at=at)
    workforce.change_entry(
        entry=written, written=LETTERS, proof=(photo(), "a.jpg"), actor=budi, at=at
    )
    workforce.submit_report(on=ON, actor=budi, at=at + timedelta(days=1))
    assert WorkReport.objects.get().is_late is True


def test_on_the_same_day_is_not_late_nor_is_who_was_in_the_office(
    same_day, keep_home, written, budi, dewi, at
):
    workforce.submit_report(on=ON, actor=budi, at=at + timedelta(days=1))
    keep_home(dewi)
    workforce.write_entry(on=ON, written=LETTERS, proof=(photo(), "a.jpg"), actor=dewi, at=at)
    workforce.submit_report(on=ON, actor=dewi, at=at + timedelta(hours=7))
    late = dict(WorkReport.objects.values_list("account__username", "is_late"))
    assert late == {"budi": False, "dewi": False}


def test_a_region_may_set_limits(written, budi, dewi, settings, at):
    settings.WORK_ENTRY_DAYS, settings.WORK_VALIDATION_DAYS = 2, 5
    workforce.submit_report(on=ON, actor=budi, at=at + timedelta(days=3))
    report = of("budi", dewi)
    assert report.is_late is True
    assert queries.is_report_overdue(report, today=ON + timedelta(days=5)) is False
    assert queries.is_report_overdue(report, today=ON + timedelta(days=6)) is True


def test_a_month_adds_up(report, budi, dewi, citra, kelurahan, at):
    validate("budi", dewi, at)
    later = at + timedelta(days=1)
    workforce.write_entry(
        on=ON + timedelta(days=1), written=Written("call", "Telepon", 2, 15), actor=budi,
        at=later,
    )  # fmt: skip
    workforce.submit_report(on=ON + timedelta(days=1), actor=budi, at=later)
    (found,) = queries.recap_of_unit(unit=kelurahan, month=ON, actor=dewi)
    assert (len(found.days), found.validated, found.waiting, found.returned) == (2, 1, 1, 0)
    assert (found.pieces, found.minutes, found.late) == (5, 60, 0)
    assert found == queries.recap_of(account=people.account_of(budi), month=ON)
    assert queries.recap_of_unit(unit=kelurahan, month=date(2026, 4, 1), actor=dewi) == []
    for actor in (budi, citra):
        with pytest.raises(NotAllowed):
            queries.recap_of_unit(unit=kelurahan, month=ON, actor=actor)


def test_the_list_of_what_waits_asks_as_often_for_many(
    report, kelurahan, dewi, at, django_assert_num_queries
):
    for number in range(3):
        actor = employ(f"p{number}", f"Petugas {number}", kelurahan, "officer", "P", at)
        workforce.write_entry(on=ON, written=LETTERS, actor=actor, at=at)
        workforce.submit_report(on=ON, actor=actor, at=at)
    with django_assert_num_queries(3):
        assert len(queries.waiting_reports(unit=kelurahan, actor=dewi, today=ON)) == 4
