"""One's own turns, the calendar's address, and swaps between colleagues."""

from __future__ import annotations

import pytest
from django.test import Client

from loket.workforce.models import Feed, Swap, Turn
from tests.factories import rosters as factory

MINE = "/desk/turns/"


@pytest.fixture
def counter_turns(published, team) -> dict[str, list[Turn]]:
    """Return the turns of Budi and Ani, who share Loket 1."""
    rows = Turn.objects.filter(roster=published).order_by("on")
    return {name: list(rows.filter(account=team[name])) for name in ("budi", "ani")}


@pytest.fixture
def budis(budi, at_work) -> Client:
    return at_work(budi)


@pytest.fixture
def anis(team, at_work, at) -> Client:
    return at_work(factory.actor(team["ani"], at=at))


def asked(budis: Client, turns, team, **changes):
    gives, takes = turns["budi"][0].on, turns["ani"][0].on
    sent = {
        "gives": f"{gives}",
        "takes": f"{team['ani'].username}/{takes}",
        "words": "Ada acara keluarga.",
    }
    return budis.post(f"{MINE}swap/", sent | changes)


def test_the_next_turn_comes_first_and_only_ones_own(budis, counter_turns):
    page = budis.get(MINE)
    ours = [turn.on for turn in counter_turns["budi"]]
    shown = [page.context["next"], *page.context["later"]]
    assert [row["turn"].on for row in shown] == ours
    assert shown[0]["where"] == "Loket 1 · Ruang pelayanan"


def test_drafts_are_not_ones_turns_yet(budis, planned):
    page = budis.get(MINE)
    assert page.context["next"] is None
    assert "Belum ada giliran untuk Anda" in page.text


def test_who_is_not_signed_in_is_sent_to_sign_in(client):
    assert client.get(MINE).status_code == 302


def test_the_calendar_address_is_shown_once_and_renewed(budis, counter_turns, settings):
    settings.PUBLIC_URL = "https://loket.example"
    made = budis.post(f"{MINE}feed/")
    address = made.context["secret_url"]
    assert address.startswith("https://loket.example/calendar/")
    assert made["Cache-Control"] == "no-store, private"
    assert "/calendar/" not in budis.get(MINE).text
    path = address.removeprefix("https://loket.example")
    calendar = Client().get(path)
    assert calendar["Content-Type"] == "text/calendar; charset=utf-8"
    assert calendar.text.count("BEGIN:VEVENT") == len(counter_turns["budi"])
    secret = path.removeprefix("/calendar/").removesuffix(".ics")
    assert secret not in Feed.objects.get().digest
    budis.post(f"{MINE}feed/")
    assert Client().get(path).status_code == 404


def test_the_calendar_address_can_be_stopped(budis, counter_turns):
    address = budis.post(f"{MINE}feed/").context["secret_url"]
    path = address[address.index("/calendar/") :]
    assert Client().get(path).status_code == 200
    assert budis.post(f"{MINE}feed/drop/")["Location"] == MINE
    assert Client().get(path).status_code == 404


@pytest.mark.parametrize("secret", ["x", "x" * 43, "%00", "é"])
def test_nobody_guesses_a_calendar(db, secret):
    assert Client().get(f"/calendar/{secret}.ics").status_code == 404


def test_a_swap_goes_from_asking_through_agreeing_to_the_head(
    budis, anis, dewis, counter_turns, team
):
    assert asked(budis, counter_turns, team)["Location"] == MINE
    swap = Swap.objects.get()
    assert budis.get(MINE).context["asked"][0]["state"] == "menunggu Ani"
    assert [row["swap"] for row in anis.get(MINE).context["offered"]] == [swap]
    answer = anis.post(f"{MINE}swaps/{swap.code}/answer/", {"do": "agree"})
    assert answer.status_code == 303
    assert [row["swap"] for row in dewis.get(MINE).context["swaps"]] == [swap]
    assert "Ada acara keluarga." in dewis.get("/desk/rosters/").text
    sent = {"do": "approve", "remark": "Baik.", "next": "/desk/rosters/"}
    decided = dewis.post(f"{MINE}swaps/{swap.code}/decide/", sent)
    assert decided["Location"] == "/desk/rosters/"
    swap.refresh_from_db()
    assert (swap.state, swap.remark) == ("approved", "Baik.")
    ours = [row["turn"].on for row in [budis.get(MINE).context["next"]]]
    assert counter_turns["budi"][0].on not in ours


def test_a_swap_can_be_declined_withdrawn_or_refused(budis, anis, dewis, counter_turns, team):
    asked(budis, counter_turns, team)
    first = Swap.objects.get()
    anis.post(f"{MINE}swaps/{first.code}/answer/", {"do": "decline"})
    asked(budis, counter_turns, team)
    second = Swap.objects.exclude(pk=first.pk).get()
    budis.post(f"{MINE}swaps/{second.code}/withdraw/")
    asked(budis, counter_turns, team)
    third = Swap.objects.exclude(pk__in=[first.pk, second.pk]).get()
    anis.post(f"{MINE}swaps/{third.code}/answer/", {"do": "agree"})
    dewis.post(f"{MINE}swaps/{third.code}/decide/", {"do": "refuse"})
    states = list(Swap.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["declined", "withdrawn", "refused"]


def test_nobody_else_answers_withdraws_or_decides(
    budis, anis, at_work, citra, counter_turns, team
):
    asked(budis, counter_turns, team)
    swap = Swap.objects.get()
    acts = ("answer", "withdraw", "decide")
    strangers = at_work(citra)
    found = [strangers.post(f"{MINE}swaps/{swap.code}/{act}/").status_code for act in acts]
    assert found == [404] * 3
    assert budis.post(f"{MINE}swaps/{swap.code}/answer/", {"do": "agree"}).status_code == 403
    assert anis.post(f"{MINE}swaps/{swap.code}/withdraw/").status_code == 403
    assert anis.post(f"{MINE}swaps/{swap.code}/decide/").status_code == 403
    swap.refresh_from_db()
    assert swap.state == "asked"


def test_a_swap_that_breaks_a_rule_says_which_and_keeps_the_choice(budis, counter_turns, team):
    cahya = f"{team['cahya'].username}/-"
    answer = asked(budis, counter_turns, team, takes=cahya)
    assert answer.status_code == 422
    assert answer.context["refusal"] or answer.context["errors"]
    assert answer.context["state"]["takes"] == cahya
    assert Swap.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"gives": ""}, "gives"), ({"takes": ""}, "takes"), ({"takes": "nobody/-"}, "takes")],
)
def test_what_was_not_chosen_is_told_at_its_field(budis, counter_turns, team, changes, field):
    answer = asked(budis, counter_turns, team, **changes)
    assert (answer.status_code, list(answer.context["errors"])) == (422, [field])


@pytest.mark.parametrize("swaps", [1, 3])
def test_ones_page_asks_as_much_for_three_swaps_as_for_one(
    budis, counter_turns, team, at, budi, swaps, django_assert_num_queries, monday
):
    Swap.objects.bulk_create(
        Swap(
            unit_id=counter_turns["budi"][0].roster.unit_id, asker=team["budi"],
            other=team["ani"], gives_on=monday, asked_at=at, state="declined",
        )
        for _n in range(swaps)
    )  # fmt: skip
    budis.get(MINE)
    with django_assert_num_queries(8):
        page = budis.get(MINE)
    assert len(page.context["asked"]) == swaps


def test_visitors_get_no_address(db, client):
    assert client.post(f"{MINE}feed/").status_code == 302
    assert Feed.objects.count() == 0
