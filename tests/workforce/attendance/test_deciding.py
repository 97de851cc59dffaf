"""What came in late and is confirmed, and appeals."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from loket.files.models import StoredFile
from loket.kernel.errors import Conflict, Invalid, NotAllowed
from loket.people import queries as people
from loket.workforce import queries
from loket.workforce import services as workforce
from loket.workforce.models import Ruling, Stay
from loket.workforce.rules.attendance import lines
from tests.factories import files as made

from .conftest import MONDAY, moment
from .test_clocking import result

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)
NOTHING = timedelta()


def offline(
    budi, *, contact: str = "07:00", claimed: str = "07:28", sent: str = "08:10", ahead=NOTHING
) -> dict[str, object]:
    """Return what a phone says that pressed without a line; its clock may be ahead."""
    account = people.account_of(budi)
    return {
        "is_offline": True,
        "claimed_at": moment(claimed) + ahead,
        "sent_at": moment(sent) + ahead,
        "contact": queries.server_word(account=account, at=moment(contact)),
    }


def test_arrival_counts_until_the_superior_confirms(budi, dewi, desk, press) -> None:
    row = press(budi, "08:10", **offline(budi))
    assert (row.counts_at, row.flags) == (moment("08:10"), [])
    before = result(budi, moment("09:00"))
    assert before.minutes_late == 40
    assert lines.words(before.lines[-1]).startswith(
        "Menurut ponsel, tombol ditekan pukul 07.28"
    )
    workforce.confirm_clocking(clocking=row, actor=dewi, at=moment("09:00"))
    after = result(budi, moment("09:01"))
    assert (after.result, after.minutes_late) == ("present", 0)
    assert Stay.objects.get().starts_at == moment("07:28")
    with pytest.raises(Conflict):
        workforce.confirm_clocking(clocking=row, actor=dewi, at=moment("09:02"))


def test_confirming_at_once_twice_happens_once(budi, dewi, press) -> None:
    row = press(budi, "08:10", **offline(budi))
    other = queries.clocking(key=row.key, actor=dewi)
    workforce.confirm_clocking(clocking=row, actor=dewi, at=moment("09:00"))
    with pytest.raises(Conflict):
        workforce.confirm_clocking(clocking=other, actor=dewi, at=moment("09:00"))


def test_wrong_clock_is_told_and_taken_off(budi, press) -> None:
    row = press(budi, "08:10", **offline(budi, ahead=timedelta(hours=2)))
    assert (row.skew_seconds, row.flags) == (7200, ["clock"])
    assert result(budi, moment("09:00")).lines[-1].facts["time"] == moment("07:28")


@pytest.mark.parametrize("facts", [{"contact": "07:40"}, {"claimed": "09:30"}])
def test_claim_outside_what_is_possible_cannot_be_confirmed(budi, dewi, press, facts) -> None:
    given = offline(budi, **facts)
    row = press(budi, "08:10", **given)
    if "claimed" in facts:
        assert row.flags == []  # a claim of later is taken as now
        return
    assert row.flags == ["unproven"]
    with pytest.raises(Invalid, match="mengajukan keberatan"):
        workforce.confirm_clocking(clocking=row, actor=dewi, at=moment("09:00"))


def test_page_that_never_spoke_with_the_server_proves_nothing(budi, dewi, press) -> None:
    for word in ("", "nonsense", "1:2:3"):
        assert press(budi, "08:10", **offline(budi) | {"contact": word}).flags[-1] == "unproven"


def test_what_another_pressed_on_this_phone_is_not_mine(budi, dewi, press) -> None:
    with pytest.raises(Conflict, match="ditekan orang lain"):
        press(dewi, "08:10", **offline(budi))


def test_yesterdays_pressing_that_comes_today_is_yesterdays(budi, dewi, press) -> None:
    press(budi, "07:28")
    given = offline(budi, claimed="16:02") | {"sent_at": moment("08:00", TUESDAY)}
    late = press(budi, "08:00", "out", TUESDAY, **given)
    assert (late.on, late.counts_at) == (MONDAY, moment("08:00", TUESDAY))
    waits = result(budi, moment("09:00", TUESDAY))
    assert waits.result == "incomplete"
    workforce.confirm_clocking(clocking=late, actor=dewi, at=moment("09:00", TUESDAY))
    assert result(budi, moment("09:00", TUESDAY)).result == "present"


def test_far_without_a_line_is_kept_and_flagged(budi, press) -> None:
    row = press(budi, "08:10", latitude=-6.5, **offline(budi))
    assert (row.flags, row.place) == (["far"], None)


def test_code_without_a_line_is_held_against_the_claimed_minute(budi, office, press) -> None:
    code = queries.door_code(place=office.office.place, at=moment("07:28"))
    right = press(budi, "08:10", way="code", code=code, **offline(budi))
    wrong = press(budi, "08:10", "out", way="code", code=code, **offline(budi, claimed="07:50"))
    assert (right.flags, wrong.flags) == ([], ["wrong_code"])


def test_nobody_confirms_their_own(dewi, budi, citra, press) -> None:
    row = press(dewi, "08:10", **offline(dewi))
    for somebody in (dewi, budi, citra):
        with pytest.raises(NotAllowed):
            workforce.confirm_clocking(clocking=row, actor=somebody, at=moment("09:00"))


def appeal(actor, words="Lift macet, saya di kantor.", at: datetime | None = None, **facts):
    facts = {"on": MONDAY} | facts
    return workforce.appeal_day(
        words=words, actor=actor, at=at or moment("08:00", TUESDAY), **facts
    )


def test_appeal_granted_holds_instead(budi, dewi, press) -> None:
    press(dewi, "07:20")
    assert result(budi, moment("08:00", TUESDAY)).result == "absent"
    row = appeal(budi, proof=made.jpeg(), proof_name="lift.jpg")
    assert result(budi, moment("08:00", TUESDAY)).result == "absent"
    workforce.decide_appeal(
        ruling=row, is_granted=True, actor=dewi, at=moment("09:00", TUESDAY)
    )
    found = result(budi, moment("10:00", TUESDAY))
    assert (found.result, found.is_unexcused) == ("present", False)
    with pytest.raises(Conflict):
        appeal(budi)
    with pytest.raises(Conflict):
        workforce.decide_appeal(
            ruling=row,
            is_granted=False,
            remark="Tidak",
            actor=dewi,
            at=moment("10:00", TUESDAY),
        )


def test_appeal_refused_says_why_and_may_be_made_again(budi, dewi, press) -> None:
    row = appeal(budi)
    decide = {"ruling": row, "actor": dewi, "at": moment("09:00", TUESDAY)}
    with pytest.raises(Invalid, match="alasan penolakan"):
        workforce.decide_appeal(is_granted=False, remark=" ", **decide)
    workforce.decide_appeal(is_granted=False, remark="Lift tidak macet.", **decide)
    assert appeal(budi).state == "asked"
    assert Ruling.objects.count() == 2


def test_appeal_waits_once(budi, press) -> None:
    appeal(budi)
    with pytest.raises(Conflict, match="sudah mengajukan"):
        appeal(budi, proof=made.jpeg())
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        ({"words": "  "}, Invalid),
        ({"on": MONDAY + timedelta(days=30)}, Invalid),
        ({"proof": b"MZ a program"}, Invalid),
        ({"on": MONDAY.replace(year=2019)}, NotAllowed),
    ],
)
def test_appeal_that_cannot_be_is_refused(budi, press, facts, kind) -> None:
    with pytest.raises(kind):
        appeal(budi, **facts)


@pytest.mark.parametrize("counts_as", ["leave", "absent", "", "nonsense"])
def test_only_some_results_are_granted(budi, dewi, press, counts_as) -> None:
    row = appeal(budi)
    with pytest.raises(Invalid):
        workforce.decide_appeal(
            ruling=row, is_granted=True, counts_as=counts_as, actor=dewi,
            at=moment("09:00", TUESDAY),
        )  # fmt: skip


def test_nobody_decides_their_own_appeal(budi, dewi, citra, press) -> None:
    row = appeal(dewi)
    for somebody in (dewi, budi, citra):
        with pytest.raises(NotAllowed):
            workforce.decide_appeal(
                ruling=row, is_granted=True, actor=somebody, at=moment("09:00", TUESDAY)
            )
