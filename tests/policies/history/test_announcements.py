"""What was found beyond the circulars: asked with both files loaded."""

from __future__ import annotations

import pytest

from loket.kernel.access import Actor
from loket.policies import queries, services
from loket.policies.models import Circular

from .conftest import TODAY, ask, cited, part
from .days import COUNTER, FURTHER_DAYS, LURAH


@pytest.mark.parametrize(("day", "unit", "name", "value"), FURTHER_DAYS)
def test_day(fuller_book, day, unit, name, value):
    assert part(ask(fuller_book, day, unit), name) == value


def test_cards_in_the_north_are_still_recorded(fuller_book):
    north = ask(fuller_book, "2021-07-06", "31.72-DUKCAPIL", service="KTP-NEW")
    assert part(north, "counters.state") == "limited"
    april = ask(fuller_book, "2020-04-10", COUNTER, service="KTP-NEW")
    assert part(april, "service.suspended") is True


def test_the_ministry_yields_to_the_province(fuller_book):
    """The risk zone allowed a quarter, the province demanded a half and did so."""
    answer = ask(fuller_book, "2020-09-10", "31.71.01.1001")
    assert part(answer, "attendance.min_share") == 0.5
    assert part(answer, "attendance.max_share") is None
    (dispute,) = answer["disputes"]
    assert dispute["part"] == "attendance.max_share"
    assert dispute["holds"]["circular"] == "Sekda DKI Jakarta 62/SE/2020 (02-09-2020)"
    assert dispute["yields"]["circular"] == "Menpan-RB SE 67/2020 (04-09-2020)"
    assert dispute["rule"] == "narrower"


def test_an_extension_shows_who_extended(fuller_book):
    answer = ask(fuller_book, "2020-04-05", COUNTER)
    (reason,) = answer["counters"]["because"]["state"]
    assert reason["period"]["to"] == "2020-04-20T00:00:00+07:00"


def test_amendments_replace_one_another(fuller_book):
    cases = {
        "2021-07-06": "Menpan-RB SE 14/2021 (02-07-2021)",
        "2021-08-05": "Menpan-RB SE 16/2021 (21-07-2021)",
        "2021-10-10": "Menpan-RB SE 23/2021 (05-10-2021)",
        "2021-11-05": "Menpan-RB SE 24/2021 (22-10-2021)",
        "2021-11-15": "Menpan-RB SE 25/2021 (12-11-2021)",
    }
    answers = {day: ask(fuller_book, day, LURAH) for day in cases}
    found = {day: cited(answer, "attendance.max_share") for day, answer in answers.items()}
    assert found == {day: [label] for day, label in cases.items()}
    assert all(answer["disputes"] == [] for answer in answers.values())


def test_all_of_it_is_loaded_once(announcements, db):
    timeline, loaded = announcements
    counts = (len(timeline.circulars), len(timeline.closures), len(timeline.zones))
    assert (len(loaded.circulars), len(loaded.closures), len(loaded.zones)) == counts
    again = services.load_timeline(timeline=timeline, actor=Actor.system("x"), at=TODAY)
    assert (again.circulars, again.closures, again.zones) == ((), (), ())


def test_every_entry_says_how_sure_we_are(announcements):
    timeline, _loaded = announcements
    known = ("H ", "M ", "L ", "MEM ")
    sources = [entry.source for entry in (*timeline.circulars, *timeline.zones)]
    assert [source for source in sources if not source.startswith(known)] == []


def test_nothing_of_it_holds_today(announcements, db):
    ends = queries.effective_ends()
    open_ended = [row for row in Circular.objects.all() if ends[row.code] is None]
    assert len(open_ended) == 2
