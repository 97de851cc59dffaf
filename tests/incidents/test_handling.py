"""Tasks, tracing again, reopening, and forgetting."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from loket.incidents import queries
from loket.incidents import services as incidents
from loket.incidents.models import Contact, Incident
from loket.incidents.rules import windows
from loket.journal.models import Entry
from loket.kernel.errors import Conflict, Invalid, NotAllowed
from loket.messaging.models import Message
from loket.policies import queries as policy
from loket.policies import services as policies
from loket.workforce.models import Absence

from .conftest import DAY, TODAY, account, moment, reach, was

pytestmark = pytest.mark.django_db


def do_both(incident, actor, at):
    for kind in ("disinfection", "tracing"):
        incidents.do_task(
            incident=incident, kind=kind, words="PT Bersih, semua ruang.", actor=actor, at=at
        )


def test_a_task_done_is_a_record_of_the_closure(incident, tari, at):
    later = at + timedelta(hours=3)
    incidents.do_task(
        incident=incident, kind="disinfection", words="PT Bersih", actor=tari, at=later
    )
    closure = policy.closure(incident.closure.code)
    assert [(r.kind, r.done_at, r.words, r.by_name) for r in closure.records.all()] == [
        ("disinfection", later, "PT Bersih", tari.name)
    ]
    assert policy.missing_records(closure) == ["tracing"]
    assert [task.kind for task in queries.undone(incident)] == ["tracing"]
    with pytest.raises(Conflict, match="sudah dilakukan"):
        incidents.do_task(
            incident=incident, kind="disinfection", words="lagi", actor=tari, at=later
        )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "cooking"}, "kind"),
        ({"words": "  "}, "words"),
        ({"done_at": moment(23)}, "done_at"),
        ({"done_at": moment(8)}, "done_at"),
    ],
)
def test_tasks_that_cannot_be_get_a_sentence(incident, tari, at, changes, field):
    told = {"kind": "tracing", "words": "selesai", **changes}
    with pytest.raises(Invalid) as refused:
        incidents.do_task(incident=incident, actor=tari, at=at, **told)
    assert set(refused.value.fields) == {field}


def test_only_the_team_does_tasks_traces_and_clears(incident, dewi, stranger, at):
    for actor in (dewi, stranger):
        for act in (
            lambda who: incidents.do_task(
                incident=incident, kind="tracing", words="x", actor=who, at=at
            ),
            lambda who: incidents.trace(incident=incident, actor=who, at=at),
            lambda who: incidents.clear(incident=incident, actor=who, at=at),
            lambda who: incidents.shut(incident=incident, actor=who, at=at),
        ):
            with pytest.raises(NotAllowed):
                act(actor)


def test_it_reopens_when_both_are_done_and_the_minimum_is_over(incident, tari, at):
    with pytest.raises(Conflict, match="harus selesai lebih dahulu"):
        incidents.clear(incident=incident, actor=tari, at=at)
    assert not queries.may_reopen(incident, at=at)
    do_both(incident, tari, at + timedelta(hours=1))
    assert not queries.may_reopen(incident, at=at + timedelta(hours=1))
    opens = incident.closure.earliest_at
    assert queries.may_reopen(incident, at=opens)
    done = incidents.clear(incident=incident, actor=tari, at=at + timedelta(hours=2))
    assert (done.state, done.erase_on) == ("cleared", TODAY + 28 * DAY)
    assert done.closure.reopened_at == opens
    with pytest.raises(Conflict, match="sudah dinyatakan selesai"):
        incidents.clear(incident=incident, actor=tari, at=at + timedelta(hours=2))
    with pytest.raises(Conflict):
        incidents.trace(incident=incident, actor=tari, at=at + timedelta(hours=2))


def test_a_head_cannot_reopen_around_the_tasks(incident, report, fitri, dewi, tari, at):
    do_both(incident, tari, at)
    second = incidents.report_incident(
        report=report(account=account(fitri)), actor=tari, at=at + timedelta(hours=1)
    )
    assert second.closure == incident.closure
    closure = policy.closure(incident.closure.code)
    assert policy.missing_records(closure) == []
    with pytest.raises(Conflict, match="dilakukan lagi"):
        policies.reopen(closure=closure, actor=dewi, at=at + timedelta(hours=2))
    closure.refresh_from_db()
    assert closure.reopened_at is None
    # The first is over; what the second needs shut stays shut.
    incidents.clear(incident=incident, actor=tari, at=at + timedelta(hours=2))
    closure.refresh_from_db()
    assert closure.reopened_at is None
    do_both(second, tari, at + timedelta(hours=2))
    incidents.clear(incident=second, actor=tari, at=at + timedelta(hours=3))
    closure.refresh_from_db()
    assert closure.reopened_at == closure.earliest_at


def test_what_was_done_before_the_office_closed_is_done_again(together, budi, tari, at):
    incident = incidents.report_self(onset_on=TODAY, actor=budi, at=at)
    incidents.do_task(incident=incident, kind="tracing", words="dini", actor=tari, at=at)
    incidents.shut(incident=incident, actor=tari, at=at + timedelta(hours=1))
    assert [task.kind for task in queries.undone(incident)] == ["disinfection", "tracing"]


def test_tracing_again_changes_nothing_when_nothing_is_new(incident, tari, fitri, at):
    before = list(Contact.objects.order_by("pk").values())
    messages = Message.objects.count()
    assert incidents.trace(incident=incident, actor=tari, at=at + timedelta(minutes=5)) == 0
    assert list(Contact.objects.order_by("pk").values()) == before
    assert Message.objects.count() == messages
    assert Absence.objects.count() == 2
    entry = Entry.objects.get(name="incident.traced")
    assert entry.facts["contacts"] == 3


def test_tracing_again_grows_the_list(incident, tari, budi, fitri, hadi, room, archive, at):
    reach(hadi)
    # A clocking that came in late: they sat in the archive as well.
    was(budi, archive, moment(13), moment(15))
    was(hadi, archive, moment(13), moment(15))
    later = at + timedelta(hours=1)
    assert incidents.trace(incident=incident, actor=tari, at=later) == 0
    row = Contact.objects.get(account=account(hadi))
    assert (row.minutes, row.is_close, row.told_at) == (130, True, later)
    assert Message.objects.get().address == "hadi@kantor.example"
    incident.refresh_from_db()
    assert (incident.contacts_found, incident.close_found) == (3, 2)


def test_tracing_again_never_forgets(incident, tari, at):
    from loket.workforce.models import Stay

    Stay.objects.all().delete()
    assert incidents.trace(incident=incident, actor=tari, at=at) == 0
    assert Contact.objects.count() == 3


def test_a_longer_contact_prolongs_the_days_at_home(incident, tari, budi, fitri, room, at):
    was(budi, room, moment(8, day=3), moment(9, day=3))
    was(fitri, room, moment(8, day=3), moment(9, day=3))
    incidents.trace(incident=incident, actor=tari, at=moment(10, day=3))
    assert Contact.objects.get(account=account(fitri)).monitored_until == TODAY + 15 * DAY
    assert Absence.objects.get(account=account(fitri)).ends_on == TODAY + 16 * DAY


def test_the_switch_of_july_2021_makes_the_same_office_close(
    report, together, tari, settings, at
):
    settings.CLOSE_CONTACT_MINUTES = 0
    incident = incidents.report_incident(report=report(), actor=tari, at=at)
    rows = [(c.account.username, c.is_close) for c in queries.contacts(incident)]
    assert rows == [("fitri", True), ("hadi", True), ("dewi", False)]


def test_everything_about_people_is_erased_after_its_time(incident, tari, fitri, system, at):
    do_both(incident, tari, at)
    assert incidents.erase_expired(actor=system, at=at + 27 * DAY) == 0
    assert incidents.erase_expired(actor=system, at=at + 28 * DAY) == 1
    assert incidents.erase_expired(actor=system, at=at + 28 * DAY) == 0
    incident.refresh_from_db()
    gone = (incident.account, incident.visitor, incident.words, incident.absence)
    assert (incident.state, gone) == ("erased", (None, "", "", ""))
    assert (incident.contacts_found, incident.close_found) == (3, 1)
    assert not Contact.objects.exists()
    assert {task.words for task in queries.tasks(incident)} == {""}
    assert {row.source for row in Absence.objects.all()} == {""}
    entry = Entry.objects.get(name="incident.erased")
    assert (entry.actor, entry.facts["contacts"]) == ("system:tests", 3)
    assert list(queries.visible_to(tari)) == [incident]


def test_clearing_begins_the_time_anew(incident, tari, system, at):
    do_both(incident, tari, at)
    incidents.clear(incident=incident, actor=tari, at=at + 10 * DAY)
    assert incidents.erase_expired(actor=system, at=at + 28 * DAY) == 0
    assert incidents.erase_expired(actor=system, at=at + 38 * DAY) == 1


def test_looking_up_contacts_is_written_down(together, budi, tari, system, at):
    window = {"since": TODAY - 14 * DAY, "until": TODAY + DAY, "known_at": at, "at": at}
    with pytest.raises(NotAllowed):
        incidents.look_up_contacts(account=account(budi), actor=tari, **window)
    found = incidents.look_up_contacts(account=account(budi), actor=system, **window)
    assert [contact.minutes for contact in found] == [180, 60, 10]
    entry = Entry.objects.get(name="incident.person_traced")
    assert (entry.subject, entry.facts) == (
        account(budi).ref,
        {"since": "2026-02-16", "until": "2026-03-03"},
    )


def test_windows_are_those_of_the_decree():
    onset = date(2020, 9, 15)
    near = windows.infectious(onset, today=date(2020, 9, 17))
    assert (near.since, near.until) == (date(2020, 9, 13), date(2020, 9, 18))
    late = windows.infectious(onset, today=date(2020, 10, 20))
    assert late.until == date(2020, 9, 30)
    shown = windows.listed(onset, today=date(2020, 9, 17))
    assert (shown.since, shown.until) == (date(2020, 9, 3), date(2020, 9, 18))
    assert windows.listed(date(2020, 9, 3), today=date(2020, 9, 17)).since == date(2020, 9, 1)
    assert windows.watched_until(date(2020, 9, 17)) == date(2020, 10, 1)
    assert windows.hours_left(moment(9), at=moment(8)) == 1
    assert windows.hours_left(moment(9), at=moment(9, 1)) == -1


def test_an_open_incident_expires_all_the_same(incident, system, at):
    assert incidents.erase_expired(actor=system, at=at + 28 * DAY) == 1
    assert Incident.objects.get().state == "erased"
