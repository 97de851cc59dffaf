"""What each part of the answer says."""

from decimal import Decimal

from tests.policies.rules.law import (
    CITY,
    DISTRICT,
    PROVINCE,
    VILLAGE,
    ask,
    book,
    circular,
    cited,
    clocks,
    provision,
)

FRIDAY = "2020-03-20 10:00"


def law_of(*provisions, number="A", **more):
    return book(circular(number, *provisions, since="2020-03-17", **more))


def test_what_nobody_touches_is_ordinary_and_without_reasons():
    answer = ask(book(), FRIDAY)

    assert answer.counters.state.value == "open"
    assert clocks(answer.counters.hours.value) == ["07:30-16:00"]
    assert answer.services.channels.value == ("counter", "web")
    assert answer.reopens_at.value is None
    assert answer.protocol == ()
    assert answer.counters.state.because == answer.services.channels.because == ()


def test_counters_have_no_hours_on_weekends_and_holidays():
    for moment in ("2020-03-21 10:00", "2020-03-25 10:00"):
        assert ask(book(), moment).counters.hours.value == ()


def test_hours_do_not_fail_in_a_year_without_joint_leave():
    assert clocks(ask(book(), "2031-03-20 10:00").counters.hours.value) == ["07:30-16:00"]


def test_hours_of_a_named_day_beat_those_of_every_day_and_others_stay():
    law = law_of(
        provision("hours", hours={"friday": ["08:00-11:00", "13:00-14:00"], "monday": []}),
        provision("hours", hours={"every_day": ["08:00-12:00"]}, scope={"units": [CITY]}),
    )

    friday, monday, tuesday = ("2020-03-20 10:00", "2020-03-23 10:00", "2020-03-24 10:00")
    assert clocks(ask(law, friday, "31.74").counters.hours.value) == [
        "08:00-11:00",
        "13:00-14:00",
    ]
    assert ask(law, monday, "31.74").counters.hours.value == ()
    assert cited(ask(law, monday, "31.74").counters.hours) == ["A"]
    assert clocks(ask(law, tuesday, "31.74").counters.hours.value) == ["07:30-16:00"]
    assert clocks(ask(law, friday, CITY).counters.hours.value) == ["08:00-12:00"]


def test_the_day_is_that_of_the_office():
    # 23:30 UTC on Thursday is Friday morning in Jakarta.
    law = law_of(provision("hours", hours={"friday": ["08:00-11:00"]}))

    assert clocks(ask(law, "2020-03-20 06:30").counters.hours.value) == ["08:00-11:00"]
    assert clocks(ask(law, "2020-03-19 23:59").counters.hours.value) == ["07:30-16:00"]


def test_counters_that_are_online_only_leave_the_other_ways():
    answer = ask(law_of(provision("counters", state="online_only")), FRIDAY)

    assert answer.services.channels.value == ("web",)
    assert cited(answer.services.channels) == ["A"]
    assert answer.counters.hours.value == ()
    assert answer.clock.suspended.value is False


def test_channels_replace_the_ordinary_ones_with_hours_of_their_own():
    law = law_of(
        provision("channels", channels=["counter", "app"], hours={"every_day": ["07:30-16:00"]})
    )

    assert ask(law, FRIDAY).services.channels.value == ("counter", "app")
    assert clocks(ask(law, FRIDAY).services.hours.value) == ["07:30-16:00"]
    assert ask(law, "2020-03-21 10:00").services.hours.value == ()


def test_a_suspended_service_has_no_channel_and_its_clock_stands_still():
    law = law_of(
        provision("suspension", scope={"services": ["ktp-new"]}, article="5"),
        provision("channels", channels=["web"], article="6"),
    )

    answer = ask(law, FRIDAY, service="ktp-new")
    assert answer.services.suspended.value is True
    assert answer.services.channels.value == ()
    assert [because.article for because in answer.services.channels.because] == ["5"]
    assert answer.clock.suspended.value is True
    assert ask(law, FRIDAY, service="kk-new").clock.suspended.value is False
    assert ask(law, FRIDAY).services.suspended.value is False


def test_a_room_that_may_not_be_full_limits_open_counters_only():
    share = provision("room", max_share="50%")

    assert ask(law_of(share), FRIDAY).counters.state.value == "limited"
    full = law_of(provision("room", max_share="100%"))
    assert ask(full, FRIDAY).counters.state.value == "open"
    shut = law_of(share, provision("counters", state="online_only"))
    assert ask(shut, FRIDAY).counters.state.value == "online_only"


def test_people_in_a_room_are_told_only_of_a_room():
    law = law_of(provision("room", max_share="25%"))

    assert ask(law, FRIDAY).rooms.max_people.value is None
    assert ask(law, FRIDAY, CITY, room="R-31.71-2").rooms.max_people.value == 2
    assert ask(law, FRIDAY, CITY, room="R-31.71-1").rooms.max_people.value == 15


def test_a_maximum_that_makes_a_minimum_impossible_is_shown():
    law = book(
        circular("62", provision("attendance", min_share="50%"), since="2020-03-17"),
        circular(
            "88",
            provision("attendance", max_share="25%"),
            since="2020-03-18",
            on="2020-03-18",
        ),
    )

    answer = ask(law, FRIDAY)
    assert answer.attendance.min_share.value is None
    assert answer.attendance.max_share.value == Decimal("0.25")
    assert [(d.part, d.holds.number, d.yields.number, d.rule) for d in answer.disputes] == [
        ("attendance.min_share", "88", "62", "later")
    ]


def test_the_narrower_of_a_minimum_and_a_maximum_holds():
    law = law_of(
        provision("attendance", min_share="50%", scope={"units": [CITY]}),
        provision("attendance", max_share="25%", scope={"units": [PROVINCE]}),
    )

    answer = ask(law, FRIDAY, CITY)
    assert answer.attendance.min_share.value == Decimal("0.5")
    assert answer.attendance.max_share.value is None
    assert [d.rule for d in answer.disputes] == ["narrower"]
    assert ask(law, FRIDAY, "31.74").disputes == ()


def test_a_minimum_and_a_maximum_at_one_time_go_together():
    law = law_of(provision("attendance", min_share="50%", max_share_concurrent="25%"))

    assert ask(law, FRIDAY).disputes == ()


def test_a_minimum_is_impossible_if_nobody_may_be_there():
    law = law_of(
        provision("attendance", min_share="50%", scope={"units": [PROVINCE]}, article="1"),
        provision("attendance", max_share_concurrent="0%", scope={"units": [CITY]}),
    )

    answer = ask(law, FRIDAY)
    assert answer.attendance.min_share.value is None
    assert [d.part for d in answer.disputes] == ["attendance.min_share"]


def test_shares_are_decided_each_by_itself():
    law = law_of(
        provision("attendance", max_share="75%", min_share="10%"),
        provision("attendance", max_share="50%", scope={"units": [DISTRICT]}, article="2"),
    )

    attendance = ask(law, FRIDAY).attendance
    assert (attendance.min_share.value, attendance.max_share.value) == (
        Decimal("0.1"),
        Decimal("0.5"),
    )


def test_excused_groups_and_duties_add_up():
    law = book(
        circular(
            "A",
            provision("excused", groups=["pregnant", "elderly"], elderly_from=60),
            provision("reporting", duties=["same_day"]),
            since="2020-03-17",
        ),
        circular(
            "B",
            provision(
                "excused",
                groups=["elderly", "chronic_illness"],
                elderly_from=50,
                scope={"units": [VILLAGE]},
            ),
            provision("reporting", duties=["photo"]),
            since="2020-03-17",
        ),
    )

    attendance = ask(law, FRIDAY).attendance
    assert attendance.excused.value == ("chronic_illness", "elderly", "pregnant")
    assert cited(attendance.excused) == ["B", "A"]
    assert attendance.elderly_from.value == 50
    assert attendance.reporting.value == ("photo", "same_day")


def test_shifts_are_those_of_the_day_with_their_breaks():
    law = law_of(
        provision(
            "shifts",
            shifts=[
                {
                    "name": "1",
                    "hours": {"every_day": "07:00-15:30", "friday": "07:00-16:00"},
                    "pause": {"every_day": "11:30-12:30", "friday": "11:30-13:00"},
                },
                {"name": "2", "hours": {"monday": "09:00-17:30"}},
            ],
        )
    )

    def shifts(moment):
        found = ask(law, moment).attendance.shifts.value
        return [(s.name, str(s.hours), str(s.pause)) for s in found]

    assert shifts(FRIDAY) == [("1", "07:00-16:00", "11:30-13:00")]
    assert shifts("2020-03-23 10:00") == [
        ("1", "07:00-15:30", "11:30-12:30"),
        ("2", "09:00-17:30", "None"),
    ]
    assert shifts("2020-03-21 10:00") == []


def test_each_item_of_the_protocol_is_decided_by_itself():
    law = law_of(
        provision("protocol", mask=True, distance_m="1"),
        provision("protocol", distance_m="2", ppe="full", scope={"units": [VILLAGE]}),
    )

    found = {item: part.value for item, part in ask(law, FRIDAY).protocol}
    assert found == {"distance_m": Decimal(2), "mask": True, "ppe": "full"}
    assert list(found) == sorted(found)


def test_priority_letters_and_longer_deadlines():
    law = law_of(
        provision("priority", groups=["pregnant", "disabled"]),
        provision("letters", drop_box=True),
        provision("letters", email=True, article="2"),
        provision("clock", extended_by=5),
    )

    answer = ask(law, FRIDAY)
    assert answer.services.priority.value == ("pregnant", "disabled")
    assert (answer.letters.drop_box.value, answer.letters.email.value) == (True, True)
    assert answer.clock.extended_by.value == 5
    assert answer.clock.suspended.value is False


def test_a_revoked_circular_leaves_no_trace():
    gone = circular(
        "A",
        provision("counters", state="closed"),
        provision("room", max_share="25%"),
        provision("clock", suspended=True),
        since="2020-03-17",
        revoked_from="2020-03-20 12:00",
    )

    assert ask(book(gone), "2020-03-20 11:59").counters.state.value == "closed"
    assert ask(book(gone), "2020-03-20 12:00") == ask(book(), "2020-03-20 12:00")
