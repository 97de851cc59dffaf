"""A positive case is reported: everything that follows happens at once, or nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from loket.cases import services as cases
from loket.incidents import queries
from loket.incidents import services as incidents
from loket.incidents.models import Contact, Incident, Task
from loket.jobs.models import Job
from loket.journal.models import Entry
from loket.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from loket.messaging.models import Message
from loket.policies import queries as policy
from loket.policies import services as policies
from loket.policies.models import Closure
from loket.workforce.models import Absence, Roster, RosterDay, Turn
from tests.factories import cases as case_factory
from tests.factories import policies as policy_factory

from .conftest import DAY, TODAY, account, moment, reach

pytestmark = pytest.mark.django_db
BASIS = "Pergub DKI Jakarta 88/2020 pasal 9 ayat (2) huruf f"


def test_a_report_shuts_the_unit_sets_tasks_and_lists_contacts(
    incident, kelurahan, budi, fitri, hadi, dewi, at
):
    closure = incident.closure
    assert (closure.reason, closure.basis) == ("positive_case", BASIS)
    assert closure.scope == {"units": [kelurahan.code]}
    law = policy.in_force(unit=kelurahan.code, at=at + timedelta(minutes=1))
    assert law.counters.state.value == "closed"
    assert [(t.kind, t.due_at, t.done_at) for t in queries.tasks(incident)] == [
        ("disinfection", at + timedelta(hours=72), None),
        ("tracing", at + timedelta(hours=72), None),
    ]
    rows = [(c.account.username, c.minutes, c.is_close) for c in queries.contacts(incident)]
    assert rows == [("fitri", 180, True), ("dewi", 60, False), ("hadi", 10, False)]
    assert (incident.contacts_found, incident.close_found) == (3, 1)
    assert incident.erase_on == TODAY + 28 * DAY


def test_occasions_say_where_when_and_how_it_is_known(incident, fitri):
    contact = Contact.objects.get(account=account(fitri))
    assert contact.occasions == [
        {
            "room": "R-1",
            "starts": moment(9).isoformat(),
            "ends": moment(12).isoformat(),
            "source": "clock",
        }
    ]
    assert contact.last_on == TODAY


def test_close_contacts_and_the_person_stay_at_home(incident, budi, fitri, at):
    rows = Absence.objects.order_by("ends_on").values_list(
        "account__username", "kind", "state", "starts_on", "ends_on", "source"
    )
    subject = incident.subject
    assert list(rows) == [
        ("budi", "home", "granted", TODAY, TODAY - DAY + 15 * DAY, subject),
        ("fitri", "home", "granted", TODAY, TODAY + 15 * DAY, subject),
    ]
    contact = Contact.objects.get(account=account(fitri))
    assert contact.monitored_until == TODAY + 14 * DAY
    assert contact.told_at == at
    assert contact.absence == Absence.objects.get(account=account(fitri)).code
    assert incident.absence == Absence.objects.get(account=account(budi)).code


def test_everybody_is_told_of_themselves_alone(report, together, budi, fitri, tari, dewi, at):
    reach(budi, fitri, tari, dewi)
    incident = incidents.report_incident(report=report(), actor=dewi, at=at)
    sent = {m.address: m for m in Message.objects.exclude(notice="office_closed")}
    assert {address: m.notice for address, m in sent.items()} == {
        "budi@kantor.example": "stay_home",
        "fitri@kantor.example": "stay_home",
        "tari@kantor.example": "incident_reported",
    }
    to_fitri = sent["fitri@kantor.example"]
    assert "Budi" not in to_fitri.title + to_fitri.body
    assert "16 Maret 2026" in to_fitri.title
    assert "Anda pernah berada di dekat" in to_fitri.body
    assert to_fitri.is_secret
    assert to_fitri.subject.startswith("absence:")
    assert incident.code in sent["tari@kantor.example"].body
    for message in sent.values():
        assert message.address.startswith("budi") or "Budi" not in message.body + message.title


def test_names_are_in_no_event(incident, budi, fitri):
    for entry in Entry.objects.exclude(name__startswith="absence."):
        told = f"{entry.subject} {entry.facts}"
        for actor in (budi, fitri):
            assert actor.name not in told
            assert f"'{actor.ref}'" not in told
            assert entry.subject != actor.ref
    for entry in Entry.objects.filter(name__startswith="absence."):
        assert "incident" not in f"{entry.actor} {entry.facts}"


def test_claimed_cases_are_handed_over_with_a_note(
    report, together, fitri, kelurahan, elsewhere, ayu, tari, at
):
    case_factory.publish(at=at)
    case = case_factory.case(ayu, at=at)
    cases.claim(case=case, actor=fitri, at=at)
    seen = incidents.preview_report(report=report(), actor=tari, at=at)
    assert seen.cases == 1
    incidents.report_incident(report=report(), actor=tari, at=at)
    case.refresh_from_db()
    assert case.holder_id is None
    [note] = case.notes.all()
    # As of anybody away: neither the note nor who wrote it says what happened.
    assert note.words == "Fitri Handayani tidak masuk. Permohonan ini dapat diambil oleh rekan."
    assert Entry.objects.get(name="case.released").actor == "system:routing"


def test_a_preview_does_nothing(report, together, tari, at):
    entries = Entry.objects.count()
    seen = incidents.preview_report(report=report(), actor=tari, at=at)
    assert (seen.contacts, seen.close, seen.cases, seen.is_joined) == (3, 1, 0, False)
    assert seen.closure.earliest_at == moment(7, 30, day=5)
    for model in (Incident, Closure, Absence, Contact, Task):
        assert not model.objects.exists()
    assert Entry.objects.count() == entries


def test_only_a_room_can_be_shut(report, together, room, tari, at):
    incident = incidents.report_incident(report=report(shuts_room=room), actor=tari, at=at)
    assert incident.closure.scope == {"room": room.code}


def test_units_below_stay_open(report, together, kelurahan, tari, at):
    sector = kelurahan.parent
    was_of = account(tari).positions.create(
        unit=sector, role="staff", title="Staf", starts_on=date(2020, 1, 1)
    )
    incident = incidents.report_incident(
        report=report(unit=sector, account=was_of.account), actor=tari, at=at
    )
    assert incident.closure.stays_open == [{"units": [kelurahan.code]}]
    law = policy.in_force(unit=kelurahan.code, at=at + timedelta(minutes=1))
    assert law.counters.state.value != "closed"


def test_what_is_shut_already_is_joined(report, together, dewi, tari, at):
    shut = policies.close(form=policy_factory.closure(**{"from": at}), actor=dewi, at=at)
    seen = incidents.preview_report(report=report(), actor=tari, at=at)
    assert (seen.closure, seen.is_joined) == (shut, True)
    incident = incidents.report_incident(report=report(), actor=tari, at=at)
    assert incident.closure == shut


def test_who_may_not_close_proposes_it_to_the_head(report, together, budi, dewi, tari, at):
    reach(dewi, tari)
    incident = incidents.report_self(onset_on=TODAY, actor=budi, at=at)
    assert incident.closure is None
    assert sorted(Message.objects.values_list("address", "notice")) == [
        ("dewi@kantor.example", "closure_proposed"),
        ("tari@kantor.example", "incident_reported"),
    ]
    closure = incidents.shut(incident=incident, actor=tari, at=at)
    incident.refresh_from_db()
    assert incident.closure == closure
    with pytest.raises(Conflict):
        incidents.shut(incident=incident, actor=tari, at=at)


def test_who_reports_themself_is_not_in_the_journal(together, budi, at):
    incident = incidents.report_self(onset_on=TODAY, actor=budi, at=at)
    assert incident.account == account(budi)
    assert incident.reported_by == "system:self_report"
    assert not Entry.objects.filter(actor=budi.ref).exists()
    entry = Entry.objects.get(name="incident.reported")
    assert (entry.actor, entry.facts["contacts"]) == ("system:self_report", 3)


def test_a_visitor_is_traced_by_room_and_times(report, together, room, tari, fitri, hadi, at):
    incident = incidents.report_incident(
        report=report(
            account=None, visitor="Pemohon nomor antrean 12", room=room, shuts_room=room,
            visited_from=moment(11, 30), visited_until=moment(12, 30),
        ),
        actor=tari, at=at,
    )  # fmt: skip
    rows = [(c.account.username, c.minutes, c.is_close) for c in queries.contacts(incident)]
    assert rows == [("fitri", 60, True), ("hadi", 40, True), ("budi", 30, True)]
    assert incident.account is None
    assert incident.absence == ""


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"onset_on": None}, "onset_on", "Tuliskan tanggal gejala pertama"),
        ({"onset_on": TODAY + DAY}, "onset_on", "Tanggal ini belum tiba."),
        ({"onset_on": TODAY - 15 * DAY}, "onset_on", "Tanggal ini lebih dari 14 hari"),
        ({"words": "x" * 2001}, "words", "Tulis paling banyak 2000 karakter."),
    ],
)
def test_reports_that_cannot_be_get_a_sentence(report, tari, at, changes, field, sentence):
    with pytest.raises(Invalid) as refused:
        incidents.report_incident(report=report(**changes), actor=tari, at=at)
    assert refused.value.fields[field][0].startswith(sentence)
    assert set(refused.value.fields) == {field}
    assert not Incident.objects.exists()


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({}, {"visitor", "room", "visited_from", "visited_until"}),
        ({"visitor": "Ibu berbaju hijau"}, {"room", "visited_from", "visited_until"}),
        ({"visitor": "y" * 201}, {"visitor", "room", "visited_from", "visited_until"}),
    ],
)
def test_visitors_need_a_room_and_times(report, tari, at, changes, wrong):
    with pytest.raises(Invalid) as refused:
        incidents.report_incident(report=report(account=None, **changes), actor=tari, at=at)
    assert set(refused.value.fields) == wrong


@pytest.mark.parametrize(
    ("since", "until", "wrong"),
    [
        (moment(10), moment(9), "visited_until"),
        (moment(17), moment(18), "visited_from"),
        (moment(10), moment(18), "visited_until"),
        (moment(8) - 20 * DAY, moment(9) - 20 * DAY, "visited_from"),
        (moment(8) - 2 * DAY, moment(9), "visited_until"),
    ],
)
def test_visits_that_cannot_have_been_get_a_sentence(
    report, room, tari, at, since, until, wrong
):
    visit = report(
        account=None, visitor="Pemohon", room=room, visited_from=since, visited_until=until
    )
    with pytest.raises(Invalid) as refused:
        incidents.report_incident(report=visit, actor=tari, at=at)
    assert wrong in refused.value.fields


def test_people_and_rooms_of_other_units_are_refused(report, room, citra, elsewhere, tari, at):
    with pytest.raises(Invalid) as refused:
        incidents.report_incident(report=report(account=account(citra)), actor=tari, at=at)
    assert set(refused.value.fields) == {"account"}
    room.unit = elsewhere
    room.save(update_fields=["unit"])
    with pytest.raises(Invalid) as refused:
        incidents.report_incident(report=report(shuts_room=room), actor=tari, at=at)
    assert set(refused.value.fields) == {"shuts_room"}


def test_one_person_has_one_open_incident(incident, report, budi, tari, at):
    with pytest.raises(Conflict, match="sudah dilaporkan"):
        incidents.report_incident(report=report(), actor=tari, at=at)
    with pytest.raises(Conflict, match="sudah dilaporkan"):
        incidents.report_self(onset_on=TODAY, actor=budi, at=at)
    assert queries.open_about(account(budi)) == incident


def test_only_heads_and_tracers_report_others(report, budi, stranger, ayu, at):
    for actor in (budi, stranger):
        with pytest.raises(NotAllowed):
            incidents.report_incident(report=report(), actor=actor, at=at)
        with pytest.raises(NotAllowed):
            incidents.preview_report(report=report(), actor=actor, at=at)
    with pytest.raises(NotAllowed):
        incidents.report_self(onset_on=TODAY, actor=ayu, at=at)


def test_only_the_team_of_the_unit_sees_it(incident, dewi, budi, stranger, tari, at):
    for actor in (dewi, budi, stranger):
        assert list(queries.visible_to(actor)) == []
        with pytest.raises(NotFound):
            queries.get(code=incident.code, actor=actor)
        with pytest.raises(NotAllowed):
            incidents.look(incident=incident, actor=actor, at=at)
    assert list(queries.visible_to(tari)) == [incident]
    incidents.look(incident=incident, actor=tari, at=at)
    assert queries.history(incident).last().name == "incident.viewed"


def test_turns_of_contacts_are_planned_again(report, together, fitri, room, tari, at):
    on = TODAY + 2 * DAY
    roster = Roster.objects.create(
        unit=room.unit, starts_on=on, ends_on=on + DAY, state="published", planned_at=at,
        planned_by="tests",
    )  # fmt: skip
    RosterDay.objects.create(unit=room.unit, on=on, roster=roster)
    Turn.objects.create(
        roster=roster, account=account(fitri), on=on, shift="", starts_at=moment(8, day=4),
        ends_at=moment(16, day=4), room=room, changed_at=at,
    )  # fmt: skip
    incidents.report_incident(report=report(shuts_room=room), actor=tari, at=at)
    queued = Job.objects.filter(task__startswith="loket.workforce.tasks.rosters.")
    assert sorted(job.task.rpartition(".")[2] for job in queued) == ["replan", "replan_touched"]
    assert queued.get(task__endswith=".replan").arguments["kwargs"] == {
        "unit": room.unit.code, "cause": "absence",
    }  # fmt: skip
