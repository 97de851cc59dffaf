"""Planning, changing by hand, publishing: what is written, told and refused."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from loket.jobs.models import Job
from loket.journal.models import Entry
from loket.kernel.access import Actor
from loket.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from loket.messaging.models import Message
from loket.people.models import Account
from loket.workforce import queries
from loket.workforce import services as workforce
from loket.workforce.models import Absence, PrivateReason, Roster, RosterDay, Turn
from loket.workforce.rules import law
from loket.workforce.rules.problem import Span
from loket.workforce.services.rosters import telling
from tests.factories import rosters as factory
from tests.factories.rosters import FRIDAY, MONDAY, NEXT_MONDAY, TUESDAY, WEDNESDAY

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("tests")
JAKARTA = ZoneInfo("Asia/Jakarta")
SATURDAY = FRIDAY + timedelta(days=1)


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def office(kelurahan, at):
    """Return a unit of eight under a cap of half, with a counter for two."""
    room = factory.office(kelurahan)
    factory.head(kelurahan)
    factory.staff(kelurahan, 7, "counter")
    factory.counter(kelurahan, "A", room=room, skill="counter", people=2)
    factory.law(factory.HALF, {"kind": "pinned", "posts": ["structural"]})
    return kelurahan


@pytest.fixture
def dewi(office, at):
    return factory.actor(Account.objects.get(full_name="Dewi"), at=at)


def planned(unit, actor, at, starts_on=MONDAY, ends_on=SATURDAY, **more):
    return workforce.plan(
        unit=unit, starts_on=starts_on, ends_on=ends_on, actor=actor, at=at, **more
    )


def published(unit, actor, at, **more):
    roster = planned(unit, actor, at, **more)
    return workforce.publish(roster=roster, revision=roster.revision, actor=actor, at=at)


def moved(roster, account, on, to_shift, actor, at, **more):
    return workforce.move(
        roster=roster, account=account, on=on, to_shift=to_shift, actor=actor, at=at,
        **{"revision": roster.revision, **more},
    )  # fmt: skip


def at_home(roster, on):
    """Return somebody who can serve and stays at home on a day."""
    busy = Turn.objects.filter(roster=roster, on=on).values("account")
    able = Account.objects.filter(skills__name="counter").exclude(pk__in=busy)
    return able.order_by("pk").first()


def tell_all(at):
    """Do the jobs that tell people, as if they ran at once."""
    for job in Job.objects.filter(task=telling.TELL):
        given = job.arguments["kwargs"]
        roster = Roster.objects.get(code=given.pop("roster"))
        telling.tell_turns(roster=roster, **given, actor=SYSTEM, at=at)


def in_office(roster, on):
    rows = Turn.objects.filter(roster=roster, on=on, counter__isnull=False)
    return rows.order_by("pk").first().account


def test_a_year_without_its_holidays_is_not_planned(office, dewi, at):
    with pytest.raises(Invalid, match="Working days in 2028 cannot be counted yet"):
        planned(office, dewi, at, date(2027, 12, 20), date(2028, 1, 8))


def test_a_plan_is_a_draft_with_its_turns_and_its_proof(office, dewi, at):
    roster = planned(office, dewi, at)

    assert (roster.state, roster.revision, roster.edition > 0) == ("draft", 1, True)
    assert roster.found["is_proven"]
    assert roster.found["shortages"] == []
    assert roster.found["objective"]["uncovered"] == 0
    assert bytes(roster.proof)
    turns = queries.turns_in(roster=roster)
    assert {turn.on for turn in turns} == {MONDAY + timedelta(days=n) for n in range(5)}
    assert {turns.filter(on=on, counter__code="A").count() for on in (MONDAY, FRIDAY)} == {2}
    one = turns.filter(counter__code="A").first()
    assert one.starts_at == datetime(2026, 3, 9, 7, 30, tzinfo=JAKARTA)
    assert one.ends_at == datetime(2026, 3, 9, 16, tzinfo=JAKARTA)
    assert one.room.code == f"{office.code}-R1"
    assert Entry.objects.get(name="roster.planned").facts["turns"] == turns.count()


def test_a_shift_across_midnight_ends_on_the_next_day():
    night = Span("Malam", time(22), time(6))

    assert law.ends_at(night, MONDAY, JAKARTA) == datetime(2026, 3, 10, 6, tzinfo=JAKARTA)


def test_only_who_may_plan_the_unit_plans_it(office, citra, at):
    with pytest.raises(NotAllowed):
        planned(office, citra, at)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "words"),
    [
        (MONDAY, MONDAY, "must end after"),
        (date(2026, 3, 1), MONDAY, "before today"),
        (MONDAY, MONDAY + timedelta(days=93), "92 days"),
        (SATURDAY, NEXT_MONDAY, "does not work on any"),
        (date(2026, 3, 18), date(2026, 3, 20), "does not work on any"),
    ],
)
def test_impossible_periods_are_refused(office, dewi, at, starts_on, ends_on, words):
    with pytest.raises(Invalid, match=words):
        planned(office, dewi, at, starts_on, ends_on)


def test_a_unit_without_staff_cannot_be_planned(elsewhere, kelurahan, at, system):
    factory.office(elsewhere)
    with pytest.raises(Invalid, match="has no staff"):
        planned(elsewhere, system, at)


def test_planning_again_replaces_the_draft_and_keeps_what_was_decided(office, dewi, at):
    first = planned(office, dewi, at)
    gone, comes = in_office(first, MONDAY), at_home(first, MONDAY)
    first = moved(first, gone, MONDAY, None, dewi, at)
    first = moved(first, comes, MONDAY, "", dewi, at, counter="A")

    again = planned(office, dewi, at, ends_on=NEXT_MONDAY + timedelta(days=2))

    assert (again.pk, again.code, Roster.objects.count()) == (first.pk, first.code, 1)
    assert again.revision == 4
    monday = Turn.objects.filter(roster=again, on=MONDAY)
    assert not monday.filter(account=gone).exists()
    assert monday.get(account=comes).is_locked
    assert again.found["is_by_hand"] is False


def test_two_drafts_may_not_cover_the_same_days(office, dewi, at):
    planned(office, dewi, at)

    with pytest.raises(Invalid, match="another draft from 9 March 2026 until 13 March 2026"):
        planned(office, dewi, at, starts_on=TUESDAY)


def test_an_open_day_that_nobody_can_serve_is_a_shortage(office, dewi, at):
    factory.counter(office, "B", skill="biometric")

    roster = planned(office, dewi, at)

    [row] = [r for r in roster.found["shortages"] if r["on"] == "2026-03-09"]
    assert (row["kind"], row["counter"], row["missing"]) == ("counter", "B", 1)
    [sentence] = queries.explained(roster=roster, on=MONDAY, at=at)
    assert "Loket B needs 1" in sentence


def test_a_move_is_checked_locked_and_counted(office, dewi, at):
    roster = planned(office, dewi, at)
    who = in_office(roster, MONDAY)

    after = moved(roster, who, MONDAY, None, dewi, at)

    assert after.revision == 2
    assert after.kept_home == [[who.pk, "2026-03-09"]]
    assert not Turn.objects.filter(roster=roster, account=who, on=MONDAY).exists()
    [row] = after.found["shortages"]
    assert (row["counter"], row["missing"], after.found["is_by_hand"]) == ("A", 1, True)
    back = moved(after, who, MONDAY, "", dewi, at, counter="A")
    assert (back.found["shortages"], back.kept_home) == ([], [])
    assert Entry.objects.filter(name="roster.changed").count() == 2


def test_a_move_that_breaks_a_rule_is_refused_with_the_rule(office, dewi, at):
    roster = planned(office, dewi, at)
    who = at_home(roster, MONDAY)
    factory.away(who, MONDAY, TUESDAY, "leave")
    with pytest.raises(Invalid) as refused:
        moved(roster, who, MONDAY, "", dewi, at)

    sentences = refused.value.fields[""]
    assert f"{who} is on leave" in sentences[0]
    roster.refresh_from_db()
    assert roster.revision == 1


def test_the_cap_and_the_skill_stop_a_move(office, dewi, at):
    roster = planned(office, dewi, at)
    clerk = factory.member(office, "Without skill")
    busy = Turn.objects.filter(roster=roster, on=MONDAY).count()
    assert busy == 3  # the head and two at the counter; half of eight would be four
    roster = moved(roster, in_office(roster, MONDAY), MONDAY, None, dewi, at)

    with pytest.raises(Invalid, match="is not qualified for Loket A"):
        moved(roster, clerk, MONDAY, "", dewi, at, counter="A")
    factory.law({"kind": "attendance", "max_share": "25%"}, number="12")
    with pytest.raises(Invalid, match=r"at most 2 may come, but 3 would"):
        moved(roster, at_home(roster, MONDAY), MONDAY, "", dewi, at)


def test_who_acts_on_an_old_revision_is_told(office, dewi, at):
    roster = planned(office, dewi, at)
    moved(roster, in_office(roster, MONDAY), MONDAY, None, dewi, at)

    for act in (
        lambda: moved(roster, in_office(roster, TUESDAY), TUESDAY, None, dewi, at),
        lambda: workforce.publish(roster=roster, revision=1, actor=dewi, at=at),
        lambda: workforce.discard(roster=roster, revision=1, actor=dewi, at=at),
    ):
        with pytest.raises(Conflict):
            act()


def test_a_turn_moves_to_somebody_else_or_to_another_day(office, dewi, at):
    roster = planned(office, dewi, at)
    who, other = in_office(roster, MONDAY), at_home(roster, MONDAY)

    after = workforce.relocate(
        roster=roster, account=who, on=MONDAY, to_account=other, to_on=MONDAY,
        revision=1, actor=dewi, at=at,
    )  # fmt: skip

    assert not Turn.objects.filter(roster=roster, account=who, on=MONDAY).exists()
    assert Turn.objects.get(roster=roster, account=other, on=MONDAY).counter.code == "A"
    assert after.found["shortages"] == []
    busy = in_office(roster, MONDAY)
    with pytest.raises(Invalid, match="has a turn on that day already"):
        workforce.relocate(
            roster=after, account=other, on=MONDAY, to_account=busy if busy != other else
            Turn.objects.filter(roster=roster, on=MONDAY).exclude(account=other)[0].account,
            to_on=MONDAY, revision=after.revision, actor=dewi, at=at,
        )  # fmt: skip


def test_a_lock_holds_a_turn_or_a_day_at_home(office, dewi, at):
    roster = planned(office, dewi, at)
    who, home = in_office(roster, MONDAY), at_home(roster, MONDAY)
    for account in (who, home):
        roster = workforce.lock(
            roster=roster, account=account, on=MONDAY, is_locked=True,
            revision=roster.revision, actor=dewi, at=at,
        )  # fmt: skip

    assert Turn.objects.get(roster=roster, is_locked=True).account == who
    assert roster.kept_home == [[home.pk, "2026-03-09"]]
    locks = queries.problem_of(roster=roster, at=at).locks
    assert {(lock.member, lock.is_in) for lock in locks} == {(who.ref, True), (home.ref, False)}


def test_publishing_lets_it_hold_and_tells_whom_it_concerns(office, dewi, at):
    roster = planned(office, dewi, at)
    concerned = {told.account.pk for told in queries.to_tell(roster=roster, at=at)}

    after = workforce.publish(roster=roster, revision=1, actor=dewi, at=at)

    assert (after.state, after.revision) == ("published", 2)
    assert RosterDay.objects.filter(unit=office, roster=roster).count() == 5
    assert Entry.objects.get(name="roster.published").facts["told"] == len(concerned)
    tell_all(at)
    tell_all(at)
    told = Message.objects.filter(notice="roster_published")
    assert told.count() == len(concerned)
    body = told.first().body
    assert "Monday, 9 March 2026: 07.30-16.00" in body
    who = in_office(roster, MONDAY)
    assert [t.on for t in queries.turns_of(account=who, since=MONDAY)] == [MONDAY]


def test_only_days_from_today_on_change_and_only_those_are_told_who_change(office, dewi, at):
    first = published(office, dewi, at)
    wednesday = datetime(2026, 3, 11, 6, 0, tzinfo=JAKARTA)
    second = planned(office, dewi, wednesday, starts_on=WEDNESDAY)
    who, other = in_office(second, FRIDAY), at_home(second, FRIDAY)
    second = workforce.relocate(
        roster=second, account=who, on=FRIDAY, to_account=other, to_on=FRIDAY,
        revision=second.revision, actor=dewi, at=wednesday,
    )  # fmt: skip
    told = {told.account for told in queries.to_tell(roster=second, at=wednesday)}
    thursday = wednesday + timedelta(days=1)

    workforce.publish(roster=second, revision=second.revision, actor=dewi, at=thursday)

    held = dict(RosterDay.objects.order_by("on").values_list("on__day", "roster_id"))
    assert held == {9: first.pk, 10: first.pk, 11: first.pk, 12: second.pk, 13: second.pk}
    assert {who, other} <= told


def test_a_draft_whose_rules_changed_is_not_published(office, dewi, at):
    roster = planned(office, dewi, at)
    who = in_office(roster, MONDAY)
    factory.away(who, MONDAY, TUESDAY)

    with pytest.raises(Invalid, match=f"{who} must not be in the office"):
        workforce.publish(roster=roster, revision=1, actor=dewi, at=at)
    with pytest.raises(Invalid, match="are over"):
        workforce.publish(roster=roster, revision=1, actor=dewi, at=at + timedelta(days=30))


def test_a_published_turn_is_moved_by_hand_and_the_person_is_told(office, dewi, at):
    roster = published(office, dewi, at)
    Job.objects.all().delete()
    who = in_office(roster, FRIDAY)

    moved(roster, who, FRIDAY, None, dewi, at)

    assert not queries.turns_of(account=who, since=FRIDAY)
    [job] = Job.objects.all()
    assert job.arguments["kwargs"]["accounts"] == [who.pk]
    roster.refresh_from_db()
    with pytest.raises(Invalid, match="This day is past"):
        moved(roster, who, MONDAY, None, dewi, at + timedelta(days=9))


def test_a_discarded_draft_is_gone(office, dewi, citra, at):
    roster = planned(office, dewi, at)
    with pytest.raises(NotFound):
        queries.roster(code=roster.code, actor=citra)

    workforce.discard(roster=roster, revision=1, actor=dewi, at=at)

    assert queries.rosters_of(unit=office, actor=dewi) == []
    assert Entry.objects.filter(name="roster.discarded").count() == 1
    with pytest.raises(Conflict):
        workforce.publish(roster=roster, revision=2, actor=dewi, at=at)


def test_a_turn_that_stays_is_no_news_to_calendars(office, dewi, at):
    roster = published(office, dewi, at)
    later = at + timedelta(days=1)
    before = dict(Turn.objects.filter(roster=roster).values_list("account_id", "changed_at"))
    again = planned(office, dewi, later)

    again = workforce.publish(roster=again, revision=1, actor=dewi, at=later)

    assert again.found["objective"]["changes"] == 0
    rows = Turn.objects.filter(roster=again)
    assert dict(rows.values_list("account_id", "changed_at")) == before
    assert Entry.objects.filter(name="roster.published").last().facts["told"] == 0


def test_why_somebody_is_away_is_nowhere(office, dewi, at):
    roster = published(office, dewi, at)
    who = in_office(roster, TUESDAY)
    absence = factory.away(who, TUESDAY, WEDNESDAY)
    PrivateReason.objects.create(
        absence=absence, reason="chronic", words="jantung", erase_on=NEXT_MONDAY
    )
    Absence.objects.update(source="incident:RAHASIA")
    [draft] = workforce.replan(unit=office, cause="absence", actor=dewi, at=at)
    with pytest.raises(Invalid) as refused:
        moved(draft, who, TUESDAY, "", dewi, at)

    written = [
        str(draft.found),
        draft.cause,
        str(queries.problem_of(roster=draft, at=at)),
        *queries.explained(roster=draft, on=TUESDAY, at=at),
        *refused.value.fields[""],
        *(f"{message.title} {message.body}" for message in Message.objects.all()),
        *(str(entry.facts) for entry in Entry.objects.all()),
    ]
    for secret in ("chronic", "jantung", "RAHASIA"):
        assert not [words for words in written if secret in words]


def test_groups_take_turns_by_the_week(office, dewi, at):
    roster = planned(office, dewi, at, ends_on=date(2026, 4, 18), teams=2)

    assert (roster.teams, roster.block, roster.found["is_proven"]) == (2, "week", True)
    assert {turn.team for turn in queries.turns_in(roster=roster)} == {0, 1}
    assert roster.found["objective"]["uncovered"] == 0
    with pytest.raises(Invalid, match="At most 6 groups"):
        planned(office, dewi, at, teams=7)
