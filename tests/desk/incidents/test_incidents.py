"""Incidents at the desk: reporting, the team's page, and what others see of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from loket.incidents import queries
from loket.incidents import services as incidents
from loket.incidents.models import Incident
from loket.journal.models import Entry
from loket.organisation import queries as organisation
from loket.people import queries as people
from loket.policies.models import Closure
from loket.workforce.models import Stay
from tests.conftest import employ
from tests.desk.test_circulars import day

NEW = "/desk/incidents/new/"
DAY = timedelta(days=1)


def typed(person, at, **changes: str) -> dict[str, str]:
    """Return the form of a report about somebody who fell ill today."""
    today = organisation.today(None, at=at)
    form = {
        "who": "staff",
        "account": people.account_of(person).ref,
        "what": "",
        "words": "Makan siang bersama.",
        **day("onset_on", today.day, today.month, today.year),
        **day("visited_on", today.day, today.month, today.year),
    }
    return form | changes


def page(browser, path):
    answer = browser.get(path)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_a_head_sees_what_follows_then_reports(dewis, budi, together, at):
    assert "Siapa yang hasil tesnya positif?" in page(dewis, NEW)
    seen = dewis.post(NEW, typed(budi, at, do="preview"))
    assert seen.status_code == 200
    preview = seen.context["preview"]
    assert (preview.contacts, preview.close, preview.is_joined) == (2, 1, False)
    assert "ditutup</strong> seketika" in seen.content.decode()
    assert "Fitri" not in seen.content.decode().partition("<form")[2].partition("<select")[0]
    assert not Incident.objects.exists()
    answer = dewis.post(NEW, typed(budi, at, do="report"))
    assert answer["Location"] == "/desk/incidents/"
    made = Incident.objects.get()
    assert made.closure == Closure.objects.get()
    # From now on she sees that her office is closed, and nothing else.
    told = page(dewis, "/desk/incidents/")
    assert made.closure.code in told
    assert made.code not in told
    assert "Budi" not in told
    assert dewis.get(f"/desk/incidents/{made.code}/").status_code == 404


def test_the_team_reports_and_is_led_to_the_incident(taris, offices, budi, together, at):
    assert offices.name in page(taris, f"{NEW}?find=pejaten")
    answer = taris.post(f"{NEW}?unit={offices.code}", typed(budi, at, do="report"))
    made = Incident.objects.get()
    assert answer["Location"] == f"/desk/incidents/{made.code}/"
    # A second report of the same person leads to the first.
    again = taris.post(f"{NEW}?unit={offices.code}", typed(budi, at, do="report"))
    assert again["Location"] == f"/desk/incidents/{made.code}/"
    assert "sudah dilaporkan" in page(taris, again["Location"])


def test_a_head_cannot_ask_by_a_report_whether_a_case_is_known(
    dewis, incident, budi, fitri, at
):
    def told(who, do):
        answer = dewis.post(NEW, typed(who, at, do=do), follow=True)
        seen = answer.context.get("preview")
        words = [str(each) for each in answer.context["messages"]]
        return answer.status_code, answer.redirect_chain, words, seen and seen.is_joined

    for do in ("preview", "report"):
        assert told(budi, do) == told(fitri, do)
    assert Incident.objects.filter(account__username="budi").get() == incident


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"account": ""}, {"account"}),
        ({"account": "account:99999"}, {"account"}),
        ({"account": "account:²"}, {"account"}),
        ({"what": "R-NONE"}, {"what"}),
        (day("onset_on", 31, 2, 2026), {"onset_on"}),
        (day("onset_on", 1, 1, 2090), {"onset_on"}),
        ({"who": "visitor"}, {"visitor", "room", "from_time", "until_time"}),
        ({"who": "visitor", "from_time": "x"}, {"from_time"}),
        ({"who": "visitor", "room": "R-NONE"}, {"room"}),
    ],
)
def test_what_cannot_be_is_said_at_its_field(dewis, budi, together, at, changes, fields):
    answer = dewis.post(NEW, typed(budi, at, do="report", **changes))
    assert answer.status_code == 422
    assert set(answer.context["errors"]) == fields
    assert not Incident.objects.exists()


def test_a_visitor_is_reported_with_room_and_times(
    taris, offices, budi, room, together, met_at, at
):
    at_office = met_at.astimezone(organisation.zone(None))
    visit = {
        "who": "visitor",
        "visitor": "Antrean 12",
        "room": room.code,
        "what": room.code,
        "from_time": f"{at_office:%H.%M}",
        "until_time": f"{at_office + timedelta(minutes=9):%H.%M}",
        **day("visited_on", at_office.day, at_office.month, at_office.year),
    }
    answer = taris.post(f"{NEW}?unit={offices.code}", typed(budi, at, do="report", **visit))
    made = Incident.objects.get()
    assert answer["Location"] == f"/desk/incidents/{made.code}/"
    assert made.closure.scope == {"room": room.code}
    shown = page(taris, answer["Location"])
    assert "Antrean 12" in shown
    assert made.contacts_found == 2


def test_the_page_shows_clock_tasks_and_contacts(taris, incident, fitri):
    shown = page(taris, f"/desk/incidents/{incident.code}/")
    for words in ("Budi Santoso", "Fitri Handayani", "Ruang pelayanan", "2 jam", "sisa 71 jam"):
        assert words in shown
    rows = taris.get(f"/desk/incidents/{incident.code}/").context["contacts"]
    assert [(row["contact"].account.username, row["contact"].is_close) for row in rows] == [
        ("fitri", True),
        ("dewi", False),
    ]


def test_time_before_the_case_was_infectious_is_told_apart(
    taris, together, report, budi, dewi, room, tari, met_at, at
):
    long_ago = met_at - 8 * DAY
    for who in (budi, dewi):
        Stay.objects.create(
            account=people.account_of(who),
            room=room,
            on=organisation.today(None, at=long_ago),
            starts_at=long_ago,
            ends_at=long_ago + timedelta(hours=3),
            source_key=f"{who.ref}-before",
        )
    made = incidents.report_incident(report=report, actor=tari, at=at)
    rows = taris.get(f"/desk/incidents/{made.code}/").context["contacts"]
    assert {row["contact"].account.username: row["counted"] for row in rows} == {
        "fitri": None,
        "dewi": {"hours": 0, "minutes": 10},
    }
    since = organisation.today(None, at=at) - 3 * DAY
    shown = page(taris, f"/desk/incidents/{made.code}/")
    assert f"sejak {since.day} " in shown
    assert "masa menular: 10 menit" in " ".join(shown.split())


def test_each_look_is_written_down_once_in_half_an_hour(taris, incident, tari):
    for _number in range(3):
        page(taris, f"/desk/incidents/{incident.code}/")
    looks = Entry.objects.filter(name="incident.viewed", subject=incident.subject)
    assert [entry.actor for entry in looks] == [tari.ref]
    session = taris.session
    session["incident_looks"] = {incident.code: "2020-01-01T00:00:00+00:00"}
    session.save()
    page(taris, f"/desk/incidents/{incident.code}/")
    assert looks.all().count() == 2


def test_from_tasks_to_reopening(taris, tari, incident, at):
    path = f"/desk/incidents/{incident.code}/"
    refused = taris.post(f"{path}clear/")
    assert refused.status_code == 409
    now = at.astimezone(organisation.zone(None)) - DAY
    when = day("done_at", now.day, now.month, now.year)
    empty = taris.post(f"{path}task/", {"kind": "tracing", "words": "", **when})
    assert (empty.status_code, set(empty.context["errors"])) == (422, {"words", "done_at"})
    for kind in ("disinfection", "tracing"):
        incidents.do_task(incident=incident, kind=kind, words="PT Bersih", actor=tari, at=at)
    earlier = taris.post(f"{path}task/", {"kind": "tracing", "words": "Sudah", **when})
    assert earlier.status_code == 422
    assert "Semua tugas selesai" in page(taris, path)
    done = taris.post(f"{path}clear/")
    assert done["Location"] == path
    incident.refresh_from_db()
    assert incident.state == "cleared"
    assert incident.closure.reopened_at == incident.closure.earliest_at


def test_looking_again_says_what_is_new(taris, incident):
    answer = taris.post(f"/desk/incidents/{incident.code}/trace/", follow=True)
    assert "Tidak ada kontak baru" in answer.content.decode()


def test_only_the_team_reaches_it(budis, dewis, at_work, elsewhere, incident, at):
    other = at_work(employ("sinta", "Sinta", elsewhere, "tracer", "Tim", at))
    for browser in (budis, dewis, other):
        for path in ("", "task/", "trace/", "shut/", "clear/"):
            url = f"/desk/incidents/{incident.code}/{path}"
            answer = browser.post(url) if path else browser.get(url)
            assert answer.status_code == 404, url
    assert budis.get("/desk/incidents/").status_code == 403
    assert budis.get(NEW).status_code == 403


def test_somebody_reports_themself(budis, dewis, taris, budi, together, at):
    path = "/desk/incidents/self/"
    today = organisation.today(None, at=at)
    wrong = budis.post(path, day("onset_on", 1, 13, 2026))
    assert (wrong.status_code, set(wrong.context["errors"])) == (422, {"onset_on"})
    answer = budis.post(path, day("onset_on", today.day, today.month, today.year), follow=True)
    assert "Semoga lekas sembuh" in answer.content.decode()
    again = budis.post(path, day("onset_on", today.day, today.month, today.year), follow=True)
    assert "sudah dilaporkan" in again.content.decode()
    made = Incident.objects.get()
    assert made.closure is None
    shown = page(taris, f"/desk/incidents/{made.code}/")
    assert "yang bersangkutan" in shown
    taris.post(f"/desk/incidents/{made.code}/shut/", {"what": "R-NONE"})
    assert not Closure.objects.exists()
    taris.post(f"/desk/incidents/{made.code}/shut/", {"what": ""})
    made.refresh_from_db()
    assert made.closure == Closure.objects.get()
    assert "Budi" not in page(dewis, "/desk/incidents/")


def test_an_erased_incident_shows_figures_alone(taris, incident, system, at):
    incidents.erase_expired(actor=system, at=at + 28 * DAY)
    shown = page(taris, f"/desk/incidents/{incident.code}/")
    assert "2 kontak ditemukan, 1 di antaranya kontak erat." in shown
    for words in ("Budi", "Fitri", "Ruang pelayanan"):
        assert words not in shown
    assert "nama dihapus" in page(taris, "/desk/incidents/")


def test_the_list_costs_the_same_with_more_rows(taris, incident, fitri, dewi, tari, report, at):
    page(taris, "/desk/incidents/")
    counts = []
    for who in (None, fitri, dewi):
        if who is not None:
            told = incidents.Report(
                unit=report.unit, account=people.account_of(who), onset_on=report.onset_on
            )
            incidents.report_incident(report=told, actor=tari, at=at)
        with CaptureQueriesContext(connection) as seen:
            page(taris, "/desk/incidents/")
        counts.append(len(seen))
    assert len(list(queries.visible_to(tari))) == 3
    assert counts == [5, 5, 5]
