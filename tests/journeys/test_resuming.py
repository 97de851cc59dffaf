"""Life comes between: another device, an expired sign-in, two windows, a double press."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route

from loket.cases.models import Case

from .conftest import DESK, PHONE, Person
from .filling import fill_in
from .steps import Letters, begin, sample, sign_in

pytestmark = pytest.mark.journey


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Simpan dan lanjutkan").click()
    page.wait_for_load_state()


def test_application_begun_on_a_phone_is_sent_once_from_a_desk(
    government: datetime, person: Callable[..., Person], letters: Letters, tmp_path: Path
) -> None:
    phone = person(PHONE)
    begin(phone, letters, "KTP-LOST")
    phone.page.check("[name=role][value=self]")
    go_on(phone.page)

    desk = person(DESK)
    desk.page.goto("/cases/")
    sign_in(desk, letters)
    desk.see()
    desk.page.locator("main .card a").first.click()
    desk.page.wait_for_url(re.compile("/cause/$"))
    fill_in(desk.page, sample("KTP-LOST"), tmp_path)

    # Two windows, and in each the button is pressed.
    other = desk.context.new_page()
    other.goto(desk.page.url)
    for page in (desk.page, other):
        page.check("[name=declared]")
    for page in (desk.page, other):
        page.get_by_role("button", name="Kirim permohonan").click()
        page.wait_for_url(re.compile("/sent/$"))
    desk.see()
    assert Case.objects.count() == 1


def test_expired_sign_in_loses_nothing(
    government: datetime, person: Callable[..., Person], letters: Letters
) -> None:
    ayu = person(PHONE)
    begin(ayu, letters, "KTP-LOST")
    ayu.context.clear_cookies(name="session")
    # It is saved at once, and that needs a sign-in: the page may be gone before it is checked.
    ayu.page.click("[name=role][value=self]")
    ayu.page.wait_for_url(re.compile("/sign-in/"))
    sign_in(ayu, letters)
    ayu.page.wait_for_url(re.compile("/cause/$"))
    ayu.page.goto(ayu.page.url.replace("/cause/", "/role/"))
    assert ayu.page.is_checked("[name=role][value=self]")


def test_other_window_does_not_overwrite(
    government: datetime, person: Callable[..., Person], letters: Letters
) -> None:
    ayu = person(PHONE)
    begin(ayu, letters, "KTP-LOST")
    here, address = ayu.page, ayu.page.url
    there = ayu.context.new_page()
    there.goto(address)
    with there.expect_response(re.compile("auto=1")):
        there.check("[name=role][value=self]")
    with here.expect_response(re.compile("auto=1")):
        here.check("[name=role][value=proxy]")
    go_on(here)
    ayu.see()
    assert "Ada perubahan sementara itu" in here.locator("main").inner_text()
    here.get_by_role("link", name="Tampilkan jawaban yang tersimpan").click()
    here.wait_for_load_state()
    assert here.is_checked("[name=role][value=self]")


def test_typing_goes_on_while_the_page_is_drawn_again(
    government: datetime, person: Callable[..., Person], letters: Letters, tmp_path: Path
) -> None:
    ayu = person(PHONE)
    page = ayu.page
    begin(ayu, letters, "BIRTH")
    fill_in(page, sample("BIRTH"), tmp_path, until="mother")
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route("**/mother/?draw=1", hold)
    page.check("[name='mother.citizenship'][value=indonesian]")
    page.fill("[name='mother.name']", "Ayu Lestari")
    page.fill("[name='mother.birth_date.year']", "1996")
    page.wait_for_function("() => document.querySelector('.htmx-request') !== null")
    waiting[0].continue_()
    page.locator("[name='mother.nik']").wait_for()
    assert page.input_value("[name='mother.name']") == "Ayu Lestari"
    assert page.input_value("[name='mother.birth_date.year']") == "1996"
    ayu.see()
