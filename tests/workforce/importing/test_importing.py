"""Staff brought in by a file: previewed, compared again, and all or nothing."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.utils import translation

from loket.journal.models import Entry
from loket.kernel.access import Actor
from loket.kernel.errors import Conflict, Invalid, NotAllowed
from loket.organisation.models import Place, Room, Unit
from loket.people import queries as people
from loket.people.models import Account, Employment, Position
from loket.workforce import queries
from loket.workforce import services as workforce
from loket.workforce.models import Desk, Skill
from loket.workforce.rules.importing import Plan
from tests.conftest import employ
from tests.factories import staff_files
from tests.factories.staff_files import JOKO, SITI

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def nadia(kelurahan: Unit, elsewhere: Unit, at: datetime) -> Actor:
    """Return the personnel of South Jakarta's registry."""
    unit = Unit.objects.get(code="31.74-DUKCAPIL")
    return employ("nadia", "Nadia Putri", unit, "personnel", "Analis kepegawaian", at)


def preview(by: Actor, at: datetime, *rows: dict[str, object]) -> Plan:
    lines = queries.read_staff_file(staff_files.commas(*rows))
    return queries.import_preview(lines, actor=by, at=at)


def bring_in(by: Actor, at: datetime, *rows: dict[str, object]) -> Plan:
    lines = queries.read_staff_file(staff_files.commas(*rows))
    digest = queries.import_preview(lines, actor=by, at=at).digest
    return workforce.import_staff(lines=lines, digest=digest, actor=by, at=at)


def outcomes(plan: Plan) -> list[tuple[str, tuple[str, ...]]]:
    return [(result.outcome, result.does or result.problems) for result in plan.results]


def test_a_file_brings_people_their_posts_skills_and_rooms(
    kelurahan: Unit, nadia: Actor, at: datetime
):
    place = Place.objects.create(code="G-1", name="Gedung", address="Jl. Melati 1")
    for code in ("R-1", "R-2"):
        Room.objects.create(
            code=code, name=code, place=place, unit=kelurahan, floor="1", capacity=9
        )
    siti = {
        **SITI,
        "Keterampilan": "Perekaman",
        "Kode Ruang": "R-2; R-1",
        "Mulai": "02/02/2026",
    }
    plan = bring_in(nadia, at, siti, JOKO)
    assert [plan.count(each) for each in ("new", "changed", "unchanged")] == [2, 0, 0]
    account = Account.objects.get(username="siti.rahmawati")
    assert (account.has_usable_password(), account.full_name) == (False, "Siti Rahmawati")
    assert (account.employment.nip, account.employment.born_on) == (
        SITI["NIP"],
        date(1986, 9, 26),
    )
    post = Position.objects.get(account=account)
    assert (post.unit, post.role, post.starts_on) == (kelurahan, "officer", date(2026, 2, 2))
    assert list(Skill.objects.values_list("name", flat=True)) == ["biometric"]
    assert list(Desk.objects.order_by("id").values_list("room__code", "is_main")) == [
        ("R-2", True),
        ("R-1", False),
    ]
    joko = Account.objects.get(username="joko.prasetyo")
    assert (joko.email, joko.employment.nip) == ("joko@dukcapil.example", None)
    entry = Entry.objects.get(name="staff.imported")
    assert (entry.actor, entry.facts) == (nadia.ref, {"rows": 2, "created": 2, "changed": 0})


def test_the_same_file_again_changes_nothing(nadia: Actor, at: datetime):
    bring_in(nadia, at, SITI, JOKO)
    before = Entry.objects.count()
    plan = bring_in(nadia, at, SITI, JOKO)
    assert outcomes(plan) == [("unchanged", ())] * 2
    assert Entry.objects.count() == before + 1


def test_only_what_differs_is_changed(nadia: Actor, at: datetime):
    bring_in(nadia, at, SITI)
    changed = {**SITI, "Nama": "Siti Rahmawati, S.Kom.", "Telepon": "0811 0000 0012"}
    assert outcomes(bring_in(nadia, at, changed)) == [("changed", ("name", "employment"))]
    assert outcomes(bring_in(nadia, at, {**changed, "Telepon": ""})) == [("unchanged", ())]
    higher = {**changed, "Jabatan": "Kepala Seksi", "Eselon": "IV.a"}
    assert outcomes(bring_in(nadia, at, higher)) == [("changed", ("title",))]
    account = Account.objects.get(employment__nip=SITI["NIP"])
    assert account.full_name == "Siti Rahmawati, S.Kom."
    assert Employment.objects.get().phone == "+6281100000012"
    assert Position.objects.values_list("title", "level").get(account=account) == (
        "Kepala Seksi",
        "IV.a",
    )


def test_one_wrong_row_keeps_everybody_out(nadia: Actor, at: datetime):
    rows = (SITI, {**JOKO, "Kode Unit": "31.74.04.1003-DUKCAPL"})
    plan = preview(nadia, at, *rows)
    assert plan.results[1].problems == (
        "There is no unit “31.74.04.1003-DUKCAPL”. Did you mean “31.74.04.1003-DUKCAPIL”?",
    )
    with pytest.raises(Invalid):
        bring_in(nadia, at, *rows)
    assert not Account.objects.filter(username="siti.rahmawati").exists()


def test_what_fails_while_it_is_written_is_undone_whole(
    kelurahan: Unit, nadia: Actor, budi: Actor, at: datetime
):
    account = people.account_of(budi)
    Position.objects.filter(account=account).update(ends_on=date(2025, 1, 1))
    Employment.objects.create(account=account, kind="pns", nip=staff_files.nip(3))
    again = {**SITI, "NIP": staff_files.nip(3), "Nama": "Budi Santoso", "Mulai": "01/02/2024"}
    before = (Account.objects.count(), Entry.objects.count())
    with pytest.raises(Conflict):
        bring_in(nadia, at, JOKO, SITI, again)
    assert (Account.objects.count(), Entry.objects.count()) == before


def test_a_preview_that_is_no_longer_true_is_not_carried_out(nadia: Actor, at: datetime):
    lines = queries.read_staff_file(staff_files.commas(SITI))
    digest = queries.import_preview(lines, actor=nadia, at=at).digest
    bring_in(nadia, at, {**SITI, "Jabatan": "Bendahara"})
    with pytest.raises(Conflict):
        workforce.import_staff(lines=lines, digest=digest, actor=nadia, at=at)
    assert Position.objects.get(account__employment__nip=SITI["NIP"]).title == "Bendahara"


def test_units_may_be_named_and_are_found_once(nadia: Actor, at: datetime):
    plan = preview(nadia, at, {**SITI, "Kode Unit": "satpel pejaten barat"})
    assert outcomes(plan)[0][0] == "new"


def test_importers_stay_within_their_scope(
    nadia: Actor, budi: Actor, citra: Actor, at: datetime
):
    there = {**SITI, "Kode Unit": "31.73.01.1001-DUKCAPIL"}
    (result,) = preview(nadia, at, there).results
    assert result.problems == ("You may not import staff of Satpel Cengkareng Barat.",)
    with pytest.raises(NotAllowed):
        preview(budi, at, SITI)
    Employment.objects.create(account=people.account_of(citra), kind="pns", nip=SITI["NIP"])
    (result,) = preview(nadia, at, {**SITI, "Nama": "Citra Lain"}).results
    assert result.problems == (
        "They belong to another unit, whose personnel keeps their record.",
    )


def test_a_colleague_of_another_unit_may_get_a_post_and_nothing_else(
    nadia: Actor, citra: Actor, at: datetime
):
    account = people.account_of(citra)
    Employment.objects.create(
        account=account, kind="pns", nip=SITI["NIP"], born_on=date(1986, 9, 26)
    )
    acting = {**SITI, "Nama": "Citra Dewanti", "Peran": "Kepala", "Sebagai": "Plt"}
    assert outcomes(bring_in(nadia, at, acting)) == [("changed", ("post",))]
    assert Position.objects.filter(account=account, basis="acting").count() == 1


def test_nobody_imports_themselves(nadia: Actor, at: datetime):
    row = {**JOKO, "Nama": "Nadia Putri", "Akun": "nadia", "Email": "", "Peran": "Kepala"}
    (result,) = preview(nadia, at, row).results
    assert result.problems == ("Nobody imports themselves. Ask a colleague of personnel.",)


def test_an_account_is_not_taken_over_by_its_name_or_address(
    nadia: Actor, budi: Actor, ayu: Actor, at: datetime
):
    other = {**JOKO, "Akun": "budi", "Email": ""}
    (result,) = preview(nadia, at, other).results
    assert result.problems == ("The account budi is that of Budi Santoso.",)
    (result,) = preview(nadia, at, {**other, "Nama": "Ayu Lestari", "Akun": "r-ayu"}).results
    assert result.problems == ("The account r-ayu is closed or not of the staff.",)
    Account.objects.filter(username="budi").update(username="BUDI")
    (result,) = preview(nadia, at, other).results
    assert result.problems == ("The account name budi is taken, written in other letters.",)


def test_by_what_people_sign_in_a_file_does_not_change(nadia: Actor, budi: Actor, at: datetime):
    Account.objects.filter(username="budi").update(email="budi@dukcapil.example")
    Employment.objects.create(
        account=people.account_of(budi), kind="pns", nip=SITI["NIP"], born_on=date(1986, 9, 26)
    )
    row = {**SITI, "Nama": "Budi Santoso", "Akun": "lain", "Email": "x@evil.example"}
    plan = bring_in(nadia, at, {**row, "Jabatan": "Petugas"})
    assert plan.results[0].notes == (
        "The account name stays budi.",
        "The e-mail address on record stays; an operator changes it.",
    )
    account = people.account_of(budi)
    assert (account.username, account.email) == ("budi", "budi@dukcapil.example")


def test_contradictions_with_the_record_are_named(nadia: Actor, budi: Actor, at: datetime):
    Employment.objects.create(
        account=people.account_of(budi), kind="pns", nip=staff_files.nip(3)
    )
    row = {**SITI, "Nama": "Budi Santoso", "Akun": "budi"}
    (result,) = preview(nadia, at, row).results
    assert result.problems == ("Budi Santoso has another NIP on record.",)
    earlier = {**row, "NIP": staff_files.nip(3), "Jabatan": "Petugas", "Mulai": "01/02/2021"}
    (result,) = preview(nadia, at, earlier).results
    assert result.problems == (
        "They hold this post since 01/01/2020. Leave the column empty, or write that day.",
    )
    (result,) = preview(nadia, at, {**JOKO, "Kode Ruang": "R-99"}).results
    assert result.problems == ("There is no room “R-99”.",)


def test_people_of_one_name_get_accounts_of_their_own(nadia: Actor, at: datetime):
    twin = {**SITI, "NIP": staff_files.nip(7)}
    third = {**SITI, "NIP": staff_files.nip(8), "Nama": "Ω"}
    bring_in(nadia, at, SITI, twin, {**third, "Nama": "Øystein"})
    names = Account.objects.filter(employment__nip__isnull=False).order_by("id")
    assert list(names.values_list("username", flat=True)) == [
        "siti.rahmawati", "siti.rahmawati2", "ystein",
    ]  # fmt: skip


def test_a_person_with_two_rows_is_opened_once(kelurahan: Unit, nadia: Actor, at: datetime):
    until = at.date() + timedelta(days=30)
    stands_in = {
        **SITI,
        "Kode Unit": "31.74.04-DUKCAPIL",
        "Peran": "Kepala",
        "Sebagai": "Plh",
        "Selesai": until.isoformat(),
    }
    plan = bring_in(nadia, at, SITI, stands_in)
    assert outcomes(plan) == [
        ("new", ("account", "employment", "post")),
        ("new", ("post",)),
    ]
    account = Account.objects.get(employment__nip=SITI["NIP"])
    actor = people.actor_for(account, at=at)
    assert actor.scopes(workforce_plan()) == {Unit.objects.get(code="31.74.04-DUKCAPIL").path}
    assert people.home_paths(account, on=at.date()) == [kelurahan.path]


def workforce_plan():
    from loket.workforce.access import PLAN

    return PLAN


def test_a_preview_of_many_takes_few_queries(
    nadia: Actor, at: datetime, django_assert_num_queries
):
    rows = [
        {**SITI, "NIP": staff_files.nip(n), "Nama": f"Siti {'abcdefghij'[n % 10]}"}
        for n in range(300)
    ]
    lines = queries.read_staff_file(staff_files.commas(*rows))
    with django_assert_num_queries(3):
        plan = queries.import_preview(lines, actor=nadia, at=at)
    assert plan.count("new") == 300
