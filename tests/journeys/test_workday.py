"""A day's work: written down, handed in, returned with a remark, mended and validated."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from .conftest import Person
from .team import ASKER, HEAD, assemble

pytestmark = pytest.mark.journey

REMARK = "Tuliskan berapa surat yang dijawab."


def test_day_is_handed_in_returned_and_validated(government, staff):
    assemble(government)
    budi, dewi = staff(ASKER), staff(HEAD)
    budi.page.goto("/desk/work/")
    budi.see()
    add(budi, "letter", "Menjawab surat warga", "1", "45")
    hand_in(budi)

    page = dewi.page
    page.goto("/desk/work/team/")
    dewi.see()
    page.locator("main a[href*='work/team/budi/']").click()
    dewi.see()
    page.fill("[name=remark]", REMARK)
    page.locator("form[action$='/return/'] button").click()
    page.wait_for_load_state()
    dewi.see()

    budi.page.goto("/desk/work/")
    expect(budi.page.locator("main")).to_contain_text(REMARK)
    budi.see()
    budi.page.locator("main a.button[href*='work/entries/']").click()
    budi.see()
    budi.page.fill("[name=count]", "12")
    budi.send("main form:has([name=count])")
    hand_in(budi)

    page.goto("/desk/work/team/")
    page.locator("form[action$='/validate/'] button").last.click()
    page.wait_for_load_state()
    dewi.see()
    expect(page.locator("main input[name=report]")).to_have_count(0)
    budi.page.goto("/desk/work/recap/")
    budi.see()


def add(budi: Person, kind: str, words: str, count: str, minutes: str) -> None:
    """Write one entry down."""
    page = budi.page
    page.select_option("[name=kind]", kind)
    page.fill("[name=words]", words)
    page.fill("[name=count]", count)
    page.fill("[name=minutes]", minutes)
    page.locator("form[action$='work/entries/'] button").click()
    page.wait_for_load_state()
    expect(page.locator("main")).to_contain_text(words)
    budi.see()


def hand_in(budi: Person) -> None:
    """Hand the day in, after which it no longer changes."""
    page = budi.page
    page.locator("button[formaction$='/hand-in/']").click()
    page.wait_for_url(re.compile(r"/desk/work/"))
    expect(page.locator("button[formaction$='/hand-in/']")).to_have_count(0)
    budi.see()
