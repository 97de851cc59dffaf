"""A roster, from the plan to a swap: Dewi plans, moves and publishes; two colleagues swap."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from .conftest import Person
from .law import fill_day
from .team import ASKER, HEAD, OTHER, assemble, monday_after

pytestmark = pytest.mark.journey

PROVEN = "Tidak ada jadwal yang lebih adil"
ADDRESS = "rina@staf.example"


def turns(page: Page, username: str) -> list[str]:
    """Return the days on which somebody stands in the office in the grid."""
    cells = page.locator(f"td.office[data-cell^='{username}/']")
    return [cell.get_attribute("data-cell").partition("/")[2] for cell in cells.all()]


def test_roster_is_planned_moved_published_and_swapped(government, staff, letters):
    assemble(government)
    dewi = staff(HEAD)
    page = dewi.page
    roster = plan(dewi, monday_after(government))
    before = turns(page, ASKER), turns(page, OTHER)
    assert all(before)
    walk(dewi, before[0][0])

    page.goto(roster)
    page.locator("main a[href$='/publish/']").click()
    dewi.see()
    page.locator("main form.actions button").first.click()
    page.wait_for_url(roster)
    dewi.see()
    assert any("jadwal" in letter.lower() for letter in letters(ADDRESS, timedelta(minutes=1)))

    ask(staff(ASKER))
    agree(staff(OTHER))
    page.goto("/desk/rosters/")
    dewi.see()
    page.locator("main button[value=approve]").click()
    page.wait_for_load_state()
    page.goto(roster)
    dewi.see()
    after = turns(page, ASKER), turns(page, OTHER)
    assert after != before
    assert sum(map(len, after)) == sum(map(len, before))


def plan(dewi: Person, monday: date) -> str:
    """Plan two weeks in two groups, and return where the roster is."""
    page = dewi.page
    page.goto("/desk/rosters/")
    dewi.see()
    fill_day(dewi, "first", monday)
    fill_day(dewi, "last", monday + timedelta(days=11))
    page.select_option("[name=teams]", "2")
    page.locator("main button[value=plan]").click()
    page.wait_for_url(re.compile(r"/desk/rosters/[^/]+/$"))
    dewi.see()
    expect(page.locator("main")).to_contain_text(PROVEN)
    return page.url


def walk(dewi: Person, day: str) -> None:
    """With the keys alone: walk the cells, open one, and be told what cannot be."""
    page = dewi.page
    first = page.locator(f"td[data-cell='{ASKER}/{day}'] > a")
    first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#cell-dialog")).to_be_visible()
    dewi.see()
    page.keyboard.press("Escape")
    expect(first).to_be_focused()
    # Six of twelve may come: one more fits, the next is refused, and nothing is lost.
    at_home = [cell.get_attribute("data-cell") for cell in page.locator(
        f"td.home[data-cell$='/{day}']").all()]  # fmt: skip
    call_in(page, at_home[0])
    expect(page.locator(f"td.office[data-cell='{at_home[0]}']")).to_be_visible()
    expect(page.locator("#cell-dialog")).to_be_hidden()
    call_in(page, at_home[1])
    expect(page.locator("#cell-dialog [role=alert]")).to_contain_text("paling banyak 6")
    dewi.see()


def call_in(page: Page, cell: str) -> None:
    """Put somebody at their own desk on a day."""
    page.locator(f"td[data-cell='{cell}'] > a").focus()
    page.keyboard.press("Enter")
    page.check("#cell-dialog [name=where][value=desk]")
    page.locator("#cell-dialog button[value=change]").click()


def ask(budi: Person) -> None:
    """Ask a colleague for a swap."""
    page = budi.page
    page.goto("/desk/turns/")
    budi.see()
    page.locator("main a[href$='/turns/swap/']").click()
    budi.see()
    page.locator("[name=gives]").first.check()
    page.select_option("[name=takes]", index=chosen(page, "Rina"))
    page.fill("[name=words]", "Ada acara sekolah anak saya.")
    budi.send("main form:has([name=gives])")
    budi.see()


def agree(rina: Person) -> None:
    """Agree to what a colleague asks."""
    rina.page.goto("/desk/turns/")
    rina.see()
    rina.page.locator("main button[value=agree]").click()
    rina.page.wait_for_load_state()
    rina.see()


def chosen(page: Page, name: str) -> int:
    """Return the place of the first choice that names somebody and that is a day of theirs."""
    options = page.locator("[name=takes] option").all_inner_texts()
    return next(n for n, text in enumerate(options) if name in text)
