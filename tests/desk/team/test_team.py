"""The head's page: who is where, what is full, what waits, and whom to call."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from loket.cases import services as cases
from loket.organisation import queries as organisation
from loket.organisation.models import CalendarDay, Room, Unit
from loket.people.models import Employment
from loket.policies import services as policies
from loket.workforce import services as workforce
from loket.workforce.models import (
    Absence,
    Clocking,
    Counter,
    PrivateReason,
    Roster,
    RosterDay,
    Ruling,
    Stay,
    Swap,
    Turn,
)
from loket.workforce.rules.written import Written
from tests.conftest import employ
from tests.factories import cases as factory
from tests.factories import policies as law

PHONE = "+628110000001"


def number(actor) -> int:
    return int(actor.ref.partition(":")[2])


@pytest.fixture
def today(at: datetime) -> date:
    return organisation.today(None, at=at)


@pytest.fixture(autouse=True)
def _works_today(offices: Unit, today) -> None:
    """Let the unit work on whatever day the tests run."""
    CalendarDay.objects.create(
        on=today, unit=offices, kind="working_day", name="Hari kerja", source="x"
    )


@pytest.fixture
def counter(offices: Unit, today) -> Counter:
    return Counter.objects.create(
        unit=offices, code="L1", title="Loket 1", people=2, is_public=False,
        starts_on=today - timedelta(days=9), room=Room.objects.get(unit=offices),
    )  # fmt: skip


@pytest.fixture
def put(offices, counter, today, at):
    """Put people into the office today, an hour ago, by a published roster."""
    roster = Roster.objects.create(
        unit=offices, starts_on=today, ends_on=today + timedelta(days=1), state="published",
        planned_at=at, planned_by="x",
    )  # fmt: skip
    RosterDay.objects.create(unit=offices, on=today, roster=roster)

    def do(actor, *, begins=timedelta(hours=-1), at_counter=True) -> None:
        Turn.objects.create(
            roster=roster, account_id=number(actor), on=today, shift="",
            starts_at=at + begins, ends_at=at + begins + timedelta(hours=6), changed_at=at,
            counter=counter if at_counter else None, room=counter.room,
        )  # fmt: skip

    return do


@pytest.fixture
def clock_in(offices, today, at):
    def do(actor, *, kind="in", way="place", minutes=30) -> None:
        moment = at - timedelta(minutes=minutes)
        Clocking.objects.create(
            account_id=number(actor), unit=offices, key=f"{actor.ref}-{kind}", kind=kind,
            way=way, on=today, counts_at=moment, received_at=moment,
        )  # fmt: skip

    return do


def grant(actor, kind: str, today: date, at) -> Absence:
    return Absence.objects.create(
        account_id=number(actor), kind=kind, state="granted", starts_on=today,
        ends_on=today + timedelta(days=3), asked_at=at, asked_by="x",
    )  # fmt: skip


def where(page) -> dict[str, list[tuple[str, str]]]:
    return {
        str(label): [(row.mate.name, row.label) for row in people]
        for label, people in page.context["groups"]
    }


@pytest.fixture
def colleagues(offices, at) -> list:
    names = ("Fajar Nugroho", "Hesti Utami", "Indra Gunawan", "Kiki Amalia")
    return [employ(n.split()[0].lower(), n, offices, "officer", "Petugas", at) for n in names]


def test_everybody_is_somewhere(
    offices, budi, dewi, colleagues, put, clock_in, today, at, at_work
):
    fajar, hesti, indra, kiki = colleagues
    for actor in (budi, fajar, dewi):
        put(actor)
    clock_in(budi)
    clock_in(dewi)
    clock_in(dewi, kind="out", minutes=5)
    clock_in(hesti, way="home")
    for actor, kind in ((indra, "leave"), (kiki, "travel")):
        grant(actor, kind, today, at)
    page = at_work(dewi).get("/desk/team/")
    assert where(page) == {
        "Di kantor": [
            ("Budi Santoso", "masuk, terlambat"),
            ("Dewi Anggraini", "sudah pulang"),
            ("Fajar Nugroho", "belum absen masuk"),
        ],
        "Di rumah (WFH)": [("Hesti Utami", "masuk")],
        "Tidak masuk": [("Indra Gunawan", "cuti"), ("Kiki Amalia", "dinas luar")],
    }
    assert (page.context["present"], page.context["staff"]) == (1, 6)


def test_who_is_in_is_where_they_clocked_in_whatever_was_planned(
    offices, budi, dewi, colleagues, put, clock_in, at_work
):
    fajar, hesti, *_rest = colleagues
    for actor in (budi, dewi, fajar):
        put(actor)
    clock_in(fajar, way="home")
    clock_in(hesti, way="code")
    shown = where(at_work(dewi).get("/desk/team/"))
    assert [name for name, _label in shown["Di kantor"]] == [
        "Budi Santoso",
        "Dewi Anggraini",
        "Hesti Utami",
    ]
    assert [name for name, _label in shown["Di rumah (WFH)"]] == [
        "Fajar Nugroho",
        "Indra Gunawan",
        "Kiki Amalia",
    ]


def test_a_closure_sends_home_whoever_was_to_come(
    offices, budi, dewi, colleagues, put, clock_in, at, at_work
):
    fajar, *_rest = colleagues
    for actor in (budi, fajar):
        put(actor)
    clock_in(fajar)
    policies.close(form=law.closure(**{"from": at}), actor=dewi, at=at)
    browser = at_work(dewi)
    page = browser.get("/desk/team/")
    assert where(page) == {
        "Di kantor": [("Fajar Nugroho", "masuk, terlambat")],
        "Di rumah (WFH)": [
            ("Budi Santoso", ""),
            ("Dewi Anggraini", ""),
            ("Hesti Utami", ""),
            ("Indra Gunawan", ""),
            ("Kiki Amalia", ""),
        ],
    }
    assert (page.context["call"], page.context["uncovered"]) == ([], [])
    assert "Kantor ditutup: semua pegawai bekerja dari rumah" in page.content.decode()
    assert [count for _label, count in browser.get("/desk/").context["team"]["counts"]] == [
        1,
        5,
        0,
    ]


def test_why_somebody_is_away_is_never_shown(offices, budi, dewi, today, at, at_work):
    absence = grant(budi, "home", today, at)
    absence.source = "incident:4M9K2TQ-X"
    absence.save(update_fields=["source"])
    PrivateReason.objects.create(
        absence=absence, reason="pregnancy", words="Trimester ketiga", erase_on=today
    )
    browser = at_work(dewi)
    for path in ("/desk/team/", "/desk/"):
        shown = browser.get(path).content.decode().lower()
        for told in ("pregnancy", "hamil", "trimester", "incident:", "4m9k2tq"):
            assert told not in shown


def test_whom_to_call_is_who_should_be_in_by_now(
    offices, budi, dewi, colleagues, put, clock_in, at_work
):
    fajar, hesti, *_rest = colleagues
    put(budi)
    put(fajar, begins=timedelta(hours=1))
    put(hesti)
    clock_in(hesti)
    Employment.objects.create(account_id=number(budi), kind="pjlp", phone=PHONE)
    page = at_work(dewi).get("/desk/team/")
    assert [(mate.name, mate.phone) for mate in page.context["call"]] == [
        ("Budi Santoso", PHONE)
    ]
    assert f"tel:{PHONE}" in page.content.decode()


def test_where_nobody_ever_clocked_in_nobody_is_missed(offices, budi, dewi, put, at_work):
    put(budi)
    page = at_work(dewi).get("/desk/team/")
    assert (page.context["call"], page.context["is_clocked"]) == ([], False)


def test_counters_with_too_few_people_are_named(
    offices, budi, dewi, colleagues, put, counter, at_work
):
    put(budi)
    browser = at_work(dewi)
    (row,) = browser.get("/desk/team/").context["uncovered"]
    assert (row["counter"], row["missing"]) == (counter, 1)
    put(colleagues[0])
    assert browser.get("/desk/team/").context["uncovered"] == []


def test_without_a_roster_nothing_is_said_of_counters(offices, budi, dewi, counter, at_work):
    assert at_work(dewi).get("/desk/team/").context["uncovered"] == []


def test_a_room_is_full_by_the_law_and_says_why(
    offices, budi, dewi, eka, gita, colleagues, today, at, at_work
):
    room = Room.objects.get(unit=offices)
    Room.objects.filter(pk=room.pk).update(capacity=4)
    period = {"from": today, "through": today + timedelta(days=9)}
    written = law.written(
        {"kind": "room", "max_share": "25%", "article": "5"},
        {"kind": "attendance", "max_share_concurrent": "25%", "article": "6"},
        effective=period, date=today,
    )  # fmt: skip
    law.enact(written, author=eka, actor=gita, at=at, reason="Berlaku hari ini.")
    for actor in (budi, dewi, colleagues[0]):
        Stay.objects.create(
            account_id=number(actor), room=room, on=today, source_key=actor.ref,
            starts_at=at - timedelta(hours=1),
        )  # fmt: skip
    Stay.objects.filter(source_key=colleagues[0].ref).update(ends_at=at - timedelta(minutes=1))
    page = at_work(dewi).get("/desk/team/")
    (row,) = page.context["rooms"]
    assert (row["room"].people, row["most"], row["is_full"]) == (2, 1, True)
    assert page.context["most"] == 1
    assert page.content.decode().count("02/SE/2026") >= 2


def test_what_waits_is_counted_without_ones_own(
    offices, budi, dewi, colleagues, today, at, at_work
):
    for actor in (budi, dewi):
        workforce.write_entry(
            on=today, written=Written("call", "Telepon", 1, 5), actor=actor, at=at
        )
        workforce.submit_report(on=today, actor=actor, at=at)
        Ruling.objects.create(
            account_id=number(actor), unit=offices, on=today, words="x", asked_at=at
        )
        Absence.objects.create(
            account_id=number(actor), kind="leave", starts_on=today + timedelta(days=3),
            ends_on=today + timedelta(days=5), asked_at=at, asked_by=actor.ref,
        )  # fmt: skip
    fajar, hesti, *_rest = colleagues
    for asker, other in ((fajar, hesti), (dewi, fajar)):
        Swap.objects.create(
            unit=offices, asker_id=number(asker), other_id=number(other), gives_on=today,
            state="agreed", asked_at=at,
        )  # fmt: skip
    for days, cause in ((9, "absence"), (30, "")):
        Roster.objects.create(
            unit=offices, starts_on=today + timedelta(days=days), cause=cause,
            ends_on=today + timedelta(days=days + 5), planned_at=at, planned_by="x",
        )  # fmt: skip
    browser = at_work(dewi)
    shown = browser.get("/desk/team/").context["waiting"]
    assert [row["count"] for row in shown] == [1, 1, 1, 1, 1]
    assert browser.get("/desk/").context["team"]["waits"] == 5


def test_cases_say_how_old_they_get(version, offices, budi, dewi, at, at_work):
    one, *_others = factory.file_many(3, at=at - timedelta(hours=1))
    cases.claim(case=one, actor=budi, at=at)
    ages = at_work(dewi).get("/desk/team/").context["cases"]["ages"]
    assert (ages.waiting, ages.overdue, ages.due_today, ages.unclaimed) == (3, 0, 0, 2)


def test_only_who_sees_the_staff_opens_it(offices, budi, citra, dewi, eka, at, at_work):
    for actor in (budi, citra, eka):
        assert at_work(actor).get("/desk/team/").status_code == 403
    browser = at_work(dewi)
    assert browser.get(f"/desk/team/?unit={offices.code}").status_code == 200
    assert browser.get(f"/desk/team/?unit={offices.parent.code}").status_code == 403
    assert browser.get("/desk/team/?unit=x").status_code == 404


def test_personnel_sees_who_is_where_and_decides_nothing(offices, budi, at, at_work):
    nadia = employ("nadia", "Nadia Safitri", offices, "personnel", "Analis", at)
    page = at_work(nadia).get("/desk/team/").context
    assert (page["waiting"], page["cases"]) == ([], None)


def test_officers_have_no_panel(offices, budi, at_work):
    assert at_work(budi).get("/desk/").context["team"] is None


@pytest.mark.parametrize("many", [1, 3])
def test_page_asks_as_often_for_one_as_for_three(
    version, offices, budi, dewi, put, clock_in, at_work, at, many, django_assert_num_queries
):
    for n in range(many):
        actor = employ(f"p{n}", f"Petugas {n}", offices, "officer", "Petugas", at)
        put(actor)
        clock_in(actor)
    factory.file_many(many, at=at - timedelta(hours=1))
    browser = at_work(dewi)
    browser.get("/desk/team/")
    # Session, account, positions; units, the edition of the law; what waits; the staff, who
    # is away, turns, clockings and the calendar; rooms; counters; how old cases are, and
    # those due first.
    with django_assert_num_queries(17):
        page = browser.get("/desk/team/")
    assert len(page.context["groups"][0][1]) == many
