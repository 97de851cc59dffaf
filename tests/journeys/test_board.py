"""A resident looks whether an office is open: on a phone, by keyboard, and when Loket is down."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from loket.kernel.access import Actor
from loket.policies import services as law
from loket.portal.offices import snapshot
from tests.factories import policies

from .conftest import DESK, PHONE, Person
from .test_keyboard import enter, tab_to

pytestmark = pytest.mark.journey

OFFICE = "/offices/31.74.04.1003-DUKCAPIL/"


@pytest.fixture
def shut(government: datetime) -> datetime:
    """Close the service point of a kelurahan, and let the counters of a city be online only."""
    system = Actor.system("tests")
    law.close(form=policies.closure(**{"from": government}), actor=system, at=government)
    online = {**policies.ONLINE, "scope": {"units": ["31.73"]}}
    endless = {"from": government.date(), "until_evaluated": True}
    policies.enact(
        policies.written(online, effective=endless),
        author=Actor.system("writer"), actor=Actor.system("signer"), at=government,
        reason="Mendesak",
    )  # fmt: skip
    return government


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_resident_finds_why_an_office_is_shut(
    shut: datetime, person: Callable[..., Person], screen: dict[str, int]
) -> None:
    ayu = person(screen)
    page = ayu.page
    page.goto("/")
    ayu.see()
    page.click("text=Lihat apakah kantor Anda buka")
    ayu.see()
    page.fill("#q", "pasar minggu cilandak")
    page.click(".finder .search button")
    page.wait_for_url(re.compile("q=pasar"))
    page.click("#found li a >> nth=0")
    page.wait_for_url(re.compile(re.escape(OFFICE)))
    assert "Kantor ini tutup" in page.inner_text("main")
    page.click(".because summary >> nth=0")
    assert "Pergub 88/2020 art. 9(2)f" in page.inner_text(".because >> nth=0")
    ayu.see()
    for address in ("/offices/map/", "/offices/press/", "/offices/print/", "/circulars/"):
        page.goto(address)
        ayu.see()
    page.click("main h3 a")
    assert "sebagai riwayat" in page.inner_text("main")
    ayu.see()


def test_position_is_asked_only_when_the_button_is_pressed(
    shut: datetime, person: Callable[..., Person]
) -> None:
    ayu = person(PHONE)
    ayu.context.grant_permissions(["geolocation"])
    ayu.context.set_geolocation({"latitude": -6.2876543, "longitude": 106.8123456})
    page = ayu.page
    page.goto("/offices/")
    page.click(".finder summary")
    page.click("[data-near]")
    page.wait_for_url(re.compile(r"near=-6\.288%2C106\.812"))
    assert "km" in page.inner_text("#found li >> nth=0")
    ayu.see()


def test_refused_position_is_said(shut: datetime, person: Callable[..., Person]) -> None:
    ayu = person(PHONE)
    page = ayu.page
    page.goto("/offices/")
    page.click(".finder summary")
    page.click("[data-near]")
    page.wait_for_function("document.querySelector('[data-near-status]').textContent")
    assert "Pilihlah kelurahan Anda" in page.inner_text("[data-near-status]")


def test_keyboard_alone_finds_an_office(shut: datetime, person: Callable[..., Person]) -> None:
    page = person(DESK).page
    page.goto("/offices/")
    tab_to(page, "#q")
    page.keyboard.type("cilandak timur")
    enter(page)
    tab_to(page, f"#found li a[href='{OFFICE}']")
    enter(page)
    tab_to(page, ".because summary")
    page.keyboard.press("Enter")
    assert page.locator(".because >> nth=0").get_attribute("open") is not None


def test_board_needs_no_script(shut: datetime, person: Callable[..., Person]) -> None:
    page = person(PHONE, has_script=False).page
    page.goto("/offices/")
    page.click(".finder summary")
    page.select_option("#city", "31.74")
    page.click(".finder .inner button[type=submit]")
    page.select_option("#district", "31.74.04")
    page.click(".finder .inner button[type=submit]")
    page.select_option("#region", "31.74.04.1003")
    page.select_option("#service", "BIRTH")
    page.click(".finder .inner button[type=submit]")
    assert "Warga Cilandak Timur dilayani oleh" in page.inner_text("#serving")


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None: ...


@pytest.fixture
def files(shut: datetime, tmp_path: Path) -> Iterator[str]:
    """Serve the snapshot from another server than Loket's."""
    snapshot.write(tmp_path / "snapshot", at=shut)
    handler = partial(Quiet, directory=str(tmp_path / "snapshot" / "current"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_board_is_read_when_loket_is_down(
    files: str, person: Callable[..., Person], screen: dict[str, int]
) -> None:
    ayu = person(screen)
    page = ayu.page
    elsewhere: list[str] = []
    page.on("request", lambda sent: sent.url.startswith(files) or elsewhere.append(sent.url))
    page.goto(f"{files}/")
    ayu.see()
    assert "Daftar ini ditulis pada" in page.inner_text("main")
    page.click("text=English")
    assert "This list was written on" in page.inner_text("main")
    ayu.see()
    assert elsewhere == []
