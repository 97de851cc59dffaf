"""Days away at the desk."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from loket.files.models import StoredFile
from loket.journal.models import Entry
from loket.people import queries as people
from loket.people.models import Position
from loket.workforce import services as workforce
from loket.workforce.models import Absence, PrivateReason
from tests.conftest import employ
from tests.factories import files as paper

from .conftest import day

MINE, TEAM = "/desk/absences/", "/desk/absences/team/"


def ask(browser, at, *, starts=7, days=3, **more):
    since = at.date() + timedelta(days=starts)
    last = since + timedelta(days=days - 1)
    form = {
        "what": "leave:annual",
        "words": "mudik",
        **day("since", since),
        **day("last", last),
    }
    return browser.post(MINE, {**form, **more})


@pytest.fixture
def budis(budi, at_work):
    return at_work(budi)


@pytest.fixture
def dewis(dewi, at_work):
    return at_work(dewi)


def test_days_are_asked_for_decided_and_seen(budis, dewis, at):
    assert ask(budis, at).status_code == 303
    absence = Absence.objects.get()
    assert (absence.ends_on - absence.starts_on).days == 3
    page = dewis.get(TEAM).content.decode()
    assert "Budi Santoso" in page
    url = f"/desk/absences/{absence.code}/decide/"
    assert dewis.post(url, {"do": "grant", "remark": "Silakan."}).status_code == 303
    assert dewis.post(url, {"do": "refuse", "remark": "Sudah."}).status_code == 409
    absence.refresh_from_db()
    assert absence.state == "granted"
    assert "Silakan." in budis.get(MINE).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_team_page_takes_as_many_queries_for_one_as_for_three(
    kelurahan, dewis, at, count, django_assert_num_queries
):
    for n in range(count):
        actor = employ(f"staff{n}", f"Pegawai {n}", kelurahan, "staff", "Pramubakti", at)
        since = at.date() + timedelta(days=7)
        facts = {"kind": "leave", "reason": "annual", "starts_on": since, "actor": actor}
        workforce.ask_absence(**facts, ends_on=since + timedelta(days=1), at=at)
    with django_assert_num_queries(14):
        page = dewis.get(TEAM)
    assert [unit for _row, unit in page.context["asked"]] == [kelurahan.name] * count
    assert (page.context["counts"], page.context["beyond"]) == ([count, 0], [])


@pytest.mark.parametrize("count", [1, 3])
def test_what_somebody_nearer_decides_stands_below(
    kelurahan, dewi, at_work, at, count, django_assert_num_queries
):
    hana = employ("hana", "Hana Rahma", kelurahan.parent, "head", "Kepala Sektor", at)
    browser = at_work(hana)
    askers = [
        employ(f"staff{n}", f"Pegawai {n}", kelurahan, "staff", "Pramubakti", at)
        for n in range(count)
    ]
    since = at.date() + timedelta(days=7)
    facts = {"kind": "leave", "reason": "annual", "starts_on": since, "at": at}
    for actor in (dewi, *askers):
        workforce.ask_absence(**facts, ends_on=since + timedelta(days=1), actor=actor)
    with django_assert_num_queries(16):
        page = browser.get(TEAM)
    shown = {
        part: [row["absence"].account.username for row, _unit in page.context[part]]
        for part in ("asked", "beyond")
    }
    assert shown == {"asked": ["dewi"], "beyond": [f"staff{n}" for n in range(count)]}
    assert page.context["counts"] == [1, count]
    assert f"Yang dapat juga Anda putuskan ({count})" in page.content.decode()
    panel = browser.get("/desk/").context["team"]
    waiting = {row["url"].partition("?")[0]: row for row in panel["waiting"]}[TEAM]
    assert waiting["count"] == 1
    assert browser.get(waiting["url"]).context["counts"] == [1, count]


def test_two_units_are_shown_together_or_the_one_that_is_named(
    budis, dewi, dewis, kelurahan, at
):
    Position.objects.create(
        account=people.account_of(dewi), unit=kelurahan.parent, role="head",
        title="Plt. Kepala Sektor", basis="acting", starts_on=at.date() - timedelta(days=1),
    )  # fmt: skip
    ask(budis, at)
    pages = [dewis.get(TEAM), dewis.get(TEAM, {"unit": kelurahan.parent.code})]
    assert [page.context["counts"] for page in pages] == [[1, 0], [0, 1]]
    assert "Tidak ada yang menunggu keputusan Anda." in pages[1].content.decode()
    assert "di unit Anda yang lain" in pages[1].content.decode()


def test_long_lists_are_cut_and_counted_whole(kelurahan, dewis, at, monkeypatch):
    monkeypatch.setattr("loket.desk.absences.views.MOST", 2)
    since = at.date() + timedelta(days=7)
    for n in range(3):
        actor = employ(f"staff{n}", f"Pegawai {n}", kelurahan, "staff", "Pramubakti", at)
        facts = {"kind": "leave", "reason": "annual", "starts_on": since, "actor": actor}
        workforce.ask_absence(**facts, ends_on=since + timedelta(days=1), at=at)
    page = dewis.get(TEAM)
    assert (len(page.context["asked"]), page.context["counts"]) == (2, [3, 0])
    assert "Hanya 2 permintaan" in page.content.decode()


def test_who_decides_is_named_to_who_asks(budis, dewi, dewis, kelurahan, at):
    def told(browser) -> str:
        words = " ".join(browser.get(MINE).content.decode().split())
        return re.sub(
            r"<[^>]+>", "", words.partition("Yang memutuskan: ")[2].partition("</p>")[0]
        )

    assert told(budis) == "Dewi Anggraini, Kepala Satpel."
    assert told(dewis) == "bagian kepegawaian."
    employ("hana", "Hana Rahma", kelurahan.parent, "head", "Kepala Sektor", at)
    assert told(dewis) == "Hana Rahma, Kepala Sektor."


@pytest.mark.parametrize(
    "change",
    [
        {"what": ""},
        {"what": "leave:pregnancy"},
        {"since.day": "31", "since.month": "2"},
        {"last.day": "1", "last.month": "1", "last.year": "2001"},
        {"last.year": "2199"},
        {"proof": SimpleUploadedFile("surat.exe", b"MZ evil")},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_cannot_be_is_refused_and_nothing_typed_is_lost(budis, at, change):
    answer = ask(budis, at, words="acara keluarga", **change)
    assert (answer.status_code, b"acara keluarga" in answer.content) == (422, True)
    assert not Absence.objects.exists()


def test_overlapping_days_are_refused_in_a_sentence(budis, at):
    ask(budis, at)
    answer = ask(budis, at, starts=8)
    assert (answer.status_code, Absence.objects.count()) == (422, 1)


def test_own_days_are_taken_back_or_ended(budi, budis, dewi, dewis, at):
    ask(budis, at)
    absence = Absence.objects.get()
    assert dewis.post(f"/desk/absences/{absence.code}/withdraw/").status_code == 403
    assert budis.post(f"/desk/absences/{absence.code}/withdraw/").status_code == 303
    assert not PrivateReason.objects.exists()
    ask(budis, at, starts=-3, days=9)
    begun = Absence.objects.exclude(pk=absence.pk).get()
    workforce.decide_absence(absence=begun, is_granted=True, actor=dewi, at=at)
    assert budis.post(f"/desk/absences/{begun.code}/end/").status_code == 303
    begun.refresh_from_db()
    assert (begun.ends_on - begun.starts_on).days in {3, 4}


def test_why_is_shown_to_the_person_and_to_personnel_on_record(budis, dewis, nadias, at):
    sent = SimpleUploadedFile("surat hamil.jpg", paper.jpeg(), "image/jpeg")
    ask(budis, at, words="keterangan pribadi", proof=sent)
    code = Absence.objects.get().code
    assert StoredFile.objects.get().name == "bukti.jpg"
    why, proof = f"/desk/absences/{code}/reason/", f"/desk/absences/{code}/proof/"
    for browser, status in ((budis, 200), (nadias, 200), (dewis, 403)):
        page = browser.post(why)
        assert (page.status_code, b"keterangan pribadi" in page.content) == (
            status,
            status == 200,
        )
        assert browser.get(proof).status_code == status
    looks = Entry.objects.filter(name="absence.reason_read").values_list(
        "actor_name", flat=True
    )
    assert list(looks) == ["Nadia Putri"] * 2


def test_strangers_and_colleagues_see_nothing(budis, citra, kelurahan, at_work, at):
    ask(budis, at)
    code = Absence.objects.get().code
    colleague = employ("wati", "Wati Lestari", kelurahan, "officer", "Petugas", at)
    for actor in (citra, colleague):
        browser = at_work(actor)
        assert browser.get(TEAM).status_code == 403
        for act in ("reason", "end", "withdraw", "decide"):
            assert browser.post(f"/desk/absences/{code}/{act}/").status_code == 404


def test_nobody_decides_for_themselves(dewi, dewis, at):
    ask(dewis, at)
    absence = Absence.objects.get()
    assert absence.account == people.account_of(dewi)
    assert dewis.get(TEAM).context["asked"] == []
    url = f"/desk/absences/{absence.code}/decide/"
    assert dewis.post(url, {"do": "grant"}).status_code == 403


def test_nobody_is_refused_without_a_word(budis, dewis, at):
    ask(budis, at)
    absence = Absence.objects.get()
    answer = dewis.post(f"/desk/absences/{absence.code}/decide/", {"do": "refuse"})
    absence.refresh_from_db()
    assert (answer.status_code, absence.state) == (409, "asked")
    assert "Permintaan belum ditolak." in answer.content.decode()
