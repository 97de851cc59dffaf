"""No mouse, no touch: Tab, Enter and the space bar are enough, and one sees where one is."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import Page

from .conftest import DESK, Person
from .steps import EMAIL, Letters

pytestmark = pytest.mark.journey

VISIBLE = """() => {
  const shown = getComputedStyle(document.activeElement);
  const choice = document.activeElement.closest('.choice');
  const around = choice ? getComputedStyle(choice) : shown;
  return [shown, around].some(s => s.outlineStyle !== 'none' && s.outlineWidth !== '0px');
}"""


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is there; it must be seen at every stop."""
    for _ in range(60):
        page.keyboard.press("Tab")
        assert page.evaluate(VISIBLE), page.evaluate("document.activeElement.outerHTML")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"{selector} is not reached by Tab on {page.url}")


def enter(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_keyboard_alone_leads_to_the_second_question(
    government: datetime, person: Callable[..., Person], letters: Letters
) -> None:
    ayu = person(DESK)
    page = ayu.page
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    enter(page)
    assert page.evaluate("document.activeElement.id") == "main"
    tab_to(page, "[name=q]")
    page.keyboard.type("ktp hilang")
    enter(page)
    page.wait_for_url(re.compile("q=ktp"))
    tab_to(page, "#found a[href='/services/KTP-LOST/']")
    enter(page)
    page.wait_for_url(re.compile("/services/KTP-LOST/$"))
    tab_to(page, "main form button")
    enter(page)
    tab_to(page, "[name=contact]")
    page.keyboard.type(EMAIL)
    enter(page)
    page.wait_for_url(re.compile("/sign-in/code/$"))
    tab_to(page, "[name=code]")
    page.keyboard.type(re.search(r"\b(\d{6})\b", letters(EMAIL)[-1]).group(1))
    enter(page)
    page.wait_for_url(re.compile("/role/$"))

    tab_to(page, "main .actions button")
    enter(page)
    assert page.evaluate("document.activeElement.className") == "error-summary"
    tab_to(page, ".error-summary a")
    enter(page)
    tab_to(page, "[name=role]")
    page.keyboard.press("Space")
    ayu.see()
    enter(page)
    page.wait_for_url(re.compile("/cause/$"))
    tab_to(page, "[name=cause]")
    page.keyboard.press("ArrowDown")
    tab_to(page, "main .actions button")
    enter(page)
    page.wait_for_url(re.compile("/same_data/$"))
    ayu.see()
