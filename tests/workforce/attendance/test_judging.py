"""What a day came to, as a table of cases; later is never less late."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loket.workforce.rules.attendance import discipline, lines
from loket.workforce.rules.attendance.judging import judge, may_be_absent
from loket.workforce.rules.attendance.values import RESULTS, Clocked, DayFacts, Hours

JAKARTA = ZoneInfo("Asia/Jakarta")
ON = date(2020, 9, 21)
TOMORROW = datetime(2020, 9, 22, 7, 0, tzinfo=JAKARTA)


def when(clock: str, day: int = 21) -> datetime:
    return datetime.combine(date(2020, 9, day), time.fromisoformat(clock), JAKARTA)


ORDINARY = Hours(when("07:30"), when("16:00"), (when("12:00"), when("13:00")))
SHORT = Hours(when("08:00"), when("13:30"))
EARLY = Hours(when("07:00"), when("12:30"), None, "Sif 1")
LATE = Hours(when("10:30"), when("16:00"), None, "Sif 2")
NIGHT = Hours(when("22:00"), when("06:00", 22), None, "Malam")


def facts(*clocked: tuple[str, str], way: str = "place", **changes) -> DayFacts:
    made = tuple(Clocked(kind, way, when(clock)) for kind, clock in clocked)
    return DayFacts(**{"on": ON, "hours": (ORDINARY,), "clocked": made} | changes)


IN, OUT = ("in", "07:28"), ("out", "16:02")
CASES = [
    ("in time", facts(IN, OUT), ("present", 0, 0)),
    ("the same second is in time", facts(("in", "07:30:59"), OUT), ("present", 0, 0)),
    ("a minute late", facts(("in", "07:31"), OUT), ("late", 1, 0)),
    ("left early", facts(IN, ("out", "15:49:30")), ("left_early", 0, 10)),
    ("late and early", facts(("in", "08:00"), ("out", "15:00")), ("late", 30, 60)),
    ("in twice: the first", facts(IN, ("in", "09:00"), OUT), ("present", 0, 0)),
    ("out twice: the last", facts(IN, ("out", "12:00"), OUT), ("present", 0, 0)),
    ("never out", facts(IN), ("incomplete", 0, 0)),
    ("out without in", facts(OUT), ("incomplete", 0, 0)),
    ("out before in", facts(("out", "09:00"), ("in", "10:00")), ("incomplete", 150, 420)),
    ("nobody came", facts(), ("absent", 0, 0)),
    ("leave", facts(absence="leave"), ("leave", 0, 0)),
    ("leave, and came", facts(IN, OUT, absence="leave"), ("leave", 0, 0)),
    ("travel", facts(absence="travel"), ("travel", 0, 0)),
    ("holiday", facts(holiday="Nyepi"), ("free", 0, 0)),
    ("worked on a holiday", facts(IN, OUT, holiday="Nyepi"), ("free", 0, 0)),
    ("at home, nothing asked", facts(where="home"), ("home", 0, 0)),
    ("at home, nobody reported", facts(where="home", reports_home=True), ("absent", 0, 0)),
    ("at home by photo", facts(IN, OUT, way="home", where="home"), ("home", 0, 0)),
    ("late at home", facts(("in", "07:45"), OUT, way="home", where="home"), ("home", 15, 0)),
    ("closed", facts(where="home", is_closed=True, reports_home=True), ("closed", 0, 0)),
    ("closed, worked at home", facts(IN, OUT, way="home", is_closed=True), ("home", 0, 0)),
    ("appeal granted", facts(ruling="present"), ("present", 0, 0)),
    ("not kept", facts(is_kept=False), ("none", 0, 0)),
    ("short hours", facts(("in", "08:00"), ("out", "13:30"), hours=(SHORT,)), ("present", 0, 0)),
    (
        "the shift that fits best",
        facts(("in", "10:29"), ("out", "16:00"), hours=(EARLY, LATE)),
        ("present", 0, 0),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "found"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_day_comes_to(facts: DayFacts, found: tuple[str, int, int]) -> None:
    result = judge(facts, at=TOMORROW)
    assert (result.result, result.minutes_late, result.minutes_early) == found
    assert result.is_final
    assert result.result in RESULTS
    assert [lines.words(line) for line in result.lines] != []
    assert may_be_absent(facts) or result.result != "absent"


def test_day_is_explained_line_by_line() -> None:
    result = judge(facts(("in", "07:42"), ("out", "15:50")), at=TOMORROW)
    assert [lines.words(line) for line in result.lines] == [
        "Jam kerja biasa: pukul 07.30 sampai 16.00.",
        "Absen masuk pukul 07.42, berdasarkan lokasi.",
        "Absen pulang pukul 15.50, berdasarkan lokasi.",
        "Terlambat 12 menit.",
        "Pulang 10 menit lebih awal.",
        "Bekerja 7 jam 8 menit dari 7 jam 30 menit yang wajib; istirahat tidak dihitung.",
    ]


def test_long_times_are_said_in_hours() -> None:
    result = judge(facts(("in", "08:35"), ("out", "10:08")), at=TOMORROW)
    told = [lines.words(line) for line in result.lines]
    assert told[3:5] == ["Terlambat 1 jam 5 menit.", "Pulang 5 jam 52 menit lebih awal."]


@pytest.mark.parametrize(
    ("hours", "due"), [(ORDINARY, 450), (SHORT, 330), (EARLY, 330), (NIGHT, 480)]
)
def test_hours_are_net(hours: Hours, due: int) -> None:
    assert hours.minutes == due


def test_day_is_not_judged_before_it_is_over() -> None:
    assert judge(facts(), at=when("09:00")).result == "pending"
    so_far = judge(facts(("in", "07:41")), at=when("09:00"))
    assert (so_far.result, so_far.minutes_late, so_far.is_final) == ("late", 11, False)
    assert judge(facts(("in", "07:41")), at=when("19:59")).result == "late"
    assert judge(facts(("in", "07:41")), at=when("20:00")).result == "incomplete"


def test_night_shift_is_one_day() -> None:
    night = DayFacts(
        on=ON,
        hours=(NIGHT,),
        source="turn",
        clocked=(
            Clocked("in", "code", when("21:55")),
            Clocked("out", "code", when("06:01", 22)),
        ),
    )
    result = judge(night, at=when("11:00", 22))
    assert (result.result, result.minutes_worked) == ("present", 486)


def test_what_came_in_after_the_day_waits_to_be_confirmed() -> None:
    late = Clocked("in", "place", when("08:00", 22), claimed_at=when("07:28"))
    result = judge(DayFacts(ON, (ORDINARY,), clocked=(late,)), at=when("09:00", 22))
    assert (result.result, result.minutes_late) == ("incomplete", 0)
    assert [lines.words(line) for line in result.lines][1:] == [
        "Absen dari ponsel baru tiba setelah hari itu berakhir; atasan dapat mengesahkannya.",
        "Menurut ponsel, tombol ditekan pukul 07.28; atasan dapat mengesahkannya.",
    ]


def test_work_elsewhere_than_planned_is_told_and_not_judged() -> None:
    came = judge(facts(IN, OUT, where="home", source="roster"), at=TOMORROW)
    stayed = judge(facts(IN, OUT, way="home", where="office", source="turn"), at=TOMORROW)
    assert (came.result, came.lines[-1].key) == ("present", "office_unplanned")
    assert (stayed.result, stayed.lines[-1].key) == ("home", "home_unplanned")


minutes = st.integers(0, 12 * 60)


@given(first=minutes, second=minutes, out=minutes)
def test_later_is_never_less_late(first: int, second: int, out: int) -> None:
    def late(after: int) -> int:
        came = Clocked("in", "place", when("06:00") + timedelta(minutes=after))
        left = Clocked("out", "place", when("06:00") + timedelta(minutes=out))
        return judge(DayFacts(ON, (ORDINARY,), clocked=(came, left)), at=TOMORROW).minutes_late

    assert late(min(first, second)) <= late(max(first, second))


@given(came=minutes, left=minutes)
def test_work_is_never_more_than_presence(came: int, left: int) -> None:
    since = when("06:00") + timedelta(minutes=min(came, left))
    until = when("06:00") + timedelta(minutes=max(came, left))
    worked = ORDINARY.worked(since, until)
    assert 0 <= worked <= abs(came - left)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (2, None),
        (3, "teguran lisan"),
        (6, "teguran tertulis"),
        (7, "pernyataan tidak puas secara tertulis"),
        (20, "pemotongan tukin 25% selama 12 bulan"),
        (27, "pembebasan dari jabatan menjadi pelaksana selama 12 bulan"),
        (200, "pemberhentian"),
    ],
)
def test_count_is_held_against_the_regulation(days: int, words: str | None) -> None:
    step = discipline.step(days)
    assert (str(step.words) if step else None) == words


def test_days_on_which_nobody_works_break_no_run() -> None:
    marks = [True] * 5 + [None, None] + [True] * 5 + [False, True]
    assert discipline.count(marks) == discipline.Count(11, 10)
    assert discipline.count(marks).is_long_run
