"""Writes a circular on the desk's pages, as somebody would: its head, then each provision."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from playwright.sync_api import Page

from .conftest import Person
from .law import Days, fill_day

ISSUER = "Gubernur DKI Jakarta"
OFFICES_OF_REGIONS = (
    "village", "district", "city", "regency", "service_point", "sector", "branch",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Said:
    """One provision: what is ticked and typed on its page."""

    kind: str
    article: str
    ticks: Sequence[tuple[str, str]] = ()
    unit: str = "31"
    kinds: Sequence[str] = ()
    functions: Sequence[str] = ()
    words: str = ""


ONLINE = Said(
    kind="counters",
    article="angka 1 huruf a",
    ticks=[("state", "online_only")],
    kinds=OFFICES_OF_REGIONS,
    words="Layanan tatap muka dihentikan sementara; ajukan secara daring.",
)
CHANNELS = Said(
    kind="channels",
    article="angka 1 huruf b",
    ticks=[("channels", way) for way in ("web", "whatsapp", "phone")],
    kinds=OFFICES_OF_REGIONS,
)
PINNED = Said(kind="pinned", article="angka 2", ticks=[("posts", "structural")])
CLOCK = Said(
    kind="clock",
    article="angka 3",
    ticks=[("suspended", "yes")],
    functions=["civil_registry"],
    words="Selama loket tidak melayani, batas waktu layanan berhenti dihitung.",
)


def write(
    author: Person, number: str, days: Days, provisions: Sequence[Said], *, title: str
) -> str:
    """Write a draft with all its provisions, and return its code."""
    page = author.page
    page.goto("/desk/circulars/")
    author.see()
    page.locator("main a[href$='/circulars/new/']").click()
    author.see()
    write_head(author, number, days, title=title)
    page.locator("main .actions button").click()
    page.wait_for_url(re.compile("/circulars/new/provision/$"))
    author.see()
    for place, said in enumerate(provisions):
        if place:
            page.locator("main a[href$='/provisions/add/']").click()
        page.locator(f"main a[href$='?kind={said.kind}']").click()
        provide(author, said)
    return page.url.rstrip("/").rpartition("/")[2]


def write_head(author: Person, number: str, days: Days, *, title: str) -> None:
    page = author.page
    page.fill("[name=issuer]", ISSUER)
    page.fill("[name=number]", number)
    fill_day(author, "date", days.today)
    page.fill("[name='title.id']", title)
    page.fill("[name='title.en']", f"{title} (English)")
    page.fill("[name='summary.id']", "Layanan tatap muka diganti layanan daring.")
    page.fill("[name='summary.en']", "Service face to face is replaced by service online.")
    hold(author, "effective", days.first, days.last)


def hold(author: Person, name: str, first: date, last: date) -> None:
    """Type a period that ends after its last day."""
    fill_day(author, f"{name}.from", first)
    author.page.check(f"[name='{name}.end'][value=through]")
    fill_day(author, f"{name}.through", last)


def provide(author: Person, said: Said) -> None:
    """Fill in the page of one provision, and save it."""
    page = author.page
    page.fill("[name=article]", said.article)
    for name, value in said.ticks:
        page.check(f"[name='{name}'][value='{value}']")
    if said.words:
        page.fill("[name='words.id']", said.words)
        page.fill("[name='words.en']", f"{said.words} (English)")
    find_unit(page, said.unit)
    for name, values in (("kinds", said.kinds), ("functions", said.functions)):
        for value in values:
            page.check(f"[name='scope.{name}'][value='{value}']")
    author.see()
    page.get_by_role("button", name="Simpan ketentuan").click()
    page.wait_for_url(re.compile(r"/circulars/[^/]+/$"))
    author.see()


def find_unit(page: Page, code: str) -> None:
    """Look a unit up by its code, and tick that the provision holds there."""
    tick = page.locator(f"[name='scope.units'][value='{code}']")
    if not tick.count():
        page.fill("[name=find]", code)
        page.locator("button[name=do][value=find]").click()
        page.wait_for_load_state()
    tick.check()
