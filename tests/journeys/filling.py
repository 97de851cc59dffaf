"""Fills in an application as a person would: one page after the other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from . import papers


def fill_in(
    page: Page, answers: dict[str, Any], folder: Path, *, until: str = "check"
) -> list[str]:
    """Answer every question page until the one where all is checked; return their names."""
    asked: list[str] = []
    for _ in range(60):
        name = page.url.partition("?")[0].rstrip("/").rpartition("/")[2]
        if name == until:
            return asked
        assert name in answers, f"{page.url} asks what nobody expected"
        asked.append(name)
        answer(page, name, answers[name], folder)
        page.get_by_role("button", name="Simpan dan lanjutkan").or_(
            page.get_by_role("button", name="Ya, sudah benar: lanjutkan")
        ).first.click()
        page.wait_for_load_state()
    raise AssertionError("the questions have no end")


def answer(page: Page, path: str, value: Any, folder: Path) -> None:
    """Answer one question, whatever its kind."""
    if isinstance(value, dict) and "alternative" in value:
        hand_in(page, path, value, folder)
    elif isinstance(value, dict) and "region" in value:
        locate(page, path, value)
    elif isinstance(value, dict):
        for part, inner in value.items():
            answer(page, f"{path}.{part}", inner, folder)
    elif isinstance(value, list):
        rows(page, path, value, folder)
    else:
        simple(page, path, value)


def hand_in(page: Page, path: str, value: dict[str, Any], folder: Path) -> None:
    """Choose the paper, unless there is only one, and photograph it."""
    choice = page.locator(f"[name='{path}.alternative'][value='{value['alternative']}']")
    if choice.count() and choice.get_attribute("type") == "radio":
        choice.check()
    for name in value["files"]:
        upload(page, papers.photo(folder, name, blurred=name.startswith("buram")))


def rows(page: Page, path: str, value: list[Any], folder: Path) -> None:
    """Fill in a group, row by row."""
    for number, row in enumerate(value):
        if not page.locator(f"[name^='{path}.{number}.']").count():
            page.locator("button[name=add]").click()
            page.wait_for_load_state()
        answer(page, f"{path}.{number}", row, folder)


def simple(page: Page, path: str, value: Any) -> None:
    """Answer with one input, or with the three of a date."""
    if page.locator(f"[name='{path}.day']").count():
        year, month, day = str(value).split("-")
        for part, text in (("day", day), ("month", month), ("year", year)):
            page.fill(f"[name='{path}.{part}']", text)
        return
    if isinstance(value, bool):
        value = "yes" if value else "no"
    field = page.locator(f"[name='{path}']")
    kind = field.first.get_attribute("type")
    if kind == "radio":
        page.locator(f"[name='{path}'][value='{value}']").check()
    elif field.first.evaluate("e => e.tagName") == "SELECT":
        field.select_option(str(value))
    else:
        field.fill(str(value))


def locate(page: Page, path: str, value: dict[str, str]) -> None:
    """Choose city, district and village, one after the other, and write the street."""
    region = value["region"]
    for part, code in (("city", region[:5]), ("district", region[:8]), ("region", region)):
        field = page.locator(f"select[name='{path}.{part}']")
        field.locator(f"option[value='{code}']").wait_for(state="attached")
        field.select_option(code)
        draw_again(page)
    for part in ("street", "rt", "rw"):
        page.fill(f"[name='{path}.{part}']", value[part])


def draw_again(page: Page) -> None:
    """Press the button that asks for the next choices; only without JavaScript is there one."""
    button = page.locator("button[name=draw]")
    if button.is_visible():
        button.click()
        page.wait_for_load_state()


def upload(page: Page, path: Path) -> None:
    """Choose a file; it is sent at once, or by a button, and appears in the list."""
    page.set_input_files("#files", path)
    button = page.locator("button[name=upload]")
    if button.is_visible():
        button.click()
    page.locator("ul.files li", has_text=path.name).wait_for()
