"""The team's page: a contact added by hand, and one that was none."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from loket.incidents.models import Contact
from loket.journal.models import Entry
from loket.organisation import queries as organisation
from loket.people import queries as people
from tests.conftest import employ
from tests.desk.test_circulars import day

from .test_incidents import page


@pytest.fixture
def gita(elsewhere, at):
    return employ("gita", "Gita Permata", elsewhere, "officer", "Petugas", at)


@pytest.fixture
def path(incident) -> str:
    return f"/desk/incidents/{incident.code}/"


def typed(met_at, **changes: str) -> dict[str, str]:
    there = met_at.astimezone(organisation.zone(None))
    form = {
        "time": f"{there:%H.%M}",
        "minutes": "45",
        "where": "Makan siang di kantin",
        **day("on", there.day, there.month, there.year),
    }
    return form | changes


def rows(taris, path):
    found = taris.get(path).context["contacts"]
    return {row["contact"].name: row["contact"].is_contact for row in found}


def test_a_colleague_is_searched_and_added(taris, path, gita, fitri, met_at):
    new = f"{path}contacts/new/"
    shown = page(taris, new)
    assert "Fitri Handayani" in shown
    for name in ("Gita Permata", "Budi Santoso"):
        assert name not in shown
    found = page(taris, f"{new}?q=gita petugas")
    assert "Gita Permata" in found
    assert "Fitri Handayani" not in found
    assert "Periksa ejaannya" in page(taris, f"{new}?q=tiada")
    ref = people.account_of(gita).ref
    assert f'name="account" value="{ref}"' in found
    form = taris.post(new, {"account": ref})
    assert (form.status_code, form.context["errors"]) == (200, {})
    assert f'name="account" value="{ref}"' in form.content.decode()
    answer = taris.post(new, typed(met_at, account=ref))
    assert answer["Location"] == f"{path}#contacts"
    shown = page(taris, path)
    for words in ("Kontak sudah masuk daftar.", "Makan siang di kantin", "hasil wawancara"):
        assert words in shown
    again = taris.post(new, typed(met_at, account=ref))
    assert again.status_code == 409
    assert "sudah ada di daftar" in again.content.decode()


def test_no_address_says_whom_a_positive_case_met(taris, path, gita, met_at):
    """A server in front writes addresses down."""
    new, ref = f"{path}contacts/new/", people.account_of(gita).ref
    shown = taris.get(f"{new}?q=gita").content.decode()
    assert "?account" not in shown
    asked = taris.get(f"{new}?account={ref}").content.decode()
    assert "Gita Permata" not in asked
    taris.post(f"{new}?account={ref}", typed(met_at))
    assert set(rows(taris, path)) == {"Dewi Anggraini", "Fitri Handayani"}


def test_a_visitor_is_added(taris, path, met_at):
    form = f"{path}contacts/new/?who=visitor"
    told = {"visitor": "Antrean 31", "reach": "+62 811-0000-0031"}
    assert "Loket tidak mengirim apa pun" in page(taris, form)
    assert taris.post(form, typed(met_at, **told)).status_code == 303
    shown = page(taris, path)
    for words in ("Antrean 31", "+62 811-0000-0031", "pengunjung", "hubungi sendiri"):
        assert words in shown


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"time": ""}, {"time"}),
        ({"time": "siang"}, {"on"}),
        ({"minutes": "tiga"}, {"minutes"}),
        ({"minutes": "9" * 30}, {"minutes"}),
        ({"where": ""}, {"where"}),
        (day("on", 31, 2, 2026), {"on"}),
        (day("on", 1, 1, 2020), {"on"}),
        (day("on", 1, 1, 2090), {"on"}),
        ({"visitor": "", "reach": ""}, {"visitor", "reach"}),
    ],
)
def test_what_cannot_be_is_said_at_its_field(taris, path, met_at, changes, fields):
    told = typed(met_at, visitor="Antrean 31", reach="lewat ketua RT") | changes
    answer = taris.post(f"{path}contacts/new/?who=visitor", told)
    assert (answer.status_code, set(answer.context["errors"])) == (422, fields)
    if "where" not in changes:
        assert "Makan siang di kantin" in answer.content.decode()


def test_a_contact_is_set_aside_and_counts_again(taris, path, fitri):
    ref = people.account_of(fitri).ref
    empty = taris.post(f"{path}contacts/aside/", {"contact": ref, "words": ""})
    assert (empty.status_code, set(empty.context["errors"])) == (422, {"words"})
    assert 'id="f-words"' in empty.content.decode()
    told = {"contact": ref, "words": "Lupa absen pulang."}
    assert taris.post(f"{path}contacts/aside/", told)["Location"] == path
    shown = page(taris, path)
    for words in ("bukan kontak", "Lupa absen pulang.", "Ternyata kontak"):
        assert words in shown
    assert rows(taris, path) == {"Dewi Anggraini": True, "Fitri Handayani": False}
    assert taris.post(f"{path}contacts/aside/", told).status_code == 409
    assert taris.post(f"{path}contacts/restore/", told)["Location"] == path
    assert rows(taris, path)["Fitri Handayani"]
    assert taris.post(f"{path}contacts/restore/", told).status_code == 409
    for key in ("account:99999", "visitor:x", "x", ""):
        answer = taris.post(f"{path}contacts/aside/", {"contact": key, "words": "x"})
        assert answer.status_code == 404


def test_nobody_is_asked_whether_they_were_a_contact_themselves(taris, tari, path, met_at):
    ref = people.account_of(tari).ref
    taris.post(f"{path}contacts/new/", typed(met_at, account=ref))
    shown = page(taris, path)
    assert "Orang lain dari tim" in shown
    assert f'value="{ref}"' not in shown
    told = {"contact": ref, "words": "Bukan kontak."}
    answer = taris.post(f"{path}contacts/aside/", told)
    assert answer.status_code == 403
    assert "Orang lain dari tim" in answer.content.decode()
    assert rows(taris, path)["Tari Wulandari"]


def test_looks_at_the_pages_for_contacts_are_written_down(taris, path, incident, fitri):
    page(taris, f"{path}contacts/new/")
    looks = Entry.objects.filter(name="incident.viewed", subject=incident.subject)
    assert looks.count() == 1


def test_only_the_team_reaches_these_pages(budis, dewis, at_work, elsewhere, path, at):
    other = at_work(employ("sinta", "Sinta", elsewhere, "tracer", "Tim", at))
    for browser in (budis, dewis, other):
        assert browser.get(f"{path}contacts/new/").status_code == 404
        for act in ("new", "aside", "restore"):
            assert browser.post(f"{path}contacts/{act}/").status_code == 404


def test_the_page_costs_the_same_with_more_contacts(taris, path, incident, met_at):
    page(taris, path)
    counts = []
    for number in range(3):
        if number:
            told = typed(met_at, visitor=f"Antrean {number}", reach="lewat ketua RT")
            taris.post(f"{path}contacts/new/?who=visitor", told)
            page(taris, path)
        with CaptureQueriesContext(connection) as seen:
            page(taris, path)
        counts.append(len(seen))
    assert Contact.objects.filter(incident=incident).count() == 4
    assert counts == [18, 18, 18]


def test_times_of_the_search_cost_one_question(taris, path, gita, fitri):
    page(taris, path)
    counts = []
    for words in ("gita", "petugas"):
        with CaptureQueriesContext(connection) as seen:
            page(taris, f"{path}contacts/new/?q={words}")
        counts.append(len(seen))
    assert counts == [5, 5]


def test_what_happened_names_nobody(taris, path, fitri, met_at):
    told = {"contact": people.account_of(fitri).ref, "words": "Lupa absen pulang."}
    taris.post(f"{path}contacts/aside/", told)
    answer = taris.get(path)
    titles = [str(entry["title"]) for entry in answer.context["timeline"]]
    assert titles[1] == "Seseorang ternyata bukan kontak"
