"""What several stories have in common: signing in, beginning, taking a case on."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

from loket.demo import roles

from .conftest import Person

SAMPLES = Path(__file__).parents[1] / "catalogue" / "samples"
EMAIL = roles.RESIDENT_EMAIL

Letters = Callable[..., list[str]]


def sample(service: str) -> dict[str, Any]:
    """Return complete answers to a service, of somebody in Ayu's kelurahan."""
    name = f"{service.lower()}.json"
    given: dict[str, Any] = json.loads((SAMPLES / name).read_text(encoding="utf-8"))
    given["address"]["region"] = roles.HOME
    return given


def sign_in(ayu: Person, letters: Letters) -> None:
    """Ask for a code, and bring it."""
    ayu.page.fill("[name=contact]", EMAIL)
    ayu.see()
    ayu.send()
    code = re.search(r"\b(\d{6})\b", letters(EMAIL)[-1]).group(1)
    ayu.page.fill("[name=code]", code)
    ayu.see()
    ayu.send()


def begin(ayu: Person, letters: Letters, service: str) -> None:
    """Go from the page of a service to its first question."""
    page = ayu.page
    page.goto(f"/services/{service}/")
    page.get_by_role("button", name="Mulai sekarang").click()
    if "/sign-in/" in page.url:
        sign_in(ayu, letters)
    if page.url.endswith("/start/"):
        page.get_by_role("button", name="Mulai sekarang").click()
        page.wait_for_load_state()


def send(ayu: Person) -> str:
    """Declare that all is true, send, and return the code."""
    page = ayu.page
    page.check("[name=declared]")
    page.get_by_role("button", name="Kirim permohonan").click()
    page.wait_for_url(re.compile("/sent/$"))
    ayu.see()
    return page.locator(".banner .code").inner_text()


def open_case(officer: Person, code: str) -> None:
    """Find a case in the list, and take it on."""
    page = officer.page
    page.goto("/desk/cases/")
    officer.see()
    page.get_by_role("link", name=code).click()
    officer.see()
    page.get_by_role("button", name=re.compile("^Ambil( dan buka)?$")).click()
    page.wait_for_load_state()
    officer.see()


def step(page: Page, action: str) -> Locator:
    """Open the form of a step."""
    details = page.locator(f"details.step:has(form[action$='/move/{action}/'])")
    details.locator("summary").click()
    return details.locator("form")


def take(officer: Person, code: str) -> None:
    """Take a case on by its address."""
    officer.page.goto(f"/desk/cases/{code}/")
    officer.page.get_by_role("button", name=re.compile("^Ambil( dan buka)?$")).click()
    officer.page.wait_for_load_state()


def move(officer: Person, action: str) -> None:
    """Take a step that asks nothing more."""
    step(officer.page, action).get_by_role("button").last.click()
    officer.page.wait_for_url(re.compile("/desk/cases/$"))
