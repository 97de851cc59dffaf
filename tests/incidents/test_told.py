"""Contacts that the team is told of, and contacts that were none."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from loket.cases import services as cases
from loket.incidents import queries
from loket.incidents import services as incidents
from loket.incidents.models import Contact
from loket.incidents.services import ContactTold
from loket.journal.models import Entry
from loket.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from loket.messaging.models import Message
from loket.workforce import queries as workforce
from loket.workforce.models import Absence
from tests.conftest import employ
from tests.factories import cases as case_factory

from .conftest import DAY, TODAY, account, moment, reach, was

pytestmark = pytest.mark.django_db
LUNCH = {"starts_at": moment(12), "minutes": 45, "where": "Makan siang di kantin"}
VISITOR = {"visitor": "Antrean 31", "reach": "Telepon +62 811-0000-0031"}


@pytest.fixture
def gita(elsewhere, at):
    """Return somebody of another city, whom no room of this office knows."""
    return employ("gita", "Gita Permata", elsewhere, "officer", "Petugas", at)


@pytest.fixture
def add(incident, tari, at):
    def added(who=None, *, on=incident, by=tari, when=at, **changes):
        person = account(who) if who else None
        told = ContactTold(
            account=person, **{**LUNCH, **(VISITOR if not who else {}), **changes}
        )
        return incidents.add_contact(incident=on, told=told, actor=by, at=when)

    return added


def test_a_colleague_added_is_treated_as_if_found(add, incident, gita, ayu, tari, at):
    reach(gita)
    case_factory.publish(at=at)
    row = add(gita)
    assert (row.minutes, row.last_on, row.is_close) == (45, TODAY, True)
    assert row.occasions == [
        {
            "room": "", "where": "Makan siang di kantin", "starts": moment(12).isoformat(),
            "ends": moment(12, 45).isoformat(), "source": "told",
        }
    ]  # fmt: skip
    assert (row.told_at, row.monitored_until) == (at, TODAY + 14 * DAY)
    absence = Absence.objects.get(account=account(gita))
    assert (absence.code, absence.source) == (row.absence, incident.subject)
    assert (absence.starts_on, absence.ends_on) == (TODAY, TODAY + 15 * DAY)
    [message] = Message.objects.filter(address="gita@kantor.example")
    assert (message.notice, message.is_secret) == ("stay_home", True)
    assert "Budi" not in message.body
    incident.refresh_from_db()
    assert (incident.contacts_found, incident.close_found) == (4, 2)


def test_letters_to_contacts_lead_nowhere_but_to_their_own_days(
    add, incident, gita, tari, settings, at
):
    reach(gita)
    incidents.set_aside(contact=add(gita), words="Salah orang.", actor=tari, at=at)
    letters = Message.objects.filter(address="gita@kantor.example").order_by("id")
    assert [letter.notice for letter in letters] == ["stay_home", "may_return"]
    for letter in letters:
        links = re.findall(r"https?://\S+", letter.body)
        assert links == [f"{settings.PUBLIC_URL}/desk/absences/"]
        assert incident.code not in letter.title + letter.body
        assert letter.is_secret


def test_cases_of_a_colleague_added_go_to_others(
    report, together, fitri, hadi, kelurahan, elsewhere, ayu, tari, at
):
    case_factory.publish(at=at)
    case = case_factory.case(ayu, at=at)
    cases.claim(case=case, actor=hadi, at=at)
    incident = incidents.report_incident(report=report(), actor=tari, at=at)
    told = ContactTold(account=account(hadi), **LUNCH)
    row = incidents.add_contact(incident=incident, told=told, actor=tari, at=at)
    # Ten minutes in one room were not close; lunch makes it so.
    assert (row.minutes, row.is_close) == (55, True)
    assert [each["source"] for each in row.occasions] == ["clock", "told"]
    case.refresh_from_db()
    assert case.holder_id is None


@pytest.mark.parametrize(("minutes", "is_close"), [(14, False), (15, True)])
def test_minutes_decide_what_is_close(add, gita, minutes, is_close):
    row = add(gita, minutes=minutes)
    assert row.is_close == is_close
    assert Absence.objects.filter(account=account(gita)).exists() == is_close


def test_the_setting_decides_what_is_close(add, gita, settings):
    settings.CLOSE_CONTACT_MINUTES = 0
    assert add(gita, minutes=1).is_close


def test_a_visitor_is_listed_with_a_way_to_reach_them(add, incident):
    absences, messages = Absence.objects.count(), Message.objects.count()
    row = add()
    assert (row.account, row.visitor, row.reach) == (None, *VISITOR.values())
    assert (row.is_close, row.monitored_until, row.told_at) == (True, TODAY + 14 * DAY, None)
    assert (Absence.objects.count(), Message.objects.count()) == (absences, messages)
    again = add(visitor=" antrean  31 ", starts_at=moment(9), minutes=5)
    assert (again.pk, again.minutes) == (row.pk, 50)
    assert queries.contact(incident, ref=row.ref) == row


def test_what_is_listed_already_is_refused(add, gita, fitri):
    add(gita)
    add()
    for who, changes in (
        (gita, {}),
        (gita, {"starts_at": moment(12, 40), "minutes": 30}),
        (None, {"visitor": "ANTREAN 31"}),
        # Fitri was in the same room from nine to twelve.
        (fitri, {"starts_at": moment(10), "minutes": 30}),
    ):
        with pytest.raises(Conflict, match="sudah ada di daftar"):
            add(who, **changes)
    assert add(fitri).minutes == 225


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"starts_at": None}, "starts_at"),
        ({"starts_at": moment(8, day=3)}, "starts_at"),
        ({"starts_at": moment(23, 59) - 4 * DAY}, "starts_at"),
        ({"minutes": None}, "minutes"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 961}, "minutes"),
        ({"minutes": 700}, "minutes"),
        ({"where": "  "}, "where"),
        ({"where": "x" * 201}, "where"),
        ({"where": "kantin\u202egnarab"}, "where"),
    ],
)
def test_what_cannot_be_gets_a_sentence(add, gita, changes, field):
    with pytest.raises(Invalid) as refused:
        add(gita, **changes)
    assert set(refused.value.fields) == {field}
    assert not Contact.objects.filter(account=account(gita)).exists()


@pytest.mark.parametrize("field", ["visitor", "reach"])
@pytest.mark.parametrize("words", [" ", "y" * 201, "\x01", "\u202e"])
def test_a_visitor_needs_a_name_and_a_way(add, field, words):
    with pytest.raises(Invalid) as refused:
        add(**{field: words})
    assert set(refused.value.fields) == {field}


def test_the_first_day_of_the_window_counts(add, gita):
    assert add(gita, starts_at=moment(0) - 3 * DAY).last_on == TODAY - 3 * DAY


def test_nobody_is_a_contact_of_themself(add, budi, ayu, report, room, tari, at):
    for who in (budi, ayu):
        with pytest.raises(Invalid) as refused:
            add(who)
        assert set(refused.value.fields) == {"account"}
    visit = report(
        account=None, visitor="Antrean 12", room=room, visited_from=moment(11),
        visited_until=moment(12),
    )  # fmt: skip
    other = incidents.report_incident(report=visit, actor=tari, at=at)
    with pytest.raises(Invalid) as refused:
        add(on=other, visitor="antrean 12")
    assert set(refused.value.fields) == {"visitor"}


def test_tracing_again_keeps_what_was_told(add, incident, gita, hadi, budi, archive, tari, at):
    for who in (None, gita, hadi):
        add(who)
    was(budi, archive, moment(13), moment(14))
    was(hadi, archive, moment(13), moment(14))
    incidents.trace(incident=incident, actor=tari, at=at + timedelta(hours=1))
    row = Contact.objects.get(account=account(hadi))
    assert [each["source"] for each in row.occasions] == ["clock", "told", "clock"]
    assert row.minutes == 10 + 45 + 60
    assert Contact.objects.get(account=account(gita)).minutes == 45
    assert (incident.contacts_found, incident.close_found) == (5, 4)
    assert Absence.objects.filter(account=account(hadi)).count() == 1


def test_no_event_names_who_was_added_or_set_aside(add, incident, gita, tari, at):
    last = Entry.objects.latest("id").pk
    incidents.set_aside(contact=add(gita), words="Gita salah orang", actor=tari, at=at)
    incidents.set_aside(contact=add(), words="Salah antrean 31", actor=tari, at=at)
    new = Entry.objects.filter(pk__gt=last).order_by("id")
    own = [e for e in new if e.subject == incident.subject]
    assert [(e.name, e.actor, e.facts) for e in own] == [
        (f"incident.{name}", tari.ref, {"unit": incident.unit_path, **facts})
        for name, facts in (
            ("contact_added", {"is_close": True}), ("contact_set_aside", {}),
            ("contact_added", {"is_close": True}), ("contact_set_aside", {}),
        )
    ]  # fmt: skip
    for entry in new:
        assert "incident" not in f"{entry.actor}" + (
            str(entry.facts) if entry.subject != incident.subject else ""
        )
        for word in ("Gita", "Antrean 31", "kantin", "salah"):
            assert word not in f"{entry.facts}"


def test_who_was_no_contact_comes_back_and_is_told(incident, fitri, tari, at):
    reach(fitri)
    later = at + 2 * DAY
    row = queries.contact(incident, ref=account(fitri).ref)
    done = incidents.set_aside(contact=row, words="Lupa absen pulang.", actor=tari, at=later)
    assert (done.is_contact, done.set_aside_at, done.set_aside_words) == (
        False, later, "Lupa absen pulang.",
    )  # fmt: skip
    assert (done.monitored_until, done.absence) == (None, "")
    absence = Absence.objects.get(account=account(fitri))
    assert absence.ends_on == TODAY + 2 * DAY
    on = TODAY + 2 * DAY
    assert not workforce.must_stay_out([account(fitri).pk], since=on, until=on + DAY)
    message = Message.objects.get(address="fitri@kantor.example")
    assert (message.notice, message.is_secret) == ("may_return", True)
    assert "4 Maret 2026" in message.body
    assert "Budi" not in message.body
    incident.refresh_from_db()
    assert (incident.contacts_found, incident.close_found) == (2, 0)
    assert [c.account.username for c in queries.contacts(incident)] == ["dewi", "hadi", "fitri"]
    with pytest.raises(Conflict):
        incidents.set_aside(contact=row, words="lagi", actor=tari, at=later)
    # Looking again finds the same clock; what the team said stands.
    incidents.trace(incident=incident, actor=tari, at=later)
    assert not Contact.objects.get(pk=row.pk).is_contact
    assert Absence.objects.get(account=account(fitri)).ends_on == TODAY + 2 * DAY


def test_whom_another_incident_holds_stays_at_home(incident, report, hadi, fitri, tari, at):
    reach(fitri)
    # The other case sat in the same room for hours, too.
    other = incidents.report_incident(report=report(account=account(hadi)), actor=tari, at=at)
    row = queries.contact(incident, ref=account(fitri).ref)
    incidents.set_aside(contact=row, words="Salah ruang.", actor=tari, at=at + DAY)
    held = Absence.objects.get(account=account(fitri), source=other.subject)
    assert held.ends_on == TODAY + 15 * DAY
    on = TODAY + 5 * DAY
    assert workforce.must_stay_out([account(fitri).pk], since=on, until=on + DAY)
    assert not Message.objects.filter(notice="may_return").exists()


def test_what_was_set_aside_can_count_again(incident, fitri, tari, at):
    reach(fitri)
    row = queries.contact(incident, ref=account(fitri).ref)
    row = incidents.set_aside(contact=row, words="Lupa.", actor=tari, at=at + DAY)
    back = incidents.restore(contact=row, actor=tari, at=at + 2 * DAY)
    assert (back.is_contact, back.set_aside_at, back.set_aside_words) == (True, None, "")
    assert back.monitored_until == TODAY + 14 * DAY
    assert Absence.objects.get(account=account(fitri)).ends_on == TODAY + 15 * DAY
    notices = Message.objects.filter(address="fitri@kantor.example").order_by("id")
    assert [message.notice for message in notices] == ["may_return", "stay_home"]
    with pytest.raises(Conflict):
        incidents.restore(contact=back, actor=tari, at=at + 2 * DAY)


def test_lunch_with_somebody_set_aside_counts_alone(add, incident, fitri, tari, at):
    row = queries.contact(incident, ref=account(fitri).ref)
    incidents.set_aside(contact=row, words="Lupa absen pulang.", actor=tari, at=at)
    row = add(fitri, minutes=10)
    assert (row.is_contact, row.minutes, row.is_close) == (True, 10, False)
    incidents.trace(incident=incident, actor=tari, at=at)
    assert Contact.objects.get(pk=row.pk).minutes == 10
    assert (incident.contacts_found, incident.close_found) == (3, 0)


@pytest.mark.parametrize("words", ["  ", "\x01", "pulang\u202egnais"])
def test_setting_aside_needs_words(incident, fitri, tari, at, words):
    row = queries.contact(incident, ref=account(fitri).ref)
    with pytest.raises(Invalid) as refused:
        incidents.set_aside(contact=row, words=words, actor=tari, at=at)
    assert set(refused.value.fields) == {"words"}


def test_nobody_on_the_team_says_that_they_were_no_contact(add, incident, tari, at):
    row = add(tari)
    with pytest.raises(NotAllowed, match="Orang lain dari tim"):
        incidents.set_aside(contact=row, words="Bukan kontak", actor=tari, at=at)
    row.refresh_from_db()
    assert (row.is_contact, bool(row.absence)) == (True, True)


def test_only_the_team_adds_and_sets_aside(add, incident, gita, fitri, dewi, stranger, at):
    row = queries.contact(incident, ref=account(fitri).ref)
    for who in (dewi, fitri, stranger):
        with pytest.raises(NotAllowed):
            add(gita, by=who)
        with pytest.raises(NotAllowed):
            incidents.set_aside(contact=row, words="x", actor=who, at=at)
        with pytest.raises(NotAllowed):
            incidents.restore(contact=row, actor=who, at=at)


def test_after_the_incident_mistakes_are_still_mended(gita, incident, add, fitri, tari, at):
    for kind in ("disinfection", "tracing"):
        incidents.do_task(incident=incident, kind=kind, words="selesai", actor=tari, at=at)
    incidents.clear(incident=incident, actor=tari, at=at)
    with pytest.raises(Conflict):
        add(gita)
    row = queries.contact(incident, ref=account(fitri).ref)
    row = incidents.set_aside(contact=row, words="Lupa.", actor=tari, at=at + DAY)
    assert not row.is_contact
    with pytest.raises(Conflict):
        incidents.restore(contact=row, actor=tari, at=at + DAY)


def test_everything_told_is_erased_with_the_rest(add, incident, gita, system, tari, at):
    row = incidents.set_aside(contact=add(), words="Salah.", actor=tari, at=at)
    add(gita)
    incidents.erase_expired(actor=system, at=at + 28 * DAY)
    assert not Contact.objects.exists()
    incident.refresh_from_db()
    assert (incident.contacts_found, incident.close_found) == (4, 2)
    with pytest.raises(NotFound):
        queries.contact(incident, ref=row.ref)
    with pytest.raises(Conflict):
        incidents.set_aside(contact=row, words="x", actor=tari, at=at + 28 * DAY)
