"""Two colleagues change turns: asked, agreed, approved, or refused with the rule it breaks."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from loket.journal.models import Entry
from loket.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from loket.messaging.models import Message
from loket.people import queries as people
from loket.people.models import Account
from loket.workforce import queries
from loket.workforce import services as workforce
from loket.workforce.models import Absence, Swap, Turn
from tests.factories import rosters as factory
from tests.factories.rosters import FRIDAY, MONDAY, TUESDAY

pytestmark = pytest.mark.django_db
SATURDAY = FRIDAY + timedelta(days=1)


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def office(kelurahan, at):
    """Publish a week in which two of five come each day, one at the counter."""
    room = factory.office(kelurahan)
    factory.head(kelurahan)
    factory.staff(kelurahan, 4, "counter")
    factory.counter(kelurahan, "A", room=room, skill="counter")
    factory.law({"kind": "attendance", "min_share": "40%", "max_share": "40%"})
    actor = factory.actor(Account.objects.get(full_name="Dewi"), at=at)
    roster = workforce.plan(
        unit=kelurahan, starts_on=MONDAY, ends_on=SATURDAY, actor=actor, at=at
    )
    workforce.publish(roster=roster, revision=1, actor=actor, at=at)
    return kelurahan


@pytest.fixture
def dewi(office, at):
    return factory.actor(Account.objects.get(full_name="Dewi"), at=at)


def served(on):
    return Turn.objects.get(on=on, counter__isnull=False)


def free(*days):
    """Return somebody who can serve and has no turn on some days."""
    able = Account.objects.filter(skills__name="counter").order_by("pk")
    return able.exclude(turns__on__in=days)[0]


def asked(who, other, at, gives_on=MONDAY, **more):
    actor = factory.actor(who, at=at)
    return workforce.ask_swap(other=other, gives_on=gives_on, actor=actor, at=at, **more)


def agreed(swap, at, *, does_agree=True):
    actor = factory.actor(swap.other, at=at)
    return workforce.agree_swap(swap=swap, does_agree=does_agree, actor=actor, at=at)


def test_a_swap_goes_from_one_to_the_other_and_then_to_the_head(office, dewi, at):
    given = served(MONDAY)
    other = free(MONDAY)
    taken = Turn.objects.filter(account=other).exclude(on=MONDAY)
    mine = Turn.objects.filter(account=given.account).values("on")
    takes = taken.exclude(on__in=mine).first()

    swap = asked(given.account, other, at, takes_on=takes.on, words=" Ada rapat. ")
    assert (swap.state, swap.words, queries.swaps_to_decide(actor=dewi, today=MONDAY)) == (
        "asked", "Ada rapat.", [],
    )  # fmt: skip
    swap = agreed(swap, at)
    assert queries.swaps_to_decide(actor=dewi, today=MONDAY) == [swap]
    swap = workforce.decide_swap(swap=swap, is_approved=True, actor=dewi, at=at)

    assert swap.state == "approved"
    assert Turn.objects.get(pk=given.pk).account == other
    assert Turn.objects.get(pk=takes.pk).account == given.account
    notices = ["swap_agreed", "swap_asked", "swap_decided", "swap_decided"]
    told = Message.objects.filter(notice__startswith="swap_").order_by("notice")
    assert [message.notice for message in told] == notices
    assert Entry.objects.get(name="swap.decided").facts["state"] == "approved"
    given.roster.refresh_from_db()
    assert (given.roster.revision, given.roster.found["is_by_hand"]) == (3, True)


def test_a_turn_may_be_given_for_nothing(office, dewi, at):
    given, other = served(MONDAY), free(MONDAY)

    swap = agreed(asked(given.account, other, at), at)
    workforce.decide_swap(swap=swap, is_approved=True, actor=dewi, at=at)

    assert served(MONDAY).account == other


def test_a_swap_that_breaks_a_rule_is_refused_saying_which(office, at):
    given = served(MONDAY)
    clerk = factory.member(office, "Without skill")
    with pytest.raises(Invalid, match="Without skill is not qualified for Loket A"):
        asked(given.account, clerk, at)
    other = free(MONDAY)
    # What keeps somebody away is for who plans, not for whoever asks to swap.
    for kind in ("home", "leave", "travel"):
        factory.away(other, MONDAY, TUESDAY, kind)
        with pytest.raises(Invalid, match=f"{other} cannot come"):
            asked(given.account, other, at)
        Absence.objects.all().delete()


def test_who_is_not_of_the_unit_is_refused_by_name(office, citra, at):
    given = served(MONDAY)
    with pytest.raises(Invalid, match="Citra Dewanti is not of this unit"):
        asked(given.account, people.account_of(citra), at)


def test_rules_are_asked_again_when_it_is_decided(office, dewi, at):
    given, other = served(MONDAY), free(MONDAY)
    swap = agreed(asked(given.account, other, at), at)
    factory.away(other, MONDAY, TUESDAY, "travel")

    with pytest.raises(Invalid, match="is on official travel"):
        workforce.decide_swap(swap=swap, is_approved=True, actor=dewi, at=at)

    swap.refresh_from_db()
    assert (swap.state, served(MONDAY).account) == ("agreed", given.account)


def test_what_cannot_be_asked_is_refused(office, dewi, at):
    given, other = served(MONDAY), free(MONDAY)
    busy = Turn.objects.filter(on=MONDAY).exclude(pk=given.pk).first().account
    with pytest.raises(Invalid, match="not yourself"):
        asked(given.account, given.account, at)
    with pytest.raises(Invalid, match=r"has no turn on 9 March 2026"):
        asked(other, given.account, at)
    with pytest.raises(Invalid, match="has a turn on that day already"):
        asked(given.account, busy, at)
    with pytest.raises(Invalid, match="has begun"):
        asked(given.account, other, given.starts_at)
    asked(given.account, other, at)
    with pytest.raises(Conflict, match="already"):
        asked(given.account, other, at)


def test_two_on_one_day_change_their_places(office, dewi, at):
    given = served(MONDAY)
    able = Account.objects.filter(skills__name="counter")
    taken = Turn.objects.filter(on=MONDAY, counter=None, account__in=able).first()
    if taken is None:
        taken = Turn.objects.get(on=MONDAY, counter=None)
        Turn.objects.filter(pk=taken.pk).update(account=free(MONDAY))
        taken.refresh_from_db()

    swap = agreed(asked(given.account, taken.account, at, takes_on=MONDAY), at)
    workforce.decide_swap(swap=swap, is_approved=True, actor=dewi, at=at)

    assert served(MONDAY).account == taken.account
    assert Turn.objects.get(on=MONDAY, account=given.account).counter is None


def test_only_the_right_person_answers_withdraws_and_decides(office, dewi, citra, at):
    given, other = served(MONDAY), free(MONDAY)
    swap = asked(given.account, other, at)
    asker = factory.actor(given.account, at=at)

    with pytest.raises(NotAllowed, match="Only the colleague"):
        workforce.agree_swap(swap=swap, does_agree=True, actor=asker, at=at)
    with pytest.raises(NotAllowed, match="Only who asked"):
        workforce.withdraw_swap(swap=swap, actor=dewi, at=at)
    with pytest.raises(Conflict):
        workforce.decide_swap(swap=swap, is_approved=True, actor=dewi, at=at)
    with pytest.raises(NotAllowed):
        workforce.decide_swap(swap=swap, is_approved=True, actor=citra, at=at)
    with pytest.raises(NotFound):
        queries.swap(code=swap.code, actor=citra)
    workforce.withdraw_swap(swap=swap, actor=asker, at=at)
    with pytest.raises(Conflict):
        agreed(swap, at)


def test_a_head_does_not_decide_on_their_own_swap(office, dewi, at):
    head = Account.objects.get(full_name="Dewi")
    turn = Turn.objects.filter(account=head).first()
    other = free(turn.on)
    swap = agreed(asked(head, other, at, gives_on=turn.on), at)

    assert queries.swaps_to_decide(actor=dewi, today=MONDAY) == []
    with pytest.raises(NotAllowed, match="of their own"):
        workforce.decide_swap(swap=swap, is_approved=True, actor=dewi, at=at)


def test_declined_and_refused_swaps_change_nothing(office, dewi, at):
    given, other = served(MONDAY), free(MONDAY)
    declined = agreed(asked(given.account, other, at), at, does_agree=False)
    swap = agreed(asked(given.account, other, at), at)
    refused = workforce.decide_swap(
        swap=swap, is_approved=False, remark="Tidak bisa.", actor=dewi, at=at
    )

    assert (declined.state, refused.state) == ("declined", "refused")
    assert served(MONDAY).account == given.account
    assert Message.objects.filter(notice="swap_decided", body__contains="Tidak bisa.").exists()
    assert Swap.objects.count() == 2
    assert {s.code for s in queries.swaps_of(account=other)} == {declined.code, refused.code}
