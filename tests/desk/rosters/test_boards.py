"""One roster: its grid, changing a cell, dragging a turn, what it lacks, publishing."""

from __future__ import annotations

import pytest

from loket.people.models import Account
from loket.workforce import services as workforce
from loket.workforce.models import PrivateReason, Roster, Turn
from tests.conftest import employ
from tests.factories import rosters as factory

from .conftest import DAY

HTMX = {"HTTP_HX_REQUEST": "true"}


def at_page(roster: Roster) -> str:
    return f"/desk/rosters/{roster.code}/"


def cell(roster: Roster, account: Account, on) -> str:
    return f"{at_page(roster)}cells/{account.username}/{on:%Y-%m-%d}/"


def where(page, name: str) -> list[str]:
    """Return what stands in the cells of one person."""
    row = next(r for r in page.context["board"].rows if r.person.name == name)
    return [c.sit.counter or "desk" if c.sit else c.state for c in row.cells]


@pytest.fixture
def free(planned, team, monday) -> tuple[Account, Account]:
    """Return who comes on Monday at the counter of fingerprints, and Cahya, who cannot."""
    return team["bayu"], team["cahya"]


def counts(roster: Roster) -> int:
    return Turn.objects.filter(roster=roster).count()


def test_the_grid_shows_who_is_where_and_what_each_day_has(dewis, planned):
    page = dewis.get(at_page(planned))
    assert page.status_code == 200
    columns = page.context["board"].columns
    assert [(c.present, c.day.most, c.met, c.needed) for c in columns] == [(2, 2, 2, 2)] * 5
    assert where(page, "Bayu") == ["KTP"] * 5
    assert where(page, "Cahya") == ["home"] * 5
    assert "Tidak ada jadwal yang lebih adil" in page.text


def test_a_cell_is_a_page_and_changing_it_is_checked(dewis, planned, team, monday):
    turn = Turn.objects.get(on=monday, counter__code="L1")
    address = cell(planned, turn.account, monday)
    assert dewis.get(address).context["chosen"] == {"where": "L1", "shift": ""}
    answer = dewis.post(address, {"where": "home", "revision": planned.revision})
    assert (answer.status_code, answer["Location"]) == (303, at_page(planned))
    planned.refresh_from_db()
    assert planned.kept_home == [[turn.account_id, f"{monday}"]]
    page = dewis.get(at_page(planned))
    assert [c.met for c in page.context["board"].columns] == [1, 2, 2, 2, 2]
    assert page.context["figures"]["is_by_hand"]


def test_a_change_against_the_law_is_refused_in_a_sentence_and_nothing_changes(
    dewis, planned, team, monday
):
    before = counts(planned)
    answer = dewis.post(
        cell(planned, team["cahya"], monday), {"where": "desk", "revision": planned.revision}
    )
    assert (answer.status_code, counts(planned)) == (422, before)
    assert len(answer.context["refused"]) == 1
    assert "2" in answer.context["refused"][0]
    assert answer.context["chosen"]["where"] == "desk"


def test_the_dialog_gets_the_form_again_or_the_board(dewis, planned, team, monday):
    form = dewis.get(cell(planned, team["cahya"], monday), **HTMX)
    assert "<html" not in form.text
    assert 'name="where"' in form.text
    turn = Turn.objects.get(on=monday, counter__code="L1")
    sent = {"where": "home", "revision": planned.revision}
    board = dewis.post(cell(planned, turn.account, monday), sent, **HTMX)
    assert (board.status_code, board["HX-Retarget"], board["HX-Reswap"]) == (
        200,
        "#board",
        "outerHTML",
    )
    assert 'hx-swap-oob="innerHTML"' in board.text
    assert "<html" not in board.text


def test_what_cannot_be_chosen_is_not_offered_and_refused(dewis, planned, team, monday):
    address = cell(planned, team["cahya"], monday)
    assert [w for w, *_ in dewis.get(address).context["wheres"]] == ["home", "desk"]
    answer = dewis.post(address, {"where": "KTP", "revision": planned.revision})
    assert (answer.status_code, answer.context["refused"]) == (422, ["Pilih tempat bekerja."])


def test_who_comes_second_is_told_what_changed_and_overwrites_nothing(
    dewis, dewi, planned, team, monday, at
):
    turn = Turn.objects.get(on=monday, counter__code="L1")
    address = cell(planned, turn.account, monday)
    form = dewis.get(address).context
    workforce.move(
        roster=planned, account=turn.account, on=monday, to_shift=None, revision=1,
        actor=dewi, at=at,
    )  # fmt: skip
    sent = {"where": "desk", "revision": form["roster"].revision, "seen": form["seen"]}
    answer = dewis.post(address, sent)
    assert answer.status_code == 409
    changed, here = answer.context["conflict"]
    assert changed.startswith("Dewi Anggraini mengubahnya pukul")
    assert here == "Pada hari ini tadinya “Loket 1”, sekarang “Di rumah (WFH)”."
    assert answer.context["chosen"]["where"] == "desk"
    assert answer.context["roster"].revision == 2
    assert counts(planned) == 9


def test_a_turn_can_be_locked_and_let_go(dewis, planned, monday):
    turn = Turn.objects.get(on=monday, counter__code="L1")
    address = cell(planned, turn.account, monday)
    sent = {"where": "L1", "revision": 1, "do": "lock"}
    assert dewis.post(address, sent).status_code == 303
    turn.refresh_from_db()
    assert turn.is_locked
    dewis.post(address, sent | {"revision": 2, "do": "unlock"})
    turn.refresh_from_db()
    assert not turn.is_locked


def test_a_turn_is_dragged_to_a_colleague_or_stays_with_a_sentence(
    dewis, planned, team, monday
):
    turn = Turn.objects.get(on=monday, counter__code="KTP")
    source = f"{turn.account.username}/{monday}"
    unable = f"{team['cahya'].username}/{monday}"
    sent = {"from": source, "to": unable, "revision": 1}
    stays = dewis.post(f"{at_page(planned)}drag/", sent, **HTMX)
    assert (stays.status_code, stays.context["refused_at"]) == (422, unable)
    assert "tetap di tempatnya" in stays.context["refusal"]
    turn.refresh_from_db()
    assert turn.account == team["bayu"]
    able = Turn.objects.get(on=monday, counter__code="L1")
    to_able = {"from": f"{able.account.username}/{monday}", "to": unable, "revision": 1}
    assert dewis.post(f"{at_page(planned)}drag/", to_able).status_code == 422


def test_a_counter_turn_goes_to_whoever_can_serve(dewis, planned, team, monday):
    held = Turn.objects.get(on=monday, counter__code="L1")
    other = next(team[n] for n in ("ani", "budi") if team[n] != held.account)
    sent = {
        "from": f"{held.account.username}/{monday}",
        "to": f"{other.username}/{monday}",
        "revision": "1",
    }
    answer = dewis.post(f"{at_page(planned)}drag/", sent)
    assert (answer.status_code, answer["Location"]) == (303, at_page(planned))
    assert Turn.objects.get(on=monday, counter__code="L1").account == other


def test_a_turn_dragged_on_a_stale_grid_stays_and_tells_what_changed(
    dewis, dewi, planned, team, monday, at
):
    held = Turn.objects.get(on=monday, counter__code="L1")
    workforce.move(
        roster=planned, account=held.account, on=monday + DAY, to_shift=None, revision=1,
        actor=dewi, at=at,
    )  # fmt: skip
    sent = {
        "from": f"{held.account.username}/{monday}",
        "to": f"{team['cahya'].username}/{monday}",
        "revision": "1",
    }
    answer = dewis.post(f"{at_page(planned)}drag/", sent, **HTMX)
    assert answer.status_code == 409
    assert "Dewi Anggraini mengubahnya pukul" in answer.context["refusal"]


def test_why_somebody_is_away_is_shown_nowhere(dewis, dewi, unit, team, monday, at):
    kinds = {"ani": "home", "bayu": "leave", "cahya": "travel"}
    for name, kind in kinds.items():
        absence = factory.away(team[name], monday, monday + 2 * DAY, kind)
        absence.source, absence.remark = "incident:4M9K2TQ-X", "lekas-pulih"
        absence.save(update_fields=["source", "remark"])
        PrivateReason.objects.create(
            absence=absence, reason="pregnant", words="hamil-besar", erase_on=monday
        )
    roster = workforce.plan(
        unit=unit, starts_on=monday, ends_on=monday + 5 * DAY, actor=dewi, at=at
    )
    page = dewis.get(at_page(roster))
    assert [where(page, n.title())[0] for n in kinds] == ["away", "leave", "travel"]
    seen = [
        dewis.get(address).text
        for address in (
            "/desk/rosters/",
            at_page(roster),
            f"{at_page(roster)}publish/",
            *(cell(roster, team[name], monday) for name in kinds),
            "/desk/turns/",
            "/desk/turns/swap/",
        )
    ]
    secret = ("incident:", "4M9K2TQ-X", "lekas-pulih", "pregnant", "hamil", "elderly")
    assert [word for word in secret for text in seen if word in text] == []


def test_a_day_that_cannot_be_covered_says_why_and_by_which_article(
    dewis, dewi, unit, team, monday, at
):
    factory.away(team["bayu"], monday, monday + DAY)
    roster = workforce.plan(
        unit=unit, starts_on=monday, ends_on=monday + 5 * DAY, actor=dewi, at=at
    )
    page = dewis.get(at_page(roster))
    (day,) = page.context["lacking"]
    assert (day["column"].on, [lack["title"] for lack in day["lacks"]]) == (
        monday,
        ["Perekaman KTP-el"],
    )
    assert "Bayu" in day["sentences"][0]
    assert "tidak boleh" in page.text


def test_away_cells_cannot_be_opened_for_work(dewis, dewi, unit, team, monday, at):
    factory.away(team["cahya"], monday, monday + DAY)
    roster = workforce.plan(
        unit=unit, starts_on=monday, ends_on=monday + 5 * DAY, actor=dewi, at=at
    )
    address = cell(roster, team["cahya"], monday)
    assert not dewis.get(address).context["may_change"]
    assert dewis.post(address, {"where": "desk", "revision": 1}).status_code == 422


def test_only_the_units_own_planners_reach_a_roster(
    at_work, planned, budi, elsewhere, unit, monday, at
):
    other = employ("hadi", "Hadi", elsewhere, "head", "Kepala Satpel", at)
    sees = employ("nadia", "Nadia", unit, "personnel", "Kepegawaian", at)
    turn = Turn.objects.filter(roster=planned).first()
    addresses = [at_page(planned), cell(planned, turn.account, turn.on)]
    addresses.append(f"{at_page(planned)}publish/")
    answers = {}
    for actor in (budi, other, sees):
        browser = at_work(actor)
        answers[actor.name] = [browser.get(address).status_code for address in addresses]
        answers[actor.name] += [
            browser.post(f"{at_page(planned)}{act}/", {"revision": 1}).status_code
            for act in ("drag", "discard", "again", "publish")
        ]
    assert answers == {
        "Budi Santoso": [404] * 7,
        "Hadi": [404] * 7,
        "Nadia": [200] + [403] * 6,
    }


def test_who_may_only_see_gets_a_grid_without_links(at_work, planned, unit, at):
    sees = at_work(employ("nadia", "Nadia", unit, "personnel", "Kepegawaian", at))
    page = sees.get(at_page(planned))
    assert "/cells/" not in page.text
    assert "/publish/" not in page.text


@pytest.mark.parametrize("people", [1, 3])
def test_the_grid_asks_as_much_for_many_people_as_for_few(
    dewis, dewi, unit, team, monday, at, people, django_assert_num_queries
):
    for number in range(people):
        factory.member(unit, f"Baru{number}", "counter")
    roster = workforce.plan(
        unit=unit, starts_on=monday, ends_on=monday + 5 * DAY, actor=dewi, at=at
    )
    dewis.get(at_page(roster))
    with django_assert_num_queries(21):
        page = dewis.get(at_page(roster))
    assert len(page.context["board"].rows) == 5 + people


def test_publishing_shows_first_who_will_be_told_what(dewis, planned, team, at):
    page = dewis.get(f"{at_page(planned)}publish/")
    told = {row["name"]: (row["channel"], bool(row["new"])) for row in page.context["told"]}
    assert told["Bayu"] == ("email", True)
    assert "Cahya" not in told
    assert told["Budi Santoso"] == ("", True)
    answer = dewis.post(f"{at_page(planned)}publish/", {"revision": 1})
    assert (answer.status_code, answer["Location"]) == (303, at_page(planned))
    planned.refresh_from_db()
    assert planned.state == "published"


def test_a_stale_publication_says_what_changed(dewis, dewi, planned, team, monday, at):
    turn = Turn.objects.get(on=monday, counter__code="L1")
    workforce.move(
        roster=planned, account=turn.account, on=monday, to_shift=None, revision=1,
        actor=dewi, at=at,
    )  # fmt: skip
    answer = dewis.post(f"{at_page(planned)}publish/", {"revision": "1"})
    assert answer.status_code == 409
    assert answer.context["conflict"][0].startswith("Dewi Anggraini mengubahnya pukul")
    assert dewis.post(f"{at_page(planned)}discard/", {"revision": 1}).status_code == 409
    assert dewis.post(f"{at_page(planned)}again/", {"revision": 1}).status_code == 409
    planned.refresh_from_db()
    assert planned.state == "draft"


def test_a_draft_says_how_it_differs_from_what_was_published(
    dewis, dewi, unit, published, team, monday, at
):
    draft = workforce.plan(
        unit=unit, starts_on=monday, ends_on=monday + 5 * DAY, actor=dewi, at=at
    )
    held = Turn.objects.get(roster=draft, on=monday, counter__code="L1")
    workforce.move(
        roster=draft, account=held.account, on=monday, to_shift=None, revision=draft.revision,
        actor=dewi, at=at,
    )  # fmt: skip
    page = dewis.get(at_page(draft))
    assert [
        (d.person.name, d.on, d.was and d.was.counter, d.now)
        for d in page.context["differences"]
    ] == [(str(held.account), monday, "L1", None)]


def test_discarding_and_planning_again(dewis, planned, unit):
    again = dewis.post(f"{at_page(planned)}again/", {"revision": 1})
    assert (again.status_code, again["Location"]) == (303, at_page(planned))
    planned.refresh_from_db()
    sent = {"revision": planned.revision}
    answer = dewis.post(f"{at_page(planned)}discard/", sent)
    assert answer["Location"] == f"/desk/rosters/?unit={unit.code}"
    planned.refresh_from_db()
    assert planned.state == "discarded"


@pytest.mark.parametrize("since", ["", "2020-01-01", "2030-01-01", "x", "2026-13-40"])
def test_any_week_can_be_asked_for(dewis, planned, since):
    assert dewis.get(at_page(planned), {"since": since}).status_code == 200


@pytest.mark.parametrize("day", ["x", "2026-02-31", "2019-01-01"])
def test_cells_that_do_not_exist_are_not_found(dewis, planned, team, day):
    address = f"{at_page(planned)}cells/{team['ani'].username}/{day}/"
    assert dewis.get(address).status_code == 404
    sent = {"from": f"nobody/{day}", "to": "x", "revision": 1}
    assert dewis.post(f"{at_page(planned)}drag/", sent).status_code == 404
